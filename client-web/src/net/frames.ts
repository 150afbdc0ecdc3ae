/**
 * The frames of the wire as they come off the line and go onto it. Their shapes are the server's, generated into `wire`;
 * here is only the reading and writing. What stands inside a document is the business of `game`.
 */
import type { Change, ClientMessage, ServerMessage, Whole } from '../wire';

/** News about the viewer's own document. */
export type News = Whole | Change;

/** Reads a frame. Unknown kinds are undefined, so that an older page outlives a newer server. */
export function readFrame(text: string): ServerMessage | undefined {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof frame !== 'object' || frame === null || !('type' in frame)) return undefined;
  return Object.hasOwn(KINDS, String(frame.type)) ? (frame as ServerMessage) : undefined;
}

const KINDS: Record<ServerMessage['type'], true> = {
  welcome: true,
  whole: true,
  change: true,
  done: true,
  refused: true,
  busy: true,
  unknown: true,
  presence: true,
  pong: true,
  bye: true,
};

const SIZE = 1024;

/**
 * Writes a frame, with spaces after it up to a few sizes: an encrypted line hides what is asked for but not how long it
 * is, and a move that only one role has would be told by its length.
 */
export function writeFrame(message: ClientMessage): string {
  const text = JSON.stringify(message);
  const bytes = new TextEncoder().encode(text).length;
  const size = message.type === 'do' ? SIZE * Math.ceil(bytes / SIZE) : bytes;
  return text + ' '.repeat(size - bytes);
}
