/** A socket class of the browser's shape whose other end is the test. */

export class FakeLine extends EventTarget {
  static lines: FakeLine[] = [];
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static #waiting: ((line: FakeLine) => void)[] = [];

  readyState = 0;
  binaryType = 'blob';
  bufferedAmount = 0;
  extensions = '';
  protocol = '';
  readonly heard: Record<string, unknown>[] = [];

  constructor(readonly url: string) {
    super();
    FakeLine.lines.push(this);
    FakeLine.#waiting.shift()?.(this);
  }

  /** The next line that somebody opens. */
  static next(): Promise<FakeLine> {
    return new Promise((resolve) => FakeLine.#waiting.push(resolve));
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  say(frame: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
  }

  drop(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '', wasClean: false }));
  }

  send(text: string): void {
    this.heard.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
  }
}
