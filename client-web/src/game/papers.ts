/**
 * Papers sorted into threads, as a desk sorts them: the open wire, a thread a correspondent, a book, Moscow, the Room.
 * Pure: a paper's number is the viewer's own.
 */
import { BOOKS, type Book, type Paper, type Seat, SEATS, type View } from '../wire';

export type Thread =
  | { id: 'open'; channel: 'open' }
  | { id: `letter-${Seat}`; channel: 'letter'; to: Seat }
  | { id: 'tapped'; channel: 'letter'; to?: undefined }
  | { id: `wireless-${Book}`; channel: 'wireless'; book: Book }
  | { id: 'moscow'; channel: 'moscow' }
  | { id: 'room'; channel: 'room' };

export type ThreadId = Thread['id'];
export type Numbered = { number: number; paper: Paper };

/** Every paper that a viewer has read, in his own order. */
export const papersOf = (match: View): Numbered[] =>
  Object.entries(match.papers)
    .map(([number, paper]) => ({ number: Number(number), paper }))
    .sort((one, other) => one.number - other.number);

/** In which thread a paper lies for this viewer. */
export function threadOf(paper: Paper, me: Seat | undefined): ThreadId {
  switch (paper.channel) {
    case 'letter': {
      if (paper.author === me && paper.to) return `letter-${paper.to}`;
      if (paper.to === me && paper.author) return `letter-${paper.author}`;
      return 'tapped';
    }
    case 'wireless':
      return `wireless-${paper.book ?? 'field'}`;
    default:
      return paper.channel;
  }
}

/** The threads that this viewer has: those in play, and those in which something lies. */
export function threadsOf(match: View, me: Seat | undefined): Thread[] {
  const used = new Set(papersOf(match).map(({ paper }) => threadOf(paper, me)));
  const inPlay = new Set<string>(match.scenario.channels);
  const threads: Thread[] = [{ id: 'open', channel: 'open' }];
  if (me && inPlay.has('letter')) {
    for (const to of SEATS) if (to !== me) threads.push({ id: `letter-${to}`, channel: 'letter', to });
  }
  for (const book of BOOKS) {
    const held = (match.you?.books ?? []).includes(book);
    if (inPlay.has('wireless') && (held || used.has(`wireless-${book}`))) {
      threads.push({ id: `wireless-${book}`, channel: 'wireless', book });
    }
  }
  threads.push({ id: 'moscow', channel: 'moscow' });
  const inRoom = me !== undefined && (match.can?.speak ?? []).includes('room');
  if (inRoom || used.has('room')) threads.push({ id: 'room', channel: 'room' });
  if (used.has('tapped')) threads.push({ id: 'tapped', channel: 'letter' });
  return threads;
}

/** How many papers of each thread have a number above the last that was read there, and are not the viewer's own. */
export function unreadOf(
  papers: readonly Numbered[],
  read: Readonly<Record<string, number>>,
  me: Seat | undefined,
): Record<string, number> {
  const unread: Record<string, number> = {};
  for (const { number, paper } of papers) {
    const thread = threadOf(paper, me);
    if (number > (read[thread] ?? 0) && paper.author !== me) unread[thread] = (unread[thread] ?? 0) + 1;
  }
  return unread;
}
