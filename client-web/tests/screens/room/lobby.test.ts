/** The lobby: two clicks to a match alone, and nothing final without a question. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, expect, test, vi } from 'vitest';
import Lobby from '../../../src/screens/room/Lobby.svelte';
import { settings } from '../../../src/store/settings.svelte';
import { cellWith } from './cells';

const BOT = { bot: 'conscript', ready: true };
const FULL = { sokol: { nickname: 'Anna' }, granit: BOT, beryoza: BOT, luna: BOT, volga: BOT };
const button = (name: string | RegExp) => screen.getByRole('button', { name });

beforeAll(() => {
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
});

test('a host who is alone fills the four other chairs with one click', async () => {
  const { cell, asked } = cellWith({ me: 'sokol' });
  render(Lobby, { cell });
  expect(button('Begin the match')).toBeDisabled();
  expect(screen.getByTestId('lobby-hint')).toHaveTextContent('4 seats are still free');
  await userEvent.click(button('Fill with bots'));
  expect(asked).toEqual(
    ['granit', 'beryoza', 'luna', 'volga'].map((seat) => ({ type: 'seat_bot', seat, level: 'officer' })),
  );
});

test('a full table is begun with the second', async () => {
  const { cell, asked } = cellWith({ me: 'sokol', table: { seats: FULL } });
  render(Lobby, { cell });
  await userEvent.click(button('Begin the match'));
  expect(asked).toEqual([{ type: 'start' }]);
});

test('whoever is waited for is named', () => {
  const seats = { ...FULL, luna: { nickname: 'Vera' } };
  render(Lobby, { cell: cellWith({ me: 'sokol', table: { seats } }).cell });
  expect(screen.getByTestId('lobby-hint')).toHaveTextContent('Vera');
  expect(button('Begin the match')).toBeDisabled();
});

test.each([
  [/^Send away/, { type: 'dismiss', seat: 'luna' }],
  [/^Make host/, { type: 'hand_host', seat: 'luna' }],
])('%s asks first', async (name, command) => {
  const { cell, asked } = cellWith({
    me: 'sokol',
    table: { seats: { ...FULL, luna: { nickname: 'Vera' } } },
  });
  render(Lobby, { cell });
  await userEvent.click(button(name));
  expect(asked).toEqual([]);
  await userEvent.click(button('Yes, do it'));
  expect(asked).toEqual([command]);
});

test('a bot is removed without ceremony', async () => {
  const { cell, asked } = cellWith({ me: 'sokol', table: { seats: FULL } });
  render(Lobby, { cell });
  await userEvent.click(button('Remove: Luna'));
  expect(asked).toEqual([{ type: 'dismiss', seat: 'luna' }]);
});

test('a guest may say ready and move, and decides nothing else', async () => {
  const { cell, asked } = cellWith({
    me: 'luna',
    table: { seats: { sokol: { nickname: 'Anna' }, luna: { nickname: 'Vera' } } },
  });
  render(Lobby, { cell });
  expect(screen.queryByRole('button', { name: /bot|Make host|Send away|Begin/ })).toBeNull();
  await userEvent.click(button('Sit here: Volga'));
  await userEvent.click(button('I am ready'));
  expect(asked).toEqual([
    { type: 'take_seat', seat: 'volga' },
    { type: 'get_ready', ready: true },
  ]);
});

test('a new name is remembered once the room has taken it', async () => {
  settings.nickname = 'Anna';
  const { cell, asked } = cellWith({ me: 'sokol' });
  render(Lobby, { cell });
  await userEvent.click(button('Change name'));
  const form = within(screen.getByTestId('rename'));
  expect(form.getByLabelText('Your name')).toHaveValue('Anna');
  await userEvent.clear(form.getByLabelText('Your name'));
  await userEvent.type(form.getByLabelText('Your name'), 'Olga');
  await userEvent.click(form.getByRole('button'));
  expect(asked).toEqual([{ type: 'rename', nickname: 'Olga' }]);
  expect(settings.nickname).toBe('Olga');
});

test('a name that is refused stays to be mended', async () => {
  settings.nickname = 'Anna';
  const { cell } = cellWith({ me: 'sokol' }, 'nickname_taken');
  render(Lobby, { cell });
  await userEvent.click(button('Change name'));
  await userEvent.click(within(screen.getByTestId('rename')).getByRole('button'));
  expect(screen.getByRole('alert')).toHaveTextContent('Somebody here goes by that name');
  expect(settings.nickname).toBe('Anna');
});

test('who watches without a chair is offered one', () => {
  render(Lobby, { cell: cellWith({ watchers: 2 }).cell });
  expect(screen.getByTestId('sit-down')).toBeInTheDocument();
  expect(screen.getByTestId('watchers')).toHaveTextContent('2 people are watching');
  expect(screen.queryByRole('button', { name: 'Change name' })).toBeNull();
});

test('a host chooses how well a bot plays, and the other seats are filled alike', async () => {
  const { cell, asked } = cellWith({ me: 'sokol' });
  render(Lobby, { cell });
  await userEvent.click(button('Add a bot: Luna'));
  await userEvent.click(button('bot: strategist'));
  expect(asked).toEqual([{ type: 'seat_bot', seat: 'luna', level: 'strategist' }]);
  await userEvent.click(button('Fill with bots'));
  expect(asked.slice(1).map((command) => 'level' in command && command.level)).toEqual(
    Array(4).fill('strategist'),
  );
});

test('a host who invites a program is shown its token, and the command that starts the example', async () => {
  const answers = [{ player: 'anna' }, { token: 'program-ABCDEFGH-secret' }].map((body) =>
    Response.json(body),
  );
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answers.shift() as Response);
  const { rerender } = render(Lobby, { cell: cellWith({ me: 'sokol' }).cell });
  await userEvent.click(button('Add a bot: Luna'));
  await userEvent.click(button('Invite a program'));
  expect(fetched).toHaveBeenLastCalledWith(
    '/api/rooms/ABCDEFGH/program',
    expect.objectContaining({ method: 'POST', body: '{"seat":"luna"}' }),
  );
  expect(await screen.findByTestId('token')).toHaveTextContent('program-ABCDEFGH-secret');
  const seats = { sokol: { nickname: 'Anna' }, luna: { program: true } };
  await rerender({ cell: cellWith({ me: 'sokol', table: { seats } }).cell });
  expect(screen.getByTestId('program-token')).toHaveTextContent(
    /example_bot\.py wss?:\/\/\S+ program-ABCDEFGH-secret/,
  );
  expect(screen.getByTestId('seat-luna')).toHaveTextContent(/program.*awaited/);
  fetched.mockRestore();
});

test('a program is marked for all, is waited for until it has come, and is never made host', () => {
  const coming = { ...FULL, luna: { program: true } };
  const { unmount } = render(Lobby, { cell: cellWith({ me: 'sokol', table: { seats: coming } }).cell });
  expect(button('Begin the match')).toBeDisabled();
  expect(button('Remove: Luna')).toBeEnabled();
  unmount();
  const there = { ...FULL, luna: { nickname: 'Rook', ready: true, program: true } };
  render(Lobby, { cell: cellWith({ me: 'sokol', table: { seats: there } }).cell });
  expect(within(screen.getByTestId('seat-luna')).getByText('program')).toBeInTheDocument();
  expect(button('Begin the match')).toBeEnabled();
  expect(screen.queryByRole('button', { name: /^Make host/ })).toBeNull();
});
