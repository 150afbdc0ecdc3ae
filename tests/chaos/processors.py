"""What the processors give. A machine that others share gives half of it for minutes at a time, and says nothing.

Run as a program, it says how many seconds a certain piece of work takes.
"""

import asyncio
import os
import sys
import time

CALM = 0.8
"""Of what they gave at their best: with less, a time that was too long says nothing of the server."""

_STEPS = 5_000_000
_PAUSE_SECONDS = 5.0


class Processors:
    """All processors of this machine, kept busy together, against the best that was seen of them here."""

    def __init__(self) -> None:
        self._best: float | None = None

    async def share(self) -> float:
        """What they give now, 0 to 1. To be asked while nothing else runs."""
        seconds = [await _seconds() for _ in range(3)] if self._best is None else [await _seconds()]
        self._best = min(seconds if self._best is None else [self._best, *seconds])
        return self._best / min(seconds)

    async def until_calm(self, patience_seconds: float) -> None:
        """Wait until they give again what they gave, so long at most."""
        until = time.monotonic() + patience_seconds
        while await self.share() < CALM and time.monotonic() < until:  # noqa: ASYNC110 - nobody sets an event for it
            await asyncio.sleep(_PAUSE_SECONDS)


async def _seconds() -> float:
    """How long the work takes, on all at once: their mean."""
    at_work = [
        await asyncio.create_subprocess_exec(sys.executable, "-S", __file__, stdout=asyncio.subprocess.PIPE)
        for _ in range(os.cpu_count() or 1)
    ]
    said = [(await process.communicate())[0] for process in at_work]
    return sum(map(float, said)) / len(said)


if __name__ == "__main__":
    began = time.perf_counter()
    for _ in range(_STEPS):
        pass
    print(time.perf_counter() - began)
