"""WebSockets as uvicorn speaks them, with bounds on what never reaches the application, and an end that is an end.

Below the loop. Pings, pongs and the pieces of a message are answered or kept by the protocol alone, so it has to count
them; a reader that takes nothing would hold a closed connection, and all that waits for it. It must not know rooms.
"""

import asyncio
from typing import Final

from uvicorn._types import ASGIReceiveEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from server.gateway.refusals import CLOSES, GatewayCode

LINGER_SECONDS: Final = 3.0
"""How long a connection that was closed may take to read what was written to it."""

MOST_SMALL_FRAMES: Final = 100
SMALL_FRAMES_SECONDS: Final = 10.0
"""So many pings, pongs and pieces of messages are taken in so long a time."""

SLICE: Final = 4_096
"""Bytes that are looked at in one go. The system hands over sixty times as many, thousands of small messages."""

_UNREADABLE: Final = 1007


class BoundedSocket(WebSocketsSansIOProtocol):
    """One WebSocket connection."""

    _unread = b""
    _small_frames = 0
    _counted_since = 0.0
    _lingering: asyncio.TimerHandle | None = None

    def data_received(self, data: bytes) -> None:
        """The whole handshake comes at once, from the HTTP side. What is none would hold its connection for ever."""
        if not self.handshake_initiated:
            super().data_received(data)
            if not self.handshake_initiated:
                self.transport.abort()
            return
        self._unread += data
        self._read_on()

    async def receive(self) -> ASGIReceiveEvent:
        """The next message. What came with it is looked at once the application has taken all before it."""
        message = await super().receive()
        self._read_on()
        return message

    def _read_on(self) -> None:
        while self._unread and not self.read_paused and not self.transport.is_closing():
            some, self._unread = self._unread[:SLICE], self._unread[SLICE:]
            super().data_received(some)

    def handle_ping(self) -> None:
        """Answered, so many times."""
        if self._is_one_more_allowed():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Our own pings are answered far less often than that."""
        if self._is_one_more_allowed():
            super().handle_pong(event)

    def handle_cont(self, event: Frame) -> None:
        """A piece may be empty: their number is bounded by nothing else."""
        if self._is_one_more_allowed():
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        """A whole message. Text that is none ends the connection, and is not written into the log."""
        if self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames)):
            self._end(_UNREADABLE, "")
            return
        super().send_receive_event_to_app()

    def handle_parser_exception(self) -> None:
        """What is no WebSocket at all has had no close frame: the line is cut."""
        if self.conn.close_sent is None:
            self.transport.abort()
            return
        super().handle_parser_exception()
        self._linger()

    def keepalive_timeout(self) -> None:
        """Whoever did not answer a ping will hardly read a farewell. For what he was to read before it nobody waits."""
        if self.close_sent or self.transport.get_write_buffer_size():
            self.transport.abort()
            return
        super().keepalive_timeout()
        self._linger()

    async def run_asgi(self) -> None:
        """The application has done with the connection."""
        await super().run_asgi()
        self._linger()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        if self._lingering is not None:
            self._lingering.cancel()
        super().connection_lost(exc)

    def _is_one_more_allowed(self) -> bool:
        if self.loop.time() - self._counted_since > SMALL_FRAMES_SECONDS:
            self._counted_since, self._small_frames = self.loop.time(), 0
        self._small_frames += 1
        if self._small_frames <= MOST_SMALL_FRAMES:
            return True
        self._end(CLOSES[GatewayCode.TOO_MANY].code, GatewayCode.TOO_MANY)
        return False

    def _end(self, code: int, reason: str) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.send_close(code, reason)
        self.handle_parser_exception()

    def _linger(self) -> None:
        """A closed transport waits until all is read that was written; this one does not wait for ever."""
        if self._lingering is None and not self.disconnected:
            self._lingering = self.loop.call_later(LINGER_SECONDS, self.transport.abort)


def _is_text(message: bytes) -> bool:
    try:
        message.decode()
    except UnicodeDecodeError:
        return False
    return True
