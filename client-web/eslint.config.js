/** Lint rules of the client: no HTML sinks, no inline styles that a strict policy would drop, icons one by one. */
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const deepIcons = {
  name: '@lucide/svelte',
  message: 'Import one icon: @lucide/svelte/icons/<name>. The whole package compiles two thousand.',
};
const oneRouter = { name: 'sv-router', message: 'Only src/store/place.ts knows the router.' };

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/wire'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig },
    },
  },
  {
    rules: {
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'no-restricted-imports': ['error', { paths: [deepIcons, oneRouter] }],
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Text goes in as text.' },
        { property: 'outerHTML', message: 'Text goes in as text.' },
        { property: 'insertAdjacentHTML', message: 'Text goes in as text.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': ['error', { allowTransitions: true }],
      // The router takes plain addresses from ordinary links.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['src/store/place.ts', 'src/App.svelte'],
    rules: { 'no-restricted-imports': ['error', { paths: [deepIcons] }] },
  },
);
