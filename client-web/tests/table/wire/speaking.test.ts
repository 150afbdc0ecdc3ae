/** What may be said where, why not, and as which command. */
import { describe, expect, test } from 'vitest';
import type { Thread } from '../../../src/game/papers';
import { leftIn, lengthOf, maySpeak, spoken, whyShut } from '../../../src/screens/table/wire/speaking';
import type { Said } from '../../../src/wire';
import { aView, FREE } from './seated';

const OPEN: Thread = { id: 'open', channel: 'open' };
const LETTER: Thread = { id: 'letter-volga', channel: 'letter', to: 'volga' };
const TAPPED: Thread = { id: 'between-sokol-volga', channel: 'letter', ends: ['sokol', 'volga'] };
const STAFF: Thread = { id: 'wireless-staff', channel: 'wireless', book: 'staff' };
const MOSCOW: Thread = { id: 'moscow', channel: 'moscow' };
const ROOM: Thread = { id: 'room', channel: 'room' };
const BODY: Said = { type: 'text', text: 'x' };

test('only what the server allows may be said', () => {
  expect([OPEN, LETTER, STAFF, MOSCOW].map((thread) => maySpeak(FREE, thread))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([TAPPED, ROOM].map((thread) => maySpeak(FREE, thread))).toEqual([false, false]);
  expect([OPEN, LETTER, STAFF, MOSCOW, ROOM].some((thread) => maySpeak({}, thread))).toBe(false);
  expect(maySpeak(FREE, { ...STAFF, id: 'wireless-field', book: 'field' })).toBe(false);
  expect(maySpeak(FREE, MOSCOW, 'all')).toBe(false);
});

test('what is left is said where there is a limit', () => {
  expect([OPEN, LETTER, STAFF, MOSCOW].map((thread) => leftIn(FREE, thread))).toEqual([
    undefined,
    6,
    2,
    undefined,
  ]);
  expect(leftIn({ sign: { left: 1, to: [], all: true } }, MOSCOW, 'all')).toBe(1);
});

describe('the reason of silence', () => {
  test.each([
    ['watching', aView(), undefined, OPEN],
    ['others', aView({ seat: 'luna' }), 'luna', TAPPED],
    ['room', aView({ seat: 'luna', match: { prisoner: 'luna' } }), 'luna', LETTER],
    ['left_room', aView({ seat: 'luna' }), 'luna', ROOM],
    ['deal', aView({ seat: 'luna', match: { phase: 'deal' } }), 'luna', LETTER],
    ['spent', aView({ seat: 'luna' }), 'luna', STAFF],
    ['spent', aView({ seat: 'luna', match: { phase: 'inquiry' } }), 'luna', LETTER],
    ['phase', aView({ seat: 'luna', match: { phase: 'inquiry' } }), 'luna', STAFF],
    ['phase', aView({ seat: 'luna', match: { phase: 'finished' } }), 'luna', MOSCOW],
  ] as const)('is %s', (reason, view, me, thread) => {
    expect(whyShut(view, me, thread)).toBe(reason);
  });

  test('is that Moscow has said enough', () => {
    expect(whyShut(aView({ seat: 'luna' }), 'luna', MOSCOW, 'all')).toBe('spent_sign');
  });
});

test('each thread has its own command', () => {
  expect(spoken(OPEN, BODY)).toEqual({ type: 'speak', channel: 'open', body: BODY });
  expect(spoken(LETTER, BODY)).toEqual({ type: 'speak', channel: 'letter', to: 'volga', body: BODY });
  expect(spoken(STAFF, BODY)).toEqual({ type: 'speak', channel: 'wireless', book: 'staff', body: BODY });
  expect(spoken(MOSCOW, BODY)).toEqual({ type: 'speak', channel: 'moscow', body: BODY });
  expect(spoken(MOSCOW, BODY, 'all')).toEqual({ type: 'sign', body: BODY });
  expect(spoken(MOSCOW, BODY, 'volga')).toEqual({ type: 'sign', body: BODY, to: 'volga' });
});

test('length is counted as the server does: signs, not halves of them, on one line', () => {
  expect(lengthOf('  держать\n\nреку  ')).toBe(12);
  expect(lengthOf('🚂🚂')).toBe(2);
  expect(lengthOf(' \n ')).toBe(0);
});
