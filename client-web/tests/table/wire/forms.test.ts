/** The press language: what blanks make of themselves, and how it reads in both languages. */
import { describe, expect, test } from 'vitest';
import { formOf, fresh, ordersOf, restored } from '../../../src/screens/table/wire/forms';
import { inSentence } from '../../../src/screens/table/wire/sentences';
import { format, speak } from '../../../src/text/text.svelte';
import { type Body, ORDER_KINDS, SECTORS } from '../../../src/wire';

const ORDERS = ordersOf({ orders: ['hold', 'ambush', 'paperwork'] });

test('orders are on every road, but paperwork on none', () => {
  expect(ORDERS).toHaveLength(7);
  expect(ORDERS.at(-1)).toEqual({ kind: 'paperwork' });
});

test('a form that nobody touched asks nobody for his own order', () => {
  expect(fresh('sokol').want.seat).not.toBe('sokol');
  expect(formOf(fresh('luna'), ORDERS)).toEqual({ type: 'will', order: { kind: 'hold', sector: 'river' } });
});

test('an order that is not in play makes no form', () => {
  const filled = fresh('luna');
  filled.give.order = 'guns-river';
  expect(formOf(filled, ORDERS)).toBeUndefined();
});

test('a bargain is two forms, and survives being put away', () => {
  const filled = fresh('luna');
  filled.offer = true;
  filled.want = { ...filled.want, seat: 'volga', order: 'ambush-forest' };
  const again = restored(JSON.stringify(filled), 'luna');
  expect(formOf(again, ORDERS)).toEqual({
    type: 'offer',
    give: { type: 'will', order: { kind: 'hold', sector: 'river' } },
    want: { type: 'ask', seat: 'volga', order: { kind: 'ambush', sector: 'forest' } },
  });
});

test.each(['', 'x{', '{"give":{"kind":"bribe","seat":"kreml"}}'])(
  'a spoilt draft %j is a fresh form',
  (kept) => {
    expect(restored(kept, 'luna')).toEqual(fresh('luna'));
  },
);

describe('sentences', () => {
  const ask: Body = { type: 'ask', seat: 'granit', order: { kind: 'ambush', sector: 'forest' } };

  test('read naturally in both languages', () => {
    expect(inSentence(ask)).toBe('Granit, will you lay an ambush in the forest?');
    speak('ru');
    expect(inSentence(ask)).toBe('Гранит, прошу устроить засаду в лесу.');
    expect(inSentence({ type: 'will', order: { kind: 'withdraw', sector: 'rail' } })).toBe(
      'Обязуюсь отойти от железной дороги.',
    );
    expect(inSentence({ type: 'thrust', sector: 'river', level: 'heavy' })).toBe('Удар у реки — тяжёлый.');
  });

  test.each(['en', 'ru'] as const)('leave no blank empty in %s, whatever the order', (language) => {
    speak(language);
    for (const kind of ORDER_KINDS) {
      for (const sector of SECTORS) {
        const order = kind === 'paperwork' ? { kind } : { kind, sector };
        expect(inSentence({ type: 'will', order })).not.toMatch(/[{}$]|wire-/);
      }
    }
  });

  test('quote what was answered, and say so where it was never read', () => {
    expect(inSentence({ type: 'agree', message: 3 }, (number) => `“no. ${number}”`)).toBe('Agreed: “no. 3”');
    expect(inSentence({ type: 'refuse' })).toBe('No: something you have not read');
  });

  test('know the eight lines of Moscow, the same that the opened file has', () => {
    for (const language of ['en', 'ru'] as const) {
      for (let line = 1; line <= 8; line += 1) {
        const words = format(language, `wire-line-${line}`);
        expect(words).toBeTruthy();
        expect(words).toBe(format(language, `play-line-${line}`) ?? words);
      }
    }
  });
});
