"""One way to change a room: decided on the newest state, committed once, shown to all; faults stay where they are."""

import asyncio
from collections.abc import Callable

import msgspec
import pytest

from rules.ids import SEATS, VIEWERS, Viewer, Watcher
from server.rooms import open_room
from server.rooms import table as t
from server.rooms.delivery import Delivery, Shown
from server.rooms.open_room import Did, OpenRoom, Trouble
from server.rooms.ports import Change, Unknown
from server.rooms.refusals import RoomCode
from server.rooms.room import Room
from server.rooms.ticks import tick
from server.rooms.unfolding import Unreadable, read_commit, unfolded
from server.rooms.verdicts import Asker, Verdict, ask, enter, sit
from tests.rooms.journals import TroubledJournal
from tests.rooms.tables import CODE, ENTROPY, OPTIONS


class Onlooker:
    """A listener that writes down what it is told."""

    def __init__(self, viewer: Viewer = Watcher.WATCHER) -> None:
        self.viewer = viewer
        self.numbers: list[int] = []
        self.resets: list[Room] = []
        self.ended: list[RoomCode] = []
        self._heard = asyncio.Event()

    async def until_told(self, count: int) -> None:
        """Wait until it has been told so often."""
        async with asyncio.timeout(20):
            while len(self.numbers) < count:
                self._heard.clear()
                await self._heard.wait()

    def changed(self, shown: Shown, deliveries: dict[Viewer, Delivery]) -> None:
        if delivery := deliveries.get(self.viewer):
            self.numbers.append(delivery.number)
            self._heard.set()

    def reset(self, shown: Shown) -> None:
        self.resets.append(shown.room)

    def told(self, kind: str, body: bytes) -> None:
        pass

    def gone(self, code: RoomCode) -> None:
        self.ended.append(code)


@pytest.fixture
def troubled() -> TroubledJournal:
    return TroubledJournal()


async def opened(journal: TroubledJournal) -> OpenRoom:
    """A room with two people, on one worker."""
    events = (
        t.RoomOpened(CODE, OPTIONS),
        t.PersonSat("player 0", "Officer 0", SEATS[0]),
        t.HostNamed(SEATS[0]),
        t.PersonSat("player 1", "Officer 1", SEATS[1]),
    )
    commit = t.Commit(now=await journal.now(), rules=open_room.VERSION, events=events)
    await journal.create(CODE, Change(msgspec.json.encode(commit), deadline_ms=1))
    return await elsewhere(journal)


async def elsewhere(journal: TroubledJournal) -> OpenRoom:
    """The same room, on another worker."""
    loaded = await journal.load(CODE)
    assert loaded is not None
    return OpenRoom(journal, CODE, loaded)


def rename(words: str, player: str = "player 0") -> Callable[[Room, int], Verdict]:
    return lambda room, now: ask(room, Asker(player, 0), t.Rename(words), ENTROPY)


async def events(journal: TroubledJournal) -> list[object]:
    return [event for entry in await journal.tail(CODE, 0) for event in read_commit(entry.payload).events]


async def test_two_workers_that_act_at_once_both_have_their_way_one_after_the_other(troubled: TroubledJournal) -> None:
    one = await opened(troubled)
    other = await elsewhere(troubled)
    await asyncio.gather(one.act(rename("Ivan")), other.act(rename("Pyotr", "player 1")))
    await asyncio.gather(one.catch_up(), other.catch_up())
    assert one.room == other.room
    assert one.head == other.head
    assert {place.person.nickname for place in one.room.sitters if place.person} == {"Ivan", "Pyotr"}


class Doubted(TroubledJournal):
    """As a store with replicas. `is_sure`: whether they have what it says."""

    is_sure = True

    @property
    def confirms(self) -> bool:
        return True

    async def stands(self, code: str, head: str) -> bool:
        if not self.is_sure:
            raise Unknown("too few replicas confirmed")
        return await super().stands(code, head)


async def test_with_replicas_nobody_is_let_into_a_room_that_they_have_not_confirmed() -> None:
    doubted = Doubted()
    room = await opened(doubted)
    doubted.is_sure = False
    with pytest.raises(Unknown):
        await room.confirm()
    doubted.is_sure = True
    await room.confirm()
    doubted.is_sure = False
    await room.confirm()  # what was seen once to be safe stays so


async def test_a_crowd_that_comes_at_once_reads_the_log_as_one(troubled: TroubledJournal) -> None:
    one, other = await opened(troubled), await elsewhere(troubled)
    await one.act(rename("Ivan"))
    before = troubled.looks
    await asyncio.gather(*(other.confirm() for _ in range(50)), *(other.catch_up() for _ in range(50)))
    assert other.head == one.head
    assert troubled.looks - before <= 2


async def test_a_verdict_is_given_on_the_newest_state_though_it_commits_nothing(troubled: TroubledJournal) -> None:
    one = await opened(troubled)
    stale = await elsewhere(troubled)
    await one.act(lambda room, now: sit(room, "late", "Late", SEATS[4]))
    entered = await stale.act(lambda room, now: enter(room, "late"))
    assert isinstance(entered, Room)
    assert entered.seat_of("late") is SEATS[4]
    await one.act(lambda room, now: ask(room, Asker("player 0", 0), t.HandHost(SEATS[1]), ENTROPY))
    choice = t.Choose(t.Options("first_night", "front", t.Pace.BLITZ, listed=False, spectators=True))
    assert isinstance(await stale.act(lambda room, now: ask(room, Asker("player 1", 0), choice, ENTROPY)), Room)
    third = await elsewhere(troubled)
    await one.act(lambda room, now: ask(room, Asker("player 1", 0), t.HandHost(SEATS[0]), ENTROPY))
    late = await third.act(lambda room, now: ask(room, Asker("player 1", 0), choice, ENTROPY))
    assert late is RoomCode.NOT_HOST


async def test_a_command_whose_answer_was_lost_has_one_effect_wherever_it_is_said_again(
    troubled: TroubledJournal,
) -> None:
    one = await opened(troubled)
    other = await elsewhere(troubled)
    did = Did("instance", 1)
    troubled.lost = 1
    assert await one.act(rename("Ivan"), did) is Trouble.UNKNOWN
    for room in (other, one, other):
        assert isinstance(await room.act(rename("Ivan"), did), Room)
    assert (await events(troubled)).count(t.Renamed(SEATS[0], "Ivan")) == 1
    assert (await events(troubled)).count(t.Acted("instance", 1)) == 1


async def test_trouble_with_the_store_is_said_and_costs_nothing(troubled: TroubledJournal) -> None:
    room = await opened(troubled)
    before = room.room
    troubled.full = True
    assert await room.act(rename("Ivan")) is Trouble.BUSY
    troubled.full, troubled.is_away = False, True
    assert await room.act(rename("Ivan")) is Trouble.UNKNOWN
    await room.catch_up()
    assert room.room == before
    troubled.is_away = False
    assert isinstance(await room.act(rename("Ivan")), Room)


async def test_a_store_that_does_not_answer_is_not_waited_for_for_ever(
    troubled: TroubledJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await opened(troubled)
    monkeypatch.setattr(open_room, "PATIENCE_SECONDS", 0.01)
    troubled.hold = asyncio.Event()
    answers = await asyncio.gather(*(room.act(rename(f"Ivan {number}")) for number in range(5)))
    assert answers == [Trouble.UNKNOWN] * 5
    troubled.hold.set()
    assert isinstance(await room.act(rename("Ivan")), Room)


async def test_listeners_are_told_of_every_change_in_order_whoever_made_it(troubled: TroubledJournal) -> None:
    one = await opened(troubled)
    other, onlooker = await elsewhere(troubled), Onlooker()
    other.listeners.add(onlooker)
    for number in range(5):
        await one.act(rename(f"Ivan {number}"))
        if number % 2:
            other.moved(99, one.head)
            assert other._catching_up is not None
            await other._catching_up
    await other.act(rename("Pyotr", "player 1"))
    first = onlooker.numbers[0]
    assert onlooker.numbers == list(range(first, first + 6))
    assert onlooker.resets == []


async def test_a_commit_between_two_looks_is_no_other_history(troubled: TroubledJournal) -> None:
    one = await opened(troubled)
    onlooker = Onlooker()
    one.listeners.add(onlooker)
    faster = t.Commit(now=await troubled.now(), rules=open_room.VERSION, events=(t.Renamed(SEATS[0], "Faster"),))
    troubled.between_looks.append((CODE, Change(msgspec.json.encode(faster), deadline_ms=1)))
    await one.catch_up()
    assert onlooker.resets == []
    assert len(onlooker.numbers) == 1
    place = await troubled.heads([CODE])
    assert one.head == place[CODE].head


async def test_a_store_that_lost_something_is_told_to_everybody_and_nobody_goes_on_from_what_was_lost(
    troubled: TroubledJournal,
) -> None:
    one = await opened(troubled)
    other, onlooker = await elsewhere(troubled), Onlooker()
    one.listeners.add(onlooker)
    await one.act(rename("Lost"))
    troubled.forget(CODE, 1)
    await other.act(rename("Kept"))
    await one.catch_up()
    assert [room.person(SEATS[0]).nickname for room in onlooker.resets] == ["Kept"]  # type: ignore[union-attr]
    assert one.head == other.head
    await one.act(rename("Pyotr", "player 1"))
    assert "Lost" not in str(await events(troubled))


async def test_no_cursor_of_what_the_store_lost_is_gone_on_from_by_a_worker_that_never_saw_it(
    troubled: TroubledJournal,
) -> None:
    one, behind = await opened(troubled), await elsewhere(troubled)
    for room in (one, behind):
        await room.confirm()
    assert one.stream == behind.stream
    await one.act(rename("Lost"))
    cursor = one.stream
    troubled.forget(CODE, 1)
    await (await elsewhere(troubled)).act(rename("Kept"))
    started_since = await elsewhere(troubled)
    for room in (behind, started_since, one):
        await room.confirm()
        assert room.room.person(SEATS[0]).nickname == "Kept"  # type: ignore[union-attr]
        assert room.stream != cursor
    assert behind.stream == started_since.stream


async def test_while_the_store_is_away_no_stream_is_gone_on_with(troubled: TroubledJournal) -> None:
    room = await opened(troubled)
    await room.confirm()
    before = room.stream
    troubled.is_away = True
    await room.confirm()
    assert room.stream != before
    troubled.is_away = False
    await room.confirm()
    assert room.stream == before


async def test_a_fault_of_the_rules_on_a_past_that_is_over_freezes_nothing(troubled: TroubledJournal) -> None:
    one, other = await opened(troubled), await elsewhere(troubled)

    def after_ivan(room: Room, now: int) -> Verdict:
        if all(place.person is None or place.person.nickname != "Ivan" for place in room.sitters):
            raise LookupError("Ivan is not there yet")
        return rename("Pyotr", "player 1")(room, now)

    await one.act(rename("Ivan"))
    assert isinstance(await other.act(after_ivan), Room)


async def test_a_fault_in_the_rules_freezes_one_room_alone_and_its_log_stays_as_it_was(
    troubled: TroubledJournal, capsys: pytest.CaptureFixture[str]
) -> None:
    room, onlooker = await opened(troubled), Onlooker()
    room.listeners.add(onlooker)
    before = await events(troubled)

    def poison(room: Room, now: int) -> Verdict:
        raise RuntimeError("the plan of the enemy")

    assert await room.act(poison) is RoomCode.FROZEN
    assert await room.act(rename("Ivan")) is RoomCode.FROZEN
    assert onlooker.ended == [RoomCode.FROZEN]
    assert await events(troubled) == before
    assert "plan" not in "".join(capsys.readouterr())
    assert isinstance(await (await elsewhere(troubled)).act(rename("Ivan")), Room)


@pytest.mark.parametrize("payload", [b"{}", b'{"now":1,"rules":"0","events":[]}'], ids=["no commit", "other rules"])
async def test_a_log_that_these_rules_can_not_read_is_not_touched(troubled: TroubledJournal, payload: bytes) -> None:
    room, onlooker = await opened(troubled), Onlooker()
    room.listeners.add(onlooker)
    await troubled.commit(CODE, room.head, Change(payload, deadline_ms=1))
    assert await room.act(rename("Ivan")) is RoomCode.FROZEN
    assert onlooker.ended == [RoomCode.FROZEN]
    with pytest.raises(Unreadable):
        await elsewhere(troubled)
    assert len(await troubled.tail(CODE, 0)) == 2


async def test_a_snapshot_of_other_rules_is_not_read(troubled: TroubledJournal) -> None:
    room = await opened(troubled)
    change = Change(msgspec.json.encode(t.Commit(1, open_room.VERSION, ())), snapshot=b'{"rules":"0","room":{}}')
    await troubled.commit(CODE, room.head, change)
    with pytest.raises(Unreadable):
        await elsewhere(troubled)


async def test_a_room_read_from_its_snapshot_is_the_room_that_its_whole_log_gives(troubled: TroubledJournal) -> None:
    room = await opened(troubled)
    for number in range(3 * open_room.SNAPSHOT_EVERY + 5):
        await room.act(rename(f"Ivan {number}"), Did("instance", number + 1))
    loaded = await troubled.load(CODE)
    assert loaded is not None
    assert loaded.snapshot is not None
    assert 0 < len(loaded.tail) < open_room.SNAPSHOT_EVERY
    assert unfolded(loaded)[0] == room.shown


async def test_changes_are_kept_for_whoever_comes_back_also_by_a_worker_that_has_just_read_them(
    troubled: TroubledJournal,
) -> None:
    room = await opened(troubled)
    for number in range(open_room.KEPT_CHANGES + 10):
        await room.act(rename(f"Ivan {number}"))
    newest = room.room.counts[VIEWERS.index(Watcher.WATCHER)]
    for back in (0, 1, open_room.KEPT_CHANGES):
        changes = room.changes_since(Watcher.WATCHER, newest - back)
        assert changes is not None
        assert [change.number for change in changes] == list(range(newest - back + 1, newest + 1))
    assert room.changes_since(Watcher.WATCHER, newest - open_room.KEPT_CHANGES - 1) is None
    assert room.changes_since(Watcher.WATCHER, newest + 1) is None
    fresh = await elsewhere(troubled)
    assert fresh.changes_since(Watcher.WATCHER, newest - 3) == room.changes_since(Watcher.WATCHER, newest - 3)


async def test_a_room_that_is_gone_ends_for_everybody(troubled: TroubledJournal) -> None:
    for look in (OpenRoom.catch_up, lambda room: room.act(rename("Ivan")), lambda room: room.act(tick)):
        journal = TroubledJournal()
        room, onlooker = await opened(journal), Onlooker()
        room.listeners.add(onlooker)
        await journal.expire(CODE, 0)
        await look(room)
        assert onlooker.ended == [RoomCode.NO_SUCH_ROOM]
        assert await room.act(rename("Ivan")) is RoomCode.NO_SUCH_ROOM
