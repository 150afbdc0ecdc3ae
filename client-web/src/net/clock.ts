/**
 * The server's clock as seen from here. All deadlines are the server's times; a wrong clock on the player's own machine
 * must move none of them. Times are milliseconds since the epoch.
 */

export class ServerClock {
  #offset = 0;
  #trip = Infinity;

  /** `local` gives this machine's time; a test hands in its own. */
  constructor(private readonly local: () => number = steady) {}

  /**
   * Learns from one exchange: the server said `serverNow` between `sentAt` and `receivedAt` (both local). The exchange
   * with the shortest trip is believed; a new line starts again, since a machine may have slept in between.
   */
  learn(serverNow: number, sentAt: number, receivedAt: number): void {
    const trip = receivedAt - sentAt;
    if (trip > this.#trip) return;
    this.#trip = trip;
    this.#offset = serverNow - (sentAt + receivedAt) / 2;
  }

  forget(): void {
    this.#trip = Infinity;
  }

  now(): number {
    return this.local() + this.#offset;
  }

  get localNow(): number {
    return this.local();
  }
}

/** Local time that no correction of the system's clock can move in mid-game. */
function steady(): number {
  return performance.timeOrigin + performance.now();
}
