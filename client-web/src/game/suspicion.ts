/** How a seat's published suspicion has moved. Pure; the causes stay secret until the file is opened. */
import type { Seat, View } from '../wire';

/** By how much the last publication moved a seat, its first one counted from 0. */
export function lastMove(match: View, seat: Seat): number {
  const [newest, older] = published(match, seat);
  return newest === undefined ? 0 : newest - (older ?? 0);
}

/** A seat's published values, the newest first. */
function published(match: View, seat: Seat): number[] {
  return Object.entries(match.turns)
    .sort(([one], [other]) => Number(other) - Number(one))
    .flatMap(([, record]) => record.suspicion?.[seat] ?? []);
}
