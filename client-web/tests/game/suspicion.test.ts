import { expect, test } from 'vitest';
import { lastMove } from '../../src/game/suspicion';
import type { View } from '../../src/wire';

const view = (turns: object) => ({ turns }) as unknown as View;

test('a file that was never published has not moved', () => {
  expect(lastMove(view({ 1: {} }), 'luna')).toBe(0);
});

test('the first publication counts from nothing', () => {
  expect(lastMove(view({ 1: { suspicion: { luna: 3 } }, 2: {} }), 'luna')).toBe(3);
});

test('later ones count from the one before, by number and not by letter', () => {
  const turns = { 9: { suspicion: { luna: 5 } }, 10: { suspicion: { luna: 2 } } };
  expect(lastMove(view(turns), 'luna')).toBe(-3);
});
