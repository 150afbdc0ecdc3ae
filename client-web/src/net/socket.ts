/**
 * The shell around `link`: a real socket, a ticket for each try, a heartbeat. It decides nothing about the game. The
 * library's own queue stays empty, since it would speak before we have entered; the outbox lives in `link`.
 */
import ReconnectingSocket from 'partysocket/ws';
import type { Presence, RoomCommand, Welcome } from '../wire';
import { backoff, pause } from './backoff';
import { ServerClock } from './clock';
import { type News, readFrame, writeFrame } from './frames';
import { Problem } from './http';
import { type Effect, type Line, Link } from './link';
import type { Outcome } from './outbox';

export type Wiring = {
  /** Where the socket is, `ws:` or `wss:`. */
  address: string;
  /** Buys a single-use ticket. A `Problem` that is not passing ends the line with its code. */
  ticket: () => Promise<string>;
  /** This page's own name towards the server: commands count from 1 in each. */
  instance: string;
  onLine: (line: Line) => void;
  onWelcome: (welcome: Welcome) => void;
  onNews: (news: News) => void;
  onPresence: (presence: Presence) => void;
  /** For tests: another socket class or clock. */
  socketClass?: unknown;
  clock?: ServerClock;
};

const HEARTBEAT = 1000;

/** Longer than a server takes that a crowd comes back to: who gives up sooner comes again, and costs it twice. */
const CONNECT_WITHIN = 8000;

export class RoomSocket {
  readonly clock: ServerClock;
  readonly #link: Link;
  readonly #socket: ReconnectingSocket;
  readonly #timer: ReturnType<typeof setInterval>;
  #ticket = '';
  #stopped = false;
  #told: Line | undefined;

  constructor(private readonly wiring: Wiring) {
    this.clock = wiring.clock ?? new ServerClock();
    this.#link = new Link(wiring.instance);
    this.#socket = new ReconnectingSocket(() => this.#nextAddress(), null, {
      maxEnqueuedMessages: 0,
      minReconnectionDelay: 0,
      connectionTimeout: CONNECT_WITHIN,
      shouldReconnectOnClose: () => !this.#stopped,
      ...(wiring.socketClass ? { WebSocket: wiring.socketClass } : {}),
    });
    this.#socket.addEventListener('open', () => this.#opened());
    this.#socket.addEventListener('message', (event) => this.#received(event.data));
    this.#socket.addEventListener('close', (event) => this.#dropped(event.code));
    this.#timer = setInterval(() => this.#perform(this.#link.tick(this.clock.localNow)), HEARTBEAT);
    document.addEventListener('visibilitychange', this.#seen);
  }

  /** Asks for something; resolves once the server has answered, however often the line breaks before. */
  ask(command: RoomCommand): Promise<Outcome> {
    const { outcome, effects } = this.#link.ask(command, this.clock.localNow);
    this.#perform(effects);
    return outcome;
  }

  /** Leaves the room's line. */
  leave(): void {
    if (!this.#stopped) this.#perform(this.#link.close('left'));
  }

  async #nextAddress(): Promise<string> {
    for (let failures = 0; !this.#stopped; failures += 1) {
      const attempt = this.#link.line.phase === 'lost' ? this.#link.line.attempt : 0;
      await pause(backoff(attempt + failures, Math.random()));
      if (this.#stopped) break;
      try {
        this.#ticket = await this.wiring.ticket();
        return this.wiring.address;
      } catch (problem) {
        if (problem instanceof Problem && !problem.isPassing) this.#perform(this.#link.close(problem.code));
        this.#tell();
      }
    }
    return this.wiring.address;
  }

  #opened(): void {
    this.clock.forget();
    this.#perform(this.#link.opened(this.#ticket, this.clock.localNow));
  }

  #received(data: unknown): void {
    const message = typeof data === 'string' ? readFrame(data) : undefined;
    if (!message) return;
    this.#perform(this.#link.received(message, this.clock.localNow));
    this.#tell();
  }

  #dropped(code: number): void {
    this.#perform(this.#link.dropped(code));
    this.#tell();
  }

  /** A page that comes back into sight may have slept over its line's end. */
  readonly #seen = (): void => {
    if (document.visibilityState === 'visible') this.#perform(this.#link.tick(this.clock.localNow, true));
  };

  #perform(effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.do === 'send') this.#socket.send(writeFrame(effect.message));
      else if (effect.do === 'fold') this.wiring.onNews(effect.news);
      else if (effect.do === 'greet') this.wiring.onWelcome(effect.welcome);
      else if (effect.do === 'presence') this.wiring.onPresence(effect.presence);
      else if (effect.do === 'clock') this.clock.learn(effect.serverNow, effect.sentAt, effect.receivedAt);
      else if (effect.do === 'reconnect') this.#socket.reconnect();
      else this.#stop();
    }
  }

  #stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#seen);
    this.#socket.close();
    this.#tell();
  }

  #tell(): void {
    if (this.#told === this.#link.line) return;
    this.#told = this.#link.line;
    this.wiring.onLine(this.#link.line);
  }
}
