/** The three forms of the first page, against a server that is a list of answers. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import Landing from '../../src/screens/Landing.svelte';
import { settings } from '../../src/store/settings.svelte';

type Answer = { status?: number; body: unknown };
const asked: { path: string; body: unknown }[] = [];

function serve(answers: Record<string, Answer>) {
  asked.length = 0;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, body: init.body ? JSON.parse(String(init.body)) : undefined });
    const answer = answers[`${init.method} ${path}`] ?? {
      body: path === '/api/session' ? { player: 'p' } : [],
    };
    return Response.json(answer.body, { status: answer.status ?? 200 });
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
  settings.nickname = '';
});

test('a room needs a name, and is not asked for without one', async () => {
  serve({});
  render(Landing);
  await userEvent.click(screen.getByRole('button', { name: 'Open the room' }));
  expect(screen.getByLabelText('Your name')).toHaveAccessibleDescription(
    'The others need something to call you.',
  );
  expect(asked.some((request) => request.path === '/api/rooms' && request.body)).toBe(false);
});

test('a room is asked for as the form was filled in', async () => {
  serve({ 'POST /api/rooms': { body: { code: 'ABCD-EFGH' } } });
  render(Landing);
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('Your name'), 'Vera');
  await user.click(screen.getByRole('radio', { name: /First night/ }));
  await user.click(screen.getByRole('radio', { name: /Blitz/ }));
  await user.click(screen.getByRole('button', { name: 'Open the room' }));
  await vi.waitFor(() => expect(asked.at(-1)?.path).toBe('/api/rooms'));
  expect(asked.at(-1)?.body).toEqual({
    nickname: 'Vera',
    listed: false,
    pace: 'blitz',
    scenario: 'first_night',
    setting: 'front',
    spectators: true,
    language: 'en',
  });
});

test('a refusal is said in words and the form stays as it was', async () => {
  serve({ 'POST /api/rooms': { status: 503, body: { code: 'store_busy', message: 'later' } } });
  settings.nickname = 'Vera';
  render(Landing);
  await userEvent.click(screen.getByRole('button', { name: 'Open the room' }));
  expect(await screen.findByText(/Headquarters is overrun/)).toBeInTheDocument();
  expect(screen.getByLabelText('Your name')).toHaveValue('Vera');
});

test('a code is written tidily, and a wrong one is told beside the field', async () => {
  serve({ 'GET /api/rooms/ABCD-EFGH': { status: 404, body: { code: 'no_such_room', message: 'no' } } });
  render(Landing);
  const user = userEvent.setup();
  const field = screen.getByLabelText('Room code');
  await user.type(field, 'abcdefgh');
  expect(field).toHaveValue('ABCD-EFGH');
  await user.click(screen.getByRole('button', { name: 'Report' }));
  expect(await screen.findByText(/no such room/)).toBeInTheDocument();
});

test('open rooms are listed with a way in', async () => {
  const room = {
    code: 'WXYZ-2345',
    host: 'Oleg',
    seats_taken: 2,
    pace: 'live',
    setting: 'front',
    scenario: 'nineteenth',
  };
  serve({ 'GET /api/rooms': { body: [room] } });
  render(Landing);
  expect(await screen.findByRole('link', { name: 'Sit down' })).toHaveAttribute('href', '/room/WXYZ-2345');
  expect(screen.getByText('Oleg')).toBeInTheDocument();
});
