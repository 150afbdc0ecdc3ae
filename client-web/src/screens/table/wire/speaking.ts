/**
 * What may be said in a thread right now, and as which command. Pure: `can` is the only judge of what may be done; the
 * reasons here are words beside its verdict.
 */
import type { Can, Said, Seat, SeatCommand, View } from '../../../wire';
import type { Thread } from '../../../game/papers';

/** As whom Beria writes on Moscow's channel: as himself, or as MOSCOW to all or to one. */
export type Signing = '' | 'all' | Seat;
export type Reason = 'watching' | 'others' | 'room' | 'left_room' | 'deal' | 'spent' | 'spent_sign' | 'phase';

export function maySpeak(can: Can, thread: Thread, signing: Signing = ''): boolean {
  switch (thread.channel) {
    case 'letter':
      return thread.to !== undefined && (can.letter?.to.includes(thread.to) ?? false);
    case 'wireless':
      return can.wireless?.books.includes(thread.book) ?? false;
    case 'moscow':
      return signing ? can.sign !== undefined : (can.speak ?? []).includes('moscow');
    default:
      return (can.speak ?? []).includes(thread.channel);
  }
}

/** How many more may go out this turn, where there is a limit and one is left. */
export function leftIn(can: Can, thread: Thread, signing: Signing = ''): number | undefined {
  if (thread.channel === 'letter') return can.letter?.left;
  if (thread.channel === 'wireless') return can.wireless?.left;
  return thread.channel === 'moscow' && signing ? can.sign?.left : undefined;
}

/** Why nothing can be said here now, in the order in which a player would ask. */
export function whyShut(match: View, me: Seat | undefined, thread: Thread, signing: Signing = ''): Reason {
  if (me === undefined) return 'watching';
  if (thread.channel === 'letter' && !thread.to) return 'others';
  if (thread.channel === 'room') return 'left_room';
  if (match.prisoner === me) return 'room';
  if (match.phase === 'deal') return 'deal';
  if (signing && match.phase === 'wire') return 'spent_sign';
  const isLetter = thread.channel === 'letter';
  const isOpen = match.phase === 'wire' || (isLetter && match.phase === 'inquiry');
  return isOpen && (isLetter || thread.channel === 'wireless') ? 'spent' : 'phase';
}

/** The command that says it. */
export function spoken(thread: Thread, body: Said, signing: Signing = ''): SeatCommand {
  if (thread.channel === 'moscow' && signing) {
    return signing === 'all' ? { type: 'sign', body } : { type: 'sign', body, to: signing };
  }
  if (thread.channel === 'letter' && thread.to)
    return { type: 'speak', channel: 'letter', body, to: thread.to };
  if (thread.channel === 'wireless') return { type: 'speak', channel: 'wireless', body, book: thread.book };
  return { type: 'speak', channel: thread.channel, body };
}

/** The words as the server counts them: one line, in code points. */
export const lengthOf = (text: string): number =>
  Array.from(text.normalize('NFC').replace(/\s+/gu, ' ').trim()).length;
