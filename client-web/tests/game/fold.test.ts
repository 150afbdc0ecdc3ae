/** The fold against the merge patch's published cases (RFC 7396, appendix A) and our own needs. */
import { describe, expect, test } from 'vitest';
import { fold, merge } from '../../src/game/fold';
import type { Whole } from '../../src/wire';

type Given = Parameters<typeof merge>[0];

describe('merge', () => {
  test.each<[Given, Given, Given]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j with %j gives %j', (target, patch, result) => {
    expect(merge(target, patch as never)).toEqual(result);
  });

  test('leaves what did not change the very same object', () => {
    const before = { front: { river: { ground: 5 } }, papers: { 1: { turn: 1 } } };
    const after = merge(before, { papers: { 2: { turn: 1 } } }) as typeof before;
    expect(after.front).toBe(before.front);
    expect(before.papers).toEqual({ 1: { turn: 1 } });
  });

  test('takes a key called __proto__ as data', () => {
    const after = merge({}, JSON.parse('{"__proto__": {"bad": true}}')) as Record<string, unknown>;
    expect(Object.hasOwn(after, '__proto__')).toBe(true);
    expect(after.bad).toBeUndefined();
  });
});

test('a whole document replaces, a change is merged into it', () => {
  const whole = {
    type: 'whole',
    n: 1,
    document: { table: { stage: 'lobby', matches: 0 } },
  } as unknown as Whole;
  const first = fold(undefined, whole);
  expect(first).toBe(whole.document);
  const second = fold(first, { type: 'change', n: 2, patch: { table: { stage: 'match' } } });
  expect(second.table).toEqual({ stage: 'match', matches: 0 });
});
