/** Starts the page: styles, preferences, the guest's session, the first screen. */
import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { routes } from './routes';
import { player } from './store/lobby.svelte';
import { chart } from './store/place';
import { settings } from './store/settings.svelte';
import { language, speak } from './text/text.svelte';

speak(language());
settings.show();
player().catch(() => undefined);
chart(routes);

const target = document.getElementById('app');
if (target) mount(App, { target });
