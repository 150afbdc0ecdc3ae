"""*Each viewer gets it*, on whichever worker: here a worker hears that one of its rooms moved, and reads the rest.

A hint may come twice, late, out of order or never. So it carries no content and no secret; a hint line that was cut and
mended makes every room be looked at; and a sweep finds what no hint told. It must not know what the rooms contain.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from server.rooms import keys
from server.rooms.ports import Journal, StoreTrouble
from server.rooms.store import Confirmed, Heard, Line, Quiet, Store

_PATIENCE_SECONDS = 2.0
_SILENCE_SECONDS = 5.0
_AGAIN_SECONDS = (0.05, 0.5)

_log = structlog.get_logger(__name__)


class Watcher(Protocol):
    """Who watches a room on this worker. The methods only take note: they must not wait and must not raise."""

    @property
    def head(self) -> str:
        """The head that the watcher has seen, '' for none."""
        ...

    def moved(self, version: int, head: str) -> None:
        """The room is, or was a moment ago, at that place. An older version may be stale news: read before judging."""
        ...

    def recheck(self) -> None:
        """Hints may have been lost, or the room is gone: read where it stands."""
        ...

    def told(self, kind: str, body: bytes) -> None:
        """Another worker says something passing about the room, such as that presence changed."""
        ...


@dataclass(slots=True)
class _Watched:
    watcher: Watcher
    heard: asyncio.Event = field(default_factory=asyncio.Event)


class Fanout:
    """The hints of one worker. Run `run` as a task beside the server; all else may be called before it starts."""

    def __init__(self, store: Store, journal: Journal, *, sweep_seconds: float = 1.5) -> None:
        self._store = store
        self._journal = journal
        self._sweep_seconds = sweep_seconds
        self._rooms: dict[str, _Watched] = {}
        self._everywhere: list[Callable[[str, bytes], None]] = []
        self._line: Line | None = None

    async def watch(self, code: str, watcher: Watcher) -> None:
        """Watch a room; one watcher a room. Read the room after this returns: from then on every change is heard.

        While the store is away it returns after 2 s all the same: the watcher is told to recheck when hints flow.
        """
        if code in self._rooms:
            raise ValueError("the room is watched already")
        watched = self._rooms[code] = _Watched(watcher)
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                if self._line is not None and self._line.is_open:
                    with suppress(StoreTrouble):  # the next line asks for it
                        await self._line.subscribe(keys.hints(code))
                await watched.heard.wait()
        except TimeoutError:
            watched.heard.set()
        except BaseException:
            self._rooms.pop(code, None)
            raise

    async def unwatch(self, code: str) -> None:
        """Watch the room no more; does nothing if it is not watched."""
        if self._rooms.pop(code, None) is None or self._line is None or not self._line.is_open:
            return
        with suppress(StoreTrouble):  # the next line will not ask for it
            await self._line.unsubscribe(keys.hints(code))

    async def tell(self, code: str, kind: str, body: bytes = b"") -> None:
        """Tell the room's watchers on all workers something passing. No secret may be in it. May raise Unknown."""
        await self._store.call("PUBLISH", keys.hints(code), told(kind, body))

    async def tell_every_worker(self, kind: str, body: bytes = b"") -> None:
        """Tell all workers something that is of no one room, such as that a session ended. May raise Unknown."""
        await self._store.call("PUBLISH", keys.EVERY_WORKER, told(kind, body))

    def on_every_worker(self, hear: Callable[[str, bytes], None]) -> None:
        """Have `hear(kind, body)` called with what every worker is told; it must not wait and must not raise."""
        self._everywhere.append(hear)

    async def run(self) -> None:
        """Listen and sweep until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._sweep_for_ever())

    async def sweep(self) -> None:
        """Compare where every watched room stands with what its watcher has seen. May raise Unknown."""
        codes = list(self._rooms)
        places = await self._journal.heads(codes)
        for code in codes:
            watched, place = self._rooms.get(code), places.get(code)
            if watched is None:
                continue
            if place is None:
                watched.watcher.recheck()
            elif place.head != watched.watcher.head:
                watched.watcher.moved(place.version, place.head)

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._sweep_seconds)
            try:
                await self.sweep()
            except StoreTrouble:
                _log.warning("sweep_without_store", rooms=len(self._rooms))

    async def _listen(self) -> None:
        while True:
            try:
                async with self._store.listen() as line:
                    await self._ask_for_all(line)
                    await self._hear(line)
            except StoreTrouble:
                _log.warning("hints_lost", rooms=len(self._rooms))
            finally:
                self._line = None
            await asyncio.sleep(random.uniform(*_AGAIN_SECONDS))

    async def _ask_for_all(self, line: Line) -> None:
        asked = set(self._rooms)
        await line.subscribe(keys.EVERY_WORKER, *map(keys.hints, asked))
        self._line = line  # from here on `watch` asks for itself
        if late := self._rooms.keys() - asked:
            await line.subscribe(*map(keys.hints, late))

    async def _hear(self, line: Line) -> None:
        asked = False
        while True:
            match await line.next(_SILENCE_SECONDS):
                case Confirmed(channel):
                    self._confirmed(channel)
                case Heard(channel, data):
                    self._heard(channel, data)
                case Quiet(is_alive=False) if asked:
                    return  # nobody is there: open another line
                case Quiet(is_alive=False):
                    asked = True
                    await line.ping()
                    continue
            asked = False

    def _confirmed(self, channel: str) -> None:
        watched = self._rooms.get(_code_of(channel))
        if watched is None:
            return
        if watched.heard.is_set():
            watched.watcher.recheck()
        watched.heard.set()

    def _heard(self, channel: str, data: bytes) -> None:
        match data.split(b" ", 2):
            case [b"told", kind, body] if channel == keys.EVERY_WORKER:
                for hear in self._everywhere:
                    hear(kind.decode(), body)
            case [b"moved", version, head] if watched := self._rooms.get(_code_of(channel)):
                watched.watcher.moved(int(version), head.decode())
            case [b"told", kind, body] if watched := self._rooms.get(_code_of(channel)):
                watched.watcher.told(kind.decode(), body)


def told(kind: str, body: bytes) -> bytes:
    """What is published to tell something; `kind` is one word."""
    return b"told %s %s" % (kind.encode(), body)


def _code_of(channel: str) -> str:
    return channel.split(":")[2] if channel.count(":") == 3 else ""
