"""One connection that has entered a room: commands in, the viewer's own changes out. No socket, no HTTP in here.

Who it is follows from the room, not from the connection: a watcher who sits down becomes that seat's viewer, a seat
that was entered from a newer window is closed here. Of several windows that watch as their player sits down, one enters
for the seat and the others are closed: no two windows ever play one seat. It must not know what is secret: it is handed
one viewer's papers.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

import msgspec
from msgspec import Raw

from rules.ids import VIEWERS, Seat, Viewer, Watcher
from rules.refusals import Code
from server.gateway import sizes, wire
from server.gateway.outbox import Outbox, Overflow
from server.gateway.refusals import AnyCode, GatewayCode
from server.rooms import table as t
from server.rooms.delivery import Delivery, Shown
from server.rooms.keeper import Keeper
from server.rooms.open_room import Did, OpenRoom, Result, Trouble
from server.rooms.ports import StoreTrouble
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.verdicts import Asker

RETRY_MS = 400
ANSWERS_KEPT = 24
"""On each line. A page asks for one thing at a time, so what it says again is among its last few commands."""

NEVER_ENTERED = -1
"""The generation of a window that has not entered for a seat: it may play none."""


class Session:
    """A listener of one room, for one player. `hear_presence` is called when who is connected may have changed.

    `is_program`: it entered by a bot token, which opens the seat that is kept for it and nothing else.
    """

    def __init__(
        self,
        keeper: Keeper,
        room: OpenRoom,
        player: str,
        instance: str,
        outbox: Outbox,
        hear_presence: Callable[[], None],
        is_program: bool = False,
    ) -> None:
        self._keeper = keeper
        self._room = room
        self.player = player
        self._instance = instance
        self._outbox = outbox
        self._hear_presence = hear_presence
        self._is_program = is_program
        self._started = False
        self._generation = NEVER_ENTERED
        self._ahead_ms = 0
        self._presence: wire.Presence | None = None
        self._settling: asyncio.Task[None] | None = None
        self._answers: dict[int, wire.Done | wire.Refused] = {}
        self.viewer: Viewer = Watcher.WATCHER
        self.bye: AnyCode | None = None
        self.ended = asyncio.Event()

    @property
    def seat(self) -> Seat | None:
        """The seat that this connection plays, if it does."""
        return self.viewer if isinstance(self.viewer, Seat) else None

    @property
    def room_code(self) -> str:
        """The room that it looks at."""
        return self._room.code

    async def enter(self, cursor: wire.Cursor | None, nickname: str = "", generation: int | None = None) -> None:
        """Take the seat over from older windows, and show the room: what is missing after the cursor, or all of it.

        `generation`: the seat's when the ticket was issued. Of two who come by tickets from before either was there,
        the first enters, and the other has to come again: so no line that its page gave up closes the page's next one.
        """
        await self._keeper.listen(self._room, self)
        if self._is_program:
            entered = await self._keeper.arrive(self._room, self.player, nickname)
        else:
            entered = await self._keeper.enter(self._room, self.player, generation)
        if isinstance(entered, Trouble):
            self.leave(GatewayCode.FAILED)
            return
        if isinstance(entered, RoomCode | Code):
            self.leave(GatewayCode.TICKET_REFUSED if entered is RoomCode.TAKEN_OVER else entered)
            return
        self._become(entered)  # a still newer window may come before the clock has answered
        self._ahead_ms = await self._keeper.now() - _monotonic_ms()
        self._begin(self._room.shown, cursor)

    def leave(self, code: AnyCode) -> None:
        """Say goodbye once; the socket closes after what waits is sent."""
        if self.bye is None:
            self._put(wire.bye(code))
            self.bye = self.bye or code
            self.ended.set()

    # What the room says.

    def changed(self, shown: Shown, deliveries: dict[Viewer, Delivery]) -> None:
        """See `open_room.Listener`."""
        if not self._started or self.bye is not None:
            return
        if refused := self._why_not(shown.room):
            self.leave(refused)
        elif shown.room.viewer_of(self.player) is not self.viewer:
            self._begin(shown, None)
            if self._started:
                self._hear_presence()
        elif delivery := deliveries.get(self.viewer):
            self._put_change(delivery)

    def reset(self, shown: Shown) -> None:
        """See `open_room.Listener`."""
        if self._started and self.bye is None:
            self._begin(shown, None)

    def told(self, kind: str, body: bytes) -> None:
        """See `open_room.Listener`: only presence is ever told."""
        self._hear_presence()

    def gone(self, code: RoomCode) -> None:
        """See `open_room.Listener`."""
        self.leave(code)

    def present(self, seats: tuple[Seat, ...], watchers: int) -> None:
        """Who is connected now."""
        now = wire.Presence(seats, watchers)
        if self._started and self.bye is None and now != self._presence:
            self._presence = now
            self._put(now)

    # What the client says.

    async def hear(self, message: wire.ClientMessage) -> None:
        """Answer one message. Every `do` gets exactly one answer."""
        match message:
            case wire.Ping(at):
                self._put(wire.Pong(at, await self._now()))
            case wire.Do(id, command):
                await self._do(id, command)
            case wire.Enter():
                self.leave(GatewayCode.MALFORMED)

    def refuse(self, id: int, code: AnyCode) -> None:
        """Answer a command that never reached the room, if it is not one that was answered before."""
        self._answer(self._answers.get(id) or wire.Refused(id, code))

    async def _now(self) -> int:
        """The clock of all rooms; while the store is away, as this worker remembers it."""
        with suppress(StoreTrouble):
            self._ahead_ms = await self._keeper.now() - _monotonic_ms()
        return _monotonic_ms() + self._ahead_ms

    async def _do(self, id: int, command: t.RoomCommand) -> None:
        """A second copy may wait behind the first: what had no effect when it was answered must not have one later."""
        if answered := self._answers.get(id):
            self._put(answered)
            return
        result = await self._ask(id, command)
        if result is RoomCode.TAKEN_OVER and self._settling is not None:
            await self._settling  # its player has sat down, and it did not know yet
            result = await self._ask(id, command)
        match result:
            case Trouble.BUSY:
                self._put(wire.Busy(id, RETRY_MS))
            case Trouble.UNKNOWN:
                self._put(wire.Unknown(id))
            case Room():
                self._answer(wire.Done(id))
            case code:
                assert isinstance(code, RoomCode | Code), "a result is a room, trouble or a code"
                self._answer(wire.Refused(id, code))
                if code is RoomCode.TAKEN_OVER:
                    self.leave(code)

    def _answer(self, answer: wire.Done | wire.Refused) -> None:
        """The last word on a command, on this line. The room itself remembers what had an effect, for every line."""
        self._answers[answer.id] = answer
        if len(self._answers) > ANSWERS_KEPT:
            del self._answers[next(iter(self._answers))]
        self._put(answer)

    async def _ask(self, id: int, command: t.RoomCommand) -> Result:
        asker = Asker(self.player, self._generation)
        return await self._keeper.ask(self._room, asker, Did(self._instance, id), command)

    def _why_not(self, room: Room) -> AnyCode | None:
        """Why this connection may look no longer."""
        if self.player in room.barred:
            return RoomCode.BARRED
        seat = room.seat_of(self.player)
        if seat is None and self._is_program:
            return RoomCode.TOKEN_REFUSED
        if seat is None:
            return None if may_watch(room) else RoomCode.NO_SUCH_ROOM
        person = room.person(seat)
        if person is None or self.seat is None or person.generation == self._generation:
            return None
        # An older generation: the store lost that this window entered. It has to enter once more.
        return RoomCode.TAKEN_OVER if person.generation > self._generation else GatewayCode.FAILED

    def _begin(self, shown: Shown, cursor: wire.Cursor | None) -> None:
        """Welcome the viewer that this player is now, and show him what he lacks."""
        room = shown.room
        if refused := self._why_not(room):
            self.leave(refused)
            return
        if self.seat is None and room.seat_of(self.player) is not None:
            self._started = False  # who has not entered for a seat is not shown its papers
            self._settling = asyncio.create_task(self._settle())
            return
        self._started = True
        self._become(room)
        stream = f"{self._room.stream}.{self.viewer}"
        missing = None
        if cursor is not None and cursor.stream == stream:
            missing = self._room.changes_since(self.viewer, cursor.n)
        standing = wire.Standing.SPECTATOR if self.seat is None else wire.Standing.SEAT
        self._put(wire.Welcome(standing, _monotonic_ms() + self._ahead_ms, stream, missing is not None, self.seat))
        if missing is None:
            number = room.counts[VIEWERS.index(self.viewer)]
            self._put(wire.Whole(number, Raw(msgspec.json.encode(shown.documents[self.viewer]))), sizes.WHOLE)
            return
        for delivery in missing:
            self._put_change(delivery)

    async def _settle(self) -> None:
        """The player of this window has sat down while it watched: it enters for the seat, if no other window has."""
        entered = await self._keeper.settle(self._room, self.player)
        if self.bye is not None:
            return
        if isinstance(entered, Trouble):
            self.leave(GatewayCode.FAILED)
        elif isinstance(entered, RoomCode | Code):
            self.leave(entered)
        else:
            self._become(entered)
            self._begin(self._room.shown, None)
            self._hear_presence()

    def _become(self, room: Room) -> None:
        """Be the viewer that this player is in the room now."""
        self.viewer = room.viewer_of(self.player)
        person = room.person(self.seat) if self.seat is not None else None
        self._generation = person.generation if person is not None else NEVER_ENTERED

    def _put_change(self, delivery: Delivery) -> None:
        least = sizes.OPENING if delivery.opens else sizes.CHANGE
        self._put(wire.Change(delivery.number, delivery.patch), least)

    def _put(self, message: wire.ServerMessage, least: int = sizes.SHORT) -> None:
        try:
            self._outbox.put(sizes.padded(wire.encode(message), least))
        except Overflow:
            self._outbox.drop()  # whoever comes back is shown it all the same
            self.leave(GatewayCode.SLOW)


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def may_watch(room: Room) -> bool:
    """Whether somebody without a seat may look: while there may be a seat to take, else if the host allows it."""
    return room.stage is t.Stage.LOBBY or room.options.spectators
