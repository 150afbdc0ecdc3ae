"""The journal as the room sees it: what a commit is, what it answers, what a load returns. Payloads are opaque bytes.

A room's log is a chain: each commit's head is a digest of the head before it and of its payload, and a commit names the
head that it was decided on. So a worker that missed something, or a store that lost something, can never mix histories.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol


class StoreTrouble(Exception):
    """The store did not do what it was asked. Never says anything about a room's content."""


class Unknown(StoreTrouble):
    """The connection broke or timed out: it may or may not have happened. Send the same command again."""


class StoreFull(StoreTrouble):
    """The store has no room left: it surely did not happen. Busy; try again later."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit does to a room; deadline and listing are stated anew each time, and None removes them.

    `payload`: the events, never empty. `deadline_ms`: a moment of the journal's clock. `snapshot`: the whole state
    after this commit; None leaves the older one in place. `listing`: what the public list shows of an open room.
    """

    payload: bytes
    deadline_ms: int | None = None
    snapshot: bytes | None = None
    listing: bytes | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """The commit stands in the log as `version` (1, 2, 3…); now_ms is the clock of the server that has it."""

    version: int
    head: str
    now_ms: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """The room is elsewhere. It never means "not applied": catch up, and look whether the own command is in there."""

    version: int
    head: str


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no such room."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The code belongs to another room already."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a room's log stands."""

    version: int
    head: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit in the log."""

    version: int
    head: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Loaded:
    """A room in one consistent read: the newest snapshot, if there was one, and every commit after it.

    `origin` is the head before commit 1, of which the whole chain can be checked. `snapshot_head` is the head of
    `snapshot_version`; without a snapshot they are the origin and 0. `now_ms` is the store's clock.
    """

    version: int
    head: str
    origin: str
    snapshot: bytes | None
    snapshot_version: int
    snapshot_head: str
    tail: tuple[Entry, ...]
    now_ms: int


class Journal(Protocol):
    """The logs of all rooms. Every method may raise Unknown; those that write may raise StoreFull."""

    async def now(self) -> int:
        """The journal's clock, ms."""
        ...

    async def create(self, code: str, change: Change) -> Committed | Taken:
        """Open a room with its first commit."""
        ...

    async def commit(self, code: str, expected_head: str, change: Change) -> Committed | Conflict | Missing:
        """Append the change if the room still stands at `expected_head`; all of it happens or nothing."""
        ...

    async def load(self, code: str) -> Loaded | None:
        """The room, or None if there is none."""
        ...

    async def tail(self, code: str, after_version: int) -> list[Entry]:
        """The commits after a version, oldest first. Empty also when there is no such room."""
        ...

    async def heads(self, codes: Iterable[str]) -> dict[str, Place]:
        """Where the rooms stand; a room that does not exist is absent."""
        ...

    @property
    def confirms(self) -> bool:
        """Whether a commit waits for replicas: then what is read may be less safe than what was answered."""
        ...

    async def stands(self, code: str, head: str) -> bool:
        """Whether the room stands at this head, and everything up to it is as safe as a commit that was answered."""
        ...

    async def count(self) -> int:
        """How many rooms have a deadline, which is every room that has not ended."""
        ...

    async def fullness(self) -> float:
        """How much of the memory there is for rooms is in use, 0 to 1; 0 if there is no limit."""
        ...

    async def life(self) -> str:
        """Names the time since the store last began: what was read in another life may have been lost since."""
        ...

    async def due(self, limit: int) -> list[tuple[str, int]]:
        """Rooms whose deadline has come, with that deadline, earliest first within a shard; up to `limit` a shard."""
        ...

    async def expire(self, code: str, seconds: int) -> None:
        """Forget a finished or abandoned room after a while; its deadline and its listing go at once."""
        ...

    async def open_rooms(self) -> list[tuple[str, bytes]]:
        """The listed rooms with their listings, in no order."""
        ...


def chain(head: str, payload: bytes) -> str:
    """The head after a commit: 32 hexadecimal digits of SHA-256 over the head before it and the payload."""
    return sha256(head.encode() + payload).hexdigest()[:32]


def follows(head: str, entries: Sequence[Entry]) -> bool:
    """Whether the entries continue the history that stands at `head`. If not, the store lost something: start anew."""
    for entry in entries:
        head = chain(head, entry.payload)
        if head != entry.head:
            return False
    return True
