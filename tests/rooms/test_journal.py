"""The journal keeps one history a room, in memory and in a store alike; and what only a real store can do wrong."""

from pathlib import Path

import pytest

from server.rooms import keys
from server.rooms.codes import new_code
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.ports import Change, Committed, Conflict, Place, StoreFull, Unknown, follows
from server.rooms.store import Store
from tests.rooms.conformance import *  # noqa: F403 (what every journal promises, asked of these two)
from tests.rooms.conformance import heads_of, open_room
from tests.rooms.cut_line import CutLine


async def test_a_commit_decided_on_lost_history_is_refused_though_its_version_fits(connections: Store) -> None:
    journal = StoredJournal(connections)
    code, before = await open_room(journal, b"one")
    room_keys = (keys.log(code), keys.meta(code))
    for key in room_keys:
        await connections.call("COPY", key, key + ":old")
    lost = await journal.commit(code, before.head, Change(b"two"))
    assert isinstance(lost, Committed)
    for key in room_keys:
        await connections.call("COPY", key + ":old", key, "REPLACE")
    other = await journal.commit(code, before.head, Change(b"another two"))
    assert isinstance(other, Committed)
    assert other.version == lost.version
    assert await journal.commit(code, lost.head, Change(b"three")) == Conflict(2, other.head)
    assert not follows(lost.head, await journal.tail(code, 1))


async def test_a_commit_without_an_answer_is_unknown_and_stands_in_the_log_once(
    connections: Store, valkey: EmbeddedValkey, tmp_path: Path
) -> None:
    async with CutLine(valkey.url, tmp_path) as line, Store(line.url) as cut:
        journal = StoredJournal(cut)
        code, first = await open_room(journal, b"one")
        line.cuts = 1
        with pytest.raises(Unknown):
            await journal.commit(code, first.head, Change(b"two"))
        again = await journal.commit(code, first.head, Change(b"two"))
        assert isinstance(again, Conflict)
        assert [entry.payload for entry in await journal.tail(code, 0)] == [b"one", b"two"]


async def test_while_the_store_is_away_every_call_is_unknown(tmp_path: Path) -> None:
    with EmbeddedValkey(tmp_path) as valkey:
        url = valkey.url
    async with Store(url) as gone:
        journal = StoredJournal(gone)
        for asked in (journal.now(), journal.load(new_code()), journal.create(new_code(), Change(b"one"))):
            with pytest.raises(Unknown):
                await asked


async def test_a_full_store_takes_nothing_of_a_commit_and_still_reads(connections: Store) -> None:
    journal = StoredJournal(connections)
    code, first = await open_room(journal, b"one")
    await connections.call("CONFIG", "SET", "maxmemory", "1")
    try:
        with pytest.raises(StoreFull):
            await journal.commit(code, first.head, Change(b"two", snapshot=b"s", deadline_ms=1, listing=b"{}"))
        assert await connections.fullness() > 1
        room = await journal.load(code)
    finally:
        await connections.call("CONFIG", "SET", "maxmemory", "0")
    assert room is not None
    assert (room.version, room.head, room.snapshot) == (1, first.head, None)
    assert await journal.due(10) == []
    assert await journal.open_rooms() == []
    assert await connections.fullness() == 0


async def test_a_commit_whose_entry_the_log_cannot_take_writes_nothing_else(connections: Store) -> None:
    journal = StoredJournal(connections)
    code, first = await open_room(journal, b"one")
    await connections.call("XADD", keys.log(code), "7-0", "payload", b"foreign", "head", "foreign")
    with pytest.raises(Exception, match="equal or smaller"):
        await journal.commit(code, first.head, Change(b"two", snapshot=b"s", deadline_ms=1, listing=b"{}"))
    assert await heads_of(journal, code) == Place(1, first.head)
    assert await journal.due(10) == []
    assert await journal.open_rooms() == []


async def test_a_store_that_forgot_the_scripts_learns_them_again(connections: Store) -> None:
    journal = StoredJournal(connections)
    code, first = await open_room(journal, b"one")
    await connections.call("SCRIPT", "FLUSH")
    assert await journal.load(code) is not None
    await connections.call("SCRIPT", "FLUSH")
    assert isinstance(await journal.commit(code, first.head, Change(b"two")), Committed)


async def test_a_long_log_is_read_whole_page_by_page(connections: Store) -> None:
    journal = StoredJournal(connections)
    code, _ = await open_room(journal, *[b"%d" % number for number in range(1001)])
    assert [int(entry.payload) for entry in await journal.tail(code, 0)] == list(range(1001))


async def test_all_keys_of_a_live_room_are_of_the_known_pattern_and_none_lives_on_a_timer(connections: Store) -> None:
    journal = StoredJournal(connections)
    code = new_code()
    await journal.create(code, Change(b"one", deadline_ms=1, snapshot=b"s", listing=b"{}"))
    shard = keys.shard_of(code)
    found = {key.decode() for key in await connections.call("KEYS", "*")}
    assert found == {keys.log(code), keys.meta(code), keys.due(shard), keys.listed(shard)}
    assert {await connections.call("TTL", key) for key in found} == {-1}


async def test_a_clock_that_is_not_moved_by_hand_cannot_be_moved(connections: Store) -> None:
    with pytest.raises(RuntimeError, match="by hand"):
        await StoredJournal(connections).move_clock(1)


@pytest.mark.parametrize("url", ["", "localhost:6379", "http://somewhere", "file:///x"])
def test_an_address_that_is_no_store_is_refused_with_the_ones_that_are(url: str) -> None:
    with pytest.raises(ValueError, match="valkey://"):
        Store(url)
