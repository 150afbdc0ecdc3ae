/** What stands around the panels of a match. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, expect, test, vi } from 'vitest';
import { notices } from '../../../src/parts/toasts.svelte';
import Bar from '../../../src/screens/room/Bar.svelte';
import Closed from '../../../src/screens/room/Closed.svelte';
import CoveredFile from '../../../src/screens/room/CoveredFile.svelte';
import Herald from '../../../src/screens/room/Herald.svelte';
import OfficerFiles from '../../../src/screens/room/OfficerFiles.svelte';
import PanelTabs from '../../../src/screens/room/PanelTabs.svelte';
import TableMenu from '../../../src/screens/room/TableMenu.svelte';
import { cellWith, matchWith } from './cells';

const nothing = () => undefined;

beforeAll(() => {
  vi.stubGlobal('fetch', async () => new Response('[]')); // nobody is blocked
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});

test('the bar says what is owed, what happens otherwise, and how many are ready', async () => {
  const owed = [
    { what: 'order', done: false, otherwise: 'no_order' },
    { what: 'patron', done: true, otherwise: 'malenkov' },
  ];
  const match = matchWith({
    owed,
    can: { ready: true },
    you: { seat: 'sokol', role: 'pavel' },
    directive: { kind: 'hold', sector: 'rail' },
  });
  const { cell, asked } = cellWith({ me: 'sokol', table: { stage: 'match' }, match });
  render(Bar, { cell, oncard: nothing, onmenu: nothing });
  expect(screen.getByTestId('owed-order')).toHaveTextContent('else: no order');
  expect(screen.getByTestId('owed-patron')).toHaveAttribute('data-done', 'true');
  expect(screen.getByTestId('ready-count')).toHaveTextContent('3 of 5 ready');
  expect(screen.getByTestId('directive')).toHaveTextContent('Railway');
  await userEvent.click(screen.getByRole('button', { name: 'Ready anyway' }));
  expect(asked).toEqual([{ type: 'play', move: { type: 'ready', ready: true } }]);
});

test('a watcher has no file to open and nothing to be ready for', () => {
  const { cell } = cellWith({ table: { stage: 'match' }, match: matchWith() });
  render(Bar, { cell, oncard: nothing, onmenu: nothing });
  expect(screen.getByTestId('watching')).toBeInTheDocument();
  expect(screen.queryByTestId('my-card')).toBeNull();
  expect(screen.queryByTestId('ready')).toBeNull();
});

test('my file opens face down and is covered again when it closes', async () => {
  const you = { seat: 'sokol', role: 'irina', nerve: 1, may_denounce: true };
  const { cell } = cellWith({ me: 'sokol', match: matchWith({ you }) });
  const { rerender } = render(CoveredFile, { cell, open: true });
  expect(screen.getByTestId('card-cover')).toBeInTheDocument();
  expect(screen.queryByText('Irina')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Turn it over' }));
  expect(screen.getByTestId('role-card')).toHaveAttribute('data-role', 'irina');
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  await rerender({ cell, open: true });
  expect(screen.getByTestId('card-cover')).toBeInTheDocument();
});

test('a file shows its number and how it last moved, in words too', () => {
  const match = matchWith({
    officers: {
      ...(matchWith() as { officers: object }).officers,
      luna: { suspicion: 5, in_room: true },
    },
    turns: { 1: { suspicion: { luna: 2 } }, 2: { suspicion: { luna: 5 } } },
  });
  render(OfficerFiles, { cell: cellWith({ match }).cell });
  const luna = screen.getByTestId('officer-luna');
  expect(luna).toHaveTextContent('3 more than before');
  expect(luna).toHaveTextContent('in the Room');
  expect(screen.getByRole('meter', { name: /Luna/ })).toHaveAttribute('aria-valuenow', '5');
});

test('a tab says in words what waits behind it', () => {
  const panels = ['front', 'wire', 'orders'] as const;
  render(PanelTabs, { panels, active: 'front', unread: 2, isOwed: true, isReportNew: false });
  expect(screen.getByRole('button', { name: /Wire.*2 unread/ })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /Orders.*owed/ })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Front' })).toHaveAttribute('aria-current', 'page');
});

test('the herald tells what is new, and nothing to those who have just come', async () => {
  notices.announce('');
  const onnews = vi.fn();
  const first = cellWith({ me: 'luna', match: matchWith({ turns: { 1: {} } }) });
  const { rerender } = render(Herald, { cell: first.cell, onnews });
  expect(onnews).not.toHaveBeenCalled();
  const turns = { 1: { report: {}, summoned: 'luna' } };
  const later = cellWith({ me: 'luna', match: matchWith({ turns, phase: 'inquiry', phase_number: 3 }) });
  await rerender({ cell: later.cell, onnews });
  expect(notices.spoken).toContain('The report of night 1 is in. You are summoned to the Room. Inquiry.');
  expect(notices.toasts.at(-1)?.text).toBe('You are summoned to the Room.');
  expect(onnews).toHaveBeenCalledTimes(3);
});

test('the host may send a person away in the middle of a match, after a question', async () => {
  const seats = { sokol: { nickname: 'Anna' }, luna: { nickname: 'Vera' }, volga: { bot: 'conscript' } };
  const { cell, asked } = cellWith({ me: 'sokol', table: { stage: 'match', seats }, match: matchWith() });
  render(TableMenu, { cell, open: true });
  expect(screen.queryByTestId('dismiss-volga')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Send away: Luna' }));
  expect(asked).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Yes, do it' }));
  expect(asked).toEqual([{ type: 'dismiss', seat: 'luna' }]);
});

test('a guest may send nobody away', () => {
  const seats = { sokol: { nickname: 'Anna' }, luna: { nickname: 'Vera' } };
  render(TableMenu, {
    cell: cellWith({ me: 'luna', table: { seats }, match: matchWith() }).cell,
    open: true,
  });
  expect(screen.queryByTestId('dismiss-sokol')).toBeNull();
});

test.each([
  ['taken_over', 'Play here instead'],
  ['frozen', 'Call again'],
  ['no_such_room', 'Call again'],
])('a line closed by %s can be taken up again by hand', async (code, name) => {
  const onagain = vi.fn();
  render(Closed, { code, onagain });
  await userEvent.click(screen.getByRole('button', { name }));
  expect(onagain).toHaveBeenCalledOnce();
});

test('who was sent away is shown the way out alone', () => {
  render(Closed, { code: 'barred', onagain: nothing });
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.getByRole('link')).toHaveAttribute('href', '/');
});
