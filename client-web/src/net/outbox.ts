/**
 * The commands that the server has not answered yet, in order, each with the number that makes it happen once. It does
 * no sending: `link` asks for the head and says when it was answered.
 */
import type { Do, RefusalCode, RoomCommand } from '../wire';

/** What became of a command. `closed`: the line ended first, and nobody here knows. */
export type Outcome = { ok: true } | { ok: false; code: RefusalCode | 'closed' };

type Waiting = { frame: Do; settle: (outcome: Outcome) => void };

export class Outbox {
  #lastId = 0;
  #waiting: Waiting[] = [];

  /** Queues a command; the promise never rejects. */
  put(command: RoomCommand): Promise<Outcome> {
    return new Promise((settle) => {
      this.#lastId += 1;
      this.#waiting.push({ frame: { type: 'do', id: this.#lastId, command }, settle });
    });
  }

  /** The oldest unanswered command, the same at each sending. */
  get head(): Do | undefined {
    return this.#waiting[0]?.frame;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Settles the head. An answer to anything else changes nothing. */
  settle(id: number, outcome: Outcome): void {
    if (this.head?.id === id) this.#waiting.shift()?.settle(outcome);
  }

  /** Gives up on everything that is still waiting. */
  abandon(): void {
    for (const waiting of this.#waiting.splice(0)) waiting.settle({ ok: false, code: 'closed' });
  }
}
