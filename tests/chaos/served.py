"""`nineteenth serve` as an operator starts it, on a store of the bench's: many workers behind one port."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from server.rooms.lifeline import end, spawn_tied
from tests.chaos.bench import LENIENT
from tests.chaos.waiting import until
from tests.ports import free_port

START_SECONDS = 60.0


class Served:
    """A server with several workers: one door, which is as good as any of them."""

    def __init__(self, store_url: str, folder: Path, workers: int) -> None:
        self._log = folder / "served.log"
        self._workers = workers
        self._environment = {"REDIS_URL": store_url, "NINETEENTH_CLIENT_FOLDER": str(folder), **LENIENT}
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """For requests."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        """For sockets."""
        return f"ws://127.0.0.1:{self.port}/ws"

    async def start(self) -> None:
        """Start it, and wait until it says where it is."""
        self.port = free_port()
        words = ["serve", "--port", str(self.port), "--workers", str(self._workers)]
        command = [sys.executable, "-c", "from server.command_line import main; main()", *words]
        before = dict(os.environ)
        os.environ.update(self._environment)
        with self._log.open("ab") as log:
            self._process = spawn_tied(command, output=log.fileno())
        os.environ.clear()
        os.environ.update(before)
        await until(lambda: "http://" in self._log.read_text(), START_SECONDS)

    def workers(self) -> set[int]:
        """The processes of its workers."""
        assert self._process is not None, "it was not started"
        pid = self._process.pid
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    async def replace(self) -> list[float]:
        """SIGUSR1: each worker is replaced. How many seconds passed from one to the next."""
        assert self._process is not None, "it was not started"
        old, last, seconds = self.workers(), time.monotonic(), []
        os.kill(self._process.pid, signal.SIGUSR1)
        for _ in range(len(old)):
            await until(partial(self._are_fewer, old, len(old & self.workers())), 60)
            seconds.append(time.monotonic() - last)
            last = time.monotonic()
        await until(lambda: len(self.workers()) == self._workers, 60)
        return seconds

    def _are_fewer(self, old: set[int], than: int) -> bool:
        return len(old & self.workers()) < than

    def stop(self) -> None:
        """SIGTERM, and kill -9 if that does not help."""
        if self._process is not None:
            end(self._process, 20.0)
