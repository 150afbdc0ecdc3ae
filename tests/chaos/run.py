"""Running rows: each in a trial of its own, bounded in time, with what came of it.

A row that was too slow, and had no other fault, while the processors gave less than at their best is run again. Its
bounds stay what they are, and what came of it before is told too.
"""

import asyncio
import time
import traceback
from dataclasses import dataclass, replace

from tests.chaos.figures import Figure, Figures
from tests.chaos.processors import CALM, Processors
from tests.chaos.rows import Row
from tests.chaos.trial import Trial

LONGEST_SECONDS = 900.0
TRIES = 6
CALM_WITHIN_SECONDS = 300.0


@dataclass(frozen=True)
class Outcome:
    """What came of a row. `share`: what the processors gave meanwhile, 0 to 1, against their best in this run;
    `disturbed`: what came of the row before, while they gave less.
    """

    row: Row
    size: str
    seed: int
    seconds: float
    figures: list[Figure]
    faults: list[str]
    skipped: str = ""
    share: float = 1.0
    disturbed: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """In a few words."""
        faults = f"{len(self.faults)} faults" if self.faults else "passed"
        before = "".join(f"; before, {told}" for told in self.disturbed)
        return f"skipped: {self.skipped}" if self.skipped and not self.faults else f"{faults}{before}"

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong."""
        return not self.faults

    @property
    def was_slow_alone(self) -> bool:
        """Whether all that was wrong are times beyond their bounds."""
        return bool(self.faults) and set(self.faults) <= {str(figure) for figure in self.figures if figure.is_late}


async def run_undisturbed(row: Row, size: str, seed: int, processors: Processors, *, patience: float = 1.0) -> Outcome:
    """Run a row, and again if it was too slow while the processors gave less than their best. See `run`."""
    disturbed: tuple[str, ...] = ()
    for _ in range(TRIES):
        if disturbed:
            await processors.until_calm(CALM_WITHIN_SECONDS)
        processors.forget()
        outcome = await run(row, size, seed, patience=patience)
        outcome = replace(outcome, share=processors.share(), disturbed=disturbed)
        if outcome.share >= CALM or not outcome.was_slow_alone:
            break
        disturbed += (f"with {outcome.share:.0%} of the processors: {'; '.join(outcome.faults)}",)
    return outcome


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
