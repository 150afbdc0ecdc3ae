/** How far this tab has read each thread of a match. Kept for the tab, so that a reload marks nothing anew. */
import { forThisTab } from './kept';

export class Read {
  marks = $state.raw<Readonly<Record<string, number>>>({});

  constructor(private readonly key: string) {
    this.marks = parsed(forThisTab.getItem(key));
  }

  /** Everything in a thread up to this number has been read. */
  upTo(thread: string, number: number): void {
    if ((this.marks[thread] ?? 0) >= number) return;
    this.marks = { ...this.marks, [thread]: number };
    forThisTab.setItem(this.key, JSON.stringify(this.marks));
  }
}

function parsed(kept: string | null): Readonly<Record<string, number>> {
  try {
    return kept ? (JSON.parse(kept) as Record<string, number>) : {};
  } catch {
    return {};
  }
}
