/**
 * What a player has typed and not yet sent. It survives a lost line, a reload and a visit to another screen; only the
 * server's `ok` clears it. Kept for this tab alone: a draft may hold a secret.
 */
import { SvelteMap } from 'svelte/reactivity';
import { forThisTab } from './kept';

const typed = new SvelteMap<string, string>();
const shelf = (key: string) => `draft:${key}`;

/** One draft by its place, such as `ABCD-EFGH/letter/luna`. `text` is reactive and may be bound. */
export function draft(key: string) {
  return {
    get text(): string {
      return typed.get(key) ?? forThisTab.getItem(shelf(key)) ?? '';
    },
    set text(text: string) {
      typed.set(key, text);
      if (text) forThisTab.setItem(shelf(key), text);
      else forThisTab.removeItem(shelf(key));
    },
    clear(): void {
      this.text = '';
    },
  };
}
