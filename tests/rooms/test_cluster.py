"""A cluster: each room is of one slot, so a commit is one step there too; hints reach all; a primary may be lost."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest
import pytest_asyncio

from server.rooms import keys
from server.rooms.codes import new_code
from server.rooms.fanout import Fanout
from server.rooms.journal import StoredJournal
from server.rooms.ports import Change, Committed, Unknown, follows
from server.rooms.presence import Presence, Present
from server.rooms.store import Store
from server.rooms.tickets import Claim, Tickets
from tests.rooms.conformance import *  # noqa: F403 (what every journal promises, asked of this one)
from tests.rooms.journals import PATIENCE_SECONDS, committed
from tests.rooms.test_fanout import Notebook
from tests.rooms.valkeys import Nodes, Valkey, clustered, until


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Three primaries with a replica each."""
    with clustered(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def connections(cluster: Nodes) -> AsyncIterator[Store]:
    """Our connections to it, empty."""
    async with Store(cluster.url) as store:
        await store.call("FLUSHALL")
        yield store


@pytest.fixture
def journal(connections: Store) -> StoredJournal:
    """The journal there, its clock moved by hand."""
    return StoredJournal(connections, by_hand=True)


def primary_of(cluster: Nodes, code: str) -> Valkey:
    """The server that has a room."""
    asked = next(node for node in cluster.nodes if node.is_running())
    slot = int(asked.do("CLUSTER", "KEYSLOT", keys.meta(code)))
    for words in asked.do("CLUSTER", "SLOTS"):
        first, last, (_, port, *_), *_ = words
        if int(first) <= slot <= int(last):
            return next(node for node in cluster.nodes if node.port == int(port))
    raise AssertionError(f"nobody has slot {slot}")


async def test_the_shards_lie_on_all_primaries_and_a_hint_reaches_a_line_to_any_node(
    cluster: Nodes, connections: Store, journal: StoredJournal
) -> None:
    rooms: dict[int, str] = {}
    while len(rooms) < 3:
        code = new_code()
        rooms[primary_of(cluster, code).port] = code
    fanout, notebooks = Fanout(connections, journal, sweep_seconds=3600), {}
    running = asyncio.create_task(fanout.run())
    for code in rooms.values():
        first = await journal.create(code, Change(b"one"))
        assert isinstance(first, Committed)
        notebooks[code] = Notebook()
        await fanout.watch(code, notebooks[code])
        assert isinstance(await journal.commit(code, first.head, Change(b"two")), Committed)
        while (await notebooks[code].next())[:2] != ("moved", 2):
            pass  # what was said before it was listened to may still be on its way from the other node
    code, *_ = rooms.values()
    await Presence(connections, "worker", journal.now).enter(code, "2")
    assert await notebooks[code].next() == ("told", "presence", b"")
    running.cancel()


async def test_presence_and_tickets_are_kept_there_too(connections: Store, journal: StoredJournal) -> None:
    presence, tickets = Presence(connections, "worker", journal.now), Tickets(connections)
    codes = [new_code() for _ in range(20)]
    for code in codes:
        await presence.enter(code, "3")
    await presence.beat()
    assert set((await presence.look(codes)).values()) == {Present(frozenset({"3"}))}
    for code in codes:
        claim = Claim(code, "session", "player", "3", 0)
        ticket = await tickets.issue(claim)
        assert [await tickets.redeem(ticket), await tickets.redeem(ticket)] == [claim, None]


async def test_a_script_that_one_node_forgot_is_learned_again(connections: Store, journal: StoredJournal) -> None:
    for _ in range(6):
        await connections.call("SCRIPT FLUSH")
        code = new_code()
        first = await journal.create(code, Change(b"one"))
        assert isinstance(first, Committed)
        await connections.call("SCRIPT FLUSH")
        assert await journal.load(code) is not None


async def test_connections_that_are_cut_under_many_commands_are_trouble_and_nothing_else(
    cluster: Nodes, connections: Store
) -> None:
    """Whoever finds a node gone closes its connections under those who are just about to write on them."""
    stopped = asyncio.Event()

    async def ask() -> None:
        while not stopped.is_set():
            with suppress(Unknown):
                await connections.call("GET", keys.meta(new_code()))

    asking = [asyncio.create_task(ask()) for _ in range(60)]
    for _ in range(60):
        await asyncio.to_thread(_cut_all_connections, cluster)
    stopped.set()
    await asyncio.gather(*asking)


def _cut_all_connections(cluster: Nodes) -> None:
    for node in cluster.nodes:
        node.do("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


async def test_a_slot_that_moved_is_found_and_its_commit_is_confirmed_where_it_happened(cluster: Nodes) -> None:
    """The answers of the old node's replicas would say nothing of it."""
    async with Store(cluster.url) as store:
        journal = StoredJournal(store)
        codes = [new_code() for _ in range(12)]
        heads = {}
        for code in codes:
            first = await journal.create(code, Change(b"one"))
            assert isinstance(first, Committed)
            heads[code] = first.head
        primary = primary_of(cluster, codes[0])
        replica = next(node for node in cluster.nodes if node.do("ROLE")[0:3:2] == ["slave", primary.port])
        replica.do("CLUSTER", "FAILOVER")
        until(lambda: replica.do("ROLE")[0] == "master", "the replica's promotion")
        until(lambda: "connected" in primary.do("ROLE"), "the primary's following")
        for code in codes:
            assert isinstance(await committed(journal, code, heads[code]), Committed)


async def test_no_answered_commit_is_lost_with_a_primary_and_its_rooms_go_on(
    cluster: Nodes, connections: Store, journal: StoredJournal
) -> None:
    rooms: dict[str, list[bytes]] = {new_code(): [] for _ in range(8)}
    first, *_ = rooms
    lost = primary_of(cluster, first)
    half, killed = asyncio.Event(), asyncio.Event()

    async def write(code: str) -> None:
        await create(code)
        for number in range(40):
            payload = b"%d" % number
            await append(code, payload)
            rooms[code].append(payload)
            if number == 20:
                half.set()
                await killed.wait()

    async def create(code: str) -> None:
        assert isinstance(await journal.create(code, Change(b"begin")), Committed)

    async def append(code: str, payload: bytes) -> None:
        while True:
            try:
                entries = await journal.tail(code, 0)
                if entries[-1].payload == payload and await journal.stands(code, entries[-1].head):
                    return
                if isinstance(await journal.commit(code, entries[-1].head, Change(payload)), Committed):
                    return
            except Unknown:
                await asyncio.sleep(0)

    async with asyncio.timeout(PATIENCE_SECONDS):
        writing = [asyncio.create_task(write(code)) for code in rooms]
        await half.wait()
        lost.kill()
        killed.set()
        await asyncio.to_thread(until, lambda: primary_of(cluster, first) is not lost, "the replica's promotion")
        assert not all(task.done() for task in writing)
        lost.start()  # until it follows, nobody confirms what is written to the next primary
        await asyncio.gather(*writing)
    for code, written in rooms.items():
        loaded = await journal.load(code)
        assert loaded is not None
        assert follows(loaded.origin, loaded.tail)
        assert [entry.payload for entry in loaded.tail] == [b"begin", *written]
