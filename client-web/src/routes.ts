/** Which address shows which screen. The first page comes at once, the others when they are asked for. */
import Landing from './screens/Landing.svelte';
import Lost from './screens/Lost.svelte';

export const routes = {
  '/': Landing,
  '/how': () => import('./screens/How.svelte'),
  '/room/:code': () => import('./screens/Room.svelte'),
  '*': Lost,
};
