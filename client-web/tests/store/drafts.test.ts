import { expect, test } from 'vitest';
import { draft } from '../../src/store/drafts.svelte';

test('what was typed is kept for this tab until it is cleared', () => {
  const letter = draft('ABCD-EFGH/letter/luna');
  letter.text = 'hold the river';
  expect(sessionStorage.getItem('draft:ABCD-EFGH/letter/luna')).toBe('hold the river');
  expect(draft('ABCD-EFGH/letter/luna').text).toBe('hold the river');
  letter.clear();
  expect(letter.text).toBe('');
  expect(sessionStorage.getItem('draft:ABCD-EFGH/letter/luna')).toBeNull();
});

test('a draft that an earlier page left is taken up', () => {
  sessionStorage.setItem('draft:old', 'from before');
  expect(draft('old').text).toBe('from before');
});
