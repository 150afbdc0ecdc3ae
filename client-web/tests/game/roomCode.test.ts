import { expect, test } from 'vitest';
import { isWholeRoomCode, tidyRoomCode } from '../../src/game/roomCode';

test.each([
  ['abcdefgh', 'ABCD-EFGH'],
  ['abcd efgh', 'ABCD-EFGH'],
  ['АВЕКМНРС', 'ABEK-MHPC'],
  ['https://play.example/room/AB12-CD34?x=1', 'AB12-CD34'],
  ['ab', 'AB'],
  ['oOiL-0011', '0011-0011'],
  ['ЗОЗО', '3030'],
  ['abcde', 'ABCD-E'],
  ['ABCD-EFGH-more', 'ABCD-EFGH'],
])('%s is tidied into %s', (typed, code) => {
  expect(tidyRoomCode(typed)).toBe(code);
});

test('only eight letters and digits make a whole code', () => {
  expect(isWholeRoomCode('ABCD-EFGH')).toBe(true);
  expect(isWholeRoomCode('ABCD-EFG')).toBe(false);
});
