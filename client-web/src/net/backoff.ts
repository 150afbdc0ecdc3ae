/** How long to wait before the next try: full jitter, so that a room that was cut off does not come back in one wave. */

const FIRST = 300;
const MOST = 8000;

/** Milliseconds before try number `attempt` (0: at once). `lot` is a number in [0, 1). */
export function backoff(attempt: number, lot: number): number {
  if (attempt <= 0) return 0;
  return Math.round(lot * Math.min(MOST, FIRST * 2 ** attempt));
}

/** Waits, but no longer than until the browser says that the network is back. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    globalThis.addEventListener?.('online', done);
  });
}
