/**
 * Every sentence that players read, by key and language. Reading one inside a component follows the language. Marks of
 * isolation are off: both languages run left to right and names are drawn in `<bdi>`; `isolated` is for the rest.
 */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';

/** A file an area of the game, in a folder a language. */
const SOURCES = import.meta.glob<string>('./{en,ru}/*.ftl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export type Language = 'en' | 'ru';
export type Values = Record<string, FluentVariable>;
export const LANGUAGES: readonly Language[] = ['en', 'ru'];
const KEPT_AS = 'language';
const OPENING = String.fromCharCode(0x2068);
const CLOSING = String.fromCharCode(0x2069);

const bundles: Record<Language, FluentBundle> = { en: bundle('en'), ru: bundle('ru') };
let current = $state<Language>(firstLanguage());

export function language(): Language {
  return current;
}

/** Changes the language, for this machine. */
export function speak(wanted: Language): void {
  current = wanted;
  document.documentElement.lang = wanted;
  try {
    localStorage.setItem(KEPT_AS, wanted);
  } catch {
    // A browser that keeps nothing speaks it until the page is closed.
  }
}

/** The text of a key. A missing key shows itself, which the parity test makes impossible for those that stand in code. */
export function t(key: string, values?: Values): string {
  return format(current, key, values) ?? key;
}

/** The text of the first key that exists: `either(['refusal-busy', 'refusal-other'], {code})`. */
export function either(keys: readonly string[], values?: Values): string {
  for (const key of keys) {
    const text = format(current, key, values);
    if (text !== undefined) return text;
  }
  return keys[0] ?? '';
}

/** The text of a key in a given language, or nothing where there is none. A blank left empty shows itself. */
export function format(wanted: Language, key: string, values?: Values): string | undefined {
  const message = bundles[wanted].getMessage(key);
  return message?.value ? bundles[wanted].formatPattern(message.value, values ?? null, []) : undefined;
}

/** Keeps a name of any direction from turning the sentence around it. */
export function isolated(name: string): string {
  return OPENING + name + CLOSING;
}

function bundle(wanted: Language): FluentBundle {
  const made = new FluentBundle(wanted, { useIsolating: false });
  for (const [path, source] of Object.entries(SOURCES)) {
    if (!path.startsWith(`./${wanted}/`)) continue;
    const errors = made.addResource(new FluentResource(source));
    if (errors.length > 0) throw errors[0];
  }
  return made;
}

function firstLanguage(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT_AS);
  } catch {
    // See speak.
  }
  const wishes = kept ? [kept] : (globalThis.navigator?.languages ?? []);
  const found = wishes.map((wish) => wish.slice(0, 2)).find((wish) => LANGUAGES.includes(wish as Language));
  return (found as Language | undefined) ?? 'en';
}
