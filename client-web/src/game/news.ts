/**
 * What has happened at the table between two views of a match, for a voice or a sound to tell. Pure; what a viewer may
 * not know is in neither of the views.
 */
import { type Phase, type Seat, SEATS, type Table, type View } from '../wire';

export type Happening =
  | { kind: 'phase'; phase: Phase }
  | { kind: 'report'; turn: number }
  | { kind: 'summoned'; seat: Seat }
  | { kind: 'locked' }
  | { kind: 'stood_in'; seat: Seat }
  | { kind: 'back'; seat: Seat };

/** In the order in which they should be told. Nothing is news to those who have just come, or in another match. */
export function happenings(before: View | undefined, now: View, me: Seat | undefined): Happening[] {
  if (!before || before.commitment !== now.commitment) return [];
  const told: Happening[] = [];
  for (const [turn, record] of Object.entries(now.turns)) {
    const known = before.turns[turn];
    if (record.report && !known?.report) told.push({ kind: 'report', turn: Number(turn) });
    if (record.summoned && !known?.summoned) told.push({ kind: 'summoned', seat: record.summoned });
  }
  if (now.phase_number !== before.phase_number) told.push({ kind: 'phase', phase: now.phase });
  if (me && now.prisoner === me && before.prisoner !== me) told.push({ kind: 'locked' });
  return told;
}

/** For which seats an officer has begun to play while their players are away, and who is back; in one match. */
export function handovers(before: Table | undefined, now: Table): Happening[] {
  if (before?.stage !== 'match' || now.stage !== 'match' || before.matches !== now.matches) return [];
  const isStoodIn = (table: Table, seat: Seat) => table.seats[seat]?.stand_in !== undefined;
  return SEATS.filter((seat) => isStoodIn(before, seat) !== isStoodIn(now, seat)).map((seat) => ({
    kind: isStoodIn(now, seat) ? 'stood_in' : 'back',
    seat,
  }));
}

/** The last turn whose front report is out; 0 before the first. */
export const reportedTurn = (match: View): number =>
  Math.max(0, ...Object.entries(match.turns).map(([turn, record]) => (record.report ? Number(turn) : 0)));
