"""Workers in this process, as `server.worker` runs them: uvicorn on real sockets, the rooms' clock moved by hand."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from limits import RateLimitItem

from server.app import Worker, create_app
from server.gateway.limits import Limits
from server.gateway.socket import Sockets
from server.gateway.threshold import Threshold
from server.settings import Settings
from server.worker import WorkerServer, configuration


class _Quiet(WorkerServer):
    """Leaves the signals to pytest."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Unhurried(Limits):
    """Lets whoever plays faster than people do go on."""

    def may_often(self, items: tuple[RateLimitItem, ...], kind: str, who: str) -> bool:
        return True


@dataclass
class Running:
    """A worker that accepts connections on a port of 127.0.0.1."""

    port: int
    parts: Worker
    server: WorkerServer
    serving: asyncio.Task[None]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    def takes(self, threshold: Threshold | None = None, limits: Limits | None = None) -> None:
        """Take connections by other bounds from now on."""
        parts = self.parts
        parts.sockets = Sockets(
            parts.keeper,
            parts.tickets,
            parts.board,
            parts.sign_outs,
            limits or parts.limits,
            threshold or Threshold(),
        )

    async def stop(self) -> None:
        """As SIGTERM does; returns once it has ended."""
        self.server.should_exit = True
        await self.serving


@asynccontextmanager
async def running(
    store_url: str, *, hasty: bool = False, send_buffer: int | None = None, **chosen: object
) -> AsyncIterator[Running]:
    """A worker on the store, with these settings. `hasty`: whoever plays faster than people do is not closed.

    `send_buffer`: bytes that the system keeps of what a client has not taken.
    """
    built = Path(__file__).parent  # any folder without a page
    settings = Settings.model_validate({"redis_url": store_url, "clock": "hand", "client_folder": built, **chosen})
    app = create_app(settings)
    parts: Worker = app.state.worker
    read, write = os.pipe()
    # By its number, as a worker gets it: only then Python knows it for TCP, and sends small frames without delay.
    with socket.socket(fileno=socket.create_server(("127.0.0.1", 0)).detach()) as listener:
        if send_buffer is not None:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
        server = _Quiet(configuration(settings, app), parts.drain, write)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        assert await asyncio.to_thread(os.read, read, 1) == b"."
        os.close(read)
        found = Running(listener.getsockname()[1], parts, server, serving)
        if hasty:
            found.takes(Threshold(enter_seconds=60), _Unhurried())
        yield found
        await found.stop()
