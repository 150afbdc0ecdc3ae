/** The blanks of a form, and the form that they make. Pure; which orders there are is the scenario's to say. */
import {
  LEVELS,
  type Level,
  type Order,
  ROLES,
  type Role,
  type Said,
  SEATS,
  type Scenario,
  type Seat,
  SECTORS,
  type Sector,
  type Term,
} from '../../../wire';

export const TERMS = ['will', 'ask', 'thrust', 'name', 'am', 'suspect'] as const;
export type TermKind = (typeof TERMS)[number];
export type Blanks = {
  kind: TermKind;
  seat: Seat;
  role: Role;
  sector: Sector;
  level: Level;
  /** An order by its name: `hold-river`, `paperwork`. */
  order: string;
};
export type Filled = { offer: boolean; give: Blanks; want: Blanks };

export const nameOfOrder = (order: Order): string =>
  order.sector ? `${order.kind}-${order.sector}` : order.kind;

/** Every order in play, on every road. */
export const ordersOf = (scenario: Pick<Scenario, 'orders'>): Order[] =>
  scenario.orders.flatMap((kind): Order[] =>
    kind === 'paperwork' ? [{ kind }] : SECTORS.map((sector) => ({ kind, sector })),
  );

/** A form that nobody has touched yet. */
export const fresh = (me: Seat): Filled => ({
  offer: false,
  give: blank('will', me),
  want: blank('ask', me),
});

/** A form as a draft kept it; what does not fit the game of today is fresh again. */
export function restored(kept: string, me: Seat): Filled {
  const start = fresh(me);
  try {
    const found = JSON.parse(kept) as Partial<Filled>;
    return {
      offer: found.offer === true,
      give: patched(start.give, found.give),
      want: patched(start.want, found.want),
    };
  } catch {
    return start;
  }
}

/** What the blanks say; nothing while they name an order that is not in play. */
export function formOf(filled: Filled, orders: readonly Order[]): Said | undefined {
  const give = term(filled.give, orders);
  if (!filled.offer || !give) return give;
  const want = term(filled.want, orders);
  return want && { type: 'offer', give, want };
}

function term(blanks: Blanks, orders: readonly Order[]): Term | undefined {
  const { kind, seat, role, sector, level } = blanks;
  const order = orders.find((each) => nameOfOrder(each) === blanks.order);
  switch (kind) {
    case 'will':
      return order && { type: kind, order };
    case 'ask':
      return order && { type: kind, seat, order };
    case 'thrust':
      return { type: kind, sector, level };
    case 'name':
      return { type: kind, seat };
    case 'am':
      return { type: kind, role };
    case 'suspect':
      return { type: kind, seat, role };
  }
}

const blank = (kind: TermKind, me: Seat): Blanks => ({
  kind,
  seat: SEATS.find((seat) => seat !== me) ?? me,
  role: 'malenkov',
  sector: 'river',
  level: 'heavy',
  order: 'hold-river',
});

const patched = (start: Blanks, found: Partial<Blanks> | undefined): Blanks => ({
  kind: known(TERMS, found?.kind, start.kind),
  seat: known(SEATS, found?.seat, start.seat),
  role: known(ROLES, found?.role, start.role),
  sector: known(SECTORS, found?.sector, start.sector),
  level: known(LEVELS, found?.level, start.level),
  order: typeof found?.order === 'string' ? found.order : start.order,
});

const known = <Word extends string>(
  words: readonly Word[],
  found: Word | undefined,
  otherwise: Word,
): Word => (found !== undefined && words.includes(found) ? found : otherwise);
