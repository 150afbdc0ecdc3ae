"""Keeps the workers, and the embedded store if there is one, running until it is told to stop. Below the loop.

It must not know what a worker serves. A worker that dies is replaced: rooms have no owner, so nothing goes with it.
SIGINT, SIGTERM and SIGHUP stop everything (a second one at once); SIGUSR1 replaces the workers one by one.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from server.rooms.embedded import EmbeddedValkey
from server.rooms.lifeline import end, spawn_tied

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_FAILED_STARTS_ALLOWED = 5
_TICK = 0.2
_TO_SHUT_DOWN = 3.0
_STALLED_READER = 20_000
"""Milliseconds after which the system drops a connection whose other side takes nothing."""
_UNREAD = 131_072
"""Bytes that the system keeps for such a connection (it doubles them); left to itself it would take megabytes."""


class WorkersFail(Exception):
    """Workers end again and again before they accept a connection; their own output says why."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The socket that workers accept connections on; port 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=2048) as listener:
        bound_stalled_readers(listener)
        yield listener


def bound_stalled_readers(listener: socket.socket) -> None:
    """Have the system keep little, and not for long, for whoever takes nothing: accepted connections inherit it."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNREAD)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _STALLED_READER)


class Worker:
    """One worker process on the shared listening socket."""

    def __init__(self, listener: socket.socket) -> None:
        self._ready, ready = os.pipe()
        self._is_ready = False
        command = [sys.executable, "-m", "server.worker", str(listener.fileno()), str(ready)]
        self.process: subprocess.Popen[bytes] = spawn_tied(command, descriptors=[listener.fileno(), ready])
        os.close(ready)

    def is_ready(self) -> bool:
        """Whether it has reported that it accepts connections."""
        if not self._is_ready and select.select([self._ready], [], [], 0)[0]:
            self._is_ready = os.read(self._ready, 1) == b"."
        return self._is_ready

    def is_running(self) -> bool:
        """Whether the process still lives."""
        return self.process.poll() is None

    def close(self) -> None:
        """Forget an ended worker."""
        os.close(self._ready)


class Processes:
    """`count` workers on `listener`, and `store` beside them unless the operator brought one.

    A worker gets `patience` seconds for its open requests, and a little to shut down, before it is killed.
    `say` gets a line for the operator whenever one of them had to be replaced.
    """

    def __init__(
        self,
        listener: socket.socket,
        count: int,
        store: EmbeddedValkey | None,
        *,
        patience: float,
        say: Callable[[str], None],
    ) -> None:
        self._listener = listener
        self._count = count
        self._store = store
        self._patience = patience + _TO_SHUT_DOWN
        self._say = say
        self._workers: list[Worker] = []
        self._outdated: list[Worker] = []
        self._failed_starts = 0
        self._signals: SimpleQueue[int] = SimpleQueue()

    def run(self, announce: Callable[[], None]) -> None:
        """Start the workers, call `announce` once all accept connections, and return when told to stop.

        Raises WorkersFail if they can not start, StoreError if the store ended and does not come back.
        """
        for number in (*_STOPPING, signal.SIGUSR1, signal.SIGCHLD):
            signal.signal(number, lambda received, _frame: self._signals.put(received))
        announced = False
        try:
            while (word := self._next_signal(_TICK)) not in _STOPPING:
                if word == signal.SIGUSR1:
                    self._outdated = [*self._workers]
                self._keep_store()
                self._keep_workers()
                if all(worker.is_ready() for worker in self._workers):
                    self._failed_starts = 0
                    self._retire_one()
                    if not announced:
                        announced = True
                        announce()
        finally:
            self._stop_workers()

    def _next_signal(self, patience: float) -> int | None:
        try:
            return self._signals.get(timeout=patience)
        except Empty:
            return None

    def _keep_store(self) -> None:
        if self._store is not None and not self._store.is_running():
            self._store.kill()
            self._store.start()
            self._say("the embedded store had ended; it runs again")

    def _keep_workers(self) -> None:
        for worker in [worker for worker in self._workers if not worker.is_running()]:
            self._count_failed_start(worker)
            self._workers.remove(worker)
            worker.close()
            self._say(f"worker {worker.process.pid} ended ({worker.process.returncode}); another takes its place")
        while len(self._workers) < self._count:
            self._workers.append(Worker(self._listener))

    def _count_failed_start(self, worker: Worker) -> None:
        # A worker killed from outside says nothing about the next one.
        if not worker.is_ready() and worker.process.returncode > 0:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS_ALLOWED:
                raise WorkersFail("the workers can not start; see the messages above")

    def _retire_one(self) -> None:
        self._outdated = [worker for worker in self._outdated if worker in self._workers]
        if self._outdated:
            end(self._outdated[0].process, self._patience)

    def _stop_workers(self) -> None:
        """Ask all, wait for all, and kill what is left when time is up or a second signal asks to hurry."""
        for worker in self._workers:
            worker.process.terminate()
        deadline = time.monotonic() + self._patience
        while any(worker.is_running() for worker in self._workers) and time.monotonic() < deadline:
            if self._next_signal(_TICK) in _STOPPING:
                break
        for worker in self._workers:
            worker.process.kill()
            worker.process.wait()
            worker.close()
