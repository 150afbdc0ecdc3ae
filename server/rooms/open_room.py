"""One room on one worker: its cached fold, and the one way to change it: decide, commit if nobody was faster.

The cache may be stale at any time. The head that a commit names finds that out; a verdict that commits nothing is given
only once the store has said that the cache is the newest. It must not know sockets.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog

from rules.codec import VERSION
from rules.events import Event
from rules.ids import VIEWERS, Viewer
from rules.refusals import Code
from server.rooms import table as t
from server.rooms.delivery import Delivery, Shown, after, apply
from server.rooms.listing import idle_until, listing
from server.rooms.ports import Change, Committed, Conflict, Entry, Journal, Loaded, Missing, StoreFull, Unknown, follows
from server.rooms.refusals import RoomCode
from server.rooms.room import OF, Room
from server.rooms.schedule import scheduled
from server.rooms.shared import Shared
from server.rooms.unfolding import Recent, read_commit, unfolded, written_commit, written_snapshot
from server.rooms.verdicts import Verdict

KEPT_CHANGES = 64
SNAPSHOT_EVERY = 32
ATTEMPTS = 12
PATIENCE_SECONDS = 6.0

_log = structlog.get_logger(__name__)


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
    """Which command of which client instance is asking, so that it has its effect once, and for which player."""

    instance: str
    number: int
    player: str = ""

    def by(self, player: str) -> "Did":
        """The same as this player's: nobody can ask what another's instance has done, nor answer for it."""
        return Did(f"{player}{OF}{self.instance}", self.number, player)


class OpenRoom:
    """A room as this worker knows it. It watches the journal's hints (`fanout.Watcher`) once somebody listens.

    `ended`: why nothing can be done in it any more, here. Raises Unreadable.
    """

    shown: Shown
    _version: int
    _head: str
    _origin: str
    _recent: dict[Viewer, deque[Delivery]]
    _at_opening: tuple[int, ...]

    def __init__(self, journal: Journal, code: str, loaded: Loaded) -> None:
        self._journal = journal
        self.code = code
        self.listeners: set[Listener] = set()
        self.ended: RoomCode | None = None
        self._lock = asyncio.Lock()
        self._looks: Shared[None] = Shared(self._lock)
        self._confirmations: Shared[None] = Shared(asyncio.Lock())
        self._is_stale = False
        self._life = ""
        self._branch = ""
        self._catching_up: asyncio.Task[None] | None = None
        self._is_safe = not journal.confirms
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
        """The name of the numberings of this log. After a store that came back it is another: it may have lost some."""
        return f"{self._origin[:16]}{self._life[:16]}{self._branch}"

    def changes_since(self, viewer: Viewer, number: int) -> tuple[Delivery, ...] | None:
        """The changes after a viewer's number; None if they are no longer kept here, or never were."""
        newest = self.room.counts[VIEWERS.index(viewer)]
        kept = tuple(d for d in self._recent[viewer] if d.number > number)
        return kept if number <= newest == number + len(kept) else None

    # The one way to change a room.

    async def act(self, decide: Decide, did: Did | None = None, *, most: int | None = None) -> Result:
        """Decide on the newest state and commit. Safe to repeat with the same `did` on any worker.

        `most`: how many commits the log may have, beyond which this is refused.
        """
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._lock:
                for _ in range(ATTEMPTS):
                    if self.ended is not None:
                        return self.ended
                    result = await self._attempt(decide, did, most)
                    if result is not None:
                        return result
                    await self._read_on()
        except (Unknown, TimeoutError):
            return Trouble.UNKNOWN
        except StoreFull:
            pass
        return Trouble.BUSY

    async def _attempt(self, decide: Decide, did: Did | None, most: int | None) -> Result | None:
        """None: the cache is behind, so look again."""
        if did is not None and self.room.has_acted(did.instance, did.number):
            return await self._standing()
        if most is not None and self._version >= most:
            return RoomCode.ROOM_SPENT
        now = max(await self._journal.now(), self.room.last)
        try:
            verdict = decide(self.room, now)
            if isinstance(verdict, RoomCode | Code):
                return verdict if await self._is_newest() else None
            if not verdict:
                return await self._standing()
            commit = _commit(self.room, verdict, did, now)
            shown, deliveries = apply(self.shown, commit)
            change = self._change(shown.room, deliveries, commit)
        except (Unknown, StoreFull):
            raise
        except Exception as error:
            return self._freeze(error) if await self._is_newest() else None
        match await self._journal.commit(self.code, self._head, change):
            case Committed(version, head, _):
                self._version, self._head = version, head
                self._show(shown, deliveries)
                return self.room
            case Conflict():
                return None
            case Missing():
                return self._lost()

    def _change(self, room: Room, deliveries: dict[Viewer, Delivery], commit: t.Commit) -> Change:
        opens = room.opened != self.room.opened
        recent = () if opens else self._since_opening(deliveries)
        is_due = (self._version + 1) % SNAPSHOT_EVERY == 0 or opens
        return Change(
            payload=written_commit(commit),
            deadline_ms=commit.now if room.closed else room.due() or idle_until(room),
            snapshot=written_snapshot(room, recent) if is_due else None,
            listing=listing(room),
        )

    def _since_opening(self, deliveries: dict[Viewer, Delivery]) -> Recent:
        """What each of VIEWERS was shown since the phase opened, these last, as far as it is kept."""
        found = []
        for viewer, opening in zip(VIEWERS, self._at_opening, strict=True):
            last = (deliveries[viewer],) if viewer in deliveries else ()
            shown = (*(d for d in self._recent[viewer] if d.number > opening), *last)
            found.append(shown[-KEPT_CHANGES:])
        return tuple(found)

    async def _standing(self) -> Room | None:
        """What was done before is said to be done only once it is as safe as what is done now."""
        return self.room if await self._journal.stands(self.code, self._head) else None

    async def _is_newest(self) -> bool:
        place = (await self._journal.heads([self.code])).get(self.code)
        return place is not None and place.head == self._head

    # Following what other workers commit.

    def moved(self, version: int, head: str) -> None:
        """See `fanout.Watcher`."""
        if head != self._head:
            self.recheck()

    def recheck(self) -> None:
        """See `fanout.Watcher`. Whatever is told while the log is being read makes it be read once more."""
        self._is_stale = True
        if self._catching_up is None or self._catching_up.done():
            self._catching_up = asyncio.create_task(self._catch_up_until_fresh())

    def told(self, kind: str, body: bytes) -> None:
        """See `fanout.Watcher`."""
        for listener in tuple(self.listeners):
            listener.told(kind, body)

    async def _catch_up_until_fresh(self) -> None:
        while self._is_stale:
            self._is_stale = False
            await self.catch_up()

    async def catch_up(self) -> None:
        """Fold what the log has beyond the cache. May leave it as it is if the store is away: a later look finds it."""
        try:
            await self._look()
        except (Unknown, StoreFull):
            _log.warning("room_not_read", room=self.code)

    async def _look(self) -> None:
        await self._looks.ask(self._read_if_alive)

    async def _read_if_alive(self) -> None:
        if self.ended is None:
            await self._read_on()

    async def confirm(self) -> None:
        """Catch up, and know in which life of the store that was: then `stream` is true of what is shown here.

        A worker that never saw a lost branch can not tell that a cursor is of it. The store's life tells. Raises
        Unknown while what was read first is not as safe as what is answered.
        """
        await self._confirmations.ask(self._confirm)
        if not self._is_safe:
            raise Unknown("nobody has confirmed what the log says")

    async def _confirm(self) -> None:
        life = ""
        try:
            while life != (life := await self._journal.life()):
                await self._look()
        except (Unknown, StoreFull):
            life = secrets.token_hex(8)  # nobody goes on from a place that is not sure
        self._life = life
        if not self._is_safe and await self._may_be_shown(self._head):
            self._is_safe = True

    async def _read_on(self) -> None:
        try:
            while await self._is_behind():
                pass
        except (Unknown, StoreFull):
            raise
        except Exception as error:
            self._freeze(error)

    async def _is_behind(self) -> bool:
        """Fold what follows the cache, or start anew where the log went another way; whether to look again."""
        entries = await self._journal.tail(self.code, self._version)
        if entries and follows(self._head, entries):
            if not await self._may_be_shown(entries[-1].head):
                return True  # somebody was faster than the question
            for entry in entries:
                self._fold(entry)
            return False
        place = (await self._journal.heads([self.code])).get(self.code)
        if place is None:
            self._lost()
        elif place.head != self._head:
            if not entries and place.version > self._version:
                return True  # it was committed between the two looks
            await self._start_anew()
        return False

    async def _start_anew(self) -> None:
        """The store lost what this cache had seen: everybody is told, and shown what stands."""
        loaded = await self._journal.load(self.code)
        if loaded is None:
            self._lost()
            return
        if not await self._may_be_shown(loaded.head):
            return  # a later look finds what stands
        _log.error("log_went_another_way", room=self.code, had=self._version, has=loaded.version)
        self._take(loaded)
        self._is_safe = True
        self._branch = secrets.token_hex(4)
        for listener in tuple(self.listeners):
            listener.reset(self.shown)

    async def _may_be_shown(self, head: str) -> bool:
        """Whether what was read is as safe as what is answered: a master that is none any more still reads well."""
        return not self._journal.confirms or await self._journal.stands(self.code, head)

    def _fold(self, entry: Entry) -> None:
        shown, deliveries = apply(self.shown, read_commit(entry.payload))
        self._version, self._head = entry.version, entry.head
        self._show(shown, deliveries)

    def _show(self, shown: Shown, deliveries: dict[Viewer, Delivery]) -> None:
        if shown.room.opened != self.room.opened:
            self._at_opening = shown.room.counts
        self.shown = shown
        self._is_safe = True  # what comes now was confirmed, and so was all before it
        self._keep(deliveries)
        for listener in tuple(self.listeners):
            listener.changed(shown, deliveries)
        if shown.room.closed:
            self.end(RoomCode.NO_SUCH_ROOM)

    def _keep(self, deliveries: dict[Viewer, Delivery]) -> None:
        for viewer, delivery in deliveries.items():
            self._recent[viewer].append(delivery)

    def _take(self, loaded: Loaded) -> None:
        shown, changes = unfolded(loaded)
        self.shown = shown
        self._version, self._head, self._origin = loaded.version, loaded.head, loaded.origin
        self._recent = {viewer: deque(maxlen=KEPT_CHANGES) for viewer in VIEWERS}
        self._at_opening = (0,) * len(VIEWERS)  # nothing older than the phase is read back
        for deliveries in changes:
            self._keep(deliveries)
        if shown.room.closed:
            self.end(RoomCode.NO_SUCH_ROOM)

    def _freeze(self, error: Exception) -> RoomCode:
        """The kind of error alone is logged: its text may hold what only one player knows."""
        _log.error("room_frozen", room=self.code, version=self._version, error=type(error).__name__)
        return self.end(RoomCode.FROZEN)

    def _lost(self) -> RoomCode:
        """A room that ended is closed here before it is forgotten: this one the store has lost."""
        _log.error("room_lost", room=self.code, version=self._version)
        return self.end(RoomCode.NO_SUCH_ROOM)

    def end(self, code: RoomCode) -> RoomCode:
        """Send every listener away; nothing is done here any more."""
        self.ended = code
        for listener in tuple(self.listeners):
            listener.gone(code)
        return code


def _commit(room: Room, verdict: tuple[t.RoomEvent | Event, ...], did: Did | None, now: int) -> t.Commit:
    acted = (t.Acted(did.instance, did.number, room.seat_of(did.player)),) if did is not None else ()
    events = (*verdict, *acted)
    plan = scheduled(room, after(room, events), now)
    return t.Commit(now=now, rules=VERSION, events=(*events, plan) if plan is not None else events)
