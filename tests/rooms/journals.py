"""The journal in memory, with the troubles of a store: answers that get lost, a store that is slow, full, or away."""

import asyncio
from collections.abc import Iterable

from server.rooms.memory import MemoryJournal
from server.rooms.ports import (
    Change,
    Committed,
    Conflict,
    Entry,
    Journal,
    Missing,
    Place,
    StoreFull,
    StoreTrouble,
    Unknown,
)

PATIENCE_SECONDS = 90


class TroubledJournal(MemoryJournal):
    """`lost`: so many answers to commits get lost, after they have happened. `full`: nothing can be written.
    `is_away`: nothing is answered at all. `hold`: every commit waits for it. `looks`: how often the log was read on.
    """

    def __init__(self, clock_ms: int = 1_000_000) -> None:
        super().__init__(clock_ms)
        self.lost = 0
        self.full = False
        self.is_away = False
        self.looks = 0
        self.hold: asyncio.Event | None = None
        self.between_looks: list[tuple[str, Change]] = []

    async def life(self) -> str:
        self._answer()
        return await super().life()

    async def now(self) -> int:
        self._answer()
        return await super().now()

    async def commit(self, code: str, expected_head: str, change: Change) -> Committed | Conflict | Missing:
        self._answer()
        if self.full:
            raise StoreFull
        if self.hold is not None:
            await self.hold.wait()
        answer = await super().commit(code, expected_head, change)
        if self.lost:
            self.lost -= 1
            raise Unknown("the answer was lost")
        return answer

    async def tail(self, code: str, after_version: int) -> list[Entry]:
        self._answer()
        self.looks += 1
        entries = await super().tail(code, after_version)
        while self.between_looks:  # somebody is faster than the next look
            room, change = self.between_looks.pop()
            await super().commit(room, (await super().heads([room]))[room].head, change)
        return entries

    async def heads(self, codes: Iterable[str]) -> dict[str, Place]:
        self._answer()
        return await super().heads(codes)

    def _answer(self) -> None:
        if self.is_away:
            raise Unknown("the store is away")


async def committed(journal: Journal, code: str, head: str, payload: bytes = b"two") -> object:
    """What comes of a commit, however often it has to be asked for."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                answer = await journal.commit(code, head, Change(payload))
            except StoreTrouble:
                continue
            if isinstance(answer, Conflict) and (await journal.tail(code, 0))[-1].payload == payload:
                return Committed(answer.version, answer.head, 0)
            return answer
