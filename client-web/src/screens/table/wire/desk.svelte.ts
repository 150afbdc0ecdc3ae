/**
 * What is on its way out of this panel, thread by thread: what is being sent, what was refused and why. It outlives a
 * visit to another thread; what was typed lives with the drafts.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { draft } from '../../../store/drafts.svelte';
import type { RoomCell } from '../../../store/room.svelte';
import type { Said } from '../../../wire';
import type { Thread, ThreadId } from '../../../game/papers';
import { type Signing, spoken } from './speaking';

type Asks = Pick<RoomCell, 'play'>;

export class Desk {
  /** Threads in which something waits for the server's answer. */
  readonly sending = new SvelteSet<ThreadId>();
  /** Why the last thing was not sent: a refusal's code. */
  readonly refused = new SvelteMap<ThreadId, string>();

  constructor(
    private readonly cell: Asks,
    /** Room and match: drafts of one match are nothing to the next. */
    private readonly place: string,
  ) {}

  /** Words typed in a thread. */
  words = (thread: Thread) => draft(`${this.place}/${thread.id}`);
  /** The blanks of a form being filled in. */
  blanks = (thread: Thread) => draft(`${this.place}/${thread.id}/form`);
  /** `form` while a form is open there instead of words. */
  mode = (thread: Thread) => draft(`${this.place}/${thread.id}/mode`);

  /** Sends one message. Only one a thread is under way at a time; true once the server has taken it. */
  async send(thread: Thread, body: Said, signing: Signing = ''): Promise<boolean> {
    if (this.sending.has(thread.id)) return false;
    this.sending.add(thread.id);
    this.refused.delete(thread.id);
    const outcome = await this.cell.play(spoken(thread, body, signing));
    this.sending.delete(thread.id);
    if (!outcome.ok) this.refused.set(thread.id, outcome.code);
    return outcome.ok;
  }

  /** Sends the words typed in a thread and clears them once they are taken, unless they were changed meanwhile. */
  async sendWords(thread: Thread, signing: Signing): Promise<boolean> {
    const words = this.words(thread);
    const text = words.text;
    if (!(await this.send(thread, { type: 'text', text: text.trim() }, signing))) return false;
    if (words.text === text) words.clear();
    return true;
  }
}
