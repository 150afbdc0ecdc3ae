/**
 * The frames of the wire as they come off the line. Their shapes are the server's, generated into `wire`; here is only
 * the reading. What stands inside a document is the business of `game`.
 */
import type { Change, ServerMessage, Whole } from '../wire';

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
