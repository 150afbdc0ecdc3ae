"""Who asks the store at the same time shares the way there, and nothing else: not an error, not an end."""

import asyncio

import pytest

from server.rooms.batches import MOST
from server.rooms.embedded import EmbeddedValkey
from server.rooms.store import Store

A_CROWD = 5 * MOST


async def test_a_crowd_takes_a_connection_for_as_many_as_share_one(valkey: EmbeddedValkey) -> None:
    async with Store(valkey.url) as store:
        before = await _connections(store)
        answers = await asyncio.gather(*(store.call("ECHO", number) for number in range(A_CROWD)))
        assert [int(answer) for answer in answers] == list(range(A_CROWD))
        assert await _connections(store) - before <= A_CROWD // MOST


async def test_an_error_is_told_to_whoever_asked_for_it(connections: Store) -> None:
    await connections.call("SET", "word", "said")
    said = await asyncio.gather(
        connections.call("GET", "word"),
        connections.call("INCR", "word"),
        connections.calls([("GET", "word"), ("LPUSH", "word", 1)]),
        connections.calls([("GET", "word"), ("STRLEN", "word")]),
        return_exceptions=True,
    )
    assert said[0] == b"said"
    assert "not an integer" in str(said[1])
    assert "WRONGTYPE" in str(said[2])
    assert said[3] == [b"said", 4]


async def test_who_gives_up_leaves_the_others_their_answers(connections: Store) -> None:
    asked = [asyncio.create_task(connections.call("ECHO", number)) for number in range(4)]
    for _ in range(2):
        await asyncio.sleep(0)
    asked[1].cancel()
    async with asyncio.timeout(10):
        answers = await asyncio.gather(*asked, return_exceptions=True)
    assert isinstance(answers.pop(1), asyncio.CancelledError)
    assert answers == [b"0", b"2", b"3"]


@pytest.mark.parametrize("number", [1, MOST - 1, MOST, MOST + 1, 2 * MOST])
async def test_answers_come_in_the_order_of_what_was_asked(connections: Store, number: int) -> None:
    asked = [("ECHO", place) for place in range(number)]
    assert [int(answer) for answer in await connections.calls(asked)] == list(range(number))


async def _connections(store: Store) -> int:
    return int((await store.call("INFO", "clients"))["connected_clients"])
