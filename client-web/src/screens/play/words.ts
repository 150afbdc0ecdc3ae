/** Orders, directives and forms in the reader's language: the same form reads naturally to everyone. */
import { t } from '../../text/text.svelte';
import type { Body, Directive, Order, OwnTurn, Sector, Use } from '../../wire';

export const orderInWords = (order: Order): string =>
  order.sector ? `${t(`order-${order.kind}`)} · ${t(`sector-${order.sector}`)}` : t(`order-${order.kind}`);

export const directiveInWords = (directive: Directive): string =>
  directive.sector
    ? `${t(`directive-${directive.kind}`)}: ${t(`sector-${directive.sector}`)}`
    : t(`directive-${directive.kind}`);

export const useInWords = (use: Use): string => {
  const target = use.seat ? t(`seat-${use.seat}`) : use.sector ? t(`sector-${use.sector}`) : '';
  return `${t(`power-${use.power}`)} · ${target}`;
};

/** What a body says. `cite` finds the words of a message that it answers, by the reader's number of it. */
export function bodyInWords(body: Body, cite: (message: number) => string = String): string {
  switch (body.type) {
    case 'text':
      return body.text;
    case 'line':
      return t(`play-${body.key}`);
    case 'thrust':
      return t('play-form-thrust', {
        sector: t(`sector-${body.sector}`),
        level: t(`level-${body.level}`),
      });
    case 'will':
      return t('play-form-will', { order: orderInWords(body.order) });
    case 'ask':
      return t('play-form-ask', { seat: t(`seat-${body.seat}`), order: orderInWords(body.order) });
    case 'name':
      return t('play-form-name', { seat: t(`seat-${body.seat}`) });
    case 'am':
      return t('play-form-am', { role: t(`role-${body.role}`) });
    case 'suspect':
      return t('play-form-suspect', { seat: t(`seat-${body.seat}`), role: t(`role-${body.role}`) });
    case 'offer':
      return t('play-form-offer', { give: bodyInWords(body.give), want: bodyInWords(body.want) });
    case 'agree':
    case 'refuse':
      return t(`play-form-${body.type}`, {
        what: body.message === undefined ? t('play-form-unseen') : cite(body.message),
      });
  }
}

/** What a seat was told of the enemy at a sector in a turn. */
export function intelligence(own: OwnTurn | undefined, sector: Sector): string {
  if (own?.plan) return String(own.plan[sector]);
  return own?.rumour?.sector === sector ? `${t(`level-${own.rumour.level}`)}?` : '';
}
