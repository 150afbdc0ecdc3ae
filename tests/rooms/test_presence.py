"""Presence counts connections over all workers, and forgets a worker that fell silent."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from server.rooms.batches import Word
from server.rooms.codes import new_code
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.presence import WATCHER, Presence, Present
from server.rooms.store import Store


@pytest.fixture
def workers(connections: Store, stored: StoredJournal) -> tuple[Presence, Presence]:
    return Presence(connections, "one", stored.now), Presence(connections, "two", stored.now)


Workers = tuple[Presence, Presence]


async def test_a_seat_is_present_while_it_has_a_connection_on_any_worker(workers: Workers) -> None:
    one, two = workers
    code = new_code()
    await one.enter(code, "3")
    await one.enter(code, "3")
    await two.enter(code, "3")
    await two.enter(code, "4")
    await one.leave(code, "3")
    await one.leave(code, "3")
    assert await one.look([code]) == {code: Present(frozenset({"3", "4"}), 0)}
    await two.leave(code, "3")
    assert await one.look([code]) == {code: Present(frozenset({"4"}), 0)}


async def test_watchers_are_counted_over_all_workers_and_are_no_seats(workers: Workers) -> None:
    one, two = workers
    code, other = new_code(), new_code()
    for presence in (one, one, two):
        await presence.enter(code, WATCHER)
    assert await two.look([code, other]) == {code: Present(frozenset(), 3), other: Present()}


async def test_a_worker_that_fell_silent_is_forgotten_and_one_that_beats_is_not(
    workers: Workers, stored: StoredJournal
) -> None:
    one, two = workers
    code = new_code()
    await one.enter(code, "1")
    await two.enter(code, "2")
    for _ in range(4):
        await stored.move_clock(5_000)
        await one.beat()
    assert await one.look([code]) == {code: Present(frozenset({"1"}), 0)}
    await two.beat()
    assert await one.look([code]) == {code: Present(frozenset({"1", "2"}), 0)}


async def test_however_they_come_and_go_at_once_the_last_number_stands(workers: Workers) -> None:
    one, two = workers
    code = new_code()
    await asyncio.gather(*(one.enter(code, WATCHER) for _ in range(50)), *(one.leave(code, WATCHER) for _ in range(30)))
    assert await two.look([code]) == {code: Present(frozenset(), 20)}
    await asyncio.gather(*(one.leave(code, WATCHER) for _ in range(30)))
    assert await two.look([code]) == {code: Present()}


class HeldStore(Store):
    """Connections of which the first round of commands is sent late."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.asked, self.released = asyncio.Event(), asyncio.Event()

    async def calls(self, commands: Sequence[Sequence[Word]]) -> list[Any]:
        if not self.asked.is_set():
            self.asked.set()
            await self.released.wait()
        return await super().calls(commands)


async def test_what_is_said_later_is_not_overtaken_by_what_was_said_before(
    valkey: EmbeddedValkey, stored: StoredJournal
) -> None:
    code = new_code()
    async with HeldStore(valkey.url) as held:
        presence = Presence(held, "one", stored.now)
        entering = asyncio.create_task(presence.enter(code, "1"))
        await held.asked.wait()
        leaving = asyncio.create_task(presence.leave(code, "1"))
        for _ in range(20):  # more time than the leaving needs, if nothing holds it
            await stored.now()
        held.released.set()
        await asyncio.gather(entering, leaving)
        assert await presence.look([code]) == {code: Present()}


async def test_nothing_of_presence_outlives_a_room_that_all_workers_left(workers: Workers, connections: Store) -> None:
    one, _ = workers
    code = new_code()
    await one.enter(code, "1")
    (key,) = await connections.call("KEYS", "*presence")
    assert 0 < await connections.call("PTTL", key) <= 60_000
    await one.leave(code, "1")
    assert await connections.call("KEYS", "*presence") == []
