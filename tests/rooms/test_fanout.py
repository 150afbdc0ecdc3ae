"""A worker learns of every change of the rooms that it watches, by a hint, after a cut, or by the sweep."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest_asyncio

from server.rooms import keys
from server.rooms.codes import new_code
from server.rooms.fanout import Fanout
from server.rooms.journal import StoredJournal
from server.rooms.ports import Change, Committed
from server.rooms.presence import Presence
from server.rooms.store import Store

Note = tuple[object, ...]


@dataclass
class Notebook:
    """A watcher that writes down what it is told."""

    head: str = ""
    notes: asyncio.Queue[Note] = field(default_factory=asyncio.Queue)

    def moved(self, version: int, head: str) -> None:
        self.notes.put_nowait(("moved", version, head))

    def recheck(self) -> None:
        self.notes.put_nowait(("recheck",))

    def told(self, kind: str, body: bytes) -> None:
        self.notes.put_nowait(("told", kind, body))

    async def next(self) -> Note:
        return await asyncio.wait_for(self.notes.get(), 20)


@pytest_asyncio.fixture(loop_scope="session")
async def fanout(connections: Store, stored: StoredJournal) -> AsyncIterator[Fanout]:
    """A running fan-out whose sweeps are made by hand."""
    opened = Fanout(connections, stored, sweep_seconds=3600)
    running = asyncio.create_task(opened.run())
    yield opened
    running.cancel()
    await asyncio.wait([running])


async def opened_room(journal: StoredJournal) -> tuple[str, Committed]:
    code = new_code()
    first = await journal.create(code, Change(b"one"))
    assert isinstance(first, Committed)
    return code, first


async def test_a_watcher_is_told_of_each_commit_of_its_room_and_of_no_other(
    fanout: Fanout, stored: StoredJournal
) -> None:
    (code, first), (other, elsewhere) = await opened_room(stored), await opened_room(stored)
    notebook = Notebook()
    await fanout.watch(code, notebook)
    await stored.commit(other, elsewhere.head, Change(b"two"))
    second = await stored.commit(code, first.head, Change(b"two"))
    assert isinstance(second, Committed)
    assert await notebook.next() == ("moved", 2, second.head)


async def test_from_the_moment_that_watch_returns_no_commit_goes_unheard(fanout: Fanout, stored: StoredJournal) -> None:
    for _ in range(20):
        code, first = await opened_room(stored)
        notebook = Notebook()
        await fanout.watch(code, notebook)
        await stored.commit(code, first.head, Change(b"two"))
        assert (await notebook.next())[:2] == ("moved", 2)


async def test_a_hint_carries_nothing_of_the_payload(connections: Store, stored: StoredJournal) -> None:
    code, first = await opened_room(stored)
    async with connections.listen() as line:
        await line.subscribe(keys.hints(code))
        await line.next(5)
        second = await stored.commit(code, first.head, Change(b"CANARY", snapshot=b"CANARY", listing=b"CANARY"))
        assert isinstance(second, Committed)
        heard = await line.next(5)
    assert getattr(heard, "data", None) == f"moved 2 {second.head}".encode()


async def test_a_room_watched_no_more_is_not_heard(fanout: Fanout, stored: StoredJournal) -> None:
    code, first = await opened_room(stored)
    old, new = Notebook(), Notebook()
    await fanout.watch(code, old)
    await fanout.unwatch(code)
    await fanout.unwatch(code)
    await fanout.watch(code, new)
    await stored.commit(code, first.head, Change(b"two"))
    assert (await new.next())[:2] == ("moved", 2)
    assert old.notes.empty()


async def test_after_the_hint_line_was_cut_every_watched_room_is_rechecked_and_hears_again(
    fanout: Fanout, connections: Store, stored: StoredJournal
) -> None:
    rooms = [await opened_room(stored) for _ in range(3)]
    notebooks = [Notebook() for _ in rooms]
    for (code, _), notebook in zip(rooms, notebooks, strict=True):
        await fanout.watch(code, notebook)
    await connections.call("CLIENT", "KILL", "TYPE", "pubsub")
    for (code, first), notebook in zip(rooms, notebooks, strict=True):
        assert await notebook.next() == ("recheck",)
        await stored.commit(code, first.head, Change(b"two"))
        assert (await notebook.next())[:2] == ("moved", 2)


async def test_a_room_first_watched_while_the_line_is_cut_is_heard_all_the_same(
    fanout: Fanout, connections: Store, stored: StoredJournal
) -> None:
    for _ in range(10):  # the line is found cut now by who reads on it, now by who asks on it
        code, first = await opened_room(stored)
        notebook = Notebook()
        await fanout.watch(new_code(), Notebook())
        await connections.call("CLIENT", "KILL", "TYPE", "pubsub")
        await fanout.watch(code, notebook)
        await stored.commit(code, first.head, Change(b"two"))
        while (note := await notebook.next()) == ("recheck",):
            pass
        assert note[:2] == ("moved", 2)


async def test_the_sweep_finds_what_no_hint_told(fanout: Fanout, connections: Store, stored: StoredJournal) -> None:
    silent = StoredJournal(connections, hints=False)
    (code, first), (still, standing) = await opened_room(stored), await opened_room(stored)
    moved, same, gone = Notebook(first.head), Notebook(standing.head), Notebook("a head of before")
    for watched, notebook in ((code, moved), (still, same), (new_code(), gone)):
        await fanout.watch(watched, notebook)
    second = await silent.commit(code, first.head, Change(b"two"))
    assert isinstance(second, Committed)
    await fanout.sweep()
    assert await moved.next() == ("moved", 2, second.head)
    assert await gone.next() == ("recheck",)
    assert same.notes.empty()


async def test_sweeps_are_made_without_being_asked(connections: Store, stored: StoredJournal) -> None:
    code, first = await opened_room(stored)
    opened = Fanout(connections, stored, sweep_seconds=0.01)
    running = asyncio.create_task(opened.run())
    notebook = Notebook("a head of before")
    await opened.watch(code, notebook)
    assert await notebook.next() == ("moved", 1, first.head)
    running.cancel()


async def test_passing_things_are_told_to_the_watchers_of_a_room_and_to_every_worker(
    fanout: Fanout, connections: Store, stored: StoredJournal
) -> None:
    notebook, everywhere = Notebook(), Notebook()
    code = new_code()
    fanout.on_every_worker(everywhere.told)
    await fanout.watch(code, notebook)
    await fanout.tell(code, "generation", b"2 7")
    assert await notebook.next() == ("told", "generation", b"2 7")
    await fanout.tell(code, "bare")
    assert await notebook.next() == ("told", "bare", b"")
    await Presence(connections, "worker", stored.now).enter(code, "2")
    assert await notebook.next() == ("told", "presence", b"")
    await fanout.tell_every_worker("logout", b"session")
    assert await everywhere.next() == ("told", "logout", b"session")
