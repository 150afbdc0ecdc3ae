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
// What people write goes into the page as text. The server's policy (Trusted Types) refuses these sinks as well; here they
// are found before a page is built.
const SINKS = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'createContextualFragment',
  'setHTMLUnsafe',
];
const htmlSinks = SINKS.map((property) => ({ property, message: 'Text goes in as text.' }));
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
        ...htmlSinks,
        { object: 'document', property: 'write', message: 'Text goes in as text.' },
        { object: 'document', property: 'writeln', message: 'Text goes in as text.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // {@html} is a sink too, whatever stands in it today.
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
