"""One worker process, as its parent starts it, on a port of its own: to be killed, frozen, replaced and weighed."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path

from server.processes import bound_stalled_readers
from server.rooms.lifeline import end, spawn_tied
from tests.chaos import weighing
from tests.chaos.namespace import Namespace

START_SECONDS = 60
_SERVE = "import sys; from server.worker import main; main(int(sys.argv[1]), int(sys.argv[2]))"


class WorkerProcess:
    """A worker on a port that stays the same when it is started again.

    Nobody listens there while it is down, nor before it is ready: behind `nineteenth serve` whoever comes meanwhile is
    taken by another worker at once, and behind a balancer too.

    `program`: Python to be run before it, to give it other rules than ours.
    """

    def __init__(
        self, log: Path, environment: Mapping[str, str], namespace: Namespace | None = None, *, program: str = ""
    ) -> None:
        self.log = log
        self._namespace = namespace
        self.host = namespace.there if namespace is not None else "127.0.0.1"
        self._environment = environment
        self._program = f"{weighing.program(log.with_suffix('.held'))}\n{program}"
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = -1
        self.at_first = weighing.Held(0, 0, 0, 0)

    @property
    def url(self) -> str:
        """Where it answers requests."""
        return f"http://{self.host}:{self.port}"

    @property
    def ws(self) -> str:
        """Where it takes sockets."""
        return f"ws://{self.host}:{self.port}/ws"

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None, "it was not started"
        return self._process.pid

    def start(self) -> None:
        """Start it; `ready` tells when it accepts connections."""
        self._ready, ready = os.pipe()
        before = dict(os.environ)
        os.environ.update(self._environment)  # a tied process inherits ours
        try:
            with self._bound() as listener, self.log.open("ab") as log:
                self.port = listener.getsockname()[1]
                program = f"{self._program}\n{_SERVE}"
                command = [sys.executable, "-c", program, str(listener.fileno()), str(ready)]
                descriptors = [listener.fileno(), ready]
                self._process = spawn_tied(command, descriptors=descriptors, output=log.fileno())
        finally:
            os.environ.clear()
            os.environ.update(before)
            os.close(ready)

    @contextmanager
    def _bound(self) -> Iterator[socket.socket]:
        """A socket on its port, on which uvicorn listens once it accepts connections."""
        with ExitStack() as stack:
            with self._network():
                listener = stack.enter_context(socket.socket())
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound_stalled_readers(listener)
            listener.bind((self.host, self.port))
            yield listener

    def _network(self) -> AbstractContextManager[None]:
        """Its port's network, as this thread's own."""
        return self._namespace.within() if self._namespace is not None else nullcontext()

    async def ready(self) -> None:
        """Wait until it accepts connections. Fails if it ended instead, or takes too long."""
        async with asyncio.timeout(START_SECONDS):
            said = await asyncio.to_thread(os.read, self._ready, 1)
        os.close(self._ready)
        assert said == b".", f"a worker did not start:\n{self.log.read_text()[-2000:]}"
        self.at_first = await self.holds()

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None, "it was not started"
        self._process.kill()
        self._process.wait()

    async def restart(self) -> None:
        """Start it once more on its port, and wait until it accepts connections."""
        self.start()
        await self.ready()

    def freeze(self) -> None:
        """SIGSTOP."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        os.kill(self.pid, signal.SIGCONT)

    def stop(self) -> None:
        """SIGTERM, and kill -9 if that does not help."""
        if self._process is not None and self.is_running():
            self.thaw()
            end(self._process, 10.0)

    def is_running(self) -> bool:
        """Whether its process lives, frozen or not."""
        return self._process is not None and self._process.poll() is None

    async def holds(self) -> weighing.Held:
        """What it holds now; `at_first` is what it held when it had just started."""
        return await weighing.ask(self.pid, self.log.with_suffix(".held"))

    def memory(self) -> int:
        """Bytes of it that are in memory, needed or not."""
        return weighing.resident(self.pid)

    def connections(self) -> int:
        """TCP connections to its port that it holds, in whatever state, the listening socket aside."""
        links = [os.readlink(link) for link in Path(f"/proc/{self.pid}/fd").iterdir() if link.is_symlink()]
        held = {link[8:-1] for link in links if link.startswith("socket:[")}
        with self._network():
            table = Path("/proc/thread-self/net/tcp").read_text()
        rows = [line.split() for line in table.splitlines()[1:]]
        return sum(row[9] in held and row[3] != "0A" and int(row[1][-4:], 16) == self.port for row in rows)

    def said(self, event: str) -> int:
        """How many lines of its log tell of an event."""
        return self.log.read_text(errors="replace").count(f'"event": "{event}"')
