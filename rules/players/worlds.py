"""A night played out in the head: one plan of the enemy and one set of the others' orders, and what an own order adds.

Only the road that the own order is given for is carried out anew; on the others nothing of it changes.
"""

from collections.abc import Sequence

from msgspec import Struct

from rules import front
from rules.front import Arrived
from rules.ids import SECTORS, OrderKind
from rules.players.plans import Plan
from rules.state import SectorReport
from rules.view import View


class Dawn(Struct, frozen=True):
    """What the night left: ground by sector, regiments in all (a request granted among them), and the directive kept
    or not."""

    ground: tuple[int, int, int]
    regiments: int
    obeyed: bool


class World:
    """One night that may be."""

    def __init__(self, view: View, plan: Plan, others: Sequence[Arrived]) -> None:
        here = tuple(view.front[sector] for sector in SECTORS)
        self._view, self._others = view, tuple(others)
        self.position = front.Position(
            thrusts=plan,
            ground=(here[0].ground, here[1].ground, here[2].ground),
            regiments=(here[0].regiments, here[1].regiments, here[2].regiments),
            guns=view.guns,
        )
        self._reports = tuple(self._report(place, self._others) for place in range(len(SECTORS)))

    def dawn(self, own: Arrived | None) -> Dawn:
        """How it ends with this order of one's own, or with none."""
        arrived, reports = self._others, self._reports
        if own is not None:
            arrived = (*arrived, own)
            if own.order.sector is not None:
                place = SECTORS.index(own.order.sector)
                reports = (*reports[:place], self._report(place, arrived), *reports[place + 1 :])
        assert self._view.directive is not None, "a turn has a directive"
        obeyed = front.was_obeyed(self._view.directive, reports, arrived)
        return Dawn(self._ground(reports), self._regiments(reports, arrived, obeyed), obeyed)

    def _report(self, place: int, arrived: Sequence[Arrived]) -> SectorReport:
        sector = SECTORS[place]
        there = tuple(each for each in arrived if each.order.sector is sector)
        return front.carry_out(self._view.scenario.front, self.position, sector, there)

    def _ground(self, reports: Sequence[SectorReport]) -> tuple[int, int, int]:
        left = [g - r.ground_lost + r.ground_regained for g, r in zip(self.position.ground, reports, strict=True)]
        return left[0], left[1], left[2]

    def _regiments(self, reports: Sequence[SectorReport], arrived: Sequence[Arrived], obeyed: bool) -> int:
        left = sum(self.position.regiments) - sum(report.regiments_lost for report in reports)
        asked = any(each.order.kind is OrderKind.REQUEST for each in arrived)
        granted = obeyed and asked and self._view.turn < self._view.scenario.turns
        return min(left + granted, 3 * self._view.scenario.front.regiments_most)
