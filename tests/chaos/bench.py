"""A store and worker processes on it, to be broken one by one while crowds play."""

import asyncio
import random
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.store import Store
from tests.chaos.namespace import Namespace
from tests.chaos.store_line import StoreLine
from tests.chaos.worker_process import WorkerProcess

if TYPE_CHECKING:
    from tests.chaos.crowd import Crowd


LENIENT = {"NINETEENTH_LENIENCY": "100"}
"""The bots of a crowd ask far more than people do; what is refused to floods is tried in tests/gateway/abuse."""


class Stoppable(Protocol):
    """Something else that runs on the store."""

    def stop(self) -> None:
        """End it."""
        ...


class Bench:
    """What a scenario breaks. `lines[i]` is the way of `workers[i]` to the store, if they go by lines.

    `others` are stopped with it.
    """

    def __init__(
        self,
        folder: Path,
        lot: random.Random,
        *,
        by_lines: bool = False,
        store: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        url: str = "",
    ) -> None:
        self.folder = folder
        self.lot = lot
        self.valkey = EmbeddedValkey(folder / "store", settings=store)
        self.workers: list[WorkerProcess] = []
        self.lines: list[StoreLine] = []
        self.crowds: list[Crowd] = []
        self.others: list[Stoppable] = []
        self._by_lines = by_lines
        self._environment = environment or {}
        self.url = url or self.valkey.url
        self._is_ours = not url

    async def start(self, workers: int) -> None:
        """Start the store and so many workers."""
        if self._is_ours:
            self.valkey.start()
        self.store = Store(self.url)
        self.journal = StoredJournal(self.store, by_hand=self._environment.get("NINETEENTH_CLOCK") == "hand")
        for _ in range(workers):
            await self.add_worker()
        await asyncio.gather(*(worker.ready() for worker in self.workers))

    async def add_worker(
        self, program: str = "", *, namespace: Namespace | None = None, **environment: str
    ) -> WorkerProcess:
        """One more worker, started but perhaps not ready; its port is in the namespace, if one is given.

        `program`: see `WorkerProcess`; `environment`: its own.
        """
        number = len(self.workers)
        url = self.url
        if self._by_lines:
            self.lines.append(StoreLine(url, self.folder / f"line{number}.sock"))
            await self.lines[-1].open()
            url = self.lines[-1].url
        settings = {"NINETEENTH_CLIENT_FOLDER": str(self.folder), **LENIENT, **self._environment}
        settings |= {"REDIS_URL": url, **environment}
        log = self.folder / f"worker{number}.log"
        self.workers.append(WorkerProcess(log, settings, namespace, program=program))
        self.workers[-1].start()
        return self.workers[-1]

    async def stop(self) -> None:
        """Stop everything, however it stands."""
        for crowd in self.crowds:
            await crowd.leave()
        for worker in self.workers:
            await asyncio.to_thread(worker.stop)
        for other in self.others:
            other.stop()
        for line in self.lines:
            await line.close()
        await self.store.aclose()
        self.valkey.stop()

    def logs(self) -> list[Path]:
        """What the workers wrote."""
        return sorted(self.folder.glob("*.log"))

    def last_words(self) -> list[str]:
        """The ends of the logs, for who has to find out what went wrong."""
        logs = [(log.name, log.read_text(errors="replace")) for log in self.logs()]
        return [f"{name} ended with: {text[-600:]}" for name, text in logs if text]
