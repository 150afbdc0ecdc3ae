/**
 * Room codes as people type them: any case, with or without the dash, with the letters that Crockford's alphabet leaves
 * out, and with Cyrillic letters that look the same.
 */

const LOOKALIKES: Record<string, string> = {
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: '0',
  З: '3',
  O: '0',
  I: '1',
  L: '1',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};
const LENGTH = 8;

/** Brings what was typed into the form XXXX-XXXX, as far as it goes. A pasted link gives its code. */
export function tidyRoomCode(typed: string): string {
  const fromLink = /\/room\/([^/?#]+)/.exec(typed)?.[1] ?? typed;
  const letters = [...fromLink.toUpperCase()].map((letter) => LOOKALIKES[letter] ?? letter).join('');
  const plain = letters.replace(/[^0-9A-Z]/g, '').slice(0, LENGTH);
  return plain.length > 4 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : plain;
}

export function isWholeRoomCode(code: string): boolean {
  return /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(code);
}

/** The address of a room, by its code in any form. */
export function roomPath(code: string): string {
  return `/room/${tidyRoomCode(code)}`;
}
