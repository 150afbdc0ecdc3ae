/**
 * The one reactive cell of a room: the viewer's own document, the state of the line, who is present, the server's time.
 * News is folded in here and nowhere else; screens read it and ask through it.
 */
import { fold } from '../game/fold';
import type { Line } from '../net/link';
import type { Outcome } from '../net/outbox';
import { RoomSocket, type Wiring } from '../net/socket';
import { t } from '../text/text.svelte';
import type { Can, Document, RoomCommand, Seat, SeatCommand } from '../wire';
import { ticketFor } from './lobby.svelte';
import { Muted } from './muted.svelte';

export type { Line, Outcome };

type Sockets = Partial<Pick<Wiring, 'address' | 'ticket' | 'socketClass' | 'clock'>>;
const NOTHING: Can = {};

type Presence = { seats: readonly Seat[]; watchers: number };

export class RoomCell {
  line = $state.raw<Line>({ phase: 'connecting' });
  /** All that this viewer may know; undefined until the server has said it. */
  document = $state.raw<Document | undefined>();
  /** The seat that this page plays; undefined for those who watch. */
  me = $state.raw<Seat | undefined>();
  /** People's seats that are connected now, and how many watch. */
  presence = $state.raw<Presence>({ seats: [], watchers: 0 });
  readonly table = $derived(this.document?.table);
  readonly match = $derived(this.document?.match);
  readonly you = $derived(this.match?.you);
  /** Every legal move right now; empty where there is none. */
  readonly can = $derived(this.match?.can ?? NOTHING);
  /** Commands that the server has not answered yet. */
  waiting = $state(0);
  /** Whom this page does not want to hear. */
  readonly muted: Muted;
  /** Whether a seat was taken on this very page. */
  hasSatDown = false;
  readonly #socket: RoomSocket;

  constructor(
    readonly code: string,
    sockets: Sockets = {},
  ) {
    this.muted = new Muted(code, () => this.table);
    this.#socket = new RoomSocket({
      address: socketAddress(),
      ticket: () => ticketFor(code),
      instance: ownName(),
      onLine: (line) => (this.line = line),
      onWelcome: (welcome) => (this.me = welcome.seat),
      onNews: (news) => (this.document = fold(this.document, news)),
      onPresence: ({ seats, watchers }) => (this.presence = { seats, watchers }),
      ...sockets,
    });
  }

  /** Asks for something. Resolves when the server has answered; what was typed stays until that was `ok`. */
  async ask(command: RoomCommand): Promise<Outcome> {
    this.waiting += 1;
    const outcome = await this.#socket.ask(command);
    this.waiting -= 1;
    return outcome;
  }

  /** A move of the match, by the seat that this page plays. */
  play(move: SeatCommand): Promise<Outcome> {
    return this.ask({ type: 'play', move });
  }

  /** Who sits on a seat, as people call them: a nickname, that of a program marked as such, a bot's kind, or nothing. */
  nameOf(seat: Seat): string {
    const place = this.table?.seats[seat];
    if (place?.program) {
      return place.nickname ? t('play-program-called', { name: place.nickname }) : t('play-program');
    }
    return place?.nickname ?? (place?.bot ? t(`bot-${place.bot}`) : '');
  }

  /** The server's time now, in milliseconds since the epoch. Not reactive: clocks ask as often as they draw. */
  now = (): number => this.#socket.clock.now();

  leave(): void {
    this.#socket.leave();
  }
}

export function socketAddress(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}

/** A name for this page that no other has. Not `randomUUID`: browsers keep that from pages without https. */
function ownName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
