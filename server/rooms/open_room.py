"""One room on one worker: its cached fold, and the one way to change it: decide, commit if nobody was faster.

The cache may be stale at any time; the head that a commit names finds that out. It must not know sockets.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import msgspec
import structlog

from rules.codec import VERSION
from rules.events import Event
from rules.ids import VIEWERS, Viewer
from rules.refusals import Code
from server.rooms import table as t
from server.rooms.delivery import Delivery, Shown, after, apply, show
from server.rooms.listing import idle_until, listing
from server.rooms.ports import Change, Committed, Conflict, Entry, Journal, Loaded, Missing, StoreFull, Unknown, chain
from server.rooms.refusals import RoomCode
from server.rooms.room import Room, opened
from server.rooms.schedule import scheduled
from server.rooms.verdicts import Verdict

KEPT_CHANGES = 64
SNAPSHOT_EVERY = 32
ATTEMPTS = 12

_log = structlog.get_logger(__name__)
_write = msgspec.json.Encoder().encode
_read_commit = msgspec.json.Decoder(t.Commit).decode
_read_room = msgspec.json.Decoder(Room).decode


class Trouble(StrEnum):
    """A command that was neither done nor refused."""

    BUSY = "busy"
    UNKNOWN = "unknown"


Result = Room | RoomCode | Code | Trouble
"""The room after a command took effect, the code that refused it, or trouble with the store."""

Decide = Callable[[Room, int], Verdict]
"""A verdict on the room as it stands, at a moment in ms."""


class Listener(Protocol):
    """A connection that looks at a room. The methods only take note: they must not wait and must not raise."""

    def changed(self, shown: Shown, deliveries: dict[Viewer, Delivery]) -> None:
        """A commit was folded; each viewer's change is in `deliveries`, absent for whom nothing changed."""
        ...

    def reset(self, shown: Shown) -> None:
        """What was shown is no longer true: show the whole anew."""
        ...

    def told(self, kind: str, body: bytes) -> None:
        """Something passing, such as presence."""
        ...

    def gone(self, code: RoomCode) -> None:
        """The room is over for this listener."""
        ...


@dataclass(frozen=True, slots=True)
class Did:
    """Which command of which client instance is asking, so that it has its effect once."""

    instance: str
    number: int


class OpenRoom:
    """A room as this worker knows it. It watches the journal's hints (`fanout.Watcher`) once somebody listens."""

    shown: Shown
    _version: int
    _head: str
    _origin: str
    _recent: dict[Viewer, deque[Delivery]]

    def __init__(self, journal: Journal, code: str, loaded: Loaded) -> None:
        self._journal = journal
        self.code = code
        self.listeners: set[Listener] = set()
        self.frozen = False
        self._lock = asyncio.Lock()
        self._catching_up: asyncio.Task[None] | None = None
        self._take(loaded)

    @property
    def head(self) -> str:
        """The head of the log that this cache has folded."""
        return self._head

    @property
    def room(self) -> Room:
        """The room as far as it is known here."""
        return self.shown.room

    @property
    def stream(self) -> str:
        """The name of the numberings of this log; another after a lost log."""
        return self._origin[:16]

    def changes_since(self, viewer: Viewer, number: int) -> tuple[Delivery, ...] | None:
        """The changes after a viewer's number; None if they are no longer kept here, or never were."""
        newest = self.room.counts[VIEWERS.index(viewer)]
        kept = tuple(d for d in self._recent[viewer] if d.number > number)
        return kept if number <= newest == number + len(kept) else None

    # The one way to change a room.

    async def act(self, decide: Decide, did: Did | None = None) -> Result:
        """Decide on the newest state and commit. Safe to repeat with the same `did` on any worker."""
        if self.frozen:
            return RoomCode.FROZEN
        async with self._lock:
            for _ in range(ATTEMPTS):
                try:
                    result = await self._attempt(decide, did)
                except Unknown:
                    return Trouble.UNKNOWN
                except StoreFull:
                    return Trouble.BUSY
                if result is not None:
                    return result
                await self._read_on()
                if self.frozen:
                    return RoomCode.FROZEN
            return Trouble.BUSY

    async def _attempt(self, decide: Decide, did: Did | None) -> Result | None:
        """None: another worker was faster, so look again."""
        if did is not None and self.room.has_acted(did.instance, did.number):
            return self.room
        now = max(await self._journal.now(), self.room.last)
        try:
            verdict = decide(self.room, now)
            if isinstance(verdict, RoomCode | Code):
                return verdict
            if not verdict:
                return self.room
            commit = _commit(self.room, verdict, did, now)
            shown, deliveries = apply(self.shown, commit)
        except Exception as error:
            self._freeze(error)
            return RoomCode.FROZEN
        payload = _write(commit)
        answer = await self._journal.commit(self.code, self._head, self._change(shown.room, payload))
        match answer:
            case Committed(version, head, _):
                self._version, self._head = version, head
                self._show(shown, deliveries)
                return self.room
            case Conflict():
                return None
            case Missing():
                self.end(RoomCode.NO_SUCH_ROOM)
                return RoomCode.NO_SUCH_ROOM

    def _change(self, room: Room, payload: bytes) -> Change:
        is_due = (self._version + 1) % SNAPSHOT_EVERY == 0 or room.opened != self.room.opened
        return Change(
            payload=payload,
            deadline_ms=room.due() or idle_until(room),
            snapshot=_write(room) if is_due else None,
            listing=listing(room),
        )

    # Following what other workers commit.

    def moved(self, version: int, head: str) -> None:
        """See `fanout.Watcher`."""
        if head != self._head:
            self.recheck()

    def recheck(self) -> None:
        """See `fanout.Watcher`."""
        if self._catching_up is None or self._catching_up.done():
            self._catching_up = asyncio.create_task(self.catch_up())

    def told(self, kind: str, body: bytes) -> None:
        """See `fanout.Watcher`."""
        for listener in tuple(self.listeners):
            listener.told(kind, body)

    async def catch_up(self) -> None:
        """Fold what the log has beyond the cache. May leave it as it is if the store is away: a later look finds it."""
        async with self._lock:
            try:
                await self._read_on()
            except (Unknown, StoreFull):
                _log.warning("room_not_read", room=self.code)

    async def _read_on(self) -> None:
        entries = await self._journal.tail(self.code, self._version)
        if not entries or chain(self._head, entries[0].payload) != entries[0].head:
            await self._read_anew_if_elsewhere()
            return
        for entry in entries:
            self._fold(entry)

    async def _read_anew_if_elsewhere(self) -> None:
        """No entry follows the cache: it is the newest, or the log went another way and everything is shown anew."""
        loaded = await self._journal.load(self.code)
        if loaded is None:
            self.end(RoomCode.NO_SUCH_ROOM)
        elif loaded.head != self._head:
            _log.error("log_went_another_way", room=self.code, had=self._version, has=loaded.version)
            self._take(loaded)
            for listener in tuple(self.listeners):
                listener.reset(self.shown)

    def _fold(self, entry: Entry) -> None:
        try:
            shown, deliveries = apply(self.shown, read_commit(entry.payload))
        except Exception as error:
            self._freeze(error)
            return
        self._version, self._head = entry.version, entry.head
        self._show(shown, deliveries)

    def _show(self, shown: Shown, deliveries: dict[Viewer, Delivery]) -> None:
        self.shown = shown
        for viewer, delivery in deliveries.items():
            self._recent[viewer].append(delivery)
        for listener in tuple(self.listeners):
            listener.changed(shown, deliveries)

    def _take(self, loaded: Loaded) -> None:
        self._version, self._head, self._origin = loaded.version, loaded.head, loaded.origin
        self._recent = {viewer: deque(maxlen=KEPT_CHANGES) for viewer in VIEWERS}
        self.shown = unfolded(loaded)

    def _freeze(self, error: Exception) -> None:
        """The kind of error alone is logged: its text may hold what only one player knows."""
        _log.error("room_frozen", room=self.code, version=self._version, error=type(error).__name__)
        self.frozen = True
        self.end(RoomCode.FROZEN)

    def end(self, code: RoomCode) -> None:
        """Send every listener away."""
        for listener in tuple(self.listeners):
            listener.gone(code)


def _commit(room: Room, verdict: tuple[t.RoomEvent | Event, ...], did: Did | None, now: int) -> t.Commit:
    events = (*verdict, t.Acted(did.instance, did.number)) if did is not None else verdict
    plan = scheduled(room, after(room, events), now)
    return t.Commit(now=now, rules=VERSION, events=(*events, plan) if plan is not None else events)


def read_commit(payload: bytes) -> t.Commit:
    """A log's entry. ValueError for another version's: its events may mean something else."""
    commit: t.Commit = _read_commit(payload)
    if commit.rules != VERSION:
        raise ValueError(f"written under rules {commit.rules}")
    return commit


def unfolded(loaded: Loaded) -> Shown:
    """A loaded room: its snapshot, and every commit after it folded on."""
    tail = [read_commit(entry.payload) for entry in loaded.tail]
    if loaded.snapshot is not None:
        shown = show(_read_room(loaded.snapshot))
    else:
        first = tail[0].events[0]
        if not isinstance(first, t.RoomOpened):
            raise ValueError("a room's log begins with its opening")
        shown = show(opened(first))
    for commit in tail:
        shown, _ = apply(shown, commit)
    return shown


def new_entropy() -> bytes:
    """32 bytes that nobody can guess."""
    return secrets.token_bytes(32)
