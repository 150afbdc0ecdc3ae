"""The shell of a connection: a ticket or bot token opens it, frames go in and out, a documented code closes it.

It reads, waits and writes; what a message means is `session`'s. It must not know what any frame says.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import structlog
from fastapi import WebSocket, WebSocketDisconnect

from server.gateway import limits, programs, wire
from server.gateway.addresses import address_of
from server.gateway.limits import Limits
from server.gateway.offences import Offences
from server.gateway.outbox import Outbox
from server.gateway.presence_board import PresenceBoard
from server.gateway.refusals import CLOSES, AnyCode, GatewayCode
from server.gateway.session import Session
from server.gateway.threshold import Full, Threshold
from server.rooms.keeper import Keeper
from server.rooms.open_room import OpenRoom
from server.rooms.ports import StoreTrouble
from server.rooms.refusals import RoomCode
from server.rooms.sign_outs import SignOuts
from server.rooms.tickets import Tickets
from server.rooms.unfolding import Unreadable

FAREWELL_SECONDS = 2.0
DRAIN_TOGETHER = 50
DRAIN_PAUSE_SECONDS = 0.02

_log = structlog.get_logger(__name__)


class Goodbye(Exception):
    """The connection is to be closed for this reason."""

    def __init__(self, code: AnyCode) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Comer:
    """Who may enter which room. `generation` is the seat's when a ticket was issued; a program has a token: None."""

    room: OpenRoom
    player: str
    generation: int | None

    @property
    def is_program(self) -> bool:
        return self.generation is None


class Sockets:
    """All connections of one worker."""

    def __init__(
        self,
        keeper: Keeper,
        tickets: Tickets,
        board: PresenceBoard,
        sign_outs: SignOuts,
        limits: Limits,
        threshold: Threshold,
    ) -> None:
        self._keeper = keeper
        self._tickets = tickets
        self._board = board
        self._sign_outs = sign_outs
        self._limits = limits
        self._threshold = threshold
        self._offences = Offences(limits)
        self._is_draining = False
        self._sessions: set[Session] = set()
        self._nobody = asyncio.Event()

    def __len__(self) -> int:
        return len(self._sessions)

    async def drain(self) -> None:
        """This worker is going away: everybody is sent to another, not all at once. Returns when they have gone."""
        self._is_draining = True
        leaving = tuple(self._sessions)
        for first in range(0, len(leaving), DRAIN_TOGETHER):
            for session in leaving[first : first + DRAIN_TOGETHER]:
                session.leave(GatewayCode.DRAINING)
            await asyncio.sleep(DRAIN_PAUSE_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                while self._sessions:
                    self._nobody.clear()
                    await self._nobody.wait()

    def sign_out(self, player: str) -> None:
        """A session has ended: its connections end too."""
        for session in tuple(self._sessions):
            if session.player == player:
                session.leave(GatewayCode.SIGNED_OUT)

    async def serve(self, socket: WebSocket) -> None:
        """One connection from its first message to its close."""
        address = address_of(socket)
        if self._offences.is_barred(address):  # behind a proxy; elsewhere `bounded_http` is sooner
            await socket.close(CLOSES[GatewayCode.TOO_MANY].code, reason=GatewayCode.TOO_MANY)
            return
        await socket.accept()
        try:
            with self._threshold.one_from(address):
                await self._enter(socket)
        except Goodbye as goodbye:
            self._offences.note(address, goodbye.code)
            await _refuse(socket, goodbye.code)
        except Full as full:
            await _refuse(socket, full.code)
        except WebSocketDisconnect as end:
            if end.code == CLOSES[GatewayCode.TOO_MANY].code:  # `bounded_socket` closed it
                self._offences.note(address, GatewayCode.TOO_MANY)
        except StoreTrouble:
            await _refuse(socket, GatewayCode.FAILED)
        except Unreadable:
            await _refuse(socket, RoomCode.FROZEN)
        except Exception as error:
            _log.error("connection_failed", error=type(error).__name__)
            await _refuse(socket, GatewayCode.FAILED)

    async def _enter(self, socket: WebSocket) -> None:
        message = await self._first(socket)
        if self._is_draining:
            raise Goodbye(GatewayCode.DRAINING)
        is_program = programs.is_token(message.ticket)
        comer = await (self._by_token(socket, message) if is_program else self._by_ticket(message))
        await self._serve(socket, comer, message)

    async def _first(self, socket: WebSocket) -> wire.Enter:
        try:
            async with self._threshold.waiting():
                message = await _read(socket)
        except TimeoutError:
            raise Goodbye(GatewayCode.NO_ENTER) from None
        except wire.Malformed as fault:
            raise Goodbye(_fatal(fault.code)) from fault
        if not isinstance(message, wire.Enter):
            raise Goodbye(GatewayCode.NO_ENTER)
        return message

    async def _by_ticket(self, first: wire.Enter) -> _Comer:
        claim = await self._tickets.redeem(first.ticket)
        if claim is None:
            raise Goodbye(GatewayCode.TICKET_REFUSED)
        room = await self._keeper.find(claim.room)
        if room is None:
            raise Goodbye(RoomCode.NO_SUCH_ROOM)
        return _Comer(room, claim.player, claim.generation)

    async def _by_token(self, socket: WebSocket, first: wire.Enter) -> _Comer:
        """All wrong tokens get one answer, so that nobody learns by them which rooms there are."""
        address = address_of(socket)
        if not self._limits.has_left(limits.WRONG_TOKENS_AN_ADDRESS, address):
            raise Goodbye(GatewayCode.TOO_MANY)
        program = programs.program_of(first.ticket)
        room = None
        with suppress(Unreadable):  # whether the token is right can not be seen: it is a wrong one
            room = await self._keeper.find(program.room) if program is not None else None
        if room is not None:
            await room.catch_up()
        if program is None or room is None or room.room.seat_of(program.player) is None:
            self._limits.may(limits.WRONG_TOKENS_AN_ADDRESS, address)
            raise Goodbye(RoomCode.TOKEN_REFUSED)
        if not self._limits.may(limits.TICKETS_A_PLAYER, program.player):
            raise Goodbye(GatewayCode.TOO_MANY)
        return _Comer(room, program.player, None)

    async def _serve(self, socket: WebSocket, comer: _Comer, first: wire.Enter) -> None:
        room, outbox, hear = comer.room, Outbox(), self._board.hear(comer.room.code)
        session = Session(self._keeper, room, comer.player, first.instance, outbox, hear, comer.is_program)
        self._sessions.add(session)
        writer = asyncio.create_task(_write(socket, outbox))
        try:
            if not comer.is_program and await self._sign_outs.has_ended(comer.player):
                session.leave(GatewayCode.SIGNED_OUT)
            else:
                await session.enter(first.cursor, first.nickname or "", comer.generation)
            if session.bye is None:
                await self._board.enter(room.code, session)
                await until_over(session, asyncio.create_task(self._hear(socket, session)), writer)
            if session.bye is GatewayCode.TOO_MANY:
                self._offences.note(address_of(socket), session.bye)
            if session.bye is not None:
                await _close(socket, outbox, session.bye)
        finally:
            writer.cancel()
            self._sessions.discard(session)
            self._nobody.set()
            await self._keeper.stop_listening(room, session)
            await self._board.leave(room.code, session)

    async def _hear(self, socket: WebSocket, session: Session) -> None:
        flow = self._limits.flow()
        while True:
            try:
                message: wire.ClientMessage | None = await _read(socket)
            except wire.Malformed as fault:
                if fault.id is None:
                    raise Goodbye(_fatal(fault.code)) from fault
                session.refuse(fault.id, fault.code)
                message = None
            if flow.is_flooded():
                raise Goodbye(GatewayCode.TOO_MANY)
            if isinstance(message, wire.Do) and not self._may_command(session):
                session.refuse(message.id, GatewayCode.TOO_MANY)
            elif message is not None:
                await session.hear(message)

    def _may_command(self, session: Session) -> bool:
        """A player's commands in a room are counted over all his connections: a new one brings no new allowance."""
        return self._limits.may_often(limits.COMMANDS_A_SEAT, session.room_code, session.player)


async def until_over(session: Session, reader: asyncio.Task[None], writer: asyncio.Task[None]) -> None:
    """Wait until the client is gone, cannot be written to, or is to be sent away."""
    ended = asyncio.create_task(session.ended.wait())
    try:
        await asyncio.wait({reader, writer, ended}, return_when=asyncio.FIRST_COMPLETED)
        if reader.done() and isinstance(fault := reader.exception(), Goodbye):
            session.leave(fault.code)
        elif reader.done():
            await reader  # a disconnect is the caller's to see
    finally:
        reader.cancel()
        ended.cancel()
        await asyncio.gather(reader, ended, return_exceptions=True)  # it may have ended too, at the same moment


async def _read(socket: WebSocket) -> wire.ClientMessage:
    """The next message. Raises WebSocketDisconnect, Malformed, or Goodbye for a binary frame."""
    received = await socket.receive()
    if received["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(received.get("code", 1006))
    text = received.get("text")
    if text is None:
        raise Goodbye(GatewayCode.NOT_TEXT)
    return wire.decode(text)


def _fatal(code: GatewayCode) -> GatewayCode:
    """A frame whose command cannot be told ends the connection."""
    return code if code in CLOSES else GatewayCode.MALFORMED


async def _write(socket: WebSocket, outbox: Outbox) -> None:
    with suppress(WebSocketDisconnect, RuntimeError, OSError):  # the reader sees the same end
        while True:
            await socket.send_text((await outbox.take()).decode())
            outbox.sent()


async def _close(socket: WebSocket, outbox: Outbox, code: AnyCode) -> None:
    """Say goodbye, let what waits go out, close. A reader that takes none of it is not waited for."""
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
        async with asyncio.timeout(FAREWELL_SECONDS):
            await outbox.drained()
            await socket.close(CLOSES[code].code, reason=code)


async def _refuse(socket: WebSocket, code: AnyCode) -> None:
    """Say goodbye to a connection that never entered, or that broke."""
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
        async with asyncio.timeout(FAREWELL_SECONDS):
            await socket.send_text(wire.encode(wire.bye(code)).decode())
            await socket.close(CLOSES[code].code, reason=code)
