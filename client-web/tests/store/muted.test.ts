/** Whom a page does not want to hear. */
import { expect, test } from 'vitest';
import { heard, type Numbered, papersOf } from '../../src/game/papers';
import { Muted } from '../../src/store/muted.svelte';
import type { Table, View } from '../../src/wire';

const table = (seats: object) => ({ seats }) as unknown as Table;

test('a mute follows a person to another seat, and is kept over a reload', () => {
  let seats = table({ luna: { nickname: 'Vera' }, volga: { bot: 'officer' } });
  const muted = new Muted('ROOMONE1', () => seats);
  muted.toggle('luna');
  muted.toggle('volga');
  seats = table({ sokol: { nickname: 'Vera' }, luna: { nickname: 'Anna' }, volga: { bot: 'officer' } });
  const reloaded = new Muted('ROOMONE1', () => seats);
  expect((['sokol', 'luna', 'volga'] as const).map(reloaded.has)).toEqual([true, false, true]);
  reloaded.toggle('sokol');
  expect(muted.has('sokol')).toBe(false);
  expect(new Muted('ROOMTWO2', () => seats).has('volga')).toBe(false);
});

test('the words of a muted seat are not counted, and its forms and what is signed MOSCOW are', () => {
  const said = { turn: 1, author: 'luna' };
  const papers: Numbered[] = papersOf({
    papers: {
      1: { ...said, channel: 'open', body: { type: 'text', text: 'spam' } },
      2: { ...said, channel: 'letter', to: 'sokol', body: { type: 'text', text: 'spam' } },
      3: { ...said, channel: 'open', body: { type: 'name', seat: 'volga' } },
      4: { ...said, channel: 'moscow', signed: true, body: { type: 'text', text: 'Moscow is watching.' } },
      5: { turn: 1, channel: 'room', body: { type: 'text', text: 'Sit down.' } },
    },
  } as unknown as View);
  expect(heard(papers, (seat) => seat === 'luna').map(({ number }) => number)).toEqual([3, 4, 5]);
  expect(heard(papers, () => false)).toHaveLength(5);
});
