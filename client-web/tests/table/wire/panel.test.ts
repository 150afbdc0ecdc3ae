/** The wire as a player meets it: the panel on a real cell, over a line whose other end is the test. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import WirePanel from '../../../src/screens/table/WirePanel.svelte';
import type { RoomCell } from '../../../src/store/room.svelte';
import { FREE, type Given, paper, sitDown } from './seated';

let cell: RoomCell | undefined;
afterEach(() => {
  cell?.leave();
  sessionStorage.clear();
});

async function open(given: Given = {}) {
  const seated = await sitDown(given);
  cell = seated.cell;
  render(WirePanel, { cell: seated.cell });
  return { ...seated, user: userEvent.setup() };
}

const go = (user: ReturnType<typeof userEvent.setup>, thread: string) =>
  user.click(screen.getByTestId(`thread-${thread}`));

describe('writing', () => {
  test('Enter sends to the open thread; the field is empty and in focus again once the server has taken it', async () => {
    const { user, moves, answers } = await open();
    await go(user, 'letter-volga');
    const field = screen.getByTestId('composer');
    await user.type(field, 'Hold the river{Shift>}{Enter}{/Shift}tonight{Enter}');
    await answers(1);
    await waitFor(() => expect(screen.getByTestId('composer')).toHaveValue(''));
    expect(moves()).toEqual([
      {
        type: 'speak',
        channel: 'letter',
        to: 'volga',
        body: { type: 'text', text: 'Hold the river\ntonight' },
      },
    ]);
    expect(screen.getByTestId('composer')).toHaveFocus();
  });

  test('what was refused is still there, with the reason, until it is changed', async () => {
    const { user, answers } = await open();
    await user.type(screen.getByTestId('composer'), 'Too much{Enter}');
    await answers(1, 'too_many');
    expect(await screen.findByText(/Not sent: Too much in too short a time/)).toBeInTheDocument();
    expect(screen.getByTestId('composer')).toHaveValue('Too much');
    await user.type(screen.getByTestId('composer'), '!');
    expect(screen.getByTestId('composer-refused')).toHaveTextContent('');
  });

  test('while the line is down nothing is lost, and it is said', async () => {
    const { user, line } = await open();
    line.drop(1006);
    await user.type(screen.getByTestId('composer'), 'Are you there?{Enter}');
    expect(await screen.findByText(/It goes out when the line is back/)).toBeInTheDocument();
    expect(screen.getByTestId('composer')).toHaveValue('Are you there?');
  });

  test('each thread has its own draft', async () => {
    const { user } = await open();
    await user.type(screen.getByTestId('composer'), 'to all');
    await go(user, 'letter-sokol');
    expect(screen.getByTestId('composer')).toHaveValue('');
    await go(user, 'open');
    expect(screen.getByTestId('composer')).toHaveValue('to all');
  });

  test('what is too long cannot be sent, and says by how much', async () => {
    const { user, moves } = await open({ you: { books: ['staff'] } });
    await go(user, 'wireless-staff');
    expect(screen.getByTestId('left')).toHaveTextContent('2 transmissions left tonight');
    await user.type(screen.getByTestId('composer'), `${'a'.repeat(122)}{Enter}`);
    expect(screen.getByTestId('length')).toHaveTextContent('2 characters too many');
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    expect(moves()).toEqual([]);
  });

  test('a channel that is shut says why and keeps the draft in sight', async () => {
    const { user, becomes } = await open();
    await go(user, 'letter-sokol');
    await user.type(screen.getByTestId('composer'), 'half a letter');
    becomes({ can: { speak: ['open'] } });
    expect(await screen.findByTestId('composer-shut')).toHaveTextContent('You have used up');
    expect(screen.getByText('Kept, not sent: half a letter')).toBeInTheDocument();
  });
});

describe('the press language', () => {
  // What is picked in a list is tried in a real browser: the imitation here cannot say which option is chosen.
  test('a form reads as a sentence, is sent as data, and waits as it was left', async () => {
    const { user, moves, answers } = await open();
    await user.click(screen.getByRole('button', { name: 'Use a form' }));
    expect(screen.getByTestId('form-sentence')).toHaveTextContent('I shall hold the river.');
    await user.click(screen.getByTestId('form-offer'));
    const bargain = 'From me: I shall hold the river. In return: Sokol, will you hold the river?';
    expect(screen.getByTestId('form-sentence')).toHaveTextContent(bargain);
    await user.click(screen.getByRole('button', { name: 'Send the form' }));
    await answers(1);
    const order = { kind: 'hold', sector: 'river' };
    const body = {
      type: 'offer',
      give: { type: 'will', order },
      want: { type: 'ask', seat: 'sokol', order },
    };
    expect(moves()).toEqual([{ type: 'speak', channel: 'open', body }]);
    await go(user, 'letter-volga');
    await go(user, 'open');
    expect(screen.getByTestId('form-sentence')).toHaveTextContent(bargain);
  });

  const request = (seat: 'luna' | 'volga') =>
    paper({ author: 'sokol', body: { type: 'ask', seat, order: { kind: 'hold', sector: 'river' } } });

  test('whoever is asked answers by a button; then it shows beside the request', async () => {
    const { user, moves, becomes } = await open({ papers: [request('luna')] });
    await user.click(screen.getByTestId('agree-1'));
    await waitFor(() =>
      expect(moves()).toEqual([{ type: 'speak', channel: 'open', body: { type: 'agree', message: 1 } }]),
    );
    becomes({ papers: [request('luna'), paper({ author: 'luna', body: { type: 'agree', message: 1 } })] });
    expect(await within(screen.getByTestId('paper-1')).findByText(/You agreed/)).toBeInTheDocument();
    expect(screen.queryByTestId('agree-1')).toBeNull();
    expect(screen.getByTestId('paper-2')).toHaveTextContent('Agreed: “Luna, will you hold the river?”');
  });

  test('a request to somebody else, and one of an earlier night, have no buttons', async () => {
    await open({ papers: [request('volga'), { ...request('luna'), turn: 0 }] });
    expect(screen.queryByText('Agreed')).toBeNull();
  });
});

describe('reading', () => {
  test('what came elsewhere is counted until its thread is opened', async () => {
    const { user } = await open({ papers: [paper({ channel: 'letter', author: 'volga', to: 'luna' })] });
    const tab = screen.getByTestId('thread-letter-volga');
    expect(tab).toHaveAccessibleName('Letters with Volga, 1 unread');
    await user.click(tab);
    expect(screen.getByTestId('log')).toHaveTextContent('Good evening.');
  });

  test('threads are walked by arrow keys', async () => {
    const { user } = await open();
    screen.getByTestId('thread-open').focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(screen.getByTestId('thread-letter-sokol')).toHaveFocus();
    expect(screen.getByTestId('log')).toHaveAccessibleName('Messages: Letters with Sokol');
  });

  test('a line of Moscow’s is a telegram that nobody has written', async () => {
    const { user } = await open({
      papers: [
        paper({ channel: 'moscow', signed: true, body: { type: 'line', key: 'line-5' } }),
        paper({ channel: 'moscow', signed: true, to: 'luna', text: 'We know.' }),
      ],
    });
    await go(user, 'moscow');
    expect(screen.getByTestId('paper-1')).toHaveTextContent('Your silence has been filed.');
    expect(screen.getByTestId('paper-2')).toHaveTextContent('for you alone');
    expect(screen.getByTestId('log')).not.toHaveTextContent('You signed this');
  });

  test('the prisoner finds himself in the Room, before a man without a name', async () => {
    await open({
      can: { speak: ['room'] },
      match: { prisoner: 'luna' },
      papers: [paper({ channel: 'room', text: 'Sit.' }), paper({ author: 'sokol' })],
    });
    expect(screen.getByTestId('wire').dataset.thread).toBe('room');
    expect(screen.getByTestId('paper-1')).toHaveTextContent('The Interrogator');
  });

  test('a tapped letter lies between its two ends, marked, and cannot be answered', async () => {
    const { user } = await open({
      role: 'beria',
      papers: [paper({ channel: 'letter', author: 'volga', to: 'sokol', text: 'Between us.' })],
    });
    await go(user, 'between-sokol-volga');
    expect(screen.getByTestId('paper-1')).toHaveTextContent(/Volga.*Sokol.*tap.*Between us/);
    expect(screen.getByTestId('composer-shut')).toHaveTextContent('Not your letters');
  });

  test('those who watch read the open wire and write nothing', async () => {
    await open({ seat: undefined, papers: [paper({ author: 'sokol' })] });
    expect(screen.getByTestId('log')).toHaveTextContent(/Sokol.*Vera.*Good evening/);
    expect(screen.getByTestId('composer-shut')).toHaveTextContent('You are watching');
  });

  test('after the judgement the open wire goes on', async () => {
    await open({
      can: { speak: ['open'] },
      match: { phase: 'finished', turn: 7 },
      papers: [
        paper({ turn: 7, author: 'sokol' }),
        paper({ turn: 0, author: 'sokol', text: 'Well played.' }),
      ],
    });
    expect(screen.getByTestId('log')).toHaveTextContent(/Night 7.*After the last night.*Well played/);
    expect(screen.getByTestId('composer')).toBeEnabled();
  });
});

describe('a muted seat', () => {
  test('its words fold away on the open wire and in letters, and each may be unfolded by itself; forms stay', async () => {
    const papers = [
      paper({ author: 'sokol', text: 'first rubbish' }),
      paper({ author: 'sokol', text: 'second rubbish' }),
      paper({ author: 'sokol', body: { type: 'name', seat: 'volga' } }),
      paper({ author: 'granit', text: 'sense' }),
      paper({ author: 'sokol', channel: 'letter', to: 'luna', text: 'private rubbish' }),
    ];
    const { cell: seated, user } = await open({ papers });
    expect(screen.getByTestId('log')).toHaveTextContent('first rubbish');
    expect(screen.getByTestId('thread-letter-sokol')).toHaveAttribute('data-unread', '1');
    seated.muted.toggle('sokol');
    await waitFor(() => expect(screen.getByTestId('log')).not.toHaveTextContent('rubbish'));
    expect(screen.getByTestId('log')).toHaveTextContent('sense');
    expect(screen.getByTestId('paper-3')).toHaveTextContent('Volga');
    expect(screen.getByTestId('thread-letter-sokol')).toHaveAttribute('data-unread', '0');
    await user.click(within(screen.getByTestId('paper-2')).getByRole('button', { name: 'Show these words' }));
    expect(screen.getByTestId('paper-2')).toHaveTextContent('second rubbish');
    expect(screen.getByTestId('paper-1')).not.toHaveTextContent('rubbish');
    await go(user, 'letter-sokol');
    expect(screen.getByTestId('log')).not.toHaveTextContent('rubbish');
    seated.muted.toggle('sokol');
    await waitFor(() => expect(screen.getByTestId('log')).toHaveTextContent('private rubbish'));
  });
});

describe('the signature of Moscow', () => {
  const signed = { ...FREE, sign: { left: 2, to: ['sokol' as const], all: true } };

  test('is offered to Beria alone', async () => {
    const { user } = await open({ role: 'beria', can: signed });
    await go(user, 'moscow');
    expect(within(screen.getByTestId('signing')).getAllByRole('option')).toHaveLength(6);
  });

  test('is offered to nobody else', async () => {
    const { user } = await open();
    await go(user, 'moscow');
    expect(screen.queryByTestId('signing')).toBeNull();
  });

  test('answers a form that was written to Moscow, to its writer alone', async () => {
    const { user, moves } = await open({
      role: 'beria',
      can: signed,
      papers: [paper({ channel: 'moscow', author: 'sokol', body: { type: 'am', role: 'irina' } })],
    });
    await go(user, 'moscow');
    await user.click(screen.getByTestId('refuse-1'));
    await waitFor(() =>
      expect(moves()).toEqual([{ type: 'sign', to: 'sokol', body: { type: 'refuse', message: 1 } }]),
    );
  });
});

describe('the drawers', () => {
  test('show who was dealt which book, and that the field book is known', async () => {
    const { user } = await open({ you: { books: ['field'] } });
    await user.click(screen.getByText('Codebooks'));
    expect(await screen.findByTestId('book-field')).toHaveTextContent(
      /yours.*Malenkov, Rudenko, Beria.*Compromised/,
    );
    expect(screen.getByTestId('book-staff')).not.toHaveTextContent('yours');
    expect(screen.queryByTestId('hand-book')).toBeNull();
  });

  test('hand on a book only after a question', async () => {
    const { user, moves, answers } = await open({
      you: { books: ['field'] },
      can: { ...FREE, hand_book: { books: ['field'], to: ['sokol'] } },
    });
    await user.click(screen.getByText('Codebooks'));
    await user.selectOptions(await screen.findByTestId('book-to'), 'sokol');
    await user.click(screen.getByRole('button', { name: 'Hand on a copy' }));
    expect(moves()).toEqual([]);
    expect(await screen.findByText(/Sokol gets a copy of the field book/)).toBeInTheDocument();
    await user.click(screen.getByText('Yes, do it'));
    await answers(1);
    expect(moves()).toEqual([{ type: 'hand_book', book: 'field', to: 'sokol' }]);
  });

  test('let Pavel open an envelope, and take him to the letter', async () => {
    const envelopes = { 1: { turn: 1, author: 'volga', to: 'sokol' } } as const;
    const { user, moves, answers, becomes } = await open({
      role: 'pavel',
      you: { envelopes },
      can: { ...FREE, open_envelope: [1] },
    });
    await user.click(within(screen.getByTestId('envelope-1')).getByRole('button'));
    await user.click(await screen.findByText('Yes, do it'));
    await waitFor(() => expect(moves()).toEqual([{ type: 'open_envelope', envelope: 1 }]));
    becomes({
      role: 'pavel',
      you: { envelopes: { 1: { ...envelopes[1], opened: true } } },
      papers: [paper({ channel: 'letter', author: 'volga', to: 'sokol', text: 'Only for you.' })],
    });
    await answers(1);
    await waitFor(() => expect(screen.getByTestId('log')).toHaveTextContent(/opened.*Only for you/));
  });

  test('show the sheets of the air, and the words of what could be read', async () => {
    const groups = ['11111 22222', '33333 44444'];
    const sheets = { sokol: groups, granit: groups, beryoza: groups, luna: groups, volga: groups };
    const { user } = await open({
      you: { books: ['staff'] },
      match: { turns: { 1: { directive: { kind: 'paperwork' }, sheets } } },
      papers: [paper({ channel: 'wireless', author: 'volga', book: 'staff', line: 1, text: 'hold rail' })],
    });
    await user.click(screen.getByText('Intercepts'));
    expect(await screen.findByTestId('sheet-1-volga')).toHaveTextContent(
      /33333 44444.*staff book.*hold rail/,
    );
    expect(screen.getByTestId('sheet-1-sokol')).not.toHaveTextContent('hold rail');
  });
});
