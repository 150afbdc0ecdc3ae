"""What is kept has stated limits: at them new work is refused by name, and what runs goes on."""

from collections.abc import AsyncIterator

import pytest_asyncio

from rules.commands import Speak
from rules.forms import Text
from rules.ids import SEATS, Channel
from server.rooms import table as t
from server.rooms.codes import new_code
from server.rooms.fanout import Fanout
from server.rooms.journal import StoredJournal
from server.rooms.keeper import Keeper
from server.rooms.limits import Limits, Space
from server.rooms.memory import MemoryJournal
from server.rooms.open_room import Did, OpenRoom
from server.rooms.ports import Change, Committed
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.store import Store
from server.rooms.ticks import tick
from server.rooms.verdicts import Asker
from tests.rooms.tables import OPTIONS

FEW = Limits(rooms=3, commands=5)
SHORT = Limits(commits=60)


class Filling(MemoryJournal):
    """A store that says how full it is."""

    fullest = 0.0

    async def fullness(self) -> float:
        return self.fullest


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(connections: Store, stored: StoredJournal) -> AsyncIterator[Keeper]:
    """A worker's rooms, of which there may be few."""
    yield Keeper(stored, Fanout(connections, stored), limits=FEW)


async def match_of_one(keeper: Keeper) -> OpenRoom:
    """A room in which `host` plays against bots."""
    opened = await keeper.open("host", "Host", OPTIONS)
    assert isinstance(opened, Room)
    room = await keeper.find(opened.code)
    assert room is not None
    for number, seat in enumerate(SEATS[1:], 1):
        await done(keeper, room, number, t.SeatBot(seat, t.BotLevel.CONSCRIPT))
    await done(keeper, room, 5, t.Start())
    return room


async def done(keeper: Keeper, room: OpenRoom, number: int, command: t.RoomCommand) -> None:
    assert isinstance(await say(keeper, room, number, command), Room)


async def say(keeper: Keeper, room: OpenRoom, number: int, command: t.RoomCommand) -> object:
    return await keeper.ask(room, Asker("host", 0), Did("instance", number), command)


async def next_phase(room: OpenRoom, stored: StoredJournal) -> None:
    """Let the clock end the phase, by way of whatever its bots do before."""
    assert room.room.match is not None
    number = room.room.match.phase_number
    while room.room.match is not None and room.room.match.phase_number == number:
        due = room.room.due()
        assert due is not None
        await stored.move_clock(max(0, due - await stored.now()))
        assert isinstance(await room.act(tick), Room)


async def test_no_more_rooms_are_opened_than_there_may_be_and_one_that_ends_makes_place(
    keeper: Keeper, stored: StoredJournal
) -> None:
    rooms = [await keeper.open("host", "Host", OPTIONS) for _ in range(4)]
    assert rooms[3] is RoomCode.NO_SPACE
    assert await stored.count() == 3
    assert isinstance(rooms[0], Room)
    await stored.expire(rooms[0].code, 60)
    assert await Space(stored, FEW).take()


async def test_no_room_is_opened_in_a_store_that_is_filling_up() -> None:
    journal = Filling()
    for fullest, may in ((0.69, True), (0.7, False), (2.0, False), (0.0, True)):
        journal.fullest = fullest
        assert await Space(journal, Limits()).take() is may


async def test_the_store_is_not_asked_for_every_room_and_still_no_more_are_opened_than_were_left() -> None:
    journal = Filling()
    space = Space(journal, FEW, look_seconds=3600)
    taken = []
    for _ in range(5):
        taken.append(await space.take())
        assert isinstance(await journal.create(new_code(), Change(b"one", deadline_ms=1)), Committed)
        journal.fullest = 1.0
    assert taken == [True, True, True, False, False]
    assert not await Space(journal, FEW, look_seconds=0).take()


async def test_a_seat_does_so_much_in_a_phase_and_may_leave_all_the_same_and_the_next_phase_is_new(
    keeper: Keeper, stored: StoredJournal
) -> None:
    room = await match_of_one(keeper)
    await next_phase(room, stored)
    words = [t.Play(Speak(Channel.OPEN, Text(f"word {number}"))) for number in range(7)]
    for number in range(FEW.commands):
        await done(keeper, room, 10 + number, words[number])
    version = (await stored.heads([room.code]))[room.code].version
    assert await say(keeper, room, 20, words[5]) is RoomCode.PHASE_SPENT
    assert (await stored.heads([room.code]))[room.code].version == version
    await done(keeper, room, 10, words[0])  # said again: it is done, and costs nothing
    while room.room.match is not None and room.room.match.phase.name != "WIRE":
        await next_phase(room, stored)
    await next_phase(room, stored)
    assert room.room.spent == (0,) * 5
    assert room.room.match is not None
    loaded = await stored.load(room.code)
    assert loaded is not None
    assert OpenRoom(stored, room.code, loaded).room == room.room
    await done(keeper, room, 30, t.Leave())


async def test_the_lobby_is_a_phase_too(keeper: Keeper) -> None:
    opened = await keeper.open("host", "Host", OPTIONS)
    assert isinstance(opened, Room)
    room = await keeper.find(opened.code)
    assert room is not None
    for number in range(1, FEW.commands + 1):
        await done(keeper, room, number, t.Rename(f"Host {number}"))
    assert await say(keeper, room, 6, t.Rename("Once too often")) is RoomCode.PHASE_SPENT
    assert await say(keeper, room, 7, t.Rename(f"Host {FEW.commands}")) is RoomCode.PHASE_SPENT
    await done(keeper, room, 8, t.Leave())


async def test_a_room_has_so_many_commits_by_people_and_its_match_still_ends_by_the_clock(
    connections: Store, stored: StoredJournal
) -> None:
    keeper = Keeper(stored, Fanout(connections, stored), limits=SHORT)
    room = await match_of_one(keeper)
    entered: object = None
    for _ in range(SHORT.commits):
        entered = await keeper.enter(room, "host")
    assert entered is RoomCode.ROOM_SPENT
    assert (await stored.heads([room.code]))[room.code].version == SHORT.commits
    assert await say(keeper, room, 50, t.Leave()) is RoomCode.ROOM_SPENT
    while room.room.stage is t.Stage.MATCH:
        await next_phase(room, stored)
    assert room.room.match is not None
    assert room.room.match.judgement is not None
