/** A seat at a table in mid-match: the real cell and a line whose other end is the test. */
import { vi } from 'vitest';
import { RoomCell } from '../../../src/store/room.svelte';
import type { Body, Can, Paper, Role, Seat, View, You } from '../../../src/wire';
import { FakeLine } from '../../net/FakeLine';

export type Given = {
  seat?: Seat | undefined;
  role?: Role;
  papers?: readonly Paper[];
  can?: Can;
  you?: Partial<You>;
  match?: Partial<View>;
};

/** All that a free seat may do on an open wire, with every book in its hands. */
export const FREE: Can = {
  speak: ['open', 'moscow'],
  letter: { left: 6, to: ['sokol', 'granit', 'beryoza', 'volga'], all: false },
  wireless: { left: 2, books: ['staff'] },
  ready: true,
};

export const paper = (rest: Partial<Paper> & { text?: string }): Paper => {
  const { text = 'Good evening.', ...given } = rest;
  const body: Body = { type: 'text', text };
  return { turn: 1, channel: 'open', body, ...given };
};

export function aView(given: Given = {}): View {
  const { seat, role = 'rudenko', papers = [], can = FREE, you = {}, match = {} } = given;
  const own = seat && { you: { seat, role, nerve: 1, may_denounce: true, ...you }, can };
  return {
    scenario: {
      channels: ['open', 'letter', 'wireless', 'moscow', 'room'],
      orders: ['hold', 'ambush', 'paperwork'],
      wire: {
        text_most: 280,
        wireless_most: 120,
        books: { staff: ['malenkov', 'irina'], field: ['malenkov', 'rudenko', 'beria'], centre: ['beria'] },
      },
    },
    phase: 'wire',
    turn: 1,
    turns: {},
    papers: Object.fromEntries(papers.map((each, place) => [place + 1, each])),
    ...own,
    ...match,
  } as unknown as View;
}

/** Each test has a room of its own: drafts outlive a page. */
let rooms = 0;

/** Takes a seat, or watches where `seat` is `undefined` on purpose. */
export async function sitDown(given: Given = {}) {
  const seat = 'seat' in given ? given.seat : 'luna';
  const coming = FakeLine.next();
  const cell = new RoomCell(`ROOM${++rooms}`, {
    address: 'ws://x/ws',
    ticket: async () => 'T',
    socketClass: FakeLine,
  });
  const line = await coming;
  line.open();
  const welcome = { type: 'welcome', as: seat ? 'seat' : 'spectator', now: 0, stream: 's', resumed: false };
  line.say(seat ? { ...welcome, seat } : welcome);
  let n = 0;
  const table = { stage: 'match', matches: 1, seats: { sokol: { nickname: 'Vera' } } };
  const whole = (next: Given) =>
    line.say({ type: 'whole', n: ++n, document: { table, match: aView({ seat, ...next }) } });
  whole(given);
  const moves = () =>
    line.heard.flatMap((message) => {
      const said = message as { type: string; command?: { move?: unknown } };
      return said.type === 'do' ? [said.command?.move] : [];
    });
  const lastId = () =>
    line.heard.reduce<number>((last, message) => Math.max(last, (message as { id?: number }).id ?? 0), 0);
  return {
    cell,
    line,
    moves,
    /** The whole document again, as it is now. */
    becomes: whole,
    /** The next commands are heard, and answered: a refusal by its code. */
    async answers(count: number, code?: string) {
      await vi.waitFor(() => {
        if (moves().length < count) throw new Error('not asked yet');
      });
      line.say(code ? { type: 'refused', id: lastId(), code } : { type: 'done', id: lastId() });
    },
  };
}
