/** Both languages say the same things with the same blanks, and every key that stands in the code exists. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  BOOKS,
  BOT_LEVELS,
  CHANNELS,
  CODES,
  DIRECTIVE_KINDS,
  FRONTS,
  LEVELS,
  LOYALTIES,
  ORDER_KINDS,
  PACES,
  PHASES,
  POWER_KINDS,
  ROLES,
  SEATS,
  SECTORS,
} from '../../src/wire';
import { format, isolated, LANGUAGES, speak, t } from '../../src/text/text.svelte';

const source = (language: string) =>
  readdirSync(`src/text/${language}`)
    .sort()
    .map((area) => readFileSync(`src/text/${language}/${area}`, 'utf8'))
    .join('\n');
const keys = (language: string) =>
  [...source(language).matchAll(/^([a-z][\w-]*) =/gm)].map((match) => match[1] ?? '');
const blanks = (language: string, key: string) => {
  const text =
    source(language)
      .split(new RegExp(`^${key} =`, 'm'))[1]
      ?.split(/^[a-z#]/m)[0] ?? '';
  return [...new Set([...text.matchAll(/\$(\w+)/g)].map((match) => match[1]))].sort();
};

describe('English and Russian', () => {
  test('have the same keys in the same order', () => {
    expect(keys('ru')).toEqual(keys('en'));
  });

  test('have no key twice', () => {
    expect(new Set(keys('en')).size).toBe(keys('en').length);
  });

  test.each(keys('en'))('%s has the same blanks in both and no empty text', (key) => {
    expect(blanks('ru', key)).toEqual(blanks('en', key));
    for (const language of LANGUAGES) expect(format(language, key, { count: 1 })?.trim()).toBeTruthy();
  });
});

describe('words of the wire', () => {
  test.each<[string, readonly string[]]>([
    ['seat', SEATS],
    ['role', ROLES],
    ['sector', SECTORS],
    ['level', LEVELS],
    ['book', BOOKS],
    ['channel', CHANNELS],
    ['order', ORDER_KINDS],
    ['directive', DIRECTIVE_KINDS],
    ['phase', PHASES],
    ['power', POWER_KINDS],
    ['front', FRONTS],
    ['loyalty', LOYALTIES],
    ['pace', PACES],
    ['bot', BOT_LEVELS],
    ['refusal', CODES],
  ])('of kind %s all have a text', (kind, words) => {
    expect(words.filter((word) => format('en', `${kind}-${word}`) === undefined)).toEqual([]);
  });
});

test('every key that the code names exists', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(svelte|ts)$/.test(name),
  );
  const known = new Set(keys('en'));
  const missing = files.flatMap((name) => {
    const code = readFileSync(join('src', name), 'utf8');
    const named = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    const built = [...code.matchAll(/\bt\(\s*`([^$`]+)\$\{/g)].map((match) => match[1] ?? '');
    return [
      ...named.filter((key) => !known.has(key)),
      ...built.filter((start) => ![...known].some((key) => key.startsWith(start))),
    ].map((key) => `${name}: ${key}`);
  });
  expect(missing).toEqual([]);
});

test('Russian counts in three forms', () => {
  speak('ru');
  expect(t('unread', { count: 1 })).toBe('1 непрочитанное');
  expect(t('unread', { count: 3 })).toBe('3 непрочитанных');
});

test('a text carries no marks of isolation unless they are asked for', () => {
  expect(t('room-title', { code: 'ABCD-EFGH' })).toBe('Room ABCD-EFGH');
  expect(isolated('x')).toHaveLength(3);
});
