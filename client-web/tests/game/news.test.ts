/** What is told when a view of the match replaces another. */
import { expect, test } from 'vitest';
import { happenings, reportedTurn } from '../../src/game/news';
import type { View } from '../../src/wire';

const view = (more: object = {}) =>
  ({ commitment: 'c', phase: 'wire', phase_number: 2, turns: {}, ...more }) as unknown as View;

test('nothing is news to those who have just come', () => {
  expect(happenings(undefined, view(), 'luna')).toEqual([]);
});

test('nothing of the last match is news in the next', () => {
  expect(happenings(view({ phase_number: 9 }), view({ commitment: 'd', phase_number: 1 }), 'luna')).toEqual(
    [],
  );
});

test('a report and a summons are told once, before the phase that they lead to', () => {
  const before = view({ turns: { 1: {} } });
  const now = view({ phase_number: 3, turns: { 1: { report: {}, summoned: 'volga' }, 2: {} } });
  expect(happenings(before, now, 'luna')).toEqual([
    { kind: 'report', turn: 1 },
    { kind: 'summoned', seat: 'volga' },
    { kind: 'phase', phase: 'wire' },
  ]);
  expect(happenings(now, now, 'luna')).toEqual([]);
});

test('the prisoner alone is told that the door has closed', () => {
  const now = view({ prisoner: 'luna' });
  expect(happenings(view(), now, 'luna')).toEqual([{ kind: 'locked' }]);
  expect(happenings(view(), now, 'volga')).toEqual([]);
  expect(happenings(view(), view(), undefined)).toEqual([]);
});

test('the last report is that of the highest turn that has one', () => {
  expect(reportedTurn(view())).toBe(0);
  expect(reportedTurn(view({ turns: { 9: { report: {} }, 10: { report: {} }, 11: {} } }))).toBe(10);
});
