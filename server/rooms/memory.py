"""The journal without a store: the same promises in a few lines of plain Python, for tests of what stands on it.

Its clock stands still until it is moved. A property test holds it against the real store.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from server.rooms.keys import shard_of
from server.rooms.ports import Change, Committed, Conflict, Entry, Loaded, Missing, Place, Taken, chain


@dataclass(slots=True)
class _Room:
    origin: str
    entries: list[Entry] = field(default_factory=list)
    snapshot: bytes | None = None
    snapshot_version: int = 0
    deadline_ms: int | None = None
    listing: bytes | None = None

    @property
    def head(self) -> str:
        return self.entries[-1].head if self.entries else self.origin


class MemoryJournal:
    """See `ports.Journal`. `clock_ms` is where its clock stands at first."""

    def __init__(self, clock_ms: int = 0) -> None:
        self._clock_ms = clock_ms
        self._rooms: dict[str, _Room] = {}
        self._lives = 1

    async def life(self) -> str:
        """See `ports.Journal`."""
        return f"life {self._lives}"

    async def now(self) -> int:
        """See `ports.Journal`."""
        return self._clock_ms

    async def move_clock(self, by_ms: int) -> None:
        """Move the clock."""
        self._clock_ms += by_ms

    def forget(self, code: str, commits: int) -> None:
        """Lose the newest commits of a room, as a store does that comes back from an old copy."""
        self._lives += 1
        room = self._rooms[code]
        del room.entries[len(room.entries) - commits :]
        if room.snapshot_version > len(room.entries):
            room.snapshot, room.snapshot_version = None, 0

    async def create(self, code: str, change: Change) -> Committed | Taken:
        """See `ports.Journal`."""
        shard_of(code)
        _check(change)
        if code in self._rooms:
            return Taken()
        room = self._rooms[code] = _Room(secrets.token_hex(16))
        return self._append(room, change)

    async def commit(self, code: str, expected_head: str, change: Change) -> Committed | Conflict | Missing:
        """See `ports.Journal`."""
        shard_of(code)
        _check(change)
        if not expected_head:
            raise ValueError("a commit names the head that it was decided on")
        room = self._rooms.get(code)
        if room is None:
            return Missing()
        if room.head != expected_head:
            return Conflict(len(room.entries), room.head)
        return self._append(room, change)

    async def load(self, code: str) -> Loaded | None:
        """See `ports.Journal`."""
        room = self._rooms.get(code)
        if room is None:
            return None
        snapshot_head = room.entries[room.snapshot_version - 1].head if room.snapshot_version else room.origin
        return Loaded(
            version=len(room.entries),
            head=room.head,
            origin=room.origin,
            snapshot=room.snapshot,
            snapshot_version=room.snapshot_version,
            snapshot_head=snapshot_head,
            tail=tuple(room.entries[room.snapshot_version :]),
            now_ms=self._clock_ms,
        )

    async def tail(self, code: str, after_version: int) -> list[Entry]:
        """See `ports.Journal`."""
        room = self._rooms.get(code)
        return room.entries[after_version:] if room else []

    async def heads(self, codes: Iterable[str]) -> dict[str, Place]:
        """See `ports.Journal`."""
        found = {code: self._rooms[code] for code in codes if code in self._rooms}
        return {code: Place(len(room.entries), room.head) for code, room in found.items()}

    @property
    def confirms(self) -> bool:
        """See `ports.Journal`."""
        return False

    async def stands(self, code: str, head: str) -> bool:
        """See `ports.Journal`."""
        place = (await self.heads([code])).get(code)
        return place is not None and place.head == head

    async def count(self) -> int:
        """See `ports.Journal`."""
        return sum(room.deadline_ms is not None for room in self._rooms.values())

    async def fullness(self) -> float:
        """See `ports.Journal`. There is no limit."""
        return 0.0

    async def due(self, limit: int) -> list[tuple[str, int]]:
        """See `ports.Journal`."""
        shards: dict[str, list[tuple[int, str]]] = {}
        for code, room in self._rooms.items():
            if room.deadline_ms is not None and room.deadline_ms <= self._clock_ms:
                shards.setdefault(shard_of(code), []).append((room.deadline_ms, code))
        return [(code, moment) for members in shards.values() for moment, code in sorted(members)[:limit]]

    async def expire(self, code: str, seconds: int) -> None:
        """See `ports.Journal`. Memory forgets at once: nothing else can be told from outside later on."""
        self._rooms.pop(code, None)

    async def open_rooms(self) -> list[tuple[str, bytes]]:
        """See `ports.Journal`."""
        return [(code, room.listing) for code, room in self._rooms.items() if room.listing is not None]

    def _append(self, room: _Room, change: Change) -> Committed:
        entry = Entry(len(room.entries) + 1, chain(room.head, change.payload), change.payload)
        room.entries.append(entry)
        room.deadline_ms, room.listing = change.deadline_ms, change.listing or None
        if change.snapshot:
            room.snapshot, room.snapshot_version = change.snapshot, entry.version
        return Committed(entry.version, entry.head, self._clock_ms)


def _check(change: Change) -> None:
    if not change.payload:
        raise ValueError("a commit has a payload")
