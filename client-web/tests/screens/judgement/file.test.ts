/** The opened file: nothing left out, and a proof that is worked out here. */
import { createHash } from 'node:crypto';
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import CaseFile from '../../../src/screens/judgement/CaseFile.svelte';
import Verdicts from '../../../src/screens/judgement/Verdicts.svelte';
import type { File } from '../../../src/wire';
import { cellWith, matchWith } from '../room/cells';

const hold = { kind: 'hold', sector: 'river' };
const FILE = {
  seed: '00ff',
  salt: 'abcd',
  roles: { sokol: 'malenkov', granit: 'beria', beryoza: 'rudenko', luna: 'irina', volga: 'pavel' },
  books: { sokol: ['staff'], granit: [], beryoza: [], luna: [], volga: [] },
  patron: 'beria',
  turns: {
    1: {
      thrusts: { river: 7, forest: 2, rail: 1 },
      seats: {
        sokol: { orders: [hold] },
        granit: { has_reported: true, report: 'luna' },
        beryoza: { has_reported: true },
        luna: {},
        volga: { rumour: { sector: 'rail', level: 'heavy' } },
      },
      phone: hold,
      power: { power: 'trace', sector: 'river' },
      traced: [{ seat: 'sokol', order: hold }],
      demand: 'books',
      answer: { choice: 'denounce', seat: 'volga' },
      granted: 'rail',
      moves: [{ seat: 'luna', by: -1, cause: 'paperwork' }],
    },
  },
  messages: {
    1: { turn: 1, channel: 'open', author: 'luna', body: { type: 'text', text: 'Good evening' } },
    2: { turn: 1, channel: 'letter', author: 'luna', to: 'volga', body: { type: 'text', text: 'Burn this' } },
  },
  ledger: [
    { message: 1, turn: 1, by: 'luna', what: { type: 'will', order: hold }, kept: true },
    { message: 2, turn: 1, by: 'volga', what: { type: 'am', role: 'irina' }, kept: false },
  ],
  judgement: {
    front: 'bent',
    ground: 5,
    regiments: 3,
    verdicts: [
      {
        seat: 'luna',
        role: 'irina',
        suspicion: 2,
        loyalty: 'trusted',
        won: false,
        front_points: 20,
        loyalty_points: 40,
        win_points: 0,
      },
      {
        seat: 'volga',
        role: 'pavel',
        suspicion: 3,
        loyalty: 'watched',
        won: true,
        front_points: 20,
        loyalty_points: 35,
        win_points: 50,
      },
    ],
  },
} as unknown as File;
const COMMITMENT = createHash('sha256').update('nineteenth:commitment:abcd:00ff').digest('hex');

function opened(commitment = COMMITMENT) {
  const turns = { 1: { directive: { kind: 'hold', sector: 'river' }, obeyed: false, prisoner: 'beryoza' } };
  const { cell } = cellWith({ match: matchWith({ commitment, turns }) });
  return render(CaseFile, { cell, file: FILE });
}

test('a night tells who did what, what was used, and why the files grew', () => {
  opened();
  const night = screen.getByTestId('night-1');
  for (const words of [
    'Hold the line: River',
    'Field phone: Hold · River ×2',
    'named Luna',
    'silent',
    'heard: Railway heavy',
    'found: Sokol — Hold · River',
    'The Interrogator wanted the codebooks.',
    'The prisoner denounced Volga.',
    'Moscow granted a regiment: Railway.',
  ]) {
    expect(night).toHaveTextContent(words);
  }
});

test('words can be read a channel at a time', async () => {
  opened();
  const words = within(screen.getByTestId('messages'));
  expect(words.getByText('Good evening')).toBeInTheDocument();
  await userEvent.click(words.getByTestId('words-letter'));
  expect(words.queryByText('Good evening')).toBeNull();
  expect(words.getByText('Burn this')).toBeInTheDocument();
  expect(words.queryByTestId('words-wireless')).toBeNull();
});

test('broken word stands before kept word', () => {
  opened();
  const entries = within(screen.getByTestId('ledger')).getAllByRole('listitem', { hidden: true });
  expect(entries[0]).toHaveTextContent('not true');
  expect(entries[1]).toHaveTextContent('true');
  expect(screen.getByTestId('ledger')).toHaveTextContent('1 true, 1 not true, 0 never tested');
});

test('the hash is worked out by this browser and found right', async () => {
  opened();
  expect(await screen.findByTestId('proof-result')).toHaveAttribute('data-bound', 'true');
});

test('a hash that does not fit is said not to', async () => {
  opened('00');
  expect(await screen.findByTestId('proof-result')).toHaveAttribute('data-bound', 'false');
});

test('the best of the five stands first, with the word for his cell', () => {
  render(Verdicts, { cell: cellWith({ match: matchWith() }).cell, file: FILE });
  const [first, second] = screen.getAllByRole('listitem');
  expect(first).toHaveTextContent('Pavel');
  expect(first).toHaveTextContent('served Beria');
  expect(first).toHaveTextContent('105');
  expect(second).toHaveTextContent('The line bent; your file did not.');
});
