"""All rooms that this worker knows: opening, finding, entering, commands, due deadlines. Any worker may do any of it.

It forgets rooms that nobody listens to; the log has them. It must not know sockets or HTTP.
"""

import asyncio
from collections import OrderedDict

import msgspec
import structlog
from msgspec.structs import replace

from rules.codec import VERSION
from rules.ids import Seat
from server.rooms import table as t
from server.rooms.codes import is_code, new_code
from server.rooms.fanout import Fanout
from server.rooms.listing import Listing, idle_until, listing
from server.rooms.open_room import Did, Listener, OpenRoom, Result, new_entropy
from server.rooms.ports import Change, Journal, Taken
from server.rooms.refusals import RoomCode
from server.rooms.room import Room, fold, opened
from server.rooms.ticks import tick
from server.rooms.verdicts import Asker, Entropy, ask, enter, is_playable, sit

KEPT_ROOMS = 256
FORGET_SECONDS = 60

_log = structlog.get_logger(__name__)


class Keeper:
    """The rooms of one worker."""

    def __init__(self, journal: Journal, fanout: Fanout) -> None:
        self._journal = journal
        self._fanout = fanout
        self._rooms: OrderedDict[str, OpenRoom] = OrderedDict()
        self._loading: dict[str, asyncio.Task[OpenRoom | None]] = {}

    async def now(self) -> int:
        """The clock of all rooms, ms. May raise Unknown."""
        return await self._journal.now()

    async def open(self, player: str, nickname: str, options: t.Options) -> Room | RoomCode:
        """A new room with its host on the first seat. May raise Unknown or StoreFull."""
        if not is_playable(options):
            return RoomCode.BAD_OPTIONS
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
        """The room of that code as this worker knows it, read from the log if need be. May raise Unknown."""
        if not is_code(code):
            return None
        if code in self._rooms:
            self._rooms.move_to_end(code)
            return self._rooms[code]
        if code not in self._loading:  # a crowd that comes back at once reads the room once
            self._loading[code] = asyncio.create_task(self._load(code))
        return await asyncio.shield(self._loading[code])

    async def _load(self, code: str) -> OpenRoom | None:
        try:
            loaded = await self._journal.load(code)
            if loaded is None:
                return None
            self._rooms[code] = OpenRoom(self._journal, code, loaded)
            self._forget_some()
            return self._rooms[code]
        finally:
            del self._loading[code]

    def _forget_some(self) -> None:
        idle = [code for code, room in self._rooms.items() if not room.listeners]
        for code in idle[: max(0, len(self._rooms) - KEPT_ROOMS)]:
            del self._rooms[code]

    async def listen(self, room: OpenRoom, listener: Listener) -> None:
        """Have a listener told of every change from now on; the room is as new as the log when this returns."""
        room.listeners.add(listener)
        if len(room.listeners) == 1:
            await self._fanout.watch(room.code, room)
        await room.catch_up()

    async def stop_listening(self, room: OpenRoom, listener: Listener) -> None:
        """Tell a listener no more."""
        room.listeners.discard(listener)
        if not room.listeners:
            await self._fanout.unwatch(room.code)

    async def open_rooms(self) -> list[tuple[str, Listing]]:
        """The public list. May raise Unknown."""
        found = await self._journal.open_rooms()
        return [(code, msgspec.json.decode(entry, type=Listing)) for code, entry in found]

    async def sit(self, room: OpenRoom, player: str, nickname: str, wanted: Seat | None) -> Result:
        """A person takes a seat."""
        return await room.act(lambda now_room, _: sit(now_room, player, nickname, wanted))

    async def enter(self, room: OpenRoom, player: str) -> Result:
        """A window enters for a player: older windows of his seat are closed by it."""
        return await room.act(lambda now_room, _: enter(now_room, player))

    async def ask(self, room: OpenRoom, asker: Asker, did: Did, command: t.RoomCommand) -> Result:
        """A command of somebody at the table."""
        entropy = Entropy(new_entropy(), new_entropy())
        return await room.act(lambda now_room, _: ask(now_room, asker, command, entropy), did)

    async def due(self, code: str, due_ms: int) -> None:
        """The clock says that a room is due. One that nothing was played in for a day is given up."""
        room = await self.find(code)
        if room is None:
            await self._journal.expire(code, 0)  # a deadline that outlived its room
            return
        await room.act(tick)
        if room.room.due() is None and due_ms >= idle_until(room.room):
            _log.info("room_given_up", room=code)
            await self._journal.expire(code, FORGET_SECONDS)
            room.end(RoomCode.NO_SUCH_ROOM)
            self._rooms.pop(code, None)


def _folded(commit: t.Commit) -> Room:
    first, *others = commit.events
    assert isinstance(first, t.RoomOpened), "a room begins with its opening"
    room = opened(first)
    for event in others:
        room = fold(room, event)
    return replace(room, last=commit.now)
