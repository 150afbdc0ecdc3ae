"""The strategist: an officer who thinks. It holds a belief over all deals that fit what it saw, and before it seals
an order it plays the night out in worlds sampled from that belief, and asks in how many its role goes on to win.

The budget is a number of worlds, not a time, so the same view and lots always give the same answer.
"""

from collections.abc import Iterator

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.front import Arrived
from rules.ids import PATRONS, SEATS, SECTORS, Channel, OrderKind, Phase, Role, Seat, Sector
from rules.orders import Order
from rules.players import bargaining
from rules.players.deals import Deals, main_road
from rules.players.estimate import Estimate
from rules.players.lot import Draw
from rules.players.officer import Officer
from rules.players.plans import Plan, plans
from rules.players.prospects import NAMED, Prospect, wins
from rules.players.reading import free_others, trust
from rules.players.worlds import Dawn, World
from rules.view import Can, View, You

WORLDS = 40
"""Worlds that an order is tried in."""

TRIED = 10
"""Orders that are tried: the best by an officer's estimate; paperwork and a request are always among them."""

A_WIN = 14.0
"""What certain victory is worth, in lines of ground: how much the worlds count beside the estimate."""

DECEIVED = 0.7
"""How much less often Beria finds Malenkov when Pavel tells him every night that it is another."""

POINTED_OUT = 0.75
"""How often Beria finds Malenkov when Pavel points him out every night."""

SEES, HEARS = 0.95, 0.64
"""How often a claim about the enemy is right from Irina, and from who has heard a rumour."""

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
        self._judged: dict[tuple[Dawn, float], float] = {}
        super().__init__(view, you, can, draw, language)

    def acts(self) -> Iterator[SeatCommand]:
        for number, command in enumerate(super().acts()):
            yield bargaining.aloud(command, number, self.voice)

    @property
    def deals(self) -> Deals:
        """The belief, made once a wake."""
        if self._deals is None:
            self._deals = Deals(self.view, self.reading)
        return self._deals

    def suspects(self) -> dict[Seat, float]:
        return self.deals.chances(Role.MALENKOV)

    def plans(self) -> tuple[tuple[float, Plan], ...]:
        irina, record = self.deals.chances(Role.IRINA), trust(self.reading, SEATS)
        trusted = {seat: SEES * irina[seat] + (1 - irina[seat]) * min(HEARS, record[seat]) for seat in SEATS}
        return plans(self.view, self.reading, trusted)

    def wishes(self, worth: dict[Order, float], own: tuple[Order, ...]) -> Iterator[SeatCommand]:
        yield from bargaining.wishes(self.view, self.can, self.reading, worth, own, self.lot)

    def tells_all(self) -> bool:
        return True

    def patron(self) -> Role:
        now = self._prospect(
            tuple(sector.ground for sector in self.view.front.values()),  # type: ignore[arg-type]
            sum(sector.regiments for sector in self.view.front.values()),
            self.view.scenario.turns - self.view.turn + 1,
            0.0,
        )
        held = wins(self.view.scenario, Role.MALENKOV, now, NAMED * DECEIVED)
        found = wins(self.view.scenario, Role.BERIA, now, POINTED_OUT)
        return Role.MALENKOV if held > found else Role.BERIA

    def _first_words(self) -> Iterator[SeatCommand]:
        for command in super()._first_words():
            if not isinstance(command, c.Speak) or command.channel is not Channel.MOSCOW:
                yield command
        target = self._denounced()
        if Channel.MOSCOW in self.can.speak and target is not None:
            yield c.Speak(Channel.MOSCOW, f.Suspect(target, Role.MALENKOV))

    def _denounced(self) -> Seat | None:
        """Whom Moscow hears of every night: Malenkov, if his fall is wanted; else who is easiest to believe it of."""
        chances, officers = self.reading.malenkov, self.view.officers
        match self.you.role:
            case Role.BERIA | Role.RUDENKO:
                return None
            case Role.PAVEL if self.you.patron is Role.BERIA:
                return self.lot.most("denounced", chances, lambda seat: chances[seat])
            case _:
                friends = {self.you.seat, *(seat for known in self.you.known for seat in known.seats)}
                others = [seat for seat in SEATS if seat not in friends and chances[seat] < 0.4]
                return self.lot.most("denounced", others, lambda seat: officers[seat].suspicion) if others else None

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

    def _world(self, estimate: Estimate, number: int) -> World:
        """A night by lot: a plan of the enemy, and what each of the others orders."""
        plan = _drawn(estimate.plans, self.lot.below(f"plan {number}", 1000) / 1000)
        roads = (SECTORS[main_road(plan)], SECTORS[main_second(plan)])
        rudenko = self._likeliest(Role.RUDENKO)
        others = []
        for seat in free_others(self.view, self.you):
            promised = self.reading.wills.get(seat, ())
            fate = self.lot.below(f"{seat} {number}", 100)
            is_kept = promised and fate < 90 - 8 * self.reading.faithless[seat]
            given = promised if is_kept else _plausible(roads, fate)
            others += [Arrived(order, rudenkos=seat is rudenko) for order in given]
        return World(self.view, plan, others)

    def _likeliest(self, role: Role) -> Seat:
        chances = self.deals.chances(role)
        return self.lot.most(f"likeliest {role}", chances, lambda seat: chances[seat])

    def _wins(self, worlds: list[World], order: Order | None) -> float:
        """In what share of these worlds this role goes on to win, if it gives this order."""
        own = Arrived(order, rudenkos=self.you.role is Role.RUDENKO) if order is not None else None
        return sum(self._wins_after(world.dawn(own), order) for world in worlds) / len(worlds)

    def _wins_after(self, dawn: Dawn, order: Order | None) -> float:
        file = 0.0 if dawn.obeyed else 0.75
        if order is not None and order.kind is OrderKind.PAPERWORK:
            file -= 1.0
        if order is not None and order.kind is OrderKind.REQUEST and not dawn.obeyed:
            file += 1.0
        if (dawn, file) not in self._judged:
            prospect = self._prospect(dawn.ground, dawn.regiments, self._left, file)
            self._judged[dawn, file] = max(wins(self.view.scenario, side, prospect) for side in self._sides)
        return self._judged[dawn, file]

    @property
    def _sides(self) -> tuple[Role, ...]:
        """Whose victory it plays for; Pavel's until he has picked is either's."""
        if self.you.role is not Role.PAVEL:
            return (self.you.role,)
        return (self.you.patron,) if self.you.patron is not None else PATRONS

    @property
    def _left(self) -> int:
        return self.view.scenario.turns - self.view.turn

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
