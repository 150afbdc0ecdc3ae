"""How much there may be of everything that is kept: rooms, commits of a room, commands of a seat.

Far above what people do, and stated, so that what fills the store is known beforehand. At a limit new work is refused
with a documented code and what runs goes on: the clock is never refused. It must not know what is asked.
"""

import time
from dataclasses import dataclass

from rules.ids import SEATS, Seat
from server.rooms.ports import Journal
from server.rooms.room import Room

_LOOK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """`rooms` in all; `fullest`: the share of the store's memory beyond which no room is opened.

    `commits` of a room, all of its matches together; `commands` of one seat that have an effect in one phase.
    """

    rooms: int = 5_000
    fullest: float = 0.7
    commits: int = 20_000
    commands: int = 300

    def has_spent(self, room: Room, seat: Seat | None) -> bool:
        """Whether a seat has done as much in this phase as it may."""
        return seat is not None and room.spent[SEATS.index(seat)] >= self.commands


class Space:
    """How many more rooms there may be, looked at once a second at most and counted down between."""

    def __init__(self, journal: Journal, limits: Limits, *, look_seconds: float = _LOOK_SECONDS) -> None:
        self._journal = journal
        self._limits = limits
        self._look_seconds = look_seconds
        self._left = 0
        self._looked: float | None = None

    async def take(self) -> bool:
        """Whether one more room may be opened; if so, it counts. May raise Unknown."""
        if self._looked is None or time.monotonic() - self._looked >= self._look_seconds:
            is_full = await self._journal.fullness() >= self._limits.fullest
            self._left = 0 if is_full else self._limits.rooms - await self._journal.count()
            self._looked = time.monotonic()
        self._left -= 1
        return self._left >= 0
