/**
 * How far this tab has read each thread of a match. Kept for the tab, so that a reload marks nothing anew, and shared:
 * whoever asks by the same key sees at once what another panel has marked.
 */
import { SvelteMap } from 'svelte/reactivity';
import { forThisTab } from './kept';

type Marks = Readonly<Record<string, number>>;
const marked = new SvelteMap<string, Marks>();

export class Read {
  constructor(private readonly key: string) {}

  /** The highest number read in each thread. */
  get marks(): Marks {
    return marked.get(this.key) ?? parsed(forThisTab.getItem(this.key));
  }

  /** Everything in a thread up to this number has been read. */
  upTo(thread: string, number: number): void {
    if ((this.marks[thread] ?? 0) >= number) return;
    const marks = { ...this.marks, [thread]: number };
    marked.set(this.key, marks);
    forThisTab.setItem(this.key, JSON.stringify(marks));
  }
}

function parsed(kept: string | null): Marks {
  try {
    return kept ? (JSON.parse(kept) as Marks) : {};
  } catch {
    return {};
  }
}
