/**
 * The requests that are not the wire: a guest's session, the list of rooms, a seat, a ticket, a bot token, whom one has
 * blocked. Cookies are the browser's business; nothing here reads one. Errors come out as `Problem` with the server's documented code.
 */

import type { Options, Seat, Stage } from '../wire';

/** Why a request failed. `code` is the server's, or `offline` / `unexpected` where it gave none. */
export class Problem extends Error {
  override name = 'Problem';
  constructor(
    readonly code: string,
    readonly status: number,
  ) {
    super(code);
  }

  /** Whether the same request may well succeed a little later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export type RoomOptions = Options;
export type NewRoom = Options & { nickname: string };
export type RoomLine = Options & { code: string; host: string; seats_taken: number };
/** What may be known of a room before entering it. `seat` is one's own, if one has it. */
export type RoomSummary = Options & { code: string; stage: Stage; seats_taken: number; seat?: Seat | null };

/** Milliseconds after which a request is given up: on a line that is dead the browser would wait for minutes. */
const PATIENCE = 10_000;

const room = (code: string) => `/api/rooms/${encodeURIComponent(code)}`;

export const openSession = () => request<{ player: string }>('POST', '/api/session');
export const listRooms = () => request<RoomLine[]>('GET', '/api/rooms');
export const createRoom = (wanted: NewRoom) => request<{ code: string }>('POST', '/api/rooms', wanted);
export const readRoom = (code: string) => request<RoomSummary>('GET', room(code));
export const takeSeat = (code: string, nickname: string, seat?: Seat) =>
  request<{ seat: Seat }>('POST', `${room(code)}/seat`, { nickname, ...(seat ? { seat } : {}) });
export const buyTicket = (code: string) => request<{ ticket: string }>('POST', `${room(code)}/ticket`);

export const inviteProgram = (code: string, seat: Seat) =>
  request<{ token: string }>('POST', `${room(code)}/program`, { seat });

/** One whom this guest has blocked. `id` means something in his own list alone. */
export type BlockedPlayer = { id: string; nickname: string };
export const blockPlayer = (code: string, seat: Seat) =>
  request<BlockedPlayer[]>('POST', `${room(code)}/block`, { seat });
export const listBlocked = () => request<BlockedPlayer[]>('GET', '/api/blocks');
export const unblockPlayer = (id: string) =>
  request<BlockedPlayer[]>('DELETE', `/api/blocks/${encodeURIComponent(id)}`);

/** One request and its JSON. Rejects with a `Problem` and with nothing else. */
export async function request<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    throw new Problem('offline', 0);
  }
  const answer = await readJson(response);
  if (response.ok && answer !== undefined) return answer as T;
  throw new Problem(codeOf(answer), response.status);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function codeOf(answer: unknown): string {
  const code = typeof answer === 'object' && answer !== null && 'code' in answer ? answer.code : undefined;
  return typeof code === 'string' ? code : 'unexpected';
}
