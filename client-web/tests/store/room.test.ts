/** The cell on a real socket library over a line whose other end is the test. */
import { afterEach, expect, test } from 'vitest';
import { Problem } from '../../src/store/lobby.svelte';
import { RoomCell } from '../../src/store/room.svelte';
import { FakeLine } from '../net/FakeLine';

const WELCOME = { type: 'welcome', as: 'seat', seat: 'luna', now: 0, stream: 's1', resumed: false };
let cell: RoomCell | undefined;
afterEach(() => cell?.leave());

function openCell(ticket: () => Promise<string> = async () => 'T') {
  const opened = new RoomCell('ABCD-EFGH', { address: 'ws://x/ws', ticket, socketClass: FakeLine });
  cell = opened;
  return opened;
}

test('a room comes to life: enter, welcome, view, changes', async () => {
  const coming = FakeLine.next();
  const room = openCell();
  const line = await coming;
  line.open();
  expect(line.heard[0]).toMatchObject({ type: 'enter', ticket: 'T' });
  line.say({ ...WELCOME, now: Date.now() + 60_000 });
  line.say({
    type: 'whole',
    n: 1,
    document: { table: { stage: 'lobby', seats: { luna: { nickname: 'Vera' } } } },
  });
  line.say({ type: 'change', n: 2, patch: { table: { stage: 'match' } } });
  expect(room.line.phase).toBe('live');
  expect(room.me).toBe('luna');
  expect(room.table?.stage).toBe('match');
  expect(room.can).toEqual({});
  expect(room.nameOf('luna')).toBe('Vera');
  expect(room.now() - Date.now()).toBeGreaterThan(50_000);
});

test('a lost line is taken up where it broke, and the wish that waited is answered', async () => {
  const coming = FakeLine.next();
  const room = openCell();
  const line = await coming;
  line.open();
  line.say(WELCOME);
  line.say({ type: 'whole', n: 4, document: {} });
  const outcome = room.play({ type: 'ready', ready: true });
  const again = FakeLine.next();
  line.drop(1006);
  expect(room.line.phase).toBe('lost');
  const second = await again;
  second.open();
  expect(second.heard[0]).toMatchObject({ type: 'enter', cursor: { stream: 's1', n: 4 } });
  second.say({ ...WELCOME, resumed: true });
  expect(second.heard[1]).toEqual({
    type: 'do',
    id: 1,
    command: { type: 'play', move: { type: 'ready', ready: true } },
  });
  second.say({ type: 'done', id: 1 });
  await expect(outcome).resolves.toEqual({ ok: true });
  expect(room.waiting).toBe(0);
});

test('a ticket that is refused ends the line with the reason', async () => {
  const told = new Promise<void>((resolve) => {
    const room = openCell(async () => {
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(resolve)));
      throw new Problem('no_such_room', 404);
    });
    void room;
  });
  await told;
  expect(cell?.line).toEqual({ phase: 'closed', code: 'no_such_room' });
});
