import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { Read } from '../../src/store/read.svelte';

afterEach(() => sessionStorage.clear());

test('what one panel has read, a badge that looks on knows at once', () => {
  const panel = new Read('read:A');
  const badge = new Read('read:A');
  const shown: number[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      shown.push(badge.marks['open'] ?? 0);
    });
  });
  flushSync();
  panel.upTo('open', 4);
  flushSync();
  panel.upTo('open', 2);
  flushSync();
  stop();
  expect(shown).toEqual([0, 4]);
  expect(new Read('read:B').marks).toEqual({});
});

test('what was read before a reload is still read', () => {
  sessionStorage.setItem('read:C', '{"open":7}');
  expect(new Read('read:C').marks).toEqual({ open: 7 });
});

test('a shelf with rubbish on it counts as empty', () => {
  sessionStorage.setItem('read:D', 'x{');
  expect(new Read('read:D').marks).toEqual({});
});
