/**
 * What has happened at the table between two views of a match, for a voice or a sound to tell. Pure; what a viewer may
 * not know is in neither of the views.
 */
import type { Phase, Seat, View } from '../wire';

export type Happening =
  | { kind: 'phase'; phase: Phase }
  | { kind: 'report'; turn: number }
  | { kind: 'summoned'; seat: Seat }
  | { kind: 'locked' };

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

/** The last turn whose front report is out; 0 before the first. */
export const reportedTurn = (match: View): number =>
  Math.max(0, ...Object.entries(match.turns).map(([turn, record]) => (record.report ? Number(turn) : 0)));
