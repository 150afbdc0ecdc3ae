/** A room's cell as a plain object of the same shape, which keeps what was asked of it. */
import { Muted } from '../../../src/store/muted.svelte';
import type { RoomCell } from '../../../src/store/room.svelte';
import type { Document, RoomCommand, Seat } from '../../../src/wire';

type Wanted = {
  table?: object;
  match?: object;
  me?: Seat;
  present?: readonly Seat[];
  watchers?: number;
  missed?: number;
};
type Given = { cell: RoomCell; asked: RoomCommand[] };

const TABLE = {
  code: 'ABCDEFGH',
  stage: 'lobby',
  matches: 0,
  host: 'sokol',
  seats: { sokol: { nickname: 'Anna' } },
  options: { scenario: 'nineteenth', setting: 'front', pace: 'live', listed: false, spectators: true },
};

/** `refusal`: what every command is answered with; otherwise it is done. */
export function cellWith(wanted: Wanted, refusal?: string): Given {
  const asked: RoomCommand[] = [];
  const table = { ...TABLE, ...wanted.table };
  const document = { table, match: wanted.match, missed: wanted.missed } as unknown as Document;
  const ask = async (command: RoomCommand) => {
    asked.push(command);
    return refusal ? { ok: false, code: refusal } : { ok: true };
  };
  const cell = {
    code: 'ABCDEFGH',
    line: { phase: 'live' },
    document,
    table: document.table,
    match: document.match,
    you: document.match?.you,
    can: document.match?.can ?? {},
    me: wanted.me,
    presence: { seats: wanted.present ?? [], watchers: wanted.watchers ?? 0 },
    waiting: 0,
    muted: new Muted('ABCDEFGH', () => document.table),
    now: () => 0,
    ask,
    play: (move: object) => ask({ type: 'play', move } as RoomCommand),
    nameOf: (seat: Seat) => document.table.seats[seat]?.nickname ?? (document.table.seats[seat] ? 'bot' : ''),
  };
  return { cell: cell as unknown as RoomCell, asked };
}

const FIVE = { suspicion: 0 };
/** The least of a match that the frame around it looks at. */
export const matchWith = (more: object = {}): object => ({
  scenario: { turns: 7, channels: ['open'], moscow: { summons_from: 4, condemned_from: 7 } },
  commitment: 'c0ffee',
  phase: 'wire',
  phase_number: 2,
  turn: 1,
  ready: 3,
  front: {},
  officers: { sokol: FIVE, granit: FIVE, beryoza: FIVE, luna: FIVE, volga: FIVE },
  turns: {},
  papers: {},
  ...more,
});
