"""Who is connected to a room, over all workers. It is no room state: it may be lost, and dead workers are forgotten.

Each worker writes its own numbers, each with the moment until which they hold, and says them again at every beat.
It must not know names, nor what a viewer sees.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from server.rooms import keys
from server.rooms.batches import Word
from server.rooms.fanout import told
from server.rooms.store import Store

WATCHER = "watcher"
CHANGED = "presence"
_HOLDS_MS = 15_000  # three beats
_BEAT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Present:
    """The viewers with at least one connection, and how many connections watch without a seat."""

    seated: frozenset[str] = frozenset()
    watchers: int = 0


class Presence:
    """What one worker knows and says of who is connected. Call `beat` every `beat_seconds`, as long as it lives.

    `worker` is unique among all workers and has no ':'; `now` is a clock in ms that all workers share.
    """

    beat_seconds = _BEAT_SECONDS

    def __init__(self, store: Store, worker: str, now: Callable[[], Awaitable[int]]) -> None:
        self._store = store
        self._worker = worker
        self._now = now
        self._here: Counter[tuple[str, str]] = Counter()
        self._unsaid: set[tuple[str, str]] = set()
        self._saying = asyncio.Lock()

    async def enter(self, code: str, viewer: str) -> None:
        """One more connection of a viewer: a seat's name, or WATCHER. Tells the room's watchers.

        May raise Unknown, and counts all the same: the next beat says it.
        """
        self._here[code, viewer] += 1
        await self._say(code, viewer)

    async def leave(self, code: str, viewer: str) -> None:
        """One connection less; does nothing if there was none. Tells the room's watchers. May raise Unknown."""
        if not self._here[code, viewer]:
            return
        self._here[code, viewer] -= 1
        if not self._here[code, viewer]:
            del self._here[code, viewer]
        await self._say(code, viewer)

    async def beat(self) -> None:
        """Say again who is connected here. May raise Unknown."""
        async with self._saying:
            until = await self._now() + _HOLDS_MS
            await self._store.calls([word for who in self._here for word in self._words(who, until)])

    async def look(self, codes: Iterable[str]) -> dict[str, Present]:
        """Who is connected to each of the rooms, on any worker. May raise Unknown."""
        asked = list(codes)
        now = await self._now()
        answers = await self._store.calls([("HGETALL", keys.presence(code)) for code in asked])
        return {code: _present(answer, now) for code, answer in zip(asked, answers, strict=True)}

    async def _say(self, code: str, viewer: str) -> None:
        # One at a time, so that a later number is never overtaken; who waits meanwhile is said together.
        self._unsaid.add((code, viewer))
        async with self._saying:
            if not self._unsaid:
                return
            said, self._unsaid = self._unsaid, set()
            until = await self._now() + _HOLDS_MS
            numbers = [word for who in said for word in self._words(who, until)]
            hints = [("PUBLISH", keys.hints(code), told(CHANGED, b"")) for code in {code for code, _ in said}]
            await self._store.calls([*numbers, *hints])

    def _words(self, who: tuple[str, str], until: int) -> list[tuple[Word, ...]]:
        code, viewer = who
        key, field, number = keys.presence(code), f"{self._worker}:{viewer}", self._here[who]
        if not number:
            return [("HDEL", key, field)]
        return [("HSET", key, field, f"{number}:{until}"), ("PEXPIRE", key, 4 * _HOLDS_MS)]


def _present(fields: dict[bytes, bytes], now: int) -> Present:
    connected: Counter[str] = Counter()
    for field, value in fields.items():
        number, _, until = value.partition(b":")
        if int(until) > now:
            connected[field.decode().partition(":")[2]] += int(number)
    watchers = connected.pop(WATCHER, 0)
    return Present(frozenset(connected), watchers)
