"""What a seat believes of the enemy's plan: how likely each way to deal the three strengths to the three roads is."""

from collections.abc import Mapping
from itertools import permutations

from rules.ids import SEATS, SECTORS, DirectiveKind, Level, Role, Seat, level_of
from rules.players.reading import Reading, trust
from rules.view import View

Plan = tuple[int, int, int]
"""The thrust at each sector, as SECTORS has them."""

TOLD_IN_SECRET = 0.85
"""What a claim is worth at least to Malenkov that reached him in the book which only Irina shares."""


def plans(view: View, reading: Reading, trusted: Mapping[Seat, float] | None = None) -> tuple[tuple[float, Plan], ...]:
    """Every plan that may be, with its chance; the likeliest first. The chances sum to 1.

    `trusted`: how likely a claim of each seat is right, for who knows better than the seats' record tells.
    """
    assert view.you is not None, "a watcher believes nothing"
    own = view.you.turns.get(view.turn)
    if own is not None and own.plan is not None:
        return ((1.0, (own.plan[SECTORS[0]], own.plan[SECTORS[1]], own.plan[SECTORS[2]])),)
    numbers, turn = view.scenario.front, view.turn - 1
    worth = dict(trusted) if trusted is not None else trust(reading, SEATS)
    if view.you.role is Role.MALENKOV:
        for seat in SEATS:
            if "staff" in reading.books.get(seat, ()):
                worth[seat] = max(worth[seat], TOLD_IN_SECRET)
    found = []
    for roads in permutations(range(3)):
        strengths = dict(zip(roads, (numbers.main[turn], numbers.second[turn], numbers.pin[turn]), strict=True))
        plan = (strengths[0], strengths[1], strengths[2])
        chance = _by_directive(view, roads)
        if own is not None and own.rumour is not None:
            true = numbers.rumour_true_thirds / 3
            chance *= _fits(plan, SECTORS.index(own.rumour.sector), own.rumour.level, true)
        for (author, sector), level in reading.claims.items():
            chance *= _fits(plan, SECTORS.index(sector), level, worth[author])
        found.append((chance, plan))
    total = sum(chance for chance, _ in found)
    return tuple(sorted(((chance / total, plan) for chance, plan in found), reverse=True))


def _by_directive(view: View, roads: tuple[int, ...]) -> float:
    """Moscow mostly names the road of the main thrust."""
    if view.directive is None or view.directive.kind in (DirectiveKind.GUNS_FROZEN, DirectiveKind.PAPERWORK):
        return 1.0
    moscow = view.scenario.moscow
    shares = (moscow.names_main, moscow.names_second, 100 - moscow.names_main - moscow.names_second)
    sector = view.directive.sector
    return shares[roads.index(SECTORS.index(sector))] / 100 if sector is not None else 1.0


def _fits(plan: Plan, place: int, level: Level, true: float) -> float:
    return true if level_of(plan[place]) is level else (1 - true) / 2
