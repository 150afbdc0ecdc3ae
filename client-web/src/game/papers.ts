/**
 * Papers sorted into threads, as a desk sorts them: the open wire, a thread a correspondent, a book, Moscow, the Room,
 * and one for each two whose letters somebody else reads. Pure: a paper's number is the viewer's own.
 */
import { BOOKS, type Book, type Channel, type Paper, type Seat, SEATS, type View } from '../wire';

export type Thread =
  | { id: 'open'; channel: 'open' }
  | { id: `letter-${Seat}`; channel: 'letter'; to: Seat }
  | { id: `between-${Seat}-${Seat}`; channel: 'letter'; to?: undefined; ends: readonly [Seat, Seat] }
  | { id: 'tapped'; channel: 'letter'; to?: undefined }
  | { id: `wireless-${Book}`; channel: 'wireless'; book: Book }
  | { id: 'moscow'; channel: 'moscow' }
  | { id: 'room'; channel: 'room' };

export type ThreadId = Thread['id'];
export type Numbered = { number: number; paper: Paper };
export type Reply = { type: 'agree' | 'refuse'; author: Seat | undefined };
/** The threads of one kind, in the order in which a desk lays them out. */
export type Group = { kind: Channel | 'between'; threads: Thread[] };

/** Every paper that a viewer has read, in his own order. */
export const papersOf = (match: View): Numbered[] =>
  Object.entries(match.papers)
    .map(([number, paper]) => ({ number: Number(number), paper }))
    .sort((one, other) => one.number - other.number);

/** In which thread a paper lies for this viewer. `tapped` is for a letter without two ends, which never comes. */
export function threadOf(paper: Paper, me: Seat | undefined): ThreadId {
  switch (paper.channel) {
    case 'letter': {
      if (!paper.author || !paper.to) return 'tapped';
      if (paper.author === me) return `letter-${paper.to}`;
      if (paper.to === me) return `letter-${paper.author}`;
      const [one, other] = inOrder(paper.author, paper.to);
      return `between-${one}-${other}`;
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
  const threads: Thread[] = [
    { id: 'open', channel: 'open' },
    { id: 'moscow', channel: 'moscow' },
  ];
  const inRoom = me !== undefined && (match.can?.speak ?? []).includes('room');
  if (inRoom || used.has('room')) threads.push({ id: 'room', channel: 'room' });
  if (me && inPlay.has('letter')) {
    for (const to of SEATS) if (to !== me) threads.push({ id: `letter-${to}`, channel: 'letter', to });
  }
  for (const book of BOOKS) {
    const held = (match.you?.books ?? []).includes(book);
    if (inPlay.has('wireless') && (held || used.has(`wireless-${book}`))) {
      threads.push({ id: `wireless-${book}`, channel: 'wireless', book });
    }
  }
  for (const ends of PAIRS) {
    const id = `between-${ends[0]}-${ends[1]}` as const;
    if (used.has(id)) threads.push({ id, channel: 'letter', ends });
  }
  if (used.has('tapped')) threads.push({ id: 'tapped', channel: 'letter' });
  return threads;
}

/** The same threads by kind; what everybody has stands first. */
export function grouped(threads: readonly Thread[]): Group[] {
  const groups: Group[] = [];
  for (const thread of threads) {
    const kind = thread.channel === 'letter' && !thread.to ? 'between' : thread.channel;
    const group = groups.find((each) => each.kind === kind);
    if (group) group.threads.push(thread);
    else groups.push({ kind, threads: [thread] });
  }
  return groups;
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
    if (number > (read[thread] ?? 0) && !isOwn(paper, me)) unread[thread] = (unread[thread] ?? 0) + 1;
  }
  return unread;
}

/** The papers without the words of those whom the viewer has muted. Forms are part of the game, and stay. */
export const heard = (papers: readonly Numbered[], isMuted: (seat: Seat) => boolean): Numbered[] =>
  papers.filter(({ paper }) => !isFolded(paper, isMuted));

/** Whether a paper is words, on whichever channel, of somebody who is muted. What is signed MOSCOW has no author. */
export const isFolded = (paper: Paper, isMuted: (seat: Seat) => boolean): boolean =>
  paper.body.type === 'text' && !paper.signed && paper.author !== undefined && isMuted(paper.author);

/** Who has agreed to a paper or refused it, as far as this viewer has read; a later word replaces an earlier one. */
export function repliesOf(papers: readonly Numbered[]): ReadonlyMap<number, readonly Reply[]> {
  const replies = new Map<number, Reply[]>();
  for (const { paper } of papers) {
    const { body, author } = paper;
    if ((body.type !== 'agree' && body.type !== 'refuse') || body.message === undefined) continue;
    const others = (replies.get(body.message) ?? []).filter((reply) => reply.author !== author);
    replies.set(body.message, [...others, { type: body.type, author }]);
  }
  return replies;
}

/** From this number on, what bears no turn was said after the last night; before it, before the first. */
export const firstOfANight = (papers: readonly Numbered[]): number =>
  papers.find(({ paper }) => paper.turn > 0)?.number ?? Infinity;

/** Those who only watch own nothing: a paper without an author is not theirs. */
export const isOwn = (paper: Paper, me: Seat | undefined): boolean => me !== undefined && paper.author === me;

const PAIRS = SEATS.flatMap((one, place) => SEATS.slice(place + 1).map((other) => [one, other] as const));

const inOrder = (one: Seat, other: Seat): readonly [Seat, Seat] =>
  SEATS.indexOf(one) < SEATS.indexOf(other) ? [one, other] : [other, one];
