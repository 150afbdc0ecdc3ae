"""The front: sealed orders and the enemy's plan make a report. A function of numbers; it knows no seat and no role.

Source: the rulebook, "Orders" and "Resolution". Tuples of three follow SECTORS.
"""

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from rules.ids import SECTORS, DirectiveKind, Level, OrderKind, Outcome, Sector, level_of
from rules.orders import Directive, Order
from rules.scenario import FrontNumbers
from rules.state import SectorReport

_PUBLISHED = tuple((kind, kind.value) for kind in OrderKind if kind is not OrderKind.MINES)


class Arrived(Struct, frozen=True):
    """An order as it reaches the front. `weight`: 2 for the phone. `rudenkos`: his votes count double, leave mines."""

    order: Order
    weight: int = 1
    rudenkos: bool = False


class Position(Struct, frozen=True):
    """The front before the orders of a turn. `mines` is what they take off each thrust of this turn."""

    thrusts: tuple[int, int, int]
    ground: tuple[int, int, int]
    regiments: tuple[int, int, int]
    mines: tuple[int, int, int] = (0, 0, 0)
    guns: Sector | None = None
    bridge_blown: bool = False


class After(Struct, frozen=True):
    """The front after the orders of a turn, with its report. `mines` work in the next turn."""

    report: tuple[SectorReport, ...]
    ground: tuple[int, int, int]
    regiments: tuple[int, int, int]
    mines: tuple[int, int, int]
    guns: Sector | None
    bridge_blown: bool


def resolve(numbers: FrontNumbers, position: Position, arrived: Iterable[Arrived]) -> After:
    """Carry out all orders of a turn at once, and lay out what became of each sector."""
    orders = tuple(arrived)
    report = tuple(carry_out(numbers, position, sector, _at(orders, sector)) for sector in SECTORS)
    ground = [g - r.ground_lost + r.ground_regained for g, r in zip(position.ground, report, strict=True)]
    regiments = [n - r.regiments_lost for n, r in zip(position.regiments, report, strict=True)]
    mines = [_mines(numbers, position, sector, _at(orders, sector)) for sector in SECTORS]
    return After(
        report=report,
        ground=(ground[0], ground[1], ground[2]),
        regiments=(regiments[0], regiments[1], regiments[2]),
        mines=(mines[0], mines[1], mines[2]),
        guns=_guns(position.guns, orders),
        bridge_blown=position.bridge_blown or _count(_at(orders, Sector.RIVER))[OrderKind.MINES] > 0,
    )


def carry_out(numbers: FrontNumbers, position: Position, sector: Sector, orders: tuple[Arrived, ...]) -> SectorReport:
    """What the orders that arrived at a sector make of it."""
    place = SECTORS.index(sector)
    thrust, counts = position.thrusts[place], _count(orders)
    if _is_falling_back(numbers, orders, counts):
        spared = counts[OrderKind.SMOKE] > 0 or any(_is_rudenkos_vote(a) for a in orders)
        lost = 1 if level_of(thrust) is Level.HEAVY and not spared else 0
        return _report(position, place, counts, Outcome.WITHDREW, ground=1, regiments=lost)
    margin = _defence(numbers, position, sector, counts) - max(0, thrust - position.mines[place])
    if margin >= 0:
        return _held(numbers, position, place, counts, margin)
    rash = 1 if counts[OrderKind.COUNTERATTACK] else 0
    if -margin < numbers.encircle_margin:
        return _report(position, place, counts, Outcome.BROKEN, ground=1, regiments=1 + rash)
    lost = 1 if counts[OrderKind.SMOKE] else position.regiments[place]
    return _report(position, place, counts, Outcome.ENCIRCLED, ground=numbers.encircle_ground, regiments=lost)


def was_obeyed(directive: Directive, report: tuple[SectorReport, ...], arrived: Iterable[Arrived]) -> bool:
    """Whether Moscow's demand of the turn was met. Source: the rulebook, "Resolution"."""
    counts = _count(a for a in arrived if directive.sector is None or a.order.sector is directive.sector)
    match directive.kind:
        case DirectiveKind.HOLD:
            assert directive.sector is not None, "a demand to hold names its sector"
            return report[SECTORS.index(directive.sector)].outcome is not Outcome.WITHDREW
        case DirectiveKind.COUNTERATTACK:
            return counts[OrderKind.COUNTERATTACK] > 0
        case DirectiveKind.GUNS_FROZEN:
            return counts[OrderKind.GUNS] == 0
        case DirectiveKind.PAPERWORK:
            return counts[OrderKind.PAPERWORK] > 0


def _at(orders: Iterable[Arrived], sector: Sector) -> tuple[Arrived, ...]:
    return tuple(a for a in orders if a.order.sector is sector)


def _count(orders: Iterable[Arrived]) -> Counter[OrderKind]:
    counts: Counter[OrderKind] = Counter()
    for arrived in orders:
        counts[arrived.order.kind] += arrived.weight
    return counts


def _is_falling_back(numbers: FrontNumbers, orders: tuple[Arrived, ...], counts: Counter[OrderKind]) -> bool:
    extra = sum(a.weight * (numbers.rudenko_votes - 1) for a in orders if _is_rudenkos_vote(a))
    votes = counts[OrderKind.WITHDRAW] + extra
    return votes > 0 and votes >= counts[OrderKind.HOLD]


def _is_rudenkos_vote(arrived: Arrived) -> bool:
    return arrived.rudenkos and arrived.order.kind is OrderKind.WITHDRAW


def _defence(numbers: FrontNumbers, position: Position, sector: Sector, counts: Counter[OrderKind]) -> int:
    place = SECTORS.index(sector)
    guns = 0
    if position.guns is sector:
        guns = numbers.guns_rail if sector is Sector.RAIL else numbers.guns
    ambush, hidden = 0, counts[OrderKind.AMBUSH]
    if hidden and level_of(position.thrusts[place]) is Level.HEAVY:
        ambush = numbers.ambush_first + numbers.ambush_further * (hidden - 1)
        ambush += numbers.ambush_forest if sector is Sector.FOREST else 0
    return position.regiments[place] + counts[OrderKind.HOLD] + counts[OrderKind.COUNTERATTACK] + guns + ambush


def _held(
    numbers: FrontNumbers, position: Position, place: int, counts: Counter[OrderKind], margin: int
) -> SectorReport:
    room = position.ground[place] < numbers.ground[place]
    if counts[OrderKind.COUNTERATTACK] and margin >= numbers.regain_margin and room:
        return _report(position, place, counts, Outcome.REGAINED, regained=1)
    return _report(position, place, counts, Outcome.HELD)


def _report(
    position: Position,
    place: int,
    counts: Counter[OrderKind],
    outcome: Outcome,
    *,
    ground: int = 0,
    regiments: int = 0,
    regained: int = 0,
) -> SectorReport:
    """Losses never exceed what is there. Mines are laid in secret and stand in no report."""
    return SectorReport(
        outcome=outcome,
        thrust=position.thrusts[place],
        orders={name: counts[kind] for kind, name in _PUBLISHED if counts[kind]},
        ground_lost=min(ground, position.ground[place]),
        regiments_lost=min(regiments, position.regiments[place]),
        ground_regained=regained,
    )


def _mines(numbers: FrontNumbers, position: Position, sector: Sector, orders: tuple[Arrived, ...]) -> int:
    """What the next thrust here loses: the bridge once, else plain mines, which do not add up."""
    counts = _count(orders)
    if counts[OrderKind.MINES] and sector is Sector.RIVER and not position.bridge_blown:
        return numbers.bridge
    withdrew = _is_falling_back(numbers, orders, counts)
    by_rudenko = withdrew and any(_is_rudenkos_vote(a) for a in orders)
    return numbers.mines if counts[OrderKind.MINES] or by_rudenko else 0


def _guns(stood: Sector | None, orders: tuple[Arrived, ...]) -> Sector | None:
    """Where the guns stand from the next turn on: most orders win, a tie leaves them where they are."""
    counts = [_count(_at(orders, sector))[OrderKind.GUNS] for sector in SECTORS]
    most = max(counts)
    return SECTORS[counts.index(most)] if most and counts.count(most) == 1 else stood
