/** Doors into rooms: the guest's session, the list of open rooms, a new room, a seat. Screens speak to these alone. */
import * as http from '../net/http';
import type { Seat } from '../wire';

export { Problem } from '../net/http';
export type { BlockedPlayer, NewRoom, RoomLine, RoomSummary } from '../net/http';

let session: Promise<string> | undefined;

/** The guest that this browser is. Asked for once; a failure is forgotten, so that the next call tries again. */
export function player(): Promise<string> {
  session ??= http.openSession().then(
    (guest) => guest.player,
    (problem) => {
      session = undefined;
      throw problem;
    },
  );
  return session;
}

/** Does something as a guest. Should the server no longer know the guest, it becomes one anew, once. */
async function asGuest<T>(action: () => Promise<T>): Promise<T> {
  await player();
  try {
    return await action();
  } catch (problem) {
    if (!(problem instanceof http.Problem) || problem.code !== 'no_session') throw problem;
    session = undefined;
    await player();
    return action();
  }
}

export const openRooms = () => asGuest(http.listRooms);
export const openRoom = (wanted: http.NewRoom) => asGuest(async () => (await http.createRoom(wanted)).code);
export const lookAtRoom = (code: string) => asGuest(() => http.readRoom(code));
export const sitDown = (code: string, nickname: string, seat?: Seat) =>
  asGuest(async () => (await http.takeSeat(code, nickname, seat)).seat);
/** A bot token for a free seat, which the host may have once. */
export const tokenFor = (code: string, seat: Seat) =>
  asGuest(async () => (await http.inviteProgram(code, seat)).token);
/** Whom this guest has blocked: rooms of which he is host do not exist for them. Each gives the whole list. */
export const block = (code: string, seat: Seat) => asGuest(() => http.blockPlayer(code, seat));
export const blocked = () => asGuest(http.listBlocked);
export const unblock = (id: string) => asGuest(() => http.unblockPlayer(id));
export const ticketFor = (code: string) => asGuest(async () => (await http.buyTicket(code)).ticket);
