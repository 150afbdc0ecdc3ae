"""The line of one worker to the store, tampered with at will: commits held, their answers held or lost, hints lost.

It knows a commit by the digest of its script and a hint by its first word, and understands nothing else.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from urllib.parse import unquote, urlparse

from server.rooms import journal
from server.rooms.store import Script
from tests.chaos.resp import Values

_COMMIT = Script.beside(journal.__file__, "commit.lua").digest.encode()
_HINT = b"moved "


class _Fate(Enum):
    PASS, LOSE, HOLD, CUT = range(4)


class StoreLine:
    """Passes everything on, but for what it is told to spoil.

    `holds_commits`: a commit does not reach the store. `holds_answers`: it does, its answer does not come back.
    `caught` is set when one was held. `loses_answers`: the share of commits whose connection breaks in place of the
    answer. `loses_hints`: the share of hints that get lost. `conflicts` counts the commits that the store refused.
    """

    def __init__(self, store_url: str, path: Path, lot: random.Random | None = None) -> None:
        self._store = unquote(urlparse(store_url).path)
        self._path = path
        self._lot = lot or random.Random(str(path.name))
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self.url = f"unix://{path}"
        self.holds_commits = False
        self.holds_answers = False
        self.caught = asyncio.Event()
        self.loses_answers = 0.0
        self.loses_hints = 0.0
        self.lost_answers = 0
        self.lost_hints = 0
        self.conflicts = 0
        self._mended = asyncio.Event()

    async def open(self) -> None:
        """Take connections."""
        self._server = await asyncio.start_unix_server(self._pass_on, str(self._path))

    async def close(self) -> None:
        """Break everything."""
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._writers):
            writer.transport.abort()

    def mend(self) -> None:
        """Spoil nothing any more; what is held goes on its way."""
        self.holds_commits = self.holds_answers = False
        self.loses_answers = self.loses_hints = 0.0
        self._mended.set()
        self._mended = asyncio.Event()
        self.caught.clear()

    async def _pass_on(self, from_worker: asyncio.StreamReader, to_worker: asyncio.StreamWriter) -> None:
        try:
            from_store, to_store = await asyncio.open_unix_connection(self._store)
        except OSError:
            to_worker.transport.abort()
            return
        self._writers |= {to_worker, to_store}
        asked: deque[bool] = deque()
        ways = [
            asyncio.create_task(self._flow(from_worker, to_store, lambda value: self._ask(value, asked))),
            asyncio.create_task(self._flow(from_store, to_worker, lambda value: self._answer(value, asked))),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for writer in (to_worker, to_store):
                writer.transport.abort()
                self._writers.discard(writer)

    async def _flow(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fate: Callable[[bytes], _Fate]
    ) -> None:
        values = Values()
        with suppress(OSError):
            while data := await reader.read(65_536):
                for value in values.take(data):
                    verdict = fate(value)
                    if verdict is _Fate.CUT:
                        return
                    if verdict is _Fate.HOLD:
                        mended = self._mended
                        self.caught.set()
                        await mended.wait()
                    if verdict is not _Fate.LOSE:
                        writer.write(value)
                await writer.drain()

    def _ask(self, value: bytes, asked: deque[bool]) -> _Fate:
        is_commit = _COMMIT in value[:120]
        asked.append(is_commit)
        return _Fate.HOLD if is_commit and self.holds_commits else _Fate.PASS

    def _answer(self, value: bytes, asked: deque[bool]) -> _Fate:
        if value.startswith(b"*3\r\n$7\r\nmessage"):
            if _HINT in value and self._lot.random() < self.loses_hints:
                self.lost_hints += 1
                return _Fate.LOSE
            return _Fate.PASS
        is_commit = asked.popleft() if asked else False
        self.conflicts += is_commit and b"conflict" in value
        if is_commit and b"committed" in value:
            if self.holds_answers:
                return _Fate.HOLD
            if self._lot.random() < self.loses_answers:
                self.lost_answers += 1
                return _Fate.CUT
        return _Fate.PASS
