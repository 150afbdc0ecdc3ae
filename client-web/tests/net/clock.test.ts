import { expect, test } from 'vitest';
import { backoff } from '../../src/net/backoff';
import { ServerClock } from '../../src/net/clock';

test('the server is taken to have spoken in the middle of the trip', () => {
  const clock = new ServerClock(() => 2000);
  clock.learn(9_100, 1000, 1200);
  expect(clock.now()).toBe(10_000);
});

test('the shortest trip is believed, until the line is new', () => {
  const clock = new ServerClock(() => 0);
  clock.learn(500, 0, 10);
  clock.learn(9000, 0, 400);
  expect(clock.now()).toBe(495);
  clock.forget();
  clock.learn(9200, 0, 400);
  expect(clock.now()).toBe(9000);
});

test('the first try is at once, later ones are spread and never far apart', () => {
  expect(backoff(0, 0.99)).toBe(0);
  expect(backoff(1, 0.5)).toBe(300);
  expect(backoff(30, 1)).toBe(8000);
});
