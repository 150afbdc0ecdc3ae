"""When a row is run again: if it was only slow, and only while the processors gave less than they can."""

from collections.abc import Iterator

import pytest

from tests.chaos.processors import Processors
from tests.chaos.rows import Row
from tests.chaos.run import TRIES, Outcome, run_undisturbed
from tests.chaos.trial import Trial


class Told(Processors):
    """Processors that give what they are told to, try after try."""

    def __init__(self, shares: Iterator[float]) -> None:
        super().__init__()
        self._shares = shares

    def share(self) -> float:
        """What they give in the next try."""
        return next(self._shares)

    async def until_calm(self, patience_seconds: float) -> None:
        """They are calm when they are told to be."""


async def ran(seconds: list[float], shares: list[float], *, fault: bool = False) -> Outcome:
    """A row that takes these seconds, try after try, where two are too many."""
    left = iter(seconds)

    async def scenario(trial: Trial) -> None:
        trial.figures.at_most("it took", next(left), 2.0, "s")
        trial.figures.check(not fault, "it lost something")

    return await run_undisturbed(Row("X1", "nothing", scenario, n={}), "N", 1, Told(iter(shares)))


async def test_a_row_that_was_slow_on_half_of_the_processors_is_run_again_and_says_so() -> None:
    outcome = await ran([3.0, 1.0], [0.5, 1.0])
    assert outcome.passed
    assert outcome.verdict == "passed; before, with 50% of the processors: it took: 3 s (at most 2)"


@pytest.mark.parametrize("share", [1.0, 0.9])
async def test_a_row_that_was_slow_on_what_there_was_before_has_failed(share: float) -> None:
    assert (await ran([3.0], [share])).verdict == "1 faults"


async def test_a_row_that_lost_something_has_failed_whatever_the_processors_gave() -> None:
    assert not (await ran([3.0], [0.5], fault=True)).passed
    assert not (await ran([1.0], [0.5], fault=True)).passed


async def test_a_row_that_is_slow_in_every_try_has_failed() -> None:
    outcome = await ran([3.0] * TRIES, [0.5] * TRIES)
    assert not outcome.passed
    assert len(outcome.disturbed) == TRIES - 1


def test_the_best_that_processors_gave_is_held_against_them_whenever_it_was_seen() -> None:
    processors = Processors()
    for seconds in (0.027,) * 20 + (0.018,) * 20:
        processors.note(seconds)
    processors.forget()
    processors.note(0.027)
    assert processors.share() == pytest.approx(0.018 / 0.027)


def test_one_lucky_moment_of_the_processors_is_not_their_best() -> None:
    processors = Processors()
    for seconds in (0.027,) * 10 + (0.018,) + (0.027,) * 10:
        processors.note(seconds)
    processors.forget()
    processors.note(0.027)
    assert processors.share() == 1.0
