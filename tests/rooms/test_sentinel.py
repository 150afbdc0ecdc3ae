"""A master that sentinels name, with its replicas: what was answered is not lost with it, and workers find the next."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import cycle

import msgspec
import pytest
import pytest_asyncio

from rules.codec import VERSION
from rules.ids import SEATS
from server.rooms import keys
from server.rooms import table as t
from server.rooms.codes import new_code
from server.rooms.fanout import Fanout
from server.rooms.journal import StoredJournal
from server.rooms.open_room import Did, OpenRoom, Trouble
from server.rooms.ports import Change, Committed, Unknown, follows
from server.rooms.room import Room
from server.rooms.store import Heard, Store
from server.rooms.unfolding import read_commit
from server.rooms.verdicts import Asker, Verdict, ask
from tests.rooms.conformance import *  # noqa: F403 (what every journal promises, asked of this one)
from tests.rooms.journals import PATIENCE_SECONDS, committed
from tests.rooms.tables import ENTROPY, OPTIONS
from tests.rooms.test_fanout import Notebook
from tests.rooms.valkeys import Valkey, Watched, until, watched

ROOMS, COMMANDS = 4, 40


@pytest.fixture(scope="module")
def sentinels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Three servers and three sentinels."""
    with watched(tmp_path_factory.mktemp("sentinels")) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def journal(sentinels: Watched) -> AsyncIterator[StoredJournal]:
    """The journal there, empty, its clock moved by hand."""
    sentinels.until_settled(2)
    async with Store(sentinels.url) as store:
        await store.call("FLUSHALL")
        yield StoredJournal(store, by_hand=True)


@asynccontextmanager
async def frozen(*servers: Valkey) -> AsyncIterator[None]:
    """Servers that stand still meanwhile."""
    for server in servers:
        server.freeze()
    try:
        yield
    finally:
        for server in servers:
            server.thaw()


@asynccontextmanager
async def worker(url: str) -> AsyncIterator[StoredJournal]:
    """The journal of one worker, whose line for hints is open."""
    async with Store(url) as store:
        journal = StoredJournal(store)
        running = asyncio.create_task(Fanout(store, journal).run())
        yield journal
        running.cancel()


async def opened(journal: StoredJournal, code: str) -> OpenRoom:
    """A room with one person."""
    events = (t.RoomOpened(code, OPTIONS), t.PersonSat("host", "Host", SEATS[0]), t.HostNamed(SEATS[0]))
    commit = t.Commit(now=await journal.now(), rules=VERSION, events=events)
    assert isinstance(await journal.create(code, Change(msgspec.json.encode(commit), deadline_ms=2**50)), Committed)
    return await elsewhere(journal, code)


async def elsewhere(journal: StoredJournal, code: str) -> OpenRoom:
    """The same room, as another worker reads it."""
    loaded = await journal.load(code)
    assert loaded is not None
    return OpenRoom(journal, code, loaded)


def rename(number: int) -> Callable[[Room, int], Verdict]:
    return lambda room, now: ask(room, Asker("host", 0), t.Rename(f"Host {number}"), ENTROPY)


async def insist(rooms: tuple[OpenRoom, ...], number: int) -> None:
    """Say a command to one worker after the other until it is done."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        for room in cycle(rooms):
            result = await room.act(rename(number), Did("instance", number))
            if isinstance(result, Room):
                return
            assert isinstance(result, Trouble)


async def test_a_commit_is_answered_and_told_only_once_a_replica_has_it(sentinels: Watched) -> None:
    master = sentinels.until_settled(2)
    replicas = [server for server in sentinels.servers if server is not master]
    async with Store(sentinels.url) as store, store.listen() as line:
        journal = StoredJournal(store)
        code = new_code()
        first = await journal.create(code, Change(b"one"))
        assert isinstance(first, Committed)
        await line.subscribe(keys.hints(code))
        await line.next(20)
        async with frozen(*replicas):
            with pytest.raises(Unknown, match="confirmed"):
                await journal.commit(code, first.head, Change(b"two"))
            second = (await journal.heads([code]))[code]
            assert second.version == 2
        third = await journal.commit(code, second.head, Change(b"three"))
        assert isinstance(third, Committed)
        assert await line.next(20) == Heard(keys.hints(code), f"moved 3 {third.head}".encode())


async def test_what_no_replica_confirmed_is_not_said_to_be_done_however_often_it_is_asked(sentinels: Watched) -> None:
    master = sentinels.until_settled(2)
    replicas = [server for server in sentinels.servers if server is not master]
    async with Store(sentinels.url) as store:
        one = await opened(StoredJournal(store), new_code())
        async with frozen(*replicas):
            assert await one.act(rename(1), Did("instance", 1)) is Trouble.UNKNOWN
            assert await one.act(rename(1), Did("instance", 1)) is Trouble.UNKNOWN
            other = await elsewhere(StoredJournal(store), one.code)
            assert other.room.has_acted("instance", 1)
            assert await other.act(rename(1), Did("instance", 1)) is Trouble.UNKNOWN
        sentinels.until_settled(2)
        for room in (one, other):
            await insist((room,), 1)
        loaded = await StoredJournal(store).load(one.code)
        assert loaded is not None
        assert loaded.version == 2


async def test_what_no_replica_confirmed_is_not_shown_by_another_worker_either(sentinels: Watched) -> None:
    master = sentinels.until_settled(2)
    replicas = [server for server in sentinels.servers if server is not master]
    async with Store(sentinels.url) as store:
        one = await opened(StoredJournal(store), new_code())
        other = await elsewhere(StoredJournal(store), one.code)
        async with frozen(*replicas):
            assert await one.act(rename(1), Did("instance", 1)) is Trouble.UNKNOWN
            assert (await StoredJournal(store).heads([one.code]))[one.code].version == 2
            await other.catch_up()
            assert not other.room.has_acted("instance", 1)
        sentinels.until_settled(2)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not other.room.has_acted("instance", 1):
                await other.catch_up()


async def test_where_most_sentinels_are_silent_nobody_knows_who_is_the_master(sentinels: Watched) -> None:
    sentinels.until_settled(2)
    async with Store(sentinels.url) as store:
        journal, code = StoredJournal(store), new_code()
        first = await journal.create(code, Change(b"one"))
        assert isinstance(first, Committed)
        async with frozen(sentinels.sentinels[0]):
            second = await journal.commit(code, first.head, Change(b"two"))
        assert isinstance(second, Committed)
        async with frozen(*sentinels.sentinels[:2]):
            with pytest.raises(Unknown):
                await journal.commit(code, second.head, Change(b"three"))
        sentinels.until_settled(2)
        assert isinstance(await committed(journal, code, second.head, b"three"), Committed)


@pytest.mark.parametrize("fault", ["killed", "standing still", "standing still until another is named"])
async def test_no_answered_command_is_lost_with_the_master_and_workers_go_on_with_the_next(
    sentinels: Watched, fault: str
) -> None:
    master = sentinels.until_settled(2)
    async with worker(sentinels.url) as one, worker(sentinels.url) as other:
        journals = (one, other)
        codes = [new_code() for _ in range(ROOMS)]
        begun, gone = asyncio.Event(), asyncio.Event()

        async def play(code: str) -> None:
            rooms = (await opened(journals[0], code), await elsewhere(journals[1], code))
            for number in range(1, COMMANDS + 1):
                await insist(rooms, number)
                if number == COMMANDS // 2:
                    begun.set()
                    await gone.wait()

        playing = [asyncio.create_task(play(code)) for code in codes]
        await asyncio.wait_for(begun.wait(), PATIENCE_SECONDS)
        if fault == "killed":
            master.kill()
        else:
            master.freeze()
        gone.set()
        try:
            if fault == "standing still until another is named":
                others = [server for server in sentinels.servers if server is not master]
                promoted = lambda: any(server.do("ROLE")[0] == "master" for server in others)  # noqa: E731
                await asyncio.to_thread(until, promoted, "another master")
                master.thaw()  # it goes on for a moment, and so does the replica that nobody has told yet
            await asyncio.gather(*playing)
            assert sentinels.named() is not master
        finally:
            if fault == "killed":
                master.start()
            else:
                master.thaw()
            sentinels.bring_back(master)
        for code in codes:
            entries = await journals[1].tail(code, 0)
            done = [e.number for entry in entries for e in read_commit(entry.payload).events if isinstance(e, t.Acted)]
            assert done == list(range(1, COMMANDS + 1))
            loaded = await journals[0].load(code)
            assert loaded is not None
            assert follows(loaded.origin, entries)


async def test_the_line_for_hints_goes_over_to_the_next_master_and_every_room_is_looked_at(sentinels: Watched) -> None:
    master = sentinels.until_settled(2)
    async with Store(sentinels.url) as store:
        journal = StoredJournal(store)
        fanout, notebook, code = Fanout(store, journal, sweep_seconds=3600), Notebook(), new_code()
        running = asyncio.create_task(fanout.run())
        first = await journal.create(code, Change(b"one"))
        assert isinstance(first, Committed)
        await fanout.watch(code, notebook)
        async with frozen(master), asyncio.timeout(PATIENCE_SECONDS):
            assert await notebook.notes.get() == ("recheck",)
            assert sentinels.named() is not master
            second = await committed(journal, code, first.head)
            assert isinstance(second, Committed)
            assert isinstance(await journal.commit(code, second.head, Change(b"three")), Committed)
            while (await notebook.notes.get())[:2] != ("moved", 3):
                pass
        running.cancel()
    sentinels.bring_back(master)
