/**
 * One viewer's line to one room, without any I/O: what came in goes in, what has to be done comes out. It keeps the
 * cursor (the viewer's own numbering has no gap), sends one command at a time and says it again until it is answered.
 */
import type { ClientMessage, Cursor, Presence, RoomCommand, ServerMessage, Welcome } from '../wire';
import { CLOSES, type CloseReason } from '../wire';
import type { News } from './frames';
import { Outbox, type Outcome } from './outbox';

/** `closed` for good: `code` is a close reason, a code of the HTTP API, or `left`. */
export type Line =
  | { phase: 'connecting' }
  | { phase: 'live' }
  | { phase: 'lost'; attempt: number }
  | { phase: 'closed'; code: string };

/** What the shell has to do, in this order. `reconnect` drops the socket and enters again. */
export type Effect =
  | { do: 'send'; message: ClientMessage }
  | { do: 'fold'; news: News }
  | { do: 'greet'; welcome: Welcome }
  | { do: 'presence'; presence: Presence }
  | { do: 'clock'; serverNow: number; sentAt: number; receivedAt: number }
  | { do: 'reconnect' }
  | { do: 'stop' };

/** Milliseconds: silence after which a command is said again, and a ping taken for lost. */
export const PATIENCE = 5000;
/** Milliseconds between two questions for the time, which also find out whether the line is still there. */
export const PING_EVERY = 20_000;
const SHORT_WAIT = 400;

export class Link {
  line: Line = { phase: 'connecting' };
  readonly outbox = new Outbox();
  #stream: string | undefined;
  #number: number | undefined;
  #attempt = 0;
  #enteredAt = 0;
  #again: number | undefined;
  #pingAt: number | undefined;
  #pongBy: number | undefined;
  #parting: { reason: string; again: boolean } | undefined;

  constructor(private readonly instance: string) {}

  /** Where the viewer's document stands, once there is one. */
  get cursor(): Cursor | undefined {
    if (this.#stream === undefined || this.#number === undefined) return undefined;
    return { stream: this.#stream, n: this.#number };
  }

  /** The socket is open: enter first, nothing before it. */
  opened(ticket: string, now: number): Effect[] {
    this.#enteredAt = now;
    this.#parting = undefined;
    const cursor = this.cursor;
    return [send({ type: 'enter', ticket, instance: this.instance, ...(cursor ? { cursor } : {}) })];
  }

  /** Queues a command. `effects` are to be done now, `outcome` comes when the server has spoken. */
  ask(command: RoomCommand, now: number): { outcome: Promise<Outcome>; effects: Effect[] } {
    if (this.line.phase === 'closed') {
      return { outcome: Promise.resolve({ ok: false, code: 'closed' }), effects: [] };
    }
    const wasIdle = this.outbox.size === 0;
    const outcome = this.outbox.put(command);
    return { outcome, effects: wasIdle ? this.#sayHead(now) : [] };
  }

  received(message: ServerMessage, now: number): Effect[] {
    switch (message.type) {
      case 'welcome':
        return this.#welcomed(message, now);
      case 'whole':
        this.#number = message.n;
        return [{ do: 'fold', news: message }];
      case 'change':
        return this.#changed(message);
      case 'done':
        return this.#answered(message.id, { ok: true }, now);
      case 'refused':
        return this.#answered(message.id, { ok: false, code: message.code }, now);
      case 'busy':
        return this.#delayed(message.id, now + message.retry_ms);
      case 'unknown':
        return this.#delayed(message.id, now + SHORT_WAIT);
      case 'presence':
        return [{ do: 'presence', presence: message }];
      case 'pong':
        this.#pongBy = undefined;
        return [{ do: 'clock', serverNow: message.now, sentAt: message.at, receivedAt: now }];
      case 'bye':
        this.#parting = message;
        return [];
    }
  }

  /** The socket is gone. `code` is the close code; 1006 where there was none. */
  dropped(code: number): Effect[] {
    if (this.line.phase === 'closed') return [];
    const parting = this.#parting ?? partingOf(code);
    if (parting && !parting.again) return this.close(parting.reason);
    this.#attempt += 1;
    this.#again = this.#pingAt = this.#pongBy = undefined;
    this.line = { phase: 'lost', attempt: this.#attempt };
    return [];
  }

  /** Ends the line for good; what was still waiting is told so. */
  close(code: string): Effect[] {
    this.line = { phase: 'closed', code };
    this.outbox.abandon();
    return [{ do: 'stop' }];
  }

  /** Called about once a second. `soon` asks at once whether the line is still there, as after a machine's sleep. */
  tick(now: number, soon = false): Effect[] {
    if (this.line.phase !== 'live') return [];
    if (this.#pongBy !== undefined && now >= this.#pongBy) {
      this.#pongBy = undefined;
      return [{ do: 'reconnect' }];
    }
    const said = this.#again !== undefined && now >= this.#again ? this.#sayHead(now) : [];
    const isPingDue = soon || this.#pingAt === undefined || now >= this.#pingAt;
    return isPingDue && this.#pongBy === undefined ? [...said, this.#ping(now)] : said;
  }

  #ping(now: number): Effect {
    this.#pingAt = now + PING_EVERY;
    this.#pongBy = now + PATIENCE;
    return send({ type: 'ping', at: Math.round(now) });
  }

  #welcomed(welcome: Welcome, now: number): Effect[] {
    const entered: Effect[] =
      this.line.phase === 'live'
        ? []
        : [{ do: 'clock', serverNow: welcome.now, sentAt: this.#enteredAt, receivedAt: now }];
    this.#stream = welcome.stream;
    if (!welcome.resumed) this.#number = undefined;
    this.#attempt = 0;
    const wasLive = this.line.phase === 'live';
    this.line = { phase: 'live' };
    return [...entered, { do: 'greet', welcome }, ...(wasLive ? [] : this.#sayHead(now))];
  }

  /** A number that was seen is passed over; one that is missing makes us enter again without a cursor. */
  #changed(change: Extract<News, { type: 'change' }>): Effect[] {
    if (this.#number !== undefined && change.n <= this.#number) return [];
    if (this.#number === undefined || change.n > this.#number + 1) {
      this.#number = undefined;
      return [{ do: 'reconnect' }];
    }
    this.#number = change.n;
    return [{ do: 'fold', news: change }];
  }

  #answered(id: number, outcome: Outcome, now: number): Effect[] {
    if (id !== this.outbox.head?.id) return [];
    this.outbox.settle(id, outcome);
    return this.#sayHead(now);
  }

  #delayed(id: number, until: number): Effect[] {
    if (id === this.outbox.head?.id) this.#again = until;
    return [];
  }

  #sayHead(now: number): Effect[] {
    this.#again = undefined;
    const head = this.outbox.head;
    if (!head || this.line.phase !== 'live') return [];
    this.#again = now + PATIENCE;
    return [send(head)];
  }
}

function send(message: ClientMessage): Effect {
  return { do: 'send', message };
}

/** What a close code means where no `bye` came before it. */
function partingOf(code: number): { reason: string; again: boolean } | undefined {
  const found = (Object.keys(CLOSES) as CloseReason[]).find((reason) => CLOSES[reason].code === code);
  return found && { reason: found, again: CLOSES[found].again };
}
