"""Leaks that we put into our own code on purpose, one small change each, to see that a test notices.

It is the one place where tests change the server's code under it. A leak names the check that has to catch it; without
the leak the same check passes. The checks are tests of this folder and of `tests.rules`, at fewer cases.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

import pytest

from rules.ids import SEATS, VIEWERS
from tests.leaks.cases import live, live_over_http
from tests.rules import test_non_interference

Seed = Callable[[pytest.MonkeyPatch], None]
Check = Callable[[], None]


@dataclass(frozen=True)
class Leak:
    """`seed` puts it in, and `caught_by` has to fail by an assertion then."""

    name: str
    seed: Seed
    caught_by: Check


LEAKS: list[Leak] = []


def leak(caught_by: Check) -> Callable[[Seed], Seed]:
    """Enter a leak into the catalogue, under the name of the function that seeds it."""

    def enter(seed: Seed) -> Seed:
        LEAKS.append(Leak(seed.__name__, seed, caught_by))
        return seed

    return enter


def awaited(test: Callable[[], Coroutine[Any, Any, None]]) -> Check:
    """A test that waits, as a check."""
    check = partial(_run, test)
    CHECKS.setdefault(test.__name__, check)
    return CHECKS[test.__name__]


def called(test: Check) -> Check:
    """A test as it is, as a check."""
    return CHECKS.setdefault(test.__name__, test)


CHECKS: dict[str, Check] = {}


def _run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(test())


MATCHES = 6
"""The first of the pool: a whole game each, half of them with a quiet enemy."""


def _views() -> None:
    """What a view is a function of."""
    test = test_non_interference.test_a_view_does_not_change_with_what_its_viewer_may_not_know
    random = Random(19)
    for number in range(240):
        inner: Any = test.hypothesis.inner_test  # type: ignore[attr-defined]
        viewer = VIEWERS[number % len(VIEWERS)]
        inner(number // len(VIEWERS) % MATCHES, random.randrange(2**32), viewer, random.randrange(2**32))


def _answers() -> None:
    """What a seat's commands are answered."""
    test = test_non_interference.test_answers_to_a_seats_commands_do_not_change_with_what_it_may_not_know
    random = Random(19)
    for number in range(80):
        inner: Any = test.hypothesis.inner_test  # type: ignore[attr-defined]
        seat = SEATS[number % len(SEATS)]
        inner(number // len(SEATS) % MATCHES, random.randrange(2**32), seat, random.randrange(2**32))


async def _live(case: Callable[..., Coroutine[Any, Any, None]], cases: int) -> None:
    random = Random(19)
    for number in range(cases):
        viewer = VIEWERS[number % len(VIEWERS)]
        await case(number // len(VIEWERS) % MATCHES, random.randrange(2**32), viewer, random.randrange(2**32), set())


def _worlds() -> None:
    """Two worlds through a connection."""
    asyncio.run(_live(live, 90))


def _worlds_by_http() -> None:
    """Two worlds through the HTTP API."""
    asyncio.run(_live(live_over_http, 12))


views, answers = CHECKS.setdefault("views", _views), CHECKS.setdefault("answers", _answers)
worlds, worlds_by_http = CHECKS.setdefault("worlds", _worlds), CHECKS.setdefault("worlds_by_http", _worlds_by_http)
