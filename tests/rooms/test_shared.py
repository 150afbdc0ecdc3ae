"""Many who ask at about the same time cost one question; nobody gets an answer that is older than his asking."""

import asyncio
import gc
from typing import Any

import pytest

from server.rooms.shared import Shared


class Well:
    """What is asked: an answer is how many questions there were when it was put. `rope`: set, it is answered."""

    def __init__(self) -> None:
        self.put = 0
        self.rope = asyncio.Event()
        self.is_down = asyncio.Event()

    async def draw(self) -> int:
        self.put += 1
        answer = self.put
        self.is_down.set()
        await self.rope.wait()
        return answer

    async def dry(self) -> int:
        self.put += 1
        self.is_down.set()
        await self.rope.wait()
        raise RuntimeError("dry")


async def test_a_crowd_that_asks_at_once_costs_one_question() -> None:
    well, shared = Well(), Shared[int]()
    well.rope.set()
    assert await asyncio.gather(*(shared.ask(well.draw) for _ in range(100))) == [1] * 100
    assert await shared.ask(well.draw) == 2


@pytest.mark.parametrize("turn", [None, asyncio.Lock()])
async def test_nobody_gets_an_answer_to_a_question_that_was_put_before_he_asked(turn: asyncio.Lock | None) -> None:
    well, shared = Well(), Shared[int](turn)
    first = asyncio.create_task(shared.ask(well.draw))
    await well.is_down.wait()
    late = [asyncio.create_task(shared.ask(well.draw)) for _ in range(10)]
    await asyncio.sleep(0)
    well.rope.set()
    assert await first == 1
    assert await asyncio.gather(*late) == [2] * 10


async def test_with_a_turn_all_who_come_while_one_is_answered_share_the_next() -> None:
    well, turn = Well(), asyncio.Lock()
    shared = Shared[int](turn)
    tasks = [asyncio.create_task(shared.ask(well.draw))]
    await well.is_down.wait()
    for _ in range(5):  # each of them in a later turn of the loop
        tasks.append(asyncio.create_task(shared.ask(well.draw)))
        await asyncio.sleep(0)
    well.rope.set()
    assert await asyncio.gather(*tasks) == [1, 2, 2, 2, 2, 2]


async def test_who_gives_up_leaves_the_others_their_answer() -> None:
    well, shared = Well(), Shared[int]()
    impatient, patient = (asyncio.create_task(shared.ask(well.draw)) for _ in range(2))
    await well.is_down.wait()
    impatient.cancel()
    well.rope.set()
    assert await patient == 1
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_an_error_is_told_to_all_who_asked_and_to_nobody_after() -> None:
    well, shared = Well(), Shared[int]()
    well.rope.set()
    answers = await asyncio.gather(*(shared.ask(well.dry) for _ in range(3)), return_exceptions=True)
    assert [str(answer) for answer in answers] == ["dry"] * 3
    assert await shared.ask(well.draw) == 2


async def test_an_error_that_nobody_waits_for_any_more_is_not_reported_as_a_fault() -> None:
    well, shared, reported = Well(), Shared[int](), list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))
    only = asyncio.create_task(shared.ask(well.dry))
    await well.is_down.wait()
    only.cancel()
    with pytest.raises(asyncio.CancelledError):
        await only
    well.rope.set()
    assert await shared.ask(well.draw) == 2  # the other has failed by now
    del only
    gc.collect()
    assert reported == []
