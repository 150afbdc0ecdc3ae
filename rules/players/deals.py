"""A belief over every deal of the roles that fits what a seat saw: which of them is how likely.

Each paper, report and confession makes some deals likelier, by what officers of each role do; a deal that can not be is
not among them. There are at most 24 left to a seat that knows its own role.
"""

from collections.abc import Iterator
from itertools import permutations

from rules import forms as f
from rules.ids import ROLES, SEATS, SECTORS, AnswerKind, Book, Channel, OrderKind, Outcome, Role, Seat, level_of
from rules.players.reading import Reading
from rules.view import OwnTurn, View

Deal = dict[Seat, Role]

RIGHT = {Role.IRINA: 1.0}
WRONG = {Role.IRINA: 0.06}
"""How likely a claim about the enemy that was right, or wrong, is from each role; others have rumours: RUMOUR."""

RUMOUR = 0.64
IN_THE_TRACE = 0.08
ENDURED = {Role.MALENKOV: 0.95, Role.IRINA: 0.55, Role.PAVEL: 0.35, Role.RUDENKO: 0.03, Role.BERIA: 0.03}
WROTE_FIELD = {Role.MALENKOV: 1.0, Role.RUDENKO: 1.0, Role.BERIA: 1.0}
WROTE_STAFF = {Role.IRINA: 1.0, Role.MALENKOV: 0.05}


class Deals:
    """The deals that may be, each with its chance; the chances sum to 1."""

    def __init__(self, view: View, reading: Reading) -> None:
        assert view.you is not None, "a watcher was dealt nothing"
        self.view, self.reading, self.you = view, reading, view.you
        self._by_seat = {seat: {role: self._alone(seat, role) for role in ROLES} for seat in SEATS}
        self.deals = [(self._weight(deal), deal) for deal in self._possible()]
        total = sum(weight for weight, _ in self.deals)
        self.deals = [(weight / total, deal) for weight, deal in self.deals]

    def chances(self, role: Role) -> dict[Seat, float]:
        """The chance that each seat has the role."""
        found = dict.fromkeys(SEATS, 0.0)
        for weight, deal in self.deals:
            for seat, dealt in deal.items():
                if dealt is role:
                    found[seat] += weight
        return found

    def _possible(self) -> Iterator[Deal]:
        for roles in permutations(ROLES):
            deal = dict(zip(SEATS, roles, strict=True))
            if deal[self.you.seat] is self.you.role and all(
                {deal[seat] for seat in known.seats} == set(known.roles) for known in self.you.known
            ):
                yield deal

    def _weight(self, deal: Deal) -> float:
        weight = 1.0
        for seat, role in deal.items():
            weight *= self._by_seat[seat][role]
        malenkov = next(seat for seat, role in deal.items() if role is Role.MALENKOV)
        for number, own in self.you.turns.items():
            weight *= self._learnt(deal, malenkov, number, own)
        for author, channel, claim in self.reading.accused:
            if claim.role is Role.MALENKOV and author is not self.you.seat and channel is Channel.MOSCOW:
                weight *= _accuses(deal, author, claim)
        return max(weight, 1e-12)

    def _alone(self, seat: Seat, role: Role) -> float:
        """What one seat's words say of its role, whatever the others are."""
        right, wrong = self.reading.record[seat]
        chance = RIGHT.get(role, RUMOUR) ** right * WRONG.get(role, 1 - RUMOUR) ** wrong
        books = self.reading.books.get(seat, ())
        if Book.FIELD in books:
            chance *= WROTE_FIELD.get(role, 0.03)
        if Book.STAFF in books:
            chance *= WROTE_STAFF.get(role, 0.01)
        if role is Role.RUDENKO:
            chance *= 1.5 ** self._clean_withdrawals(seat)
        return chance

    def _clean_withdrawals(self, seat: Seat) -> int:
        """How often a road fell back before a heavy thrust without loss or smoke where this seat had said it would."""
        found = 0
        for turn, order in self.reading.said_orders.get(seat, ()):
            record = self.view.turns[turn].report if turn in self.view.turns else None
            if record is None or order.kind is not OrderKind.WITHDRAW or order.sector is None:
                continue
            here = record[order.sector]
            heavy = level_of(here.thrust) == "heavy"
            clean = here.regiments_lost == 0 and OrderKind.SMOKE not in here.orders
            found += here.outcome is Outcome.WITHDREW and heavy and clean
        return found

    def _learnt(self, deal: Deal, malenkov: Seat, number: int, own: OwnTurn) -> float:
        """What a turn showed Beria: a confession, a silence, a trace of the road where the phone rang."""
        weight = 1.0
        prisoner = self.view.turns[number].prisoner
        if own.fact is not None:
            dealt = deal[own.fact.seat]
            if own.fact.role is not None:
                weight *= 1.0 if dealt is own.fact.role else 1e-6
            if own.fact.books is not None:
                weight *= 1.0 if set(own.fact.books) >= set(_dealt_books(self.view, dealt)) else 1e-6
        elif own.answer is not None and prisoner is not None and prisoner is not self.you.seat:
            if own.answer.choice is AnswerKind.ENDURE:
                weight *= ENDURED[deal[prisoner]]
            if own.answer.choice is AnswerKind.DENOUNCE and own.answer.seat is malenkov:
                weight *= 0.8
        if own.phone_rang and own.traced and own.traced[0].order.sector is own.rang:
            weight *= 1.0 if malenkov in {each.seat for each in own.traced} else IN_THE_TRACE
        return weight


def _accuses(deal: Deal, author: Seat, claim: f.Suspect) -> float:
    """How likely this accusation is from its author: Pavel under Beria points at his two, the others point away."""
    target = deal[claim.seat]
    match deal[author]:
        case Role.PAVEL:
            return {Role.MALENKOV: 0.6, Role.IRINA: 0.4}.get(target, 0.03)
        case Role.MALENKOV:
            return 0.05 if target in (Role.MALENKOV, Role.PAVEL) else 0.5
        case Role.IRINA:
            return 0.12 if target is Role.MALENKOV else 0.3
        case _:
            return 0.25


def _dealt_books(view: View, role: Role) -> tuple[Book, ...]:
    return tuple(book for book, roles in view.scenario.wire.books.items() if role in roles)


def main_road(thrusts: tuple[int, int, int]) -> int:
    """The place of the main thrust in SECTORS."""
    return max(range(len(SECTORS)), key=lambda place: thrusts[place])
