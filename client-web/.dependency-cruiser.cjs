/** The layers of the client: wire, net, game, store, screens; parts and text stand beside them and know none. */
const only = (layer, allowed) => ({
  name: `${layer}-knows-only-${allowed.join('-and-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'all-found', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-packages-for-development',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    only('wire', []),
    only('net', ['wire']),
    only('game', ['wire']),
    only('text', []),
    only('style', []),
    only('parts', ['wire', 'text', 'style']),
    only('store', ['wire', 'net', 'game', 'text']),
    only('screens', ['wire', 'game', 'store', 'parts', 'text', 'style']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'browser', 'types', 'default'],
      extensions: ['.ts', '.svelte', '.svelte.ts', '.js', '.json', '.css', '.ftl'],
    },
  },
};
