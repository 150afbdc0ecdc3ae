/** Asking the room for something and saying so when it refuses. */
import { notices } from '../../parts/toasts.svelte';
import { play } from '../../parts/tones';
import type { RoomCell } from '../../store/room.svelte';
import { settings } from '../../store/settings.svelte';
import type { RoomCommand, SeatCommand } from '../../wire';
import { codeInWords } from '../inWords';

/** Whether it was done; if not, a notice has said why. */
export async function ask(cell: RoomCell, command: RoomCommand): Promise<boolean> {
  const outcome = await cell.ask(command);
  if (!outcome.ok) notices.say(codeInWords(outcome.code), 'wrong');
  return outcome.ok;
}

/** A move of the match, struck with the sound of a stamp. */
export async function move(cell: RoomCell, command: SeatCommand): Promise<boolean> {
  const done = await ask(cell, { type: 'play', move: command });
  if (done && settings.sound) play('stamp');
  return done;
}
