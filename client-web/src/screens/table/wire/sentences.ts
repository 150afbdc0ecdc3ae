/** Forms as sentences of the reader's own language, so that people without a common one can bargain. */
import { t } from '../../../text/text.svelte';
import type { Body, Order, Sector } from '../../../wire';

type Cite = (message: number) => string;

/** An order as a thing to do: `hold the river`, `держать реку`. */
export const toDo = (order: Order): string => t(`wire-do-${order.kind}`, places(order.sector));

/** What a body says. `cite` finds the words of a message that it answers, by the reader's number of it. */
export function inSentence(body: Body, cite: Cite = () => '…'): string {
  switch (body.type) {
    case 'text':
      return body.text;
    case 'line':
      return t(`wire-${body.key}`);
    case 'thrust':
      return t('wire-says-thrust', { ...places(body.sector), level: t(`level-${body.level}`) });
    case 'will':
      return t('wire-says-will', { do: toDo(body.order) });
    case 'ask':
      return t('wire-says-ask', { seat: t(`seat-${body.seat}`), do: toDo(body.order) });
    case 'name':
      return t('wire-says-name', { seat: t(`seat-${body.seat}`) });
    case 'am':
      return t('wire-says-am', { role: t(`role-${body.role}`) });
    case 'suspect':
      return t('wire-says-suspect', { seat: t(`seat-${body.seat}`), role: t(`role-${body.role}`) });
    case 'offer':
      return t('wire-says-offer', { give: inSentence(body.give), want: inSentence(body.want) });
    case 'agree':
    case 'refuse': {
      const what = body.message === undefined ? t('wire-unseen') : cite(body.message);
      return t(`wire-says-${body.type}`, { what });
    }
  }
}

/** A sector in each of the cases that a sentence may ask for. */
function places(sector: Sector | undefined): Record<string, string> {
  if (!sector) return {};
  return {
    the: t(`wire-the-${sector}`),
    at: t(`wire-at-${sector}`),
    to: t(`wire-to-${sector}`),
    from: t(`wire-from-${sector}`),
  };
}
