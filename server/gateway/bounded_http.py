"""HTTP as uvicorn speaks it, with bounds where it has none: how long a request may take to come, how large it may be,
who may ask at all.

Below the loop: what is over a bound is closed before any of it reaches the application. It must not know what is asked.
"""

import asyncio
import json
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.gateway.addresses import one_of
from server.gateway.offences import Offences
from server.gateway.refusals import ALL, GatewayCode

WHOLE_WITHIN_SECONDS: Final = 3.5
"""From the first moment of a connection, or of its next request, until the whole request is there."""

GRACE_SECONDS: Final = 0.5
"""What it gets beyond that: a worker that stood still itself finds here what came meanwhile."""

LARGEST_HEAD: Final = 32_768
"""Bytes that may come before the head of a request has ended."""

OFFENCES: Final = "offences"
"""Under what name the application tells its `Offences` to the connections, in the state of its lifespan."""

_BODY: Final = json.dumps({"code": GatewayCode.TOO_MANY, "message": ALL[GatewayCode.TOO_MANY]}).encode()
TURNED_AWAY: Final = (
    b"HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 60\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_BODY), _BODY)
)
"""To whoever asks from an address that is barred, whatever he asks."""


class BoundedHttp(HttpToolsProtocol):
    """One connection that speaks HTTP, until it becomes a WebSocket."""

    _waiting: asyncio.TimerHandle | None = None
    _is_in_head = True
    _head = 0
    _offences: Offences | None = None
    _is_barred = False
    _has_begun = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first request has to come now."""
        super().connection_made(transport)
        # Behind a proxy every connection is the proxy's own.
        self._offences = None if self.config.proxy_headers else self.app_state.get(OFFENCES)
        self._is_barred = self._offences is not None and self._offences.is_barred(self._address)
        self._wait()

    @property
    def _address(self) -> str:
        return one_of(self.client[0]) if self.client is not None else "unknown"

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A head that does not end is not kept for ever."""
        if self._is_barred:
            self.transport.write(TURNED_AWAY)
            self.transport.close()
            return
        super().data_received(data)
        self._head = self._head + len(data) if self._is_in_head else 0
        if self._head > LARGEST_HEAD:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """A request begins."""
        self._has_begun = True
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
        self._has_begun = False
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """From here on it is a WebSocket's."""
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(WHOLE_WITHIN_SECONDS, self._wait_a_little)

    def _wait_a_little(self) -> None:
        self._waiting = self.loop.call_later(GRACE_SECONDS, self._give_up)

    def _give_up(self) -> None:
        if self._offences is not None and not self._is_barred and self._has_begun:
            self._offences.note(self._address)
        self.transport.abort()

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
