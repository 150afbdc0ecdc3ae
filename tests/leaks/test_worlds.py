"""Two worlds that one viewer may not tell apart look alike through everything that he can reach.

`tests.rules.test_non_interference` proves it of the projection; here it holds of what is sent: frames and their length,
numbers, answers, goodbyes, what a cursor brings back on this worker or a fresh one, and every route of the HTTP API.
`NINETEENTH_CASES` in the environment asks for so many cases, freshly drawn.
"""

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import events as e
from rules.ids import VIEWERS, Viewer
from tests.leaks.cases import live, live_over_http
from tests.rules import oracle
from tests.rules.strategies import viewers

CASES = int(os.environ.get("NINETEENTH_CASES", "800"))
MATCHES = 12
EVERY_NTH_FROM_THE_DEAL = 8
HIDES_A_PART = {e.Dealt, e.TurnOpened, e.ReadySaid, e.FrontReported, e.Summoned}
"""Of the events that all notice, those that hide something all the same."""

entropy = st.integers(0, 2**32)


def drawn(cases: int) -> settings:
    """How often; the same cases each time, unless more are asked for."""
    return settings(
        max_examples=cases,
        deadline=None,
        derandomize="NINETEENTH_CASES" not in os.environ,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    """One loop for all cases."""
    with asyncio.Runner() as runner:
        yield runner


def test_nothing_that_a_viewer_is_sent_tells_two_worlds_apart(loop: asyncio.Runner) -> None:
    hidden: set[type] = set()
    seen: set[Viewer] = set()

    @drawn(CASES)
    @given(st.integers(0, MATCHES - 1), entropy, viewers, entropy)
    def worlds(number: int, at: int, viewer: Viewer, chance: int) -> None:
        seen.add(viewer)
        loop.run(live(number, 0 if chance % EVERY_NTH_FROM_THE_DEAL == 0 else at, viewer, chance, hidden))

    worlds()
    can_be_hidden = (set(e.Event.__args__) - set(oracle.PUBLIC_BY_NATURE)) | HIDES_A_PART
    assert len(hidden & can_be_hidden) / len(can_be_hidden) >= 0.95, can_be_hidden - hidden
    assert seen == set(VIEWERS)


def test_nothing_that_http_answers_tells_two_worlds_apart(loop: asyncio.Runner) -> None:
    @drawn(max(50, CASES // 16))
    @given(st.integers(0, MATCHES - 1), entropy, viewers, entropy)
    def worlds(number: int, at: int, viewer: Viewer, chance: int) -> None:
        loop.run(live_over_http(number, at, viewer, chance, set()))

    worlds()
