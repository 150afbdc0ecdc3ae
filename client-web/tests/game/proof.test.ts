/** The commitment, against the same hash from another library. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isBound, shellCheck } from '../../src/game/proof';

const FILE = { seed: '00ff', salt: 'abcd' };
const COMMITMENT = createHash('sha256').update('nineteenth:commitment:abcd:00ff').digest('hex');

test('seed and salt that were bound are found to be so', async () => {
  expect(await isBound(FILE, COMMITMENT)).toBe(true);
});

test('another seed is found out', async () => {
  expect(await isBound({ ...FILE, seed: '00fe' }, COMMITMENT)).toBe(false);
});

test('the same can be worked out in a shell', () => {
  expect(shellCheck('00ff', 'abcd')).toBe("printf 'nineteenth:commitment:abcd:00ff' | sha256sum");
});
