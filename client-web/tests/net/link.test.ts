/** The line's promises: nothing said before entering, each wish answered once, no silent gap in the numbers. */
import { describe, expect, test } from 'vitest';
import { type Effect, Link, PATIENCE, PING_EVERY } from '../../src/net/link';
import type { RoomCommand, ServerMessage } from '../../src/wire';

const welcome = (more: { stream?: string; resumed?: boolean } = {}): ServerMessage => ({
  type: 'welcome',
  as: 'seat',
  now: 1_000_000,
  stream: 's1',
  resumed: false,
  ...more,
});
const whole = (n: number) => ({ type: 'whole', n, document: {} }) as unknown as ServerMessage;
const change = (n: number): ServerMessage => ({ type: 'change', n, patch: {} });
const START: RoomCommand = { type: 'start' };
const LEAVE: RoomCommand = { type: 'leave' };
const sent = (effects: Effect[]) =>
  effects.flatMap((effect) =>
    effect.do === 'send' && effect.message.type !== 'ping' ? [effect.message] : [],
  );
const pings = (effects: Effect[]) =>
  effects.filter((effect) => effect.do === 'send' && effect.message.type === 'ping');

function liveLink() {
  const link = new Link('page-1');
  link.opened('ticket', 0);
  link.received(welcome(), 10);
  link.received(whole(1), 10);
  return link;
}

describe('entering', () => {
  test('is the first frame, without a cursor at first', () => {
    const link = new Link('page-1');
    void link.ask(START, 0);
    expect(sent(link.opened('T', 0))).toEqual([{ type: 'enter', ticket: 'T', instance: 'page-1' }]);
  });

  test('again names the last number that was seen', () => {
    const link = liveLink();
    link.received(change(2), 20);
    link.dropped(1006);
    expect(sent(link.opened('T2', 30))).toEqual([
      { type: 'enter', ticket: 'T2', instance: 'page-1', cursor: { stream: 's1', n: 2 } },
    ]);
  });
});

describe('a wish', () => {
  test('waits for the welcome, then goes out with number 1', () => {
    const link = new Link('page-1');
    expect(link.ask(START, 0).effects).toEqual([]);
    link.opened('T', 0);
    expect(sent(link.received(welcome(), 5))).toEqual([{ type: 'do', id: 1, command: START }]);
  });

  test('waits for the one before it', async () => {
    const link = liveLink();
    const first = link.ask(START, 20);
    const second = link.ask(LEAVE, 21);
    expect(sent(first.effects)).toHaveLength(1);
    expect(second.effects).toEqual([]);
    expect(sent(link.received({ type: 'done', id: 1 }, 30))).toEqual([{ type: 'do', id: 2, command: LEAVE }]);
    await expect(first.outcome).resolves.toEqual({ ok: true });
  });

  test('is said again with the same number after the line was lost', () => {
    const link = liveLink();
    void link.ask(START, 20);
    link.dropped(1006);
    link.opened('T2', 30);
    expect(sent(link.received(welcome(), 40))).toEqual([{ type: 'do', id: 1, command: START }]);
  });

  test('is said again when the server is busy, no sooner than it asks for', () => {
    const link = liveLink();
    void link.ask(START, 20);
    link.received({ type: 'busy', id: 1, retry_ms: 700 }, 30);
    expect(sent(link.tick(700))).toEqual([]);
    expect(sent(link.tick(730))).toEqual([{ type: 'do', id: 1, command: START }]);
  });

  test.each(['unknown', 'silence'])('is said again after %s', (what) => {
    const link = liveLink();
    void link.ask(START, 0);
    if (what === 'unknown') link.received({ type: 'unknown', id: 1 }, 1);
    expect(sent(link.tick(PATIENCE))).toEqual([{ type: 'do', id: 1, command: START }]);
  });

  test('that is refused says with which code, once', async () => {
    const link = liveLink();
    const { outcome } = link.ask(START, 20);
    link.received({ type: 'refused', id: 1, code: 'not_host' }, 30);
    link.received({ type: 'done', id: 1 }, 31);
    await expect(outcome).resolves.toEqual({ ok: false, code: 'not_host' });
  });
});

describe('the numbers', () => {
  test('that come twice are folded once', () => {
    const link = liveLink();
    expect(link.received(change(2), 1)).toHaveLength(1);
    expect(link.received(change(2), 2)).toEqual([]);
  });

  test('with a gap make it enter again without a cursor', () => {
    const link = liveLink();
    expect(link.received(change(3), 1)).toEqual([{ do: 'reconnect' }]);
    link.dropped(1000);
    expect(sent(link.opened('T2', 2))).toEqual([{ type: 'enter', ticket: 'T2', instance: 'page-1' }]);
  });

  test('go on where they were when the server resumes', () => {
    const link = liveLink();
    link.dropped(1006);
    link.opened('T2', 2);
    link.received(welcome({ resumed: true }), 3);
    expect(link.received(change(2), 4)).toHaveLength(1);
  });

  test('of another stream begin with a whole document, in mid-connection too', () => {
    const link = liveLink();
    link.received(welcome({ stream: 's2' }), 1);
    link.received(whole(7), 2);
    expect(link.cursor).toEqual({ stream: 's2', n: 7 });
  });
});

describe('the line itself', () => {
  test('is asked for the time now and then, and the answer sets the clock', () => {
    const link = liveLink();
    expect(pings(link.tick(1000))).toHaveLength(1);
    expect(link.received({ type: 'pong', at: 1000, now: 77 }, 1040)).toEqual([
      { do: 'clock', serverNow: 77, sentAt: 1000, receivedAt: 1040 },
    ]);
    expect(pings(link.tick(2000))).toHaveLength(0);
    expect(pings(link.tick(1000 + PING_EVERY))).toHaveLength(1);
  });

  test('is given up when it does not answer', () => {
    const link = liveLink();
    link.tick(1000);
    expect(link.tick(1000 + PATIENCE)).toEqual([{ do: 'reconnect' }]);
  });

  test('is asked at once when the page comes back into sight', () => {
    const link = liveLink();
    link.tick(1000);
    link.received({ type: 'pong', at: 1000, now: 0 }, 1001);
    expect(pings(link.tick(1500, true))).toHaveLength(1);
  });
});

describe('the end', () => {
  test.each([1001, 1006, 1012])('is not meant by close code %i', (code) => {
    const link = liveLink();
    link.dropped(code);
    expect(link.line).toEqual({ phase: 'lost', attempt: 1 });
  });

  test('is meant by a code of our own, and tells those who wait', async () => {
    const link = liveLink();
    const { outcome } = link.ask(START, 20);
    link.received({ type: 'bye', code: 4403, reason: 'barred', again: false }, 30);
    expect(link.dropped(4403)).toEqual([{ do: 'stop' }]);
    expect(link.line).toEqual({ phase: 'closed', code: 'barred' });
    await expect(outcome).resolves.toEqual({ ok: false, code: 'closed' });
  });

  test('is known from the close code where no goodbye came', () => {
    const link = liveLink();
    link.dropped(4409);
    expect(link.line).toEqual({ phase: 'closed', code: 'taken_over' });
  });

  test('is not meant by a parting that asks to come back', () => {
    const link = liveLink();
    link.received({ type: 'bye', code: 4008, reason: 'slow', again: true }, 30);
    link.dropped(4008);
    expect(link.line.phase).toBe('lost');
  });

  test('lets nothing more be asked', async () => {
    const link = liveLink();
    link.close('left');
    await expect(link.ask(START, 1).outcome).resolves.toEqual({ ok: false, code: 'closed' });
  });
});
