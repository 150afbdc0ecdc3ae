"""Processors that never idle, whatever else they do: what an attacker's own computing costs the worker beside it, who
shares the processor's memory and its waking with it, is then the same without the attack and during it.

Run as a program, it is one of those that take a processor when nobody else wants it.
"""

import itertools
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from server.rooms.lifeline import end, spawn_tied


@contextmanager
def busy_processors() -> Iterator[None]:
    """As many programs as there are processors compute, each whenever its processor has nothing better to do."""
    burners = [spawn_tied([sys.executable, __file__]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for burner in burners:
            end(burner, 1.0)


def yield_always() -> None:
    """From now on this process runs only on a processor that nobody else wants."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


if __name__ == "__main__":
    yield_always()
    for _ in itertools.count():
        pass
