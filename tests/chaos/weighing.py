"""What a worker process holds: tasks, descriptors, connections to the store, memory. Signalled, it writes that down.

It is run in the worker before its own code, and reads what the event loop and the store's library know; I7 asks for it.
"""

import asyncio
import ctypes
import gc
import os
import signal
from dataclasses import dataclass
from pathlib import Path

import msgspec
from redis.asyncio import ConnectionPool

from tests.chaos.waiting import until

ASK = signal.SIGUSR2


@dataclass(frozen=True)
class Held:
    """`tasks` of the event loop; `descriptors`, idle connections to the store aside; `lent`: those that are in use.

    `memory`: bytes that are resident once garbage is collected and free pages are given back to the system. What is
    resident before that is the most that was ever needed: it creeps for an hour where nothing leaks.
    """

    tasks: int
    descriptors: int
    lent: int
    memory: int

    def is_within(self, baseline: "Held") -> bool:
        """Whether it is at a baseline, but for a twentieth, the line for hints and one thing that is being done."""
        pairs = zip((self.tasks, self.descriptors, self.lent), _numbers(baseline), strict=True)
        return all(now <= 1.05 * then + 2 for now, then in pairs)


def _numbers(held: Held) -> tuple[int, int, int]:
    return held.tasks, held.descriptors, held.lent


def program(path: Path) -> str:
    """Python that makes a worker write to a file when it is asked."""
    return f"import pathlib, tests.chaos.weighing as weighing; weighing.heed(pathlib.Path({str(path)!r}))"


def heed(path: Path) -> None:
    """Write down what is held whenever the signal comes."""
    signal.signal(ASK, lambda *_: _write(path))


def _write(path: Path) -> None:
    pools = [one for one in gc.get_objects() if isinstance(one, ConnectionPool)]
    lent = sum(len(pool._in_use_connections) for pool in pools)
    idle = sum(connection.is_connected for pool in pools for connection in pool._available_connections)
    descriptors = len(os.listdir("/proc/self/fd")) - idle
    new = path.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(Held(len(asyncio.all_tasks()), descriptors, lent, _needed())))
    new.rename(path)


def _needed() -> int:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return resident("self")


def resident(process: int | str) -> int:
    """Bytes of a process that are in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def ask(pid: int, path: Path) -> Held:
    """What a worker holds now. TimeoutError if it does not say so."""
    _signal(pid, path)
    await until(path.exists, 20, 0.02)
    return _read(path)


def _signal(pid: int, path: Path) -> None:
    path.unlink(missing_ok=True)
    os.kill(pid, ASK)


def _read(path: Path) -> Held:
    return msgspec.json.decode(path.read_bytes(), type=Held)
