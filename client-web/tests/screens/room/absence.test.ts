/** Those who are away, and those who are not wanted: marks, warnings, the way back, and what a seat's menu offers. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { handovers } from '../../../src/game/news';
import { notices } from '../../../src/parts/toasts.svelte';
import Absence from '../../../src/screens/room/Absence.svelte';
import BlockedList from '../../../src/screens/room/BlockedList.svelte';
import Herald from '../../../src/screens/room/Herald.svelte';
import OfficerFiles from '../../../src/screens/room/OfficerFiles.svelte';
import SeatMenu from '../../../src/screens/room/SeatMenu.svelte';
import TableMenu from '../../../src/screens/room/TableMenu.svelte';
import type { Table } from '../../../src/wire';
import { cellWith, matchWith } from './cells';

const AWAY = { nickname: 'Vera', stand_in: 'officer' };
const SEATS = { sokol: { nickname: 'Anna' }, luna: AWAY, volga: { bot: 'conscript' } };
const inMatch = (more: object = {}) => ({ stage: 'match', seats: SEATS, ...more });

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});

afterEach(() => vi.unstubAllGlobals());

/** The server's answers to blocks, and what was asked of it. */
function blocks(list: object[] = []) {
  const asked: string[] = [];
  vi.stubGlobal(
    'fetch',
    vi.fn(async (path: string, { method, body }: { method: string; body?: string }) => {
      if (path !== '/api/session') asked.push(`${method} ${path} ${body ?? ''}`.trim());
      return new Response(JSON.stringify(path === '/api/session' ? { player: 'me' } : list));
    }),
  );
  return asked;
}

test('everybody sees in words which seat an officer plays', () => {
  const { cell } = cellWith({ me: 'sokol', table: inMatch(), match: matchWith() });
  render(OfficerFiles, { cell });
  expect(screen.getByTestId('officer-luna')).toHaveTextContent('an officer stands in');
  expect(screen.getByTestId('officer-luna')).toHaveTextContent('Vera');
  expect(screen.getAllByTestId('stand-in')).toHaveLength(1);
});

test('whoever is stood in for is told so, and takes the seat back by one press', async () => {
  const { cell, asked } = cellWith({ me: 'luna', table: inMatch(), match: matchWith(), missed: 2 });
  render(Absence, { cell });
  expect(screen.getByTestId('stood-in')).toHaveTextContent('An officer plays for you.');
  expect(screen.queryByTestId('missed')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Take your seat back' }));
  expect(asked).toEqual([{ type: 'come_back' }]);
});

test('after the first missed choice there is a warning, which goes by one press', async () => {
  const seats = { luna: { nickname: 'Vera' } };
  const { cell, asked } = cellWith({ me: 'luna', table: inMatch({ seats }), match: matchWith(), missed: 1 });
  render(Absence, { cell });
  expect(screen.getByTestId('missed')).toHaveTextContent('You missed a choice.');
  await userEvent.click(screen.getByRole('button', { name: 'I am here' }));
  expect(asked).toEqual([{ type: 'come_back' }]);
});

test.each([
  ['the others', 'sokol' as const],
  ['those who watch', undefined],
])('%s have no banner', (_, me) => {
  render(Absence, { cell: cellWith({ ...(me ? { me } : {}), table: inMatch(), match: matchWith() }).cell });
  expect(screen.queryByRole('button')).toBeNull();
});

test('a hand-over is news in one match alone, and told to those at the table', async () => {
  const before = { stage: 'match', matches: 1, seats: { luna: { nickname: 'Vera' } } } as unknown as Table;
  const now = { ...before, seats: SEATS } as unknown as Table;
  expect(handovers(before, now)).toEqual([{ kind: 'stood_in', seat: 'luna' }]);
  expect(handovers(now, before)).toEqual([{ kind: 'back', seat: 'luna' }]);
  expect(handovers(undefined, now)).toEqual([]);
  expect(handovers({ ...now, stage: 'over' }, before)).toEqual([]);
  expect(handovers({ ...now, matches: 2 }, before)).toEqual([]);
  const first = cellWith({ me: 'sokol', table: before, match: matchWith() });
  const { rerender } = render(Herald, { cell: first.cell });
  await rerender({ cell: cellWith({ me: 'sokol', table: now, match: matchWith() }).cell });
  expect(notices.toasts.at(-1)?.text).toBe('An officer stands in for Luna.');
});

test('a seat is muted for this page alone, which its file shows, and heard again', async () => {
  const { cell, asked } = cellWith({ me: 'sokol', table: inMatch(), match: matchWith() });
  render(OfficerFiles, { cell });
  expect(screen.queryByTestId('seat-menu-sokol')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'About Volga' }));
  expect(screen.queryByRole('button', { name: /Block/ })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /Mute/ }));
  expect(screen.getByTestId('officer-volga')).toHaveTextContent('muted by you');
  await userEvent.click(screen.getByRole('button', { name: 'About Volga' }));
  await userEvent.click(screen.getByRole('button', { name: /Hear again/ }));
  expect(screen.getByTestId('officer-volga')).not.toHaveTextContent('muted by you');
  expect(asked).toEqual([]);
});

test('a guest blocks a person after a question, and sends nobody away', async () => {
  const sent = blocks();
  const { cell, asked } = cellWith({ me: 'luna', table: inMatch(), match: matchWith() });
  render(SeatMenu, { cell, seat: 'sokol' });
  expect(screen.queryByRole('button', { name: /Send away/ })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /^Block/ }));
  expect(screen.getByText(/will not exist for Anna/)).not.toHaveTextContent('leaves the match');
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Yes, do it' }));
  await vi.waitFor(() => expect(notices.toasts.at(-1)?.text).toBe('Anna is blocked.'));
  expect(sent).toEqual(['POST /api/rooms/ABCDEFGH/block {"seat":"sokol"}']);
  expect(asked).toEqual([]);
});

test('whom the host blocks is sent away as well, and the question says so', async () => {
  const sent = blocks();
  const { cell, asked } = cellWith({ me: 'sokol', table: inMatch(), match: matchWith() });
  render(SeatMenu, { cell, seat: 'luna' });
  await userEvent.click(screen.getByRole('button', { name: /^Block/ }));
  expect(screen.getByText(/will not exist for Vera/)).toHaveTextContent('Vera leaves the match for good');
  await userEvent.click(screen.getByRole('button', { name: 'Yes, do it' }));
  await vi.waitFor(() => expect(asked).toEqual([{ type: 'dismiss', seat: 'luna' }]));
  expect(sent).toHaveLength(1);
});

test('the host sends a person away in mid-match from the seat itself, after a question', async () => {
  const { cell, asked } = cellWith({ me: 'sokol', table: inMatch(), match: matchWith() });
  render(OfficerFiles, { cell });
  await userEvent.click(screen.getByRole('button', { name: 'About Luna' }));
  await userEvent.click(screen.getByRole('button', { name: /Send away/ }));
  expect(asked).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Yes, do it' }));
  expect(asked).toEqual([{ type: 'dismiss', seat: 'luna' }]);
});

test('those who are blocked are let off from a list, which is not there where nobody is', async () => {
  const sent = blocks([{ id: 'a1', nickname: 'Boris' }]);
  const { unmount } = render(BlockedList);
  const off = await screen.findByText('Let off');
  sent.length = 0;
  await userEvent.click(screen.getByText('Blocked by you: 1'));
  await userEvent.click(off);
  expect(sent).toEqual(['DELETE /api/blocks/a1']);
  unmount();
  blocks([]);
  render(BlockedList);
  await Promise.resolve();
  expect(screen.queryByTestId('blocked')).toBeNull();
});

test('the table menu shows who is stood in for, and leads to the menu of a seat', async () => {
  blocks();
  const { cell } = cellWith({ me: 'sokol', table: inMatch(), match: matchWith() });
  render(TableMenu, { cell, open: true });
  expect(screen.getByTestId('table-menu')).toHaveTextContent('an officer stands in');
  await userEvent.click(screen.getByRole('button', { name: 'About Luna' }));
  expect(screen.getByTestId('seat-menu')).toBeInTheDocument();
});
