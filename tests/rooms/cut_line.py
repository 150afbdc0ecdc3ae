"""A line to the store that can be cut when its answer is on the way: the caller cannot know whether it happened."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlparse


class CutLine:
    """Stands between us and a store on a unix socket. The next `cuts` answers to EVALSHA end a connection."""

    def __init__(self, store_url: str, folder: Path) -> None:
        self._store = unquote(urlparse(store_url).path)
        self._socket = folder / "cut.sock"
        self.url = f"unix://{self._socket}"
        self.cuts = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_unix_server(self._pass_on, str(self._socket))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()

    async def _pass_on(self, caller_in: asyncio.StreamReader, caller_out: asyncio.StreamWriter) -> None:
        store_in, store_out = await asyncio.open_unix_connection(self._store)
        is_commit = False

        async def ask() -> None:
            nonlocal is_commit
            while data := await caller_in.read(65536):
                is_commit = b"EVALSHA" in data
                store_out.write(data)

        async def answer() -> None:
            while data := await store_in.read(65536):
                if self.cuts and is_commit:
                    self.cuts -= 1
                    return
                caller_out.write(data)

        both = [asyncio.create_task(ask()), asyncio.create_task(answer())]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
        caller_out.close()
        store_out.close()
