/** How papers become threads. */
import { describe, expect, test } from 'vitest';
import {
  firstOfANight,
  grouped,
  papersOf,
  repliesOf,
  threadOf,
  threadsOf,
  unreadOf,
} from '../../src/game/papers';
import { aView, paper } from '../table/wire/seated';

const ids = (...given: Parameters<typeof aView>) =>
  threadsOf(aView(...given), given[0]?.seat).map(({ id }) => id);

describe('a paper lies', () => {
  test.each([
    [paper({ author: 'sokol' }), 'open'],
    [paper({ channel: 'letter', author: 'luna', to: 'volga' }), 'letter-volga'],
    [paper({ channel: 'letter', author: 'volga', to: 'luna' }), 'letter-volga'],
    [paper({ channel: 'letter', author: 'volga', to: 'sokol' }), 'between-sokol-volga'],
    [paper({ channel: 'letter', author: 'sokol', to: 'volga' }), 'between-sokol-volga'],
    [paper({ channel: 'wireless', author: 'sokol', book: 'staff' }), 'wireless-staff'],
    [paper({ channel: 'moscow', signed: true }), 'moscow'],
    [paper({ channel: 'room' }), 'room'],
  ] as const)('%j in %s', (given, thread) => {
    expect(threadOf(given, 'luna')).toBe(thread);
  });
});

describe('a desk has', () => {
  test('a thread a correspondent and a book that it holds', () => {
    expect(ids({ seat: 'luna', you: { books: ['staff'] } })).toEqual([
      'open',
      'moscow',
      'letter-sokol',
      'letter-granit',
      'letter-beryoza',
      'letter-volga',
      'wireless-staff',
    ]);
  });

  test('no letters where a scenario has none, and only public talk for who watches', () => {
    expect(ids({ papers: [paper({ author: 'sokol' })] })).toEqual(['open', 'moscow']);
  });

  test('the Room for whoever may speak there, and ever after for whoever spoke', () => {
    expect(ids({ seat: 'luna', can: { speak: ['room'] } })).toContain('room');
    expect(ids({ seat: 'luna', papers: [paper({ channel: 'room', author: 'luna' })] })).toContain('room');
    expect(ids({ seat: 'luna' })).not.toContain('room');
  });

  test("one thread for both directions of other people's letters, apart from one's own", () => {
    const view = aView({
      seat: 'luna',
      papers: [
        paper({ channel: 'letter', author: 'sokol', to: 'volga' }),
        paper({ channel: 'letter', author: 'volga', to: 'sokol' }),
      ],
    });
    const between = grouped(threadsOf(view, 'luna')).find(({ kind }) => kind === 'between');
    expect(between?.threads.map(({ id }) => id)).toEqual(['between-sokol-volga']);
  });
});

describe('unread', () => {
  const papers = papersOf(
    aView({
      papers: [
        paper({ author: 'sokol' }),
        paper({ author: 'luna' }),
        paper({ author: 'volga' }),
        paper({ channel: 'moscow', signed: true }),
      ],
    }),
  );

  test('is what came after the last that was read, but never what one said oneself', () => {
    expect(unreadOf(papers, {}, 'luna')).toEqual({ open: 2, moscow: 1 });
    expect(unreadOf(papers, { open: 1 }, 'luna')).toEqual({ open: 1, moscow: 1 });
  });

  test('counts what has no author for those who watch', () => {
    expect(unreadOf(papers, { open: 3 }, undefined)).toEqual({ moscow: 1 });
  });
});

test('the last answer of each reader counts, and one to an unread message counts for none', () => {
  const replies = repliesOf(
    papersOf(
      aView({
        papers: [
          paper({ author: 'sokol' }),
          paper({ author: 'luna', body: { type: 'agree', message: 1 } }),
          paper({ author: 'volga', body: { type: 'agree', message: 1 } }),
          paper({ author: 'luna', body: { type: 'refuse', message: 1 } }),
          paper({ author: 'granit', body: { type: 'agree' } }),
        ],
      }),
    ),
  );
  expect(replies.get(1)).toEqual([
    { type: 'agree', author: 'volga' },
    { type: 'refuse', author: 'luna' },
  ]);
  expect(replies.size).toBe(1);
});

test('papers keep their order past the ninth, and talk without a night is before the first or after the last', () => {
  const papers = papersOf(
    aView({ papers: Array.from({ length: 12 }, (_, at) => paper({ turn: at > 1 ? 1 : 0 })) }),
  );
  expect(papers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(firstOfANight(papers)).toBe(3);
  expect(firstOfANight([])).toBe(Infinity);
});
