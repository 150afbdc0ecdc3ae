"""Whoever waits for the store can be told to stop waiting, at whichever moment."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio

from server.rooms.embedded import EmbeddedValkey
from server.rooms.store import Store

STEPS = 12  # of the event loop: more than an answer takes
ASKED: dict[str, Callable[[Store], Awaitable[object]]] = {
    "call": lambda store: store.call("PING"),
    "calls": lambda store: store.calls([("PING",), ("TIME",)]),
    "call_once": lambda store: store.call_once("PING"),
    "time": lambda store: store.time("any"),
    "life": lambda store: store.life(),
}


@pytest_asyncio.fixture(loop_scope="session")
async def opened(valkey: EmbeddedValkey) -> AsyncIterator[Store]:
    async with Store(valkey.url) as found:
        yield found


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
async def test_a_cancellation_is_never_lost(opened: Store, ask: Callable[[Store], Awaitable[object]]) -> None:
    for steps in range(STEPS):

        async def wait_for_ever() -> None:
            async with asyncio.timeout(60):
                await ask(opened)
            await asyncio.Event().wait()

        task = asyncio.create_task(wait_for_ever())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        _, waits = await asyncio.wait([task], timeout=10)
        task.cancel()
        assert not waits, f"cancelled after {steps} steps, it waits on"


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
async def test_who_was_cancelled_may_still_ask_as_he_leaves(
    opened: Store, ask: Callable[[Store], Awaitable[object]]
) -> None:
    answers = []

    async def leave() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            answers.append(await ask(opened))

    task = asyncio.create_task(leave())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task], timeout=10)
    assert answers
