"""A room with its connections and its HTTP API in one process, without a store: what a viewer is sent can be compared.

The journal is the one of memory, and its clock stands still. Everything else is real: rooms, sessions, routes.
"""

import asyncio
import itertools
import re
from collections.abc import Iterable
from typing import Any, cast

import httpx2
import msgspec
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from rules.codec import VERSION
from rules.events import Event
from rules.ids import SEATS, VIEWERS, Viewer
from server.gateway import blocking, http, wire
from server.gateway.endings import Endings
from server.gateway.limits import Limits
from server.gateway.outbox import Outbox
from server.gateway.people import COOKIE, player_of
from server.gateway.refusals import GatewayCode
from server.gateway.session import Session
from server.rooms import table as t
from server.rooms.blocks import Blocks
from server.rooms.fanout import Fanout
from server.rooms.keeper import Keeper
from server.rooms.limits import Limits as RoomLimits
from server.rooms.memory import MemoryJournal
from server.rooms.open_room import OpenRoom
from server.rooms.ports import Change, StoreTrouble
from server.rooms.room import Room, fold
from server.rooms.sign_outs import SignOuts
from server.rooms.tickets import Tickets
from server.rooms.wrong_codes import WrongCodes
from tests.leaks.kept import KeptBlocks, KeptSignOuts, KeptTickets, KeptWrongCodes, NoHints

CODE = "ABCDEFGH"
NOW = 1_800_000_005_000
"""In the middle of ten seconds: while this process stands still a little, they stay the same."""

_addresses = itertools.count(2)
_people = itertools.count()
_MOMENT = re.compile(rb'"now":([0-9]+)')


def _ten_seconds(now: re.Match[bytes]) -> bytes:
    """The time of the welcome is put together from two clocks, one after the other, and may be off as long as that."""
    return b'"now":%d0000' % (int(now[1]) // 10_000)


class Kept(Outbox):
    """An outbox that nobody empties."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[bytes] = []

    def put(self, frame: bytes) -> None:
        """Keep it."""
        self.frames.append(frame)


class Cast:
    """Six people with cookies, one for each of VIEWERS, whom no other case knows: limits count by name."""

    def __init__(self) -> None:
        number = next(_people)
        self.cookies = {viewer: f"{viewer}{number}".rjust(43, "_") for viewer in VIEWERS}

    def player(self, viewer: Viewer) -> str:
        """The public name."""
        name = player_of(self.cookies[viewer])
        assert name is not None, "a cookie has the right shape"
        return name

    def sitting(self, room: Room) -> Room:
        """The room with these people on its seats, the first of them the host."""
        for seat in SEATS:
            room = _folded(room, (t.PersonSat(self.player(seat), f"Officer {SEATS.index(seat)}", seat),))
        return _folded(room, (t.HostNamed(SEATS[0]),))


def _folded(room: Room, events: Iterable[t.RoomEvent]) -> Room:
    for event in events:
        room = fold(room, event)
    return room


def _no_hints() -> Fanout:
    return cast(Fanout, NoHints())


class World:
    """One room, as two workers know it, and whoever looks at it."""

    def __init__(self, room: Room, cast_of: Cast, limits: RoomLimits | None = None) -> None:
        self.journal = MemoryJournal(NOW)
        self.cast = cast_of
        self.blocks = KeptBlocks()
        self._tickets = KeptTickets()
        self._wrong_codes = KeptWrongCodes()
        self._endings = Endings(cast(SignOuts, KeptSignOuts()), _no_hints(), self._close)
        self._limits = limits
        self._room = room
        self._keepers = [self._keeper(), self._keeper()]
        self.windows: list[Window] = []
        self._listening: set[int] = set()

    def _keeper(self) -> Keeper:
        return Keeper(self.journal, _no_hints(), limits=self._limits)

    def _close(self, player: str) -> None:
        for window in self.windows:
            if window.session.player == player:
                window.session.leave(GatewayCode.SIGNED_OUT)

    async def opened(self) -> "World":
        """Put the room into the journal, as if a worker had kept it so."""
        first = t.Commit(NOW, VERSION, (t.RoomOpened(CODE, self._room.options),))
        snapshot = msgspec.json.encode({"rules": VERSION, "room": self._room})
        deadline = self._room.due()
        await self.journal.create(CODE, Change(msgspec.json.encode(first), deadline, snapshot))
        return self

    async def room(self, worker: int = 0) -> OpenRoom:
        """The room as a worker knows it."""
        found = await self._keepers[worker].find(CODE)
        assert found is not None, "the room is there"
        return found

    async def newest(self, worker: int = 0) -> OpenRoom:
        """The room as a worker knows it that has read all there is."""
        room = await self.room(worker)
        await room.catch_up()
        return room

    async def happens(self, events: tuple[t.RoomEvent | Event, ...], worker: int = 0) -> None:
        """Commit these events by one worker; the other one reads them. Whoever sits down by them has entered then.

        They fit what has happened so far, so a worker that is behind reads that first.
        """
        if events:
            await (await self.newest(worker)).act(lambda room, now: events)
            await self._hear_of_it()
            settling = [task for window in self.windows if (task := window.session._settling) and not task.done()]
            if settling:
                await asyncio.gather(*settling)
                await self._hear_of_it()

    async def _hear_of_it(self) -> None:
        """Every worker that somebody listens at reads what is new."""
        for worker in sorted(self._listening):
            await (await self.room(worker)).catch_up()

    def forget(self, worker: int) -> None:
        """That worker has died, and another has taken its place, which does not know the room yet."""
        self.windows = [window for window in self.windows if window.keeper is not self._keepers[worker]]
        self._keepers[worker] = self._keeper()
        self._listening.discard(worker)

    async def enters(
        self, viewer: Viewer, worker: int = 0, cursor: wire.Cursor | None = None, instance: str | None = None
    ) -> "Window":
        """A window on the room, by default one of the viewer's only page."""
        keeper = self._keepers[worker]
        window = Window(keeper, await self.room(worker), self.cast.player(viewer), instance or f"page-{viewer}")
        self.windows.append(window)
        self._listening.add(worker)
        await window.session.enter(cursor)
        await self._hear_of_it()
        return window

    def application(self) -> FastAPI:
        """The HTTP API on the first worker."""
        app = FastAPI()
        app.state.gateway = http.Gateway(
            self._keepers[0],
            cast(Tickets, self._tickets),
            cast(Blocks, self.blocks),
            self._endings,
            Limits(),
            cast(WrongCodes, self._wrong_codes),
        )
        app.add_exception_handler(http.Refusal, http.answer_refusal)
        app.add_exception_handler(StoreTrouble, http.answer_trouble)
        app.add_exception_handler(RequestValidationError, http.answer_invalid)
        app.add_exception_handler(HTTPException, http.answer_unserved)
        app.include_router(http.router)
        app.include_router(blocking.router)
        return app

    def browser(self, viewer: Viewer | None) -> httpx2.AsyncClient:
        """Somebody's browser; nobody's has no cookie. Its address is its own: limits count by address too."""
        number = next(_addresses)
        address = f"127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        transport = httpx2.ASGITransport(app=cast(Any, self.application()), client=(address, 1))
        cookies = {COOKIE: self.cast.cookies[viewer]} if viewer is not None else {}
        return httpx2.AsyncClient(transport=transport, base_url="http://room", cookies=cookies)


class Window:
    """A connection that has entered, without its socket."""

    def __init__(self, keeper: Keeper, room: OpenRoom, player: str, instance: str) -> None:
        self.outbox = Kept()
        self.told = 0
        self.instance = instance
        self.keeper = keeper
        self._room = room
        self._asked = itertools.count(1)
        self.session = Session(keeper, room, player, instance, self.outbox, self._hear)

    def _hear(self) -> None:
        self.told += 1

    async def does(self, command: t.RoomCommand, id: int | None = None) -> None:
        """Ask for something; the answer is among the frames."""
        await self.session.hear(wire.Do(id if id is not None else next(self._asked), command))

    @property
    def frames(self) -> list[bytes]:
        """What was sent, but for the random name of the room's streams, and for the last digits of `now`."""
        name = self._room.stream.encode()
        return [_MOMENT.sub(_ten_seconds, frame.replace(name, b"0" * len(name))) for frame in self.outbox.frames]

    @property
    def cursor(self) -> wire.Cursor:
        """Where it stands."""
        stream, number = "", 0
        for frame in self.outbox.frames:
            match wire.decode_server(frame):
                case wire.Welcome(stream=stream):
                    pass
                case wire.Whole(n) | wire.Change(n):
                    number = n
                case _:
                    pass
        return wire.Cursor(stream, number)
