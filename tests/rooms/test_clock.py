"""The clock hands over what is due, once at a time, and does not let one room stop another."""

import asyncio

from server.rooms import keys
from server.rooms.claims import CLAIMED_MS, Claims
from server.rooms.clock import Clock
from server.rooms.codes import new_code
from server.rooms.journal import StoredJournal
from server.rooms.memory import MemoryJournal
from server.rooms.ports import Change, Committed, Unknown
from server.rooms.store import Store

AnyJournal = MemoryJournal | StoredJournal


async def due_room(journal: AnyJournal, deadline_ms: int = 1) -> str:
    code = new_code()
    assert isinstance(await journal.create(code, Change(b"one", deadline_ms=deadline_ms)), Committed)
    return code


class Ending:
    """Ends each deadline by a commit, as a room does, unless the room has moved on, and writes it down."""

    def __init__(self, journal: AnyJournal) -> None:
        self._journal = journal
        self.ended: list[tuple[str, int]] = []

    async def __call__(self, code: str, due_ms: int) -> None:
        room = await self._journal.load(code)
        assert room is not None
        if room.version > 1:
            return
        if isinstance(await self._journal.commit(code, room.head, Change(b"ended")), Committed):
            self.ended.append((code, due_ms))


async def test_a_deadline_is_handed_over_when_it_comes_and_not_before(journal: AnyJournal) -> None:
    deadline = await journal.now() + 60_000
    code = await due_room(journal, deadline)
    ending = Ending(journal)
    clock = Clock(journal, ending)
    await clock.tick()
    await clock.settle()
    assert ending.ended == []
    await journal.move_clock(60_000)
    for _ in range(3):
        await clock.tick()
        await clock.settle()
    assert ending.ended == [(code, deadline)]


async def test_of_several_workers_one_ends_each_deadline(journal: AnyJournal) -> None:
    codes = {await due_room(journal) for _ in range(100)}
    ending = Ending(journal)
    clocks = [Clock(journal, ending) for _ in range(4)]
    for _ in range(8):
        await asyncio.gather(*(clock.tick() for clock in clocks))
        await asyncio.gather(*(clock.settle() for clock in clocks))
    assert sorted(code for code, _ in ending.ended) == sorted(codes)
    assert await journal.due(1000) == []


async def test_a_running_clock_ticks_by_itself_and_lets_what_runs_come_to_its_end(journal: AnyJournal) -> None:
    code = await due_room(journal)
    started, finished = asyncio.Event(), asyncio.Event()

    async def slowly(code: str, due_ms: int) -> None:
        started.set()
        await asyncio.sleep(0.01)
        finished.set()

    running = asyncio.create_task(Clock(journal, slowly, tick_seconds=0.01).run())
    await asyncio.wait_for(started.wait(), 20)
    running.cancel()
    await asyncio.wait([running])
    assert finished.is_set()
    assert code in dict(await journal.due(10))


async def test_a_room_whose_handler_runs_is_not_handed_over_again_and_no_more_run_than_may() -> None:
    journal = MemoryJournal(10)
    codes = {await due_room(journal) for _ in range(10)}
    going_on, running, most = asyncio.Event(), 0, 0
    handed: list[str] = []

    async def wait(code: str, due_ms: int) -> None:
        nonlocal running, most
        handed.append(code)
        running += 1
        most = max(most, running)
        await going_on.wait()
        running -= 1

    clock = Clock(journal, wait, together=3)
    for _ in range(5):
        await clock.tick()
        await asyncio.sleep(0)
    assert len(handed) == 3
    going_on.set()
    await clock.settle()
    assert sorted(handed) == sorted(codes)
    assert most == 3


async def test_a_poisoned_room_is_tried_more_and_more_rarely_then_left_alone_and_others_go_on() -> None:
    journal = MemoryJournal(10)
    ending, tried, poisoned = Ending(journal), list[int](), list[str]()
    bad = await due_room(journal)
    tick = 0

    async def end_or_fail(code: str, due_ms: int) -> None:
        if code == bad:
            tried.append(tick)
            raise RuntimeError("a secret")
        await ending(code, due_ms)

    clock = Clock(journal, end_or_fail, on_poison=poisoned.append, tries=4)
    for tick in range(40):  # noqa: B007 (the handler reads it)
        await due_room(journal)
        await clock.tick()
        await clock.settle()
    assert tried == [0, 2, 6, 14]
    assert poisoned == [bad]
    assert clock.quarantined == {bad}
    assert len(ending.ended) == 40


async def test_a_new_deadline_brings_a_room_out_of_quarantine() -> None:
    journal = MemoryJournal(10)
    bad = await due_room(journal)
    tried: list[int] = []

    async def fail(code: str, due_ms: int) -> None:
        tried.append(due_ms)
        raise RuntimeError

    clock = Clock(journal, fail, tries=1)
    await clock.tick()
    await clock.settle()
    room = await journal.load(bad)
    assert room is not None
    await journal.commit(bad, room.head, Change(b"mended", deadline_ms=2))
    await clock.tick()
    await clock.settle()
    assert tried == [1, 2]


async def test_trouble_with_the_store_is_not_the_rooms_failure() -> None:
    journal = MemoryJournal(10)
    await due_room(journal)
    tried = 0

    async def lose(code: str, due_ms: int) -> None:
        nonlocal tried
        tried += 1
        raise Unknown

    clock = Clock(journal, lose, tries=2)
    for _ in range(10):
        await clock.tick()
        await clock.settle()
    assert tried == 10
    assert clock.quarantined == frozenset()


async def test_a_room_that_another_worker_has_claimed_is_left_to_it_until_the_claim_is_over() -> None:
    journal, claimed = MemoryJournal(10), True
    ending = Ending(journal)
    await due_room(journal)

    async def claim(code: str, due_ms: int) -> bool:
        return not claimed

    clock = Clock(journal, ending, claim=claim)
    for _ in range(20):
        await clock.tick()
        await clock.settle()
    assert not ending.ended
    claimed = False
    await clock.tick()
    await clock.settle()
    assert len(ending.ended) == 1


async def test_one_of_all_workers_gets_the_claim_of_a_deadline_and_for_half_a_second(connections: Store) -> None:
    code = new_code()
    claims = [Claims(connections) for _ in range(20)]
    assert sum(await asyncio.gather(*(claim.take(code, 7) for claim in claims))) == 1
    assert 0 < await connections.call("PTTL", keys.claim(code)) <= CLAIMED_MS


async def test_a_handler_that_never_ends_fails_and_frees_its_place() -> None:
    journal = MemoryJournal(10)
    stuck = await due_room(journal)

    async def hang(code: str, due_ms: int) -> None:
        await asyncio.Event().wait()

    clock = Clock(journal, hang, tries=1, patience_seconds=0.01)
    await clock.tick()
    await clock.settle()
    assert clock.quarantined == {stuck}
