import { fireEvent, render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import CallSign from '../../src/parts/CallSign.svelte';
import ConnectionBanner from '../../src/parts/ConnectionBanner.svelte';
import QrCode from '../../src/parts/QrCode.svelte';
import Tabs from '../../src/parts/Tabs.svelte';
import { clockFace } from '../../src/parts/time';
import Timer from '../../src/parts/Timer.svelte';
import Toasts from '../../src/parts/Toasts.svelte';
import { notices } from '../../src/parts/toasts.svelte';
import { speak } from '../../src/text/text.svelte';

const panel = createRawSnippet<[string]>((id) => ({ render: () => `<p>panel ${id()}</p>` }));

describe('tabs', () => {
  const tabs = [
    { id: 'open', label: 'Open wire' },
    { id: 'letter', label: 'Letters', unread: 3 },
    { id: 'moscow', label: 'Moscow' },
  ];

  test('say how much is unread', () => {
    render(Tabs, { tabs, active: 'open', label: 'Channels', panel });
    expect(screen.getByRole('tab', { name: /Letters.*3 unread/ })).toBeInTheDocument();
  });

  test('are walked by arrow keys, from the last to the first too', async () => {
    render(Tabs, { tabs, active: 'open', label: 'Channels', panel });
    const user = userEvent.setup();
    screen.getByRole('tab', { name: 'Open wire' }).focus();
    await user.keyboard('{ArrowLeft}');
    expect(screen.getByRole('tab', { name: 'Moscow' })).toHaveFocus();
    expect(screen.getByRole('tab', { name: 'Moscow' })).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(screen.getByRole('tab', { name: /Letters/ })).toHaveFocus();
  });
});

describe('a timer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("follows the server's clock and says what happens at zero", async () => {
    let server = 1000;
    let shortened = 0;
    render(Timer, {
      until: 31_000,
      now: () => server,
      atZero: 'Nothing sealed: no order',
      onshort: () => (shortened += 1),
    });
    expect(screen.getByRole('timer')).toHaveTextContent('0:30');
    expect(screen.getByRole('timer')).toHaveTextContent('Nothing sealed: no order');
    server = 20_500;
    await vi.advanceTimersByTimeAsync(600);
    expect(screen.getByRole('timer')).toHaveTextContent('0:11');
    expect(shortened).toBe(1);
  });

  test('writes hours only where there are any', () => {
    expect([clockFace(59_001), clockFace(61_000), clockFace(3_601_000), clockFace(-5)]).toEqual([
      '1:00',
      '1:01',
      '1:00:01',
      '0:00',
    ]);
  });
});

test('a call sign has a word beside its colour and drawing, in the language of the page', async () => {
  render(CallSign, { seat: 'beryoza' });
  expect(screen.getByText('Beryoza')).toBeInTheDocument();
  speak('ru');
  expect(await screen.findByText('Берёза')).toBeInTheDocument();
});

describe('the banner of the line', () => {
  test('says nothing while the line is well', () => {
    render(ConnectionBanner, { line: { phase: 'live' } });
    expect(screen.getByRole('status')).toHaveTextContent('');
  });

  test('names a code that it has no words for', () => {
    render(ConnectionBanner, { line: { phase: 'closed', code: 'strange' } });
    expect(screen.getByRole('status')).toHaveTextContent('strange');
  });
});

test('a notice can be put away', async () => {
  render(Toasts);
  notices.say('Your letter was refused', 'wrong');
  expect(await screen.findByText('Your letter was refused')).toBeInTheDocument();
  await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByText('Your letter was refused')).toBeNull();
});

test('a QR code is a picture with words', () => {
  render(QrCode, { text: 'https://play.example/room/ABCD-EFGH', label: 'QR code of the link' });
  expect(screen.getByRole('img', { name: 'QR code of the link' })).toBeInTheDocument();
});
