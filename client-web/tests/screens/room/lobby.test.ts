/** The lobby: two clicks to a match alone, and nothing final without a question. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { beforeAll, expect, test } from 'vitest';
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
    ['granit', 'beryoza', 'luna', 'volga'].map((seat) => ({ type: 'seat_bot', seat, level: 'conscript' })),
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
