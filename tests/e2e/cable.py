"""A cable between one browser and the server, which a test may cut: then connections break until it is mended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Cable:
    """Listens on a port of its own and passes everything on. `cut` breaks what is open and refuses what is new."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._is_whole = True
        self._writers: set[asyncio.StreamWriter] = set()
        self._ends: set[asyncio.Task[None]] = set()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the browser."""
        if not self._is_whole:
            writer.transport.abort()
            return
        there, here = await asyncio.open_connection(self._host, self._port)
        self._writers |= {writer, here}
        try:
            await asyncio.gather(_pass_on(reader, here), _pass_on(there, writer))
        finally:
            self._writers -= {writer, here}
            writer.close()
            here.close()

    def cut(self) -> None:
        """Break it."""
        self._is_whole = False
        for writer in tuple(self._writers):
            writer.transport.abort()

    def mend(self) -> None:
        """Let connections through again."""
        self._is_whole = True


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    with suppress(ConnectionError, OSError):
        writer.write_eof()


@asynccontextmanager
async def laid(target: str) -> AsyncIterator[Cable]:
    """A cable to a server, for as long as the block runs."""
    cable = Cable(target)
    listener = await asyncio.start_server(cable.serve, "127.0.0.1", 0)
    cable.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield cable
    finally:
        cable.cut()
        listener.close()
