/**
 * Whom a player does not want to hear at a table, on this page alone: nobody else learns of it. Kept for the tab, so that
 * a reload unmutes nobody, and by nickname, so that it follows a person to another seat; a bot is its seat.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Seat, Table } from '../wire';
import { forThisTab } from './kept';

const muted = new SvelteMap<string, readonly string[]>();

export class Muted {
  readonly #key: string;

  constructor(
    code: string,
    private readonly table: () => Table | undefined,
  ) {
    this.#key = `muted:${code}`;
  }

  /** Whether the words of whoever has this seat are folded away. */
  has = (seat: Seat): boolean => this.#names.includes(this.#nameOf(seat));

  /** Mutes whoever has this seat, or hears him again. */
  toggle(seat: Seat): void {
    const name = this.#nameOf(seat);
    const names = this.has(seat) ? this.#names.filter((each) => each !== name) : [...this.#names, name];
    muted.set(this.#key, names);
    forThisTab.setItem(this.#key, JSON.stringify(names));
  }

  get #names(): readonly string[] {
    return muted.get(this.#key) ?? parsed(forThisTab.getItem(this.#key));
  }

  #nameOf(seat: Seat): string {
    const nickname = this.table()?.seats[seat]?.nickname;
    return nickname ? `by name: ${nickname}` : seat;
  }
}

function parsed(kept: string | null): readonly string[] {
  try {
    const names: unknown = kept ? JSON.parse(kept) : [];
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
