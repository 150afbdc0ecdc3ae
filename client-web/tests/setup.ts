/** Around each test: an English page, empty again afterwards, and matchers for what is on it. */
import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach } from 'vitest';
import { speak } from '../src/text/text.svelte';

beforeEach(() => speak('en'));
afterEach(() => cleanup());
