/** What the browser keeps for us. Private windows and full disks may refuse; then things last as long as the page. */

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Over reloads and restarts, for all tabs. */
export const forLong: Shelf = guarded(() => localStorage);
/** Over reloads of this tab. */
export const forThisTab: Shelf = guarded(() => sessionStorage);

function guarded(shelf: () => Storage): Shelf {
  return {
    getItem: (key) => attempt(() => shelf().getItem(key)) ?? null,
    setItem: (key, value) => attempt(() => shelf().setItem(key, value)),
    removeItem: (key) => attempt(() => shelf().removeItem(key)),
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
