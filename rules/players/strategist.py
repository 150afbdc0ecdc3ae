"""The strategist: an officer who thinks. It holds a belief over all deals that fit what it saw, and before it seals
an order it plays the night out in worlds sampled from that belief, and asks in how many its role goes on to win.

The budget is a number of worlds, not a time, so the same view and lots always give the same answer.
"""

from rules import front
from rules.commands import SeatCommand
from rules.ids import SECTORS, OrderKind, Phase, Role, Seat, Sector
from rules.orders import Order
from rules.players.deals import Deals, main_road
from rules.players.estimate import Estimate
from rules.players.lot import Draw
from rules.players.officer import Officer
from rules.players.plans import Plan
from rules.players.prospects import Prospect, wins
from rules.players.reading import free_others
from rules.view import Can, View, You

WORLDS = 28
"""Worlds that an order is tried in."""

TRIED = 6
"""Orders that are tried: the best by an officer's estimate; paperwork and a request are always among them."""

A_WIN = 9.0
"""What certain victory is worth, in lines of ground: how much the worlds count beside the estimate."""

PLAUSIBLE = (
    (OrderKind.WITHDRAW, 0, 26),
    (OrderKind.AMBUSH, 0, 22),
    (OrderKind.HOLD, 0, 8),
    (OrderKind.COUNTERATTACK, 0, 8),
    (OrderKind.MINES, 0, 14),
    (OrderKind.REQUEST, 0, 12),
    (OrderKind.HOLD, 1, 6),
    (OrderKind.WITHDRAW, 1, 4),
)
"""What a seat that has promised nothing orders: the kind, the road (0 the main one, 1 the second), of a hundred."""


def act(view: View, draw: Draw, language: str = "en") -> tuple[SeatCommand, ...]:
    """As an officer's `act`."""
    if view.you is None or view.can is None or view.phase is Phase.FINISHED:
        return ()
    return tuple(Strategist(view, view.you, view.can, draw, language).acts())


class Strategist(Officer):
    """A strategist at one wake."""

    def __init__(self, view: View, you: You, can: Can, draw: Draw, language: str) -> None:
        self._deals: Deals | None = None
        super().__init__(view, you, can, draw, language)

    @property
    def deals(self) -> Deals:
        """The belief, made once a wake."""
        if self._deals is None:
            self._deals = Deals(self.view, self.reading)
        return self._deals

    def suspects(self) -> dict[Seat, float]:
        return self.deals.chances(Role.MALENKOV)

    def tells_all(self) -> bool:
        return True

    def patron(self) -> Role:
        now = self._prospect(
            tuple(sector.ground for sector in self.view.front.values()),  # type: ignore[arg-type]
            sum(sector.regiments for sector in self.view.front.values()),
            self.view.scenario.turns - self.view.turn + 1,
            0.0,
        )
        chances = {role: wins(self.view.scenario, role, now) for role in (Role.MALENKOV, Role.BERIA)}
        return max(chances, key=lambda role: chances[role])

    def worth(self, estimate: Estimate) -> dict[Order, float]:
        by_eye = super().worth(estimate)
        tried = set(sorted(by_eye, key=lambda order: -by_eye[order])[:TRIED])
        tried |= {order for order in by_eye if order.kind is OrderKind.PAPERWORK}
        worlds = [self._world(estimate, number) for number in range(WORLDS)]
        nothing = self._wins(worlds, None)
        return {
            order: value + (A_WIN * (self._wins(worlds, order) - nothing) if order in tried else -1.0)
            for order, value in by_eye.items()
        }

    def _world(self, estimate: Estimate, number: int) -> tuple[Plan, list[front.Arrived]]:
        """A plan of the enemy and the others' orders, by lot."""
        plan = _drawn(estimate.plans, self.lot.below(f"plan {number}", 1000) / 1000)
        main = main_road(plan)
        roads = (SECTORS[main], SECTORS[main_second(plan)])
        rudenko = self._likeliest(Role.RUDENKO)
        orders = []
        for seat in free_others(self.view, self.you):
            promised = self.reading.wills.get(seat, ())
            fate = self.lot.below(f"{seat} {number}", 100)
            if promised and fate < 90 - 8 * self.reading.faithless[seat]:
                given: tuple[Order, ...] = promised
            else:
                given = _plausible(roads, fate)
            orders += [front.Arrived(order, rudenkos=seat is rudenko) for order in given]
        return plan, orders

    def _likeliest(self, role: Role) -> Seat:
        chances = self.deals.chances(role)
        return max(chances, key=lambda seat: chances[seat])

    def _wins(self, worlds: list[tuple[Plan, list[front.Arrived]]], order: Order | None) -> float:
        """In what share of these worlds this role goes on to win, if it gives this order."""
        return sum(self._wins_in(plan, others, order) for plan, others in worlds) / len(worlds)

    def _wins_in(self, plan: Plan, others: list[front.Arrived], order: Order | None) -> float:
        view = self.view
        sectors = tuple(view.front[sector] for sector in SECTORS)
        position = front.Position(
            thrusts=plan,
            ground=tuple(sector.ground for sector in sectors),  # type: ignore[arg-type]
            regiments=tuple(sector.regiments for sector in sectors),  # type: ignore[arg-type]
            guns=view.guns,
        )
        mine = [front.Arrived(order, rudenkos=self.you.role is Role.RUDENKO)] if order is not None else []
        arrived = (*others, *mine)
        after = front.resolve(view.scenario.front, position, arrived)
        assert view.directive is not None, "a turn has a directive"
        obeyed = front.was_obeyed(view.directive, after.report, arrived)
        regiments = sum(after.regiments)
        if obeyed and any(each.order.kind is OrderKind.REQUEST for each in arrived) and self._left:
            regiments = min(regiments + 1, 3 * view.scenario.front.regiments_most)
        file = -1.0 if order is not None and order.kind is OrderKind.PAPERWORK else 0.0
        file += 0.0 if obeyed else 0.75
        file += 1.0 if order is not None and order.kind is OrderKind.REQUEST and not obeyed else 0.0
        return wins(view.scenario, self._side, self._prospect(after.ground, regiments, self._left, file))

    @property
    def _left(self) -> int:
        return self.view.scenario.turns - self.view.turn

    @property
    def _side(self) -> Role:
        """Whose victory it plays for."""
        if self.you.role is not Role.PAVEL:
            return self.you.role
        return self.you.patron or Role.MALENKOV

    def _prospect(self, ground: tuple[int, int, int], regiments: int, left: int, file: float) -> Prospect:
        officers = self.view.officers
        own = max(0.0, officers[self.you.seat].suspicion + file)
        if self.you.role is Role.MALENKOV:
            malenkov = own
        else:
            chances = self.reading.malenkov
            malenkov = sum(chances[seat] * officer.suspicion for seat, officer in officers.items())
            malenkov += 0.9 * max(0.0, file)
        return Prospect(ground, regiments, left, malenkov, own)


def main_second(plan: Plan) -> int:
    """The place of the second thrust in SECTORS."""
    return sorted(range(3), key=lambda place: -plan[place])[1]


def _drawn(plans: tuple[tuple[float, Plan], ...], lot: float) -> Plan:
    for chance, plan in plans:
        if lot < chance:
            return plan
        lot -= chance
    return plans[0][1]


def _plausible(roads: tuple[Sector, Sector], lot: int) -> tuple[Order, ...]:
    for kind, road, share in PLAUSIBLE:
        if lot < share:
            return (Order(kind, roads[road]),)
        lot -= share
    return ()
