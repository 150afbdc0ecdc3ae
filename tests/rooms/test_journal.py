"""The journal keeps one history a room, in memory and in a store alike; and what only a real store can do wrong."""

from pathlib import Path

import pytest

from server.rooms import keys
from server.rooms.codes import new_code
from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.memory import MemoryJournal
from server.rooms.ports import (
    Change,
    Committed,
    Conflict,
    Entry,
    Missing,
    Place,
    StoreFull,
    Taken,
    Unknown,
    chain,
    follows,
)
from server.rooms.store import Store
from tests.rooms.cut_line import CutLine

AnyJournal = MemoryJournal | StoredJournal


async def open_room(journal: AnyJournal, *payloads: bytes) -> tuple[str, Committed]:
    """A room with a commit for each payload; its code and the last commit."""
    code = new_code()
    last = await journal.create(code, Change(payloads[0]))
    assert isinstance(last, Committed)
    for payload in payloads[1:]:
        next_one = await journal.commit(code, last.head, Change(payload))
        assert isinstance(next_one, Committed)
        last = next_one
    return code, last


async def test_commits_are_numbered_from_one_and_their_heads_are_a_chain_from_the_origin(journal: AnyJournal) -> None:
    code, last = await open_room(journal, b"one", b"two \x00\xff\r\n", b"three")
    room = await journal.load(code)
    assert room is not None
    assert (room.version, room.head, room.snapshot, room.snapshot_version) == (3, last.head, None, 0)
    assert [(entry.version, entry.payload) for entry in room.tail] == [
        (1, b"one"),
        (2, b"two \x00\xff\r\n"),
        (3, b"three"),
    ]
    assert room.snapshot_head == room.origin
    assert follows(room.origin, room.tail)
    assert room.tail[0].head == chain(room.origin, b"one")
    assert await journal.tail(code, 0) == list(room.tail)
    assert await journal.tail(code, 2) == [Entry(3, last.head, b"three")]


async def test_two_rooms_with_the_same_first_commit_have_different_heads(journal: AnyJournal) -> None:
    _, one = await open_room(journal, b"same")
    _, other = await open_room(journal, b"same")
    assert one.head != other.head


async def test_of_two_commits_on_one_head_the_second_meets_a_conflict_and_leaves_no_trace(journal: AnyJournal) -> None:
    code, first = await open_room(journal, b"one")
    won = await journal.commit(code, first.head, Change(b"mine", deadline_ms=1))
    assert isinstance(won, Committed)
    lost = await journal.commit(code, first.head, Change(b"theirs", snapshot=b"bad", listing=b"bad"))
    assert lost == Conflict(2, won.head)
    room = await journal.load(code)
    assert room is not None
    assert [entry.payload for entry in room.tail] == [b"one", b"mine"]
    assert room.snapshot is None
    assert await journal.due(10) == [(code, 1)]
    assert await journal.open_rooms() == []


async def test_a_code_is_given_once_and_an_unknown_one_is_missing(journal: AnyJournal) -> None:
    code, _ = await open_room(journal, b"one")
    assert await journal.create(code, Change(b"again")) == Taken()
    nowhere = new_code()
    assert await journal.commit(nowhere, "0" * 32, Change(b"x")) == Missing()
    assert await journal.load(nowhere) is None
    assert await journal.tail(nowhere, 0) == []
    assert await journal.heads([code, nowhere]) == {code: Place(1, (await heads_of(journal, code)).head)}


async def heads_of(journal: AnyJournal, code: str) -> Place:
    return (await journal.heads([code]))[code]


async def test_a_load_gives_the_newest_snapshot_and_only_what_came_after_it(journal: AnyJournal) -> None:
    code, first = await open_room(journal, b"one")
    second = await journal.commit(code, first.head, Change(b"two", snapshot=b"state after two"))
    assert isinstance(second, Committed)
    third = await journal.commit(code, second.head, Change(b"three"))
    assert isinstance(third, Committed)
    room = await journal.load(code)
    assert room is not None
    assert (room.snapshot, room.snapshot_version, room.snapshot_head) == (b"state after two", 2, second.head)
    assert room.tail == (Entry(3, third.head, b"three"),)
    assert follows(room.snapshot_head, room.tail)
    assert [entry.version for entry in await journal.tail(code, 0)] == [1, 2, 3]


async def test_a_room_is_due_from_its_deadline_until_a_commit_supersedes_it(journal: AnyJournal) -> None:
    code = new_code()
    deadline = await journal.now() + 60_000
    first = await journal.create(code, Change(b"one", deadline_ms=deadline))
    assert isinstance(first, Committed)
    assert await journal.due(10) == []
    await journal.move_clock(60_000)
    assert await journal.due(10) == [(code, deadline)]
    assert await journal.due(10) == [(code, deadline)]
    second = await journal.commit(code, first.head, Change(b"two", deadline_ms=deadline + 60_000))
    assert isinstance(second, Committed)
    assert second.now_ms >= deadline
    assert await journal.due(10) == []
    await journal.move_clock(60_000)
    await journal.commit(code, second.head, Change(b"three"))
    assert await journal.due(10) == []


async def test_a_room_is_listed_as_its_last_commit_says(journal: AnyJournal) -> None:
    code = new_code()
    first = await journal.create(code, Change(b"one", listing=b'{"seats":1}'))
    assert isinstance(first, Committed)
    assert await journal.open_rooms() == [(code, b'{"seats":1}')]
    second = await journal.commit(code, first.head, Change(b"two", listing=b'{"seats":2}'))
    assert isinstance(second, Committed)
    assert await journal.open_rooms() == [(code, b'{"seats":2}')]
    await journal.commit(code, second.head, Change(b"three"))
    assert await journal.open_rooms() == []


async def test_a_room_that_expires_is_due_and_listed_no_more(journal: AnyJournal) -> None:
    code = new_code()
    await journal.create(code, Change(b"one", deadline_ms=1, listing=b"{}"))
    await journal.expire(code, 3600)
    assert await journal.due(10) == []
    assert await journal.open_rooms() == []


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


@pytest.mark.parametrize("code", ["", "ABC", "abcdefgh", "ABCDEFG*", "ABCDEFGHI", "ABCDEFG\n", "{s00}:due"])
async def test_what_is_no_room_code_never_becomes_a_key(journal: AnyJournal, code: str) -> None:
    with pytest.raises(ValueError, match="not a room code"):
        await journal.create(code, Change(b"one"))


async def test_a_commit_without_a_payload_or_a_head_is_refused(journal: AnyJournal) -> None:
    code, first = await open_room(journal, b"one")
    with pytest.raises(ValueError, match="payload"):
        await journal.commit(code, first.head, Change(b""))
    with pytest.raises(ValueError, match="head"):
        await journal.commit(code, "", Change(b"two"))


async def test_a_clock_that_is_not_moved_by_hand_cannot_be_moved(connections: Store) -> None:
    with pytest.raises(RuntimeError, match="by hand"):
        await StoredJournal(connections).move_clock(1)


@pytest.mark.parametrize("url", ["", "localhost:6379", "http://somewhere", "file:///x"])
def test_an_address_that_is_no_store_is_refused_with_the_ones_that_are(url: str) -> None:
    with pytest.raises(ValueError, match="valkey://"):
        Store(url)
