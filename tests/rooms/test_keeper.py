"""All rooms of a worker: each there once, however many there are; served by any worker, and given up in the end."""

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from rules.ids import SEATS
from server.rooms import keeper as keeper_module
from server.rooms import table as t
from server.rooms.clock import Clock
from server.rooms.embedded import EmbeddedValkey
from server.rooms.fanout import Fanout
from server.rooms.journal import StoredJournal
from server.rooms.keeper import Frozen, Keeper
from server.rooms.listing import IDLE_HOURS
from server.rooms.open_room import Did, OpenRoom
from server.rooms.ports import Change, Unknown
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.store import Store
from server.rooms.unfolding import read_commit
from server.rooms.verdicts import Asker
from tests.rooms.journals import TroubledJournal
from tests.rooms.tables import OPTIONS
from tests.rooms.test_open_room import Onlooker

A_DAY = IDLE_HOURS * 3_600_000
BLITZ = t.Options("nineteenth", "front", t.Pace.BLITZ, listed=False, spectators=True)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def fanouts(valkey: EmbeddedValkey) -> AsyncIterator[tuple[Fanout, Fanout]]:
    """The hints of two workers; sweeps are left out."""
    async with Store(valkey.url) as store:
        journal = StoredJournal(store, by_hand=True)
        both = Fanout(store, journal, sweep_seconds=3600), Fanout(store, journal, sweep_seconds=3600)
        running = [asyncio.create_task(fanout.run()) for fanout in both]
        yield both
        for task in running:
            task.cancel()
        await asyncio.wait(running)


@pytest_asyncio.fixture(loop_scope="session")
async def workers(stored: StoredJournal, fanouts: tuple[Fanout, Fanout]) -> tuple[Keeper, Keeper]:
    """The rooms of two workers, none so far."""
    return Keeper(stored, fanouts[0]), Keeper(stored, fanouts[1])


async def found(keeper: Keeper, code: str) -> OpenRoom:
    room = await keeper.find(code)
    assert room is not None
    return room


async def opened(keeper: Keeper, options: t.Options = OPTIONS) -> str:
    room = await keeper.open("host", "Host", options)
    assert isinstance(room, Room)
    return room.code


async def begun(keeper: Keeper) -> str:
    """A match of the host and four bots."""
    code = await opened(keeper, BLITZ)
    room = await found(keeper, code)
    host = Asker("host", 0)
    for number, seat in enumerate(SEATS[1:], 1):
        await keeper.ask(room, host, Did("instance", number), t.SeatBot(seat, t.BotLevel.CONSCRIPT))
    assert isinstance(await keeper.ask(room, host, Did("instance", 9), t.Start()), Room)
    return code


async def test_a_crowd_that_comes_at_once_reads_a_room_once(workers: tuple[Keeper, Keeper]) -> None:
    code = await opened(workers[0])
    rooms = await asyncio.gather(*(workers[1].find(code) for _ in range(20)))
    assert len({id(room) for room in rooms}) == 1


@pytest.mark.parametrize("code", ["", "ABCDEFG", "abcdefgh", "ABCD-EFGH", "ABCDEFG:", "ABCDEFG\n", "00000000"])
async def test_what_is_no_code_or_no_room_is_not_found(workers: tuple[Keeper, Keeper], code: str) -> None:
    assert await workers[0].find(code) is None


async def test_a_room_in_use_is_there_once_however_many_there_are(
    workers: tuple[Keeper, Keeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper_module, "KEPT_ROOMS", 2)
    keeper = workers[0]
    codes = [await opened(keeper) for _ in range(6)]
    listening = [(await found(keeper, code), Onlooker()) for code in codes]
    for room, onlooker in listening:
        await keeper.listen(room, onlooker)
    for code, (room, _) in zip(codes, listening, strict=True):
        again, onlooker = await found(keeper, code), Onlooker()
        assert again is room
        await keeper.listen(again, onlooker)
        await keeper.sit(again, "guest", "Guest", None)
        assert onlooker.numbers == listening[codes.index(code)][1].numbers != []


async def test_rooms_that_nobody_uses_are_forgotten_but_for_the_last(
    workers: tuple[Keeper, Keeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper_module, "KEPT_ROOMS", 2)
    keeper = workers[0]
    for _ in range(6):
        await found(keeper, await opened(keeper))
    gc.collect()
    assert len(keeper._rooms) == 2


async def test_a_listener_hears_what_another_worker_commits_and_no_more_once_it_stops(
    workers: tuple[Keeper, Keeper],
) -> None:
    one, other = workers
    code = await opened(one)
    room, onlooker = await found(one, code), Onlooker()
    await one.listen(room, onlooker)
    there = await found(other, code)
    await other.sit(there, "guest", "Guest", None)
    await onlooker.until_told(1)
    assert len(onlooker.numbers) == 1
    await one.stop_listening(room, onlooker)
    await other.ask(there, Asker("guest", 0), Did("instance", 1), t.GetReady(True))
    again = Onlooker()
    await one.listen(room, again)
    assert room.head == there.head
    assert len(onlooker.numbers) == 1
    await other.ask(there, Asker("guest", 0), Did("instance", 2), t.GetReady(False))
    await again.until_told(1)


async def test_who_was_sent_away_by_another_worker_does_not_come_in_by_one_that_had_not_heard_of_it(
    workers: tuple[Keeper, Keeper],
) -> None:
    one, other = workers
    code = await opened(one)
    room, there = await found(one, code), await found(other, code)
    await one.sit(room, "guest", "Guest", SEATS[1])
    await one.ask(room, Asker("host", 0), Did("instance", 1), t.Dismiss(SEATS[1]))
    assert "guest" not in there.room.barred
    await other.listen(there, Onlooker())
    assert await other.enter(there, "guest") is RoomCode.BARRED
    assert await other.enter(there, "watcher") == there.room == room.room


async def test_a_listener_whose_coming_is_cut_short_takes_nothing_from_the_others(
    workers: tuple[Keeper, Keeper],
) -> None:
    one, other = workers
    code = await opened(one)
    room, hasty, patient = await found(one, code), Onlooker(), Onlooker()
    coming = asyncio.create_task(one.listen(room, hasty))
    staying = asyncio.create_task(one.listen(room, patient))
    await asyncio.sleep(0)
    coming.cancel()
    await asyncio.wait([coming])
    await one.stop_listening(room, hasty)
    await staying
    there = await found(other, code)
    await other.sit(there, "guest", "Guest", None)
    await patient.until_told(1)
    assert len(patient.numbers) == 1


async def test_one_command_at_two_workers_at_once_has_one_effect(
    workers: tuple[Keeper, Keeper], stored: StoredJournal
) -> None:
    code = await opened(workers[0])
    rooms = [await found(keeper, code) for keeper in workers]
    asked = [
        keeper.ask(room, Asker("host", 0), Did("instance", 1), t.Rename("Ivan"))
        for keeper, room in zip(workers, rooms, strict=True)
        for _ in range(5)
    ]
    assert all(isinstance(answer, Room) for answer in await asyncio.gather(*asked))
    commits = [read_commit(entry.payload) for entry in await stored.tail(code, 0)]
    assert sum(t.Renamed(SEATS[0], "Ivan") in commit.events for commit in commits) == 1


async def test_a_worker_that_knew_a_room_before_its_match_serves_its_deadlines(
    workers: tuple[Keeper, Keeper], stored: StoredJournal
) -> None:
    one, other = workers
    code = await opened(one, BLITZ)
    await found(other, code)  # and hears nothing of it from now on
    room, host = await found(one, code), Asker("host", 0)
    for number, seat in enumerate(SEATS[1:], 1):
        await one.ask(room, host, Did("instance", number), t.SeatBot(seat, t.BotLevel.CONSCRIPT))
    await one.ask(room, host, Did("instance", 9), t.Start())
    await stored.move_clock(A_DAY * 2)  # so late that a stale eye would take it for given up
    clock = Clock(stored, other.due)
    for _ in range(12):
        await clock.tick()
        await clock.settle()
    await room.catch_up()
    assert room.ended is None
    assert room.room.match is not None
    assert room.room.match.phase_number > 1


async def test_of_two_clocks_each_deadline_is_served_once(
    workers: tuple[Keeper, Keeper], stored: StoredJournal
) -> None:
    code = await begun(workers[0])
    clocks = [Clock(stored, keeper.due) for keeper in workers]
    phases: list[int] = []
    while True:
        room = await found(workers[0], code)
        await room.catch_up()
        assert room.room.match is not None
        if room.room.stage is t.Stage.OVER:
            break
        phases.append(room.room.match.phase_number)
        due = room.room.due()
        assert due is not None
        await stored.move_clock(max(0, due - await stored.now()))
        await asyncio.gather(*(clock.tick() for clock in clocks))
        await asyncio.gather(*(clock.settle() for clock in clocks))
    assert phases == sorted(phases)
    assert set(phases) == set(range(1, max(phases) + 1))


async def test_a_room_that_is_given_up_is_found_by_no_worker_and_due_no_more(
    workers: tuple[Keeper, Keeper], stored: StoredJournal
) -> None:
    code = await opened(workers[0])
    onlookers = [Onlooker(), Onlooker()]
    rooms = [await found(keeper, code) for keeper in workers]
    for keeper, room, onlooker in zip(workers, rooms, onlookers, strict=True):
        await keeper.listen(room, onlooker)
    await stored.move_clock(A_DAY)
    ((due, moment),) = await stored.due(10)
    await workers[1].due(due, moment)
    await asyncio.gather(*(room.catch_up() for room in rooms))
    assert [onlooker.ended for onlooker in onlookers] == [[RoomCode.NO_SUCH_ROOM]] * 2
    assert [await keeper.find(code) for keeper in workers] == [None, None]
    assert await stored.due(10) == []
    assert await workers[0].open_rooms() == []
    assert await workers[0].sit(rooms[0], "guest", "Guest", None) is RoomCode.NO_SUCH_ROOM


async def test_who_comes_back_at_the_last_moment_keeps_the_room(
    workers: tuple[Keeper, Keeper], stored: StoredJournal
) -> None:
    code = await opened(workers[0])
    stale = await found(workers[1], code)
    await stored.move_clock(A_DAY)
    await workers[0].sit(await found(workers[0], code), "guest", "Guest", None)
    await workers[1].due(code, await stored.now())
    assert stale.ended is None
    assert await workers[1].find(code) is stale


async def test_trouble_at_a_deadline_is_told_to_the_clock(connections: Store) -> None:
    journal = TroubledJournal()
    keeper = Keeper(journal, Fanout(connections, journal))
    code = await opened(keeper)
    room = await found(keeper, code)
    journal.is_away = True
    with pytest.raises(Unknown):
        await keeper.due(code, 1)
    journal.is_away = False
    room.end(RoomCode.FROZEN)
    with pytest.raises(Frozen):
        await keeper.due(code, 1)
    await keeper.due("00000000", 1)


async def test_a_room_of_other_rules_stops_nobodys_clock(workers: tuple[Keeper, Keeper], stored: StoredJournal) -> None:
    await stored.create("00000001", Change(b'{"now":1,"rules":"0","events":[]}', deadline_ms=1))
    code = await begun(workers[0])
    room = await found(workers[0], code)
    await stored.move_clock(3_600_000)
    clock = Clock(stored, workers[0].due)
    for _ in range(12):
        await clock.tick()
        await clock.settle()
    assert room.room.match is not None
    assert room.room.match.phase_number > 1
    assert room.ended is None
