"""One worker: uvicorn with the application, on the listening socket that its parent opened.

Below the loop: it serves every room and owns none. It must not know how many workers there are.
"""

import gc
import os
import socket
import sys
from collections.abc import Awaitable, Callable

import uvicorn
from fastapi import FastAPI

from server.app import create_app
from server.gateway.bounded_http import BoundedHttp
from server.gateway.bounded_socket import BoundedSocket
from server.gateway.wire import LARGEST_FRAME
from server.settings import Settings

PING_EVERY = 6.0
PONG_WITHIN = 7.5
"""Seconds. Together they are how long a line may be dead, or a reader read nothing, before it is closed."""

SMALL_PORTIONS = (700, 2, 100)
"""When garbage is searched for. A closed connection is a heap of circles: where hundreds come and go, what they leave
is taken away in a few milliseconds at a time, not in fifteen.
"""


class WorkerServer(uvicorn.Server):
    """Writes one byte to `ready` once it accepts connections, and says goodbye by `drain` before it cuts them."""

    def __init__(self, config: uvicorn.Config, drain: Callable[[], Awaitable[None]], ready: int) -> None:
        super().__init__(config)
        self._drain = drain
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections, and say so."""
        await super().startup(sockets)
        if self.started:
            os.write(self._ready, b".")
        os.close(self._ready)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept no more, send everybody away, then stop. The application's own end comes too late for a goodbye."""
        for server in self.servers:
            server.close()
        await self._drain()
        await super().shutdown(sockets)


def configuration(settings: Settings, app: FastAPI) -> uvicorn.Config:
    """How the application is served: small messages, no compression (a bomb inflates without bound), no access log."""
    return uvicorn.Config(
        app,
        http=BoundedHttp,
        ws=BoundedSocket,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_EVERY,
        ws_ping_timeout=PONG_WITHIN,
        timeout_graceful_shutdown=settings.stop_patience,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        # Never "debug": the WebSocket library would write every frame into the log, letters and all.
        log_level="info" if settings.log_level == "debug" else "warning",
        access_log=False,
        server_header=False,
    )


def _leave_alone_what_stays() -> None:
    """What was imported stays: no search for garbage need look through it, while players wait.

    The second search tells Python that little is left to look through. A whole search is put off until a quarter as
    many objects as the last one saw are new; it saw all that was imported.
    """
    gc.collect()
    gc.freeze()
    gc.collect()
    gc.set_threshold(*SMALL_PORTIONS)


def main(listener: int, ready: int) -> None:
    """Serve until SIGTERM. Both are inherited descriptors: the listening socket, and a pipe to report on."""
    _leave_alone_what_stays()
    settings = Settings()
    app = create_app(settings)
    with socket.socket(fileno=listener) as listening:
        WorkerServer(configuration(settings, app), app.state.worker.drain, ready).run(sockets=[listening])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
