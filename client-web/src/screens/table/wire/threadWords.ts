/** What a thread is called, what a paper's head says, and who reads what is said there. */
import { t } from '../../../text/text.svelte';
import type { Role, Seat } from '../../../wire';
import type { Thread } from '../../../game/papers';
import type { Signing } from './speaking';

/** The whole name, for headings and screen readers. */
export function threadName(thread: Thread): string {
  if (thread.channel === 'wireless') return t('wire-thread-wireless', { book: t(`book-${thread.book}`) });
  if (thread.channel !== 'letter') return t(`channel-${thread.channel}`);
  if (thread.to) return t('wire-thread-letter', { seat: t(`seat-${thread.to}`) });
  if (!('ends' in thread)) return t('wire-group-between');
  const [one, other] = thread.ends;
  return t('wire-thread-between', { one: t(`seat-${one}`), other: t(`seat-${other}`) });
}

/** One line on who hears it, so that nobody speaks into the wrong ear. */
export function threadAbout(thread: Thread, role: Role | undefined): string {
  if (thread.channel === 'wireless') return t('wire-about-wireless', { book: t(`book-${thread.book}`) });
  if (thread.channel === 'letter') {
    return thread.to ? t('wire-about-letter', { seat: t(`seat-${thread.to}`) }) : t('wire-about-between');
  }
  if (thread.channel === 'moscow' && role === 'beria') return t('wire-about-moscow-beria');
  return t(`wire-about-${thread.channel}`);
}

/** What stands in the empty field. */
export function invitation(thread: Thread, signing: Signing): string {
  if (thread.channel === 'moscow' && signing === 'all') return t('wire-write-sign-all');
  if (thread.channel === 'moscow' && signing) {
    return t('wire-write-sign', { seat: t(`seat-${signing}`) });
  }
  if (thread.channel === 'letter') return t('wire-write-letter', { seat: seatWord(thread.to) });
  if (thread.channel === 'wireless') return t('wire-write-wireless', { book: t(`book-${thread.book}`) });
  return t(`wire-write-${thread.channel}`);
}

const seatWord = (seat: Seat | undefined): string => (seat ? t(`seat-${seat}`) : '');
