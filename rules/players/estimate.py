"""What an order is worth to a seat: the front is carried out in the head, for every plan that may be.

The other seats are taken to do what they promised, mostly; who has promised nothing is taken to help a little where
the enemy is expected. Margins are soft: nobody knows them exactly, so one more order always counts for something.
"""

from math import exp

from msgspec import Struct

from rules.ids import SECTORS, DirectiveKind, OrderKind, Role, Sector, level_of
from rules.orders import Order
from rules.players.aims import Aims, fear
from rules.players.plans import Plan
from rules.players.reading import Reading, free_others
from rules.view import View

KEPT = 0.9
"""How likely a promised order is to be given."""

AGAIN = 0.65
"""How much less likely for each promise that a seat has broken before."""

HELP = 0.45
"""What a seat that has promised nothing is expected to add on the road of the main thrust."""


class Road(Struct):
    """What is expected on one road, before one's own order. `softness` grows with the seats that promised nothing."""

    defence: float
    ground: int
    regiments: int
    room: bool
    mines: int
    softness: float
    holds: float = 0.0
    counters: float = 0.0
    ambushes: float = 0.0
    votes: float = 0.0
    rudenkos: float = 0.0
    smoke: float = 0.0


class Estimate:
    """The front as one seat expects it this turn."""

    def __init__(self, view: View, reading: Reading, aims: Aims, plans: tuple[tuple[float, Plan], ...]) -> None:
        assert view.you is not None, "a watcher gives no orders"
        self.view, self.aims, self.you = view, aims, view.you
        self.numbers = view.scenario.front
        self.plans = tuple((chance, plan) for chance, plan in plans if chance > 0.04)
        others = free_others(view, view.you)
        self.silent = sum(seat not in reading.wills for seat in others)
        kept = {seat: KEPT * AGAIN ** reading.faithless[seat] for seat in others}
        self.promised = [(order, kept[seat]) for seat in others for order in reading.wills.get(seat, ())]
        self.roads = [self._road(place, sector) for place, sector in enumerate(SECTORS)]
        self._base = [
            [self._loss(road, place, plan[place]) for place, road in enumerate(self.roads)] for _, plan in self.plans
        ]

        self._unless = self.broken()

    def _road(self, place: int, sector: Sector) -> Road:
        here, numbers = self.view.front[sector], self.numbers
        guns = 0
        if self.view.guns is sector:
            guns = numbers.guns_rail if sector is Sector.RAIL else numbers.guns
        likeliest = self.plans[0][1]
        weight = sorted(range(3), key=lambda each: -likeliest[each]).index(place)
        help_here = self.silent * HELP * (1.0, 0.35, 0.0)[weight]
        road = Road(
            defence=here.regiments + guns + help_here,
            ground=here.ground,
            regiments=here.regiments,
            room=here.ground < here.ground_at_start,
            mines=self._mines_now(sector),
            softness=2.4 / (1 + 0.35 * self.silent),
            holds=0.2 * self.silent if weight == 0 else 0.0,
        )
        road.defence -= road.holds
        for order, kept in self.promised:
            if order.sector is sector:
                add(road, order.kind, kept)
        return road

    def _mines_now(self, sector: Sector) -> int:
        """The mines that I laid last turn myself, or withdrew over as Rudenko; of others' one knows nothing."""
        before = self.you.turns.get(self.view.turn - 1)
        if before is None:
            return 0
        for order in before.orders:
            if order.sector is sector and order.kind is OrderKind.MINES:
                return self.numbers.mines
            if order.sector is sector and order.kind is OrderKind.WITHDRAW and self.you.role is Role.RUDENKO:
                return self.numbers.mines
        return 0

    def worth(self, order: Order, weight: float = 1.0) -> float:
        """What giving this order is worth, against giving none. `weight` 2 is the phone's."""
        gain = self._on_the_road(order, weight) if order.sector is not None else 0.0
        return gain + self._for_moscow(order, weight) + self._for_later(order, weight)

    def _on_the_road(self, order: Order, weight: float) -> float:
        assert order.sector is not None, "an order at the front has a road"
        if order.kind not in _AT_ONCE:
            return 0.0
        place = SECTORS.index(order.sector)
        road = _copy(self.roads[place])
        if order.kind is OrderKind.WITHDRAW and self.you.role is Role.RUDENKO:
            road.rudenkos += weight
            road.votes += weight * (self.numbers.rudenko_votes - 1)
        add(road, order.kind, weight)
        return sum(
            chance * (self._base[number][place] - self._loss(road, place, plan[place]))
            for number, (chance, plan) in enumerate(self.plans)
        )

    def _loss(self, road: Road, place: int, thrust: int) -> float:
        """The expected loss on a road, in lines of ground; a line that is regained counts against it."""
        numbers, aims = self.numbers, self.aims
        heavy = level_of(thrust) == "heavy"
        ambush = 0.0
        if heavy and road.ambushes:
            ambush = numbers.ambush_first * min(1.0, road.ambushes) + numbers.ambush_further * max(
                0.0, road.ambushes - 1
            )
            ambush += numbers.ambush_forest * min(1.0, road.ambushes) if place == 1 else 0.0
        margin = road.defence + road.holds + road.counters + ambush - max(0, thrust - road.mines)
        held = _soft(road.softness * (margin + 0.5))
        encircled = _soft(road.softness * (-margin - numbers.encircle_margin + 0.5))
        broken = max(0.0, 1 - held - encircled)
        rash = 1.0 if road.counters >= 0.5 else 0.0
        smoke = min(1.0, road.smoke)
        surrounded = aims.regiment * (smoke + (1 - smoke) * road.regiments)
        stands = broken * (self._ground(road, 1) + aims.regiment * (1 + rash))
        stands += encircled * (self._ground(road, numbers.encircle_ground) + surrounded)
        if rash and road.room:
            stands -= aims.ground * _soft(road.softness * (margin - numbers.regain_margin + 0.5))
        if road.votes <= 0:
            return stands
        falls = _soft(3 * (road.votes - road.holds) + 1.0)
        spared = min(1.0, road.smoke + road.rudenkos)
        back = self._ground(road, 1) + (aims.regiment * (1 - spared) if heavy else 0.0)
        return falls * back + (1 - falls) * stands

    def _ground(self, road: Road, lost: int) -> float:
        left = road.ground - lost
        if left <= 0:
            return self.aims.breach
        return lost * self.aims.ground + (0.8 if left == 1 else 0.0)

    def falls_back(self, place: int, own: Order | None = None) -> float:
        """How likely the sector withdraws this turn."""
        votes, holds = self.roads[place].votes, self.roads[place].holds
        if own is not None and own.sector is SECTORS[place]:
            mine = self.numbers.rudenko_votes if self.you.role is Role.RUDENKO else 1
            votes += mine * (own.kind is OrderKind.WITHDRAW)
            holds += own.kind is OrderKind.HOLD
        return _soft(3 * (votes - holds) + 1.0) if votes > 0 else 0.0

    def broken(self, own: Order | None = None) -> float:
        """How likely the directive is broken, with this order of mine or with none."""
        directive = self.view.directive
        assert directive is not None, "a turn has a directive"
        kinds = [order.kind for order, _ in self.promised if directive.sector in (None, order.sector)]
        mine = own.kind if own is not None and directive.sector in (None, own.sector) else None
        match directive.kind:
            case DirectiveKind.HOLD:
                assert directive.sector is not None, "a demand to hold names its sector"
                return self.falls_back(SECTORS.index(directive.sector), own)
            case DirectiveKind.COUNTERATTACK:
                given = mine is OrderKind.COUNTERATTACK
                return 0.0 if given else (1 - KEPT) ** kinds.count(OrderKind.COUNTERATTACK) * 0.75**self.silent
            case DirectiveKind.GUNS_FROZEN:
                given = mine is OrderKind.GUNS or OrderKind.GUNS in kinds
                return 1.0 if given else 1 - 0.93**self.silent
            case DirectiveKind.PAPERWORK:
                given = mine is OrderKind.PAPERWORK
                return 0.0 if given else (1 - KEPT) ** kinds.count(OrderKind.PAPERWORK) * 0.8**self.silent

    def _for_moscow(self, order: Order, weight: float) -> float:
        """What the order does to the directive, and to one's own file."""
        suspicion = self.view.officers[self.you.seat].suspicion
        broken = self.broken(order)
        gain = self.aims.broken * (self._unless - broken)
        if order.kind is OrderKind.PAPERWORK and suspicion > 0:
            gain += weight * fear(self.aims, suspicion)
        if order.kind is OrderKind.REQUEST:
            gain -= broken * fear(self.aims, suspicion + 1)
        return gain

    def _for_later(self, order: Order, weight: float) -> float:
        """What the order does for the turns to come."""
        left = self.view.scenario.turns - self.view.turn
        if left == 0 or order.sector is None:
            return 0.0
        rivals = sum(other.kind is order.kind for other, _ in self.promised)
        match order.kind:
            case OrderKind.MINES:
                return 0.45 + (0.25 if order.sector is Sector.RIVER else 0.0) - 0.2 * rivals
            case OrderKind.GUNS if self.view.guns is None:
                return min(4, left) * (0.3 + 0.05 * (order.sector is Sector.RAIL)) - 0.8 * rivals
            case OrderKind.REQUEST:
                here = self.view.front[order.sector]
                room = here.regiments < self.numbers.regiments_most
                need = 0.5 + 0.25 * (self.numbers.regiments_most - here.regiments)
                return (1 - self.broken(order)) * need * (0.7 + self.aims.regiment) * room / (1 + rivals)
            case _:
                return 0.0


_AT_ONCE = (OrderKind.HOLD, OrderKind.WITHDRAW, OrderKind.AMBUSH, OrderKind.COUNTERATTACK, OrderKind.SMOKE)


def add(road: Road, kind: OrderKind, weight: float) -> None:
    """Count an order that arrives on a road."""
    match kind:
        case OrderKind.HOLD:
            road.holds += weight
        case OrderKind.COUNTERATTACK:
            road.counters += weight
        case OrderKind.AMBUSH:
            road.ambushes += weight
        case OrderKind.WITHDRAW:
            road.votes += weight
        case OrderKind.SMOKE:
            road.smoke += weight
        case _:
            pass


def _copy(road: Road) -> Road:
    return Road(
        road.defence,
        road.ground,
        road.regiments,
        road.room,
        road.mines,
        road.softness,
        road.holds,
        road.counters,
        road.ambushes,
        road.votes,
        road.rudenkos,
        road.smoke,
    )


def _soft(x: float) -> float:
    """A step from 0 to 1 with a slope in the middle."""
    if x > 12:
        return 1.0
    return 1 / (1 + exp(-x)) if x > -12 else 0.0
