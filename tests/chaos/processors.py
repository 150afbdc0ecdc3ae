"""What the processors give. A machine that others share gives half of it for seconds or minutes, and says nothing.

Run as a program, it does a small piece of work now and again, and says how many seconds of a processor each took.
"""

import asyncio
import sys
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from statistics import median

from tests.chaos.busy import busy_processors

CALM = 0.9
"""Of what they gave at their best: with less, a time that was too long says nothing of the server."""

_STEPS = 300_000
_EVERY_SECONDS = 0.4
_LOOKS = 9
_LOOK_WITHIN_SECONDS = 60.0
_PAUSE_SECONDS = 5.0


class Processors:
    """What the processors give, against the best that was seen of them here, whenever that was."""

    def __init__(self) -> None:
        self._best: float | None = None
        self._took: list[float] = []
        self._last: deque[float] = deque(maxlen=_LOOKS)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator["Processors"]:
        """Keep an eye on them. It costs a twentieth of one: some 19 ms in 0.4 s."""
        with_me = await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, stdout=asyncio.subprocess.PIPE)
        assert with_me.stdout is not None
        noting = asyncio.create_task(self._note(with_me.stdout))
        try:
            for _ in range(3):
                await self.look()
            yield self
        finally:
            noting.cancel()
            with suppress(ProcessLookupError):
                with_me.kill()
            await with_me.wait()

    async def _note(self, said: asyncio.StreamReader) -> None:
        async for line in said:
            self.note(float(line))

    def note(self, seconds: float) -> None:
        """The small piece of work took so long. The best is the median of some in a row: one alone may be luck."""
        self._took.append(seconds)
        self._last.append(seconds)
        if len(self._last) == _LOOKS:
            found = median(self._last)
            self._best = found if self._best is None else min(self._best, found)

    def forget(self) -> None:
        """What follows is what `share` speaks of."""
        self._took.clear()

    def share(self) -> float:
        """What they gave since, 0 to 1."""
        if self._best is None or not self._took:
            return 1.0
        return min(1.0, self._best / (sum(self._took) / len(self._took)))

    async def look(self) -> float:
        """What they give now, while all are kept busy and nothing else runs."""
        self.forget()
        with busy_processors():
            async with asyncio.timeout(_LOOK_WITHIN_SECONDS):
                while len(self._took) < _LOOKS:  # noqa: ASYNC110 - nobody sets an event for it
                    await asyncio.sleep(_EVERY_SECONDS)
        return self.share()

    async def until_calm(self, patience_seconds: float) -> None:
        """Wait until they give again what they gave, so long at most."""
        until = time.monotonic() + patience_seconds
        while await self.look() < CALM and time.monotonic() < until:  # noqa: ASYNC110 - nobody sets an event for it
            await asyncio.sleep(_PAUSE_SECONDS)


if __name__ == "__main__":
    while True:
        time.sleep(_EVERY_SECONDS)
        began = time.process_time()
        for _ in range(_STEPS):
            pass
        print(time.process_time() - began, flush=True)
