"""What every journal promises, wherever its rooms are kept. The fixture `journal` of a module is the one that is asked.

Modules import all of it: test_journal for memory and one server, test_sentinel and test_cluster for theirs.
"""

import asyncio

import pytest

from server.rooms import keys
from server.rooms.codes import new_code
from server.rooms.journal import StoredJournal
from server.rooms.memory import MemoryJournal
from server.rooms.ports import Change, Committed, Conflict, Entry, Missing, Place, Taken, chain, follows

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


async def test_a_room_stands_at_its_newest_head_and_at_no_other(journal: AnyJournal) -> None:
    code, first = await open_room(journal, b"one")
    assert await journal.stands(code, first.head)
    second = await journal.commit(code, first.head, Change(b"two"))
    assert isinstance(second, Committed)
    assert not await journal.stands(code, first.head)
    assert await journal.stands(code, second.head)
    assert not await journal.stands(new_code(), second.head)
    assert await heads_of(journal, code) == Place(2, second.head)


async def test_rooms_are_counted_from_their_opening_to_their_end(journal: AnyJournal) -> None:
    codes = [new_code() for _ in range(30)]
    for code in codes:
        await journal.create(code, Change(b"one", deadline_ms=2**50))
    assert await journal.count() == 30
    for code in codes[:10]:
        await journal.expire(code, 60)
        await journal.expire(code, 60)
    assert await journal.count() == 20
    assert 0 <= await journal.fullness() < 1


async def test_due_rooms_come_earliest_first_and_no_more_of_a_shard_than_were_asked_for(journal: AnyJournal) -> None:
    codes: dict[str, list[str]] = {}
    while not any(len(found) == 5 for found in codes.values()):
        code = new_code()
        codes.setdefault(keys.shard_of(code), []).append(code)
    crowded = next(found for found in codes.values() if len(found) == 5)
    for moment, code in enumerate(reversed(crowded), 1):
        await journal.create(code, Change(b"one", deadline_ms=moment))
    assert await journal.due(3) == [(code, moment) for moment, code in enumerate(reversed(crowded), 1)][:3]


async def test_of_many_who_commit_on_one_head_at_once_one_has_his_way(journal: AnyJournal) -> None:
    code, first = await open_room(journal, b"one")
    answers = await asyncio.gather(*(journal.commit(code, first.head, Change(b"%d" % n)) for n in range(20)))
    won = [number for number, answer in enumerate(answers) if isinstance(answer, Committed)]
    assert len(won) == 1
    assert [entry.payload for entry in await journal.tail(code, 0)] == [b"one", b"%d" % won[0]]
    assert {answer.head for answer in answers if isinstance(answer, Conflict)} == {(await heads_of(journal, code)).head}


async def test_where_many_rooms_stand_is_told_at_once(journal: AnyJournal) -> None:
    rooms = [await open_room(journal, b"one") for _ in range(40)]
    assert await journal.heads(code for code, _ in rooms) == {code: Place(1, last.head) for code, last in rooms}


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
