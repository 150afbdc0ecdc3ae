/** Short notices and what a screen reader is told. They say what happened; what must be done stands on the screen. */

export type Toast = { id: number; text: string; tone: 'plain' | 'wrong' };
const SHOWN_FOR = 6000;

class Notices {
  toasts = $state.raw<readonly Toast[]>([]);
  spoken = $state('');
  #lastId = 0;

  /** Shows a slip for a few seconds; it is read aloud too. */
  say(text: string, tone: Toast['tone'] = 'plain'): void {
    this.#lastId += 1;
    const toast = { id: this.#lastId, text, tone };
    this.toasts = [...this.toasts.slice(-2), toast];
    setTimeout(() => this.drop(toast.id), SHOWN_FOR);
  }

  drop(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  /** Tells a screen reader alone. The same words twice are told twice. */
  announce(text: string): void {
    this.spoken = text === this.spoken ? `${text}\u00a0` : text;
  }
}

export const notices = new Notices();
