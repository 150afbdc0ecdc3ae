"""A bad cable before a worker: slow, in slices, cut, or open at this end alone. A door like any other for bots."""

import asyncio
import random
from contextlib import suppress


class Cable:
    """Listens on a port of its own and passes on. All of it may be changed while it is in use.

    `delay`: seconds that each piece is under way, up to. `slice`: bytes that go on at once, 0 for all.
    """

    def __init__(self, host: str, port: int, lot: random.Random) -> None:
        self._host, self._port, self._lot = host, port, lot
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._hears = asyncio.Event()
        self._hears.set()
        self.port = 0
        self.delay = 0.0
        self.slice = 0

    @property
    def url(self) -> str:
        """For requests."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        """For sockets."""
        return f"ws://127.0.0.1:{self.port}/ws"

    async def lay(self) -> None:
        """Take connections."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Break everything and take no more."""
        if self._server is not None:
            self._server.close()
        self.cut(1.0)

    def cut(self, share: float) -> int:
        """Break a share of the connections; how many ends that were."""
        ends = [writer for writer in tuple(self._writers) if self._lot.random() < share]
        for writer in ends:
            writer.transport.abort()
        return len(ends)

    def deafen(self) -> None:
        """Nothing goes through any more."""
        self._hears.clear()

    def mend(self) -> None:
        """Be a good cable."""
        self.delay, self.slice = 0.0, 0
        self._hears.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, here = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, here}
        ways = [asyncio.create_task(self._flow(reader, here)), asyncio.create_task(self._flow(there, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in (writer, here):
                self._writers.discard(end)
                end.transport.abort()

    async def _flow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self._hears.wait()
                await asyncio.sleep(self._lot.uniform(0, self.delay))
                step = self.slice or len(data)
                for start in range(0, len(data), step):
                    writer.write(data[start : start + step])
                    await writer.drain()
                    await asyncio.sleep(0)
