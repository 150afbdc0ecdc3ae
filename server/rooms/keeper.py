"""All rooms that this worker knows: opening, finding, entering, commands, due deadlines. Any worker may do any of it.

It forgets rooms that nobody listens to; the log has them. It must not know sockets or HTTP.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from weakref import WeakValueDictionary

import msgspec
import structlog
from msgspec.structs import replace as changed

from rules.codec import VERSION
from rules.ids import Seat
from server.rooms import table as t
from server.rooms.codes import is_code, new_code
from server.rooms.fanout import Fanout
from server.rooms.limits import Limits, Space
from server.rooms.listing import Listing, idle_until, listing
from server.rooms.open_room import Did, Listener, OpenRoom, Result, Trouble
from server.rooms.ports import Change, Journal, Taken, Unknown
from server.rooms.refusals import RoomCode
from server.rooms.room import Room, fold, opened
from server.rooms.shared import begun
from server.rooms.ticks import tick
from server.rooms.verdicts import (
    Asker,
    Entropy,
    Verdict,
    arrive,
    ask,
    enter,
    fresh_entropy,
    invite,
    is_playable,
    settle,
    sit,
)

KEPT_ROOMS = 256
FORGET_SECONDS = 60

_log = structlog.get_logger(__name__)


class Frozen(Exception):
    """A deadline came in a room that stands still."""


class Keeper:
    """The rooms of one worker: all that somebody here uses, each of them once, and those that were used last.

    `entropy` is what deals are made from: fresh for each, unless a rehearsal wants the same deal again.
    """

    def __init__(
        self,
        journal: Journal,
        fanout: Fanout,
        entropy: Callable[[], Entropy] = fresh_entropy,
        limits: Limits | None = None,
    ) -> None:
        self._journal = journal
        self._limits = limits or Limits()
        self._space = Space(journal, self._limits)
        self._entropy = entropy
        self._fanout = fanout
        self._rooms: WeakValueDictionary[str, OpenRoom] = WeakValueDictionary()
        self._kept: OrderedDict[str, OpenRoom] = OrderedDict()
        self._loading: dict[str, asyncio.Task[OpenRoom | None]] = {}
        self._watching: dict[str, asyncio.Task[None]] = {}

    async def now(self) -> int:
        """The clock of all rooms, ms. May raise Unknown."""
        return await self._journal.now()

    async def open(self, player: str, nickname: str, options: t.Options) -> Room | RoomCode:
        """A new room with its host on the first seat. May raise Unknown or StoreFull."""
        if not is_playable(options):
            return RoomCode.BAD_OPTIONS
        if not await self._space.take():
            return RoomCode.NO_SPACE
        while True:
            code, now = new_code(), await self._journal.now()
            first = t.RoomOpened(code, options)
            seated = sit(opened(first), player, nickname, None)
            if not isinstance(seated, tuple):
                return RoomCode(seated)
            commit = t.Commit(now=now, rules=VERSION, events=(first, *seated))
            room = _folded(commit)
            change = Change(msgspec.json.encode(commit), idle_until(room), listing=listing(room))
            if not isinstance(await self._journal.create(code, change), Taken):
                return room

    async def find(self, code: str) -> OpenRoom | None:
        """The room of that code as this worker knows it, read from the log if need be. Raises Unknown, Unreadable."""
        room = await self._find(code) if is_code(code) else None
        return None if room is None or room.ended is RoomCode.NO_SUCH_ROOM else room

    async def _find(self, code: str) -> OpenRoom | None:
        room = self._rooms.get(code)
        if room is not None and room.ended is not RoomCode.NO_SUCH_ROOM:
            self._keep(room)
            return room
        if code not in self._loading:  # a crowd that comes back at once reads the room once
            self._loading[code] = begun(self._load(code))
        return await asyncio.shield(self._loading[code])

    async def _load(self, code: str) -> OpenRoom | None:
        try:
            loaded = await self._journal.load(code)
            if loaded is None:
                return None
            room = self._rooms[code] = OpenRoom(self._journal, code, loaded)
            self._keep(room)
            return room
        finally:
            del self._loading[code]

    def _keep(self, room: OpenRoom) -> None:
        self._kept[room.code] = room
        self._kept.move_to_end(room.code)
        if len(self._kept) > KEPT_ROOMS:
            self._kept.popitem(last=False)

    async def listen(self, room: OpenRoom, listener: Listener) -> None:
        """Have a listener told of every change from now on; the room is as new as the log when this returns."""
        room.listeners.add(listener)
        if room.code not in self._watching:
            self._watching[room.code] = begun(self._fanout.watch(room.code, room))
        # Whoever comes while the first one's watch begins waits for the same: only then no change is missed.
        await asyncio.shield(self._watching[room.code])
        await room.confirm()

    async def stop_listening(self, room: OpenRoom, listener: Listener) -> None:
        """Tell a listener no more."""
        room.listeners.discard(listener)
        if not room.listeners and self._watching.pop(room.code, None) is not None:
            await self._fanout.unwatch(room.code)

    async def open_rooms(self) -> list[tuple[str, Listing]]:
        """The public list. May raise Unknown."""
        found = await self._journal.open_rooms()
        return [(code, msgspec.json.decode(entry, type=Listing)) for code, entry in found]

    async def sit(self, room: OpenRoom, player: str, nickname: str, wanted: Seat | None) -> Result:
        """A person takes a seat."""
        return await self._by_people(room, lambda now_room: sit(now_room, player, nickname, wanted))

    async def enter(self, room: OpenRoom, player: str, generation: int | None = None) -> Result:
        """A window enters for a player: older windows of his seat are closed by it. See `verdicts.enter`.

        It listens already. A watcher changes nothing, and for that what `listen` has just read is new enough.
        """
        if room.ended is None and room.room.seat_of(player) is None and enter(room.room, player) == ():
            return room.room
        return await self._by_people(room, lambda now_room: enter(now_room, player, generation))

    async def settle(self, room: OpenRoom, player: str) -> Result:
        """A window that watched has seen its player sit down: it plays, unless another window does already."""
        return await room.act(lambda now_room, _: settle(now_room, player))

    async def invite(self, room: OpenRoom, host: str, seat: Seat, program: str) -> Result:
        """The host keeps a free seat for a program."""
        return await self._by_people(room, lambda now_room: invite(now_room, host, seat, program))

    async def arrive(self, room: OpenRoom, program: str, nickname: str) -> Result:
        """A program enters by its token: older connections of its seat are closed by it."""
        return await self._by_people(room, lambda now_room: arrive(now_room, program, nickname))

    async def ask(self, room: OpenRoom, asker: Asker, did: Did, command: t.RoomCommand) -> Result:
        """A command of somebody at the table."""
        entropy = self._entropy()

        def judge(now_room: Room) -> Verdict:
            verdict = ask(now_room, asker, command, entropy)
            is_spent = verdict and isinstance(verdict, tuple) and not isinstance(command, t.Leave)
            is_spent = is_spent and self._limits.has_spent(now_room, now_room.seat_of(asker.player))
            return RoomCode.PHASE_SPENT if is_spent else verdict

        return await self._by_people(room, judge, did.by(asker.player))

    async def _by_people(self, room: OpenRoom, judge: Callable[[Room], Verdict], did: Did | None = None) -> Result:
        return await room.act(lambda now_room, _: judge(now_room), did, most=self._limits.commits)

    async def due(self, code: str, due_ms: int) -> None:
        """The clock says that a room is due. Raises what keeps it from being served: Unknown, Unreadable, Frozen."""
        room = await self._find(code)
        result = RoomCode.NO_SUCH_ROOM if room is None else await room.act(tick)
        if isinstance(result, Trouble):
            raise Unknown("the room's deadline was not served")
        if result is RoomCode.FROZEN:
            raise Frozen
        if room is None or room.ended is RoomCode.NO_SUCH_ROOM:
            _log.info("room_forgotten", room=code)
            await self._journal.expire(code, FORGET_SECONDS)
            self._kept.pop(code, None)


def _folded(commit: t.Commit) -> Room:
    first, *others = commit.events
    assert isinstance(first, t.RoomOpened), "a room begins with its opening"
    room = opened(first)
    for event in others:
        room = fold(room, event)
    return changed(room, last=commit.now)
