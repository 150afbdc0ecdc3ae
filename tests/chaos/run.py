"""Running rows: each in a trial of its own, bounded in time, with what came of it."""

import asyncio
import time
import traceback
from dataclasses import dataclass

from tests.chaos.figures import Figure, Figures
from tests.chaos.rows import Row
from tests.chaos.trial import Trial

LONGEST_SECONDS = 900.0


@dataclass(frozen=True)
class Outcome:
    """What came of a row."""

    row: Row
    size: str
    seed: int
    seconds: float
    figures: list[Figure]
    faults: list[str]
    skipped: str = ""

    @property
    def verdict(self) -> str:
        """In a few words."""
        faults = f"{len(self.faults)} faults" if self.faults else "passed"
        return f"skipped: {self.skipped}" if self.skipped and not self.faults else faults

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong."""
        return not self.faults


async def run(row: Row, size: str, seed: int, *, patience: float = 1.0) -> Outcome:
    """Run a row once. Whatever goes wrong is a fault of it."""
    arguments = row.size(size)
    assert row.scenario is not None
    assert arguments is not None
    seconds = LONGEST_SECONDS + 60 * arguments.get("minutes", 0)
    figures, began = Figures(patience), time.monotonic()
    try:
        async with asyncio.timeout(seconds):
            await row.scenario(Trial(seed, figures), **arguments)
    except Exception as error:
        place = "".join(traceback.format_exception(error)[-6:])
        figures.faults.append(f"{type(error).__name__}: {error}\n{place}")
    faults = list(dict.fromkeys(figures.faults))
    return Outcome(row, size, seed, time.monotonic() - began, figures.kept, faults, figures.skipped)
