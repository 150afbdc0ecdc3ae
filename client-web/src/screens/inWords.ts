/** A refusal in the player's language: the server's code has a text, or the general one names the code. */
import { Problem } from '../store/lobby.svelte';
import { either } from '../text/text.svelte';

export function inWords(refusal: unknown): string {
  return codeInWords(refusal instanceof Problem ? refusal.code : 'unexpected');
}

export function codeInWords(code: string): string {
  return either([`refusal-${code}`, 'refusal-other'], { code });
}
