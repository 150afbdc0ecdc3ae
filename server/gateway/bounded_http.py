"""HTTP as uvicorn speaks it, with bounds where it has none: how long a request may take to come, how large it may be.

Below the loop: what is over a bound is closed before any of it reaches the application. It must not know what is asked.
"""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WHOLE_WITHIN_SECONDS: Final = 3.5
"""From the first moment of a connection, or of its next request, until the whole request is there."""

GRACE_SECONDS: Final = 0.5
"""What it gets beyond that: a worker that stood still itself finds here what came meanwhile."""

LARGEST_HEAD: Final = 32_768
"""Bytes that may come before the head of a request has ended."""


class BoundedHttp(HttpToolsProtocol):
    """One connection that speaks HTTP, until it becomes a WebSocket."""

    _waiting: asyncio.TimerHandle | None = None
    _is_in_head = True
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first request has to come now."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A head that does not end is not kept for ever."""
        super().data_received(data)
        self._head = self._head + len(data) if self._is_in_head else 0
        if self._head > LARGEST_HEAD:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._is_in_head = True
        self._wait()

    def on_headers_complete(self) -> None:
        """Its head is there."""
        self._is_in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it is there."""
        self._stop_waiting()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """From here on it is a WebSocket's."""
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(WHOLE_WITHIN_SECONDS, self._wait_a_little)

    def _wait_a_little(self) -> None:
        self._waiting = self.loop.call_later(GRACE_SECONDS, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
