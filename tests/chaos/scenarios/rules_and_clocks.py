"""Rows in which a worker has other rules or broken ones, or the clock is at odds: A17, A18, A19, A20."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import httpx2
import msgspec

from rules import decide
from rules.codec import VERSION
from rules.ids import SEATS
from rules.scenario import load
from server.rooms import table as t
from server.rooms.codes import new_code
from server.rooms.delivery import apply, show
from server.rooms.ports import Change, Entry
from server.rooms.room import opened
from server.rooms.unfolding import read_commit, written_commit, written_snapshot
from tests.chaos.bench import Bench
from tests.chaos.crowd import Crowd, Party
from tests.chaos.figures import percentile
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.chaos.waiting import nobody_tidies, until

BY_HAND = {"NINETEENTH_CLOCK": "hand"}
HOUR_MS = 3_600_000
RATE = 120.0
SELDOM = 0.5  # who looks often takes time from the workers whose lateness is measured
PHASE_MS = 80_000  # longer than any phase at blitz pace
OPTIONS = t.Options("nineteenth", "front", t.Pace.BLITZ, listed=False, spectators=True)

OLD_RULES = "from rules import codec; codec.VERSION = 'of yore'"

BROKEN_RULES = """
from rules import decide
judge, end = decide.decide, decide.close
def broken_judge(match, seat, move):
    if "poison for a command" in repr(move):
        raise RuntimeError("the plan of the enemy")
    return judge(match, seat, move)
def broken_end(match, command):
    if "poison for a tick" in repr(match.messages):
        raise RuntimeError("the plan of the enemy")
    return end(match, command)
decide.decide, decide.close = broken_judge, broken_end
"""


@row("A17", "a worker of older rules meets the rooms of newer ones, and the other way round", p={"commands": 60})
async def rules_differ(trial: Trial, commands: int) -> None:
    """Each refuses the other's rooms, to people and to the clock alike; whoever can read a room goes on with it."""
    async with trial.bench(workers=1, environment=BY_HAND) as bench:
        old = await bench.add_worker(OLD_RULES)
        await old.ready()
        new = bench.workers[0]
        crowd = Crowd(bench, [new])
        await crowd.gather(2)
        await crowd.spend(commands, rate=60)
        answers = [await _look(party, old.url) for party in crowd.parties]
        trial.figures.check(set(answers) == {"no_such_room"}, f"an old worker says of new rooms: {answers}")
        phases = _numbers(crowd.parties)
        new.freeze()  # else it may be there first, and the old one's clock finds nothing
        await bench.journal.move_clock(PHASE_MS)
        await until(lambda: old.said("deadline_failed"), 30)
        new.thaw()
        await _until_all_moved_on(phases, crowd.parties)
        host = crowd.parties[0].seated[0]
        foreign = (await host.request("POST", "/rooms", {"nickname": "Yore", "pace": "blitz"}, door=old))["code"]
        answer = await _ask(host.cookie_header, f"{new.url}/api/rooms/{foreign}")
        trial.figures.check(answer == "no_such_room", f"a new worker says of an old room: {answer}")
        entries = await bench.journal.tail(foreign, 0)
        trial.figures.check(len(entries) == 1, "somebody went on with a room that he can not read")
        await bench.journal.expire(foreign, 0)
        trial.figures.note("times that the old worker left a deadline alone", old.said("deadline_failed"))


async def _look(party: Party, url: str) -> str:
    return await _ask(party.seated[0].cookie_header, f"{url}/api/rooms/{party.code}")


async def _ask(headers: dict[str, str], url: str) -> str:
    async with httpx2.AsyncClient(timeout=20) as client:
        answer = await client.get(url, headers=headers)
        return str(answer.json().get("code", answer.status_code)) if answer.is_error else "readable"


def _numbers(parties: Sequence[Party]) -> dict[str, tuple[int, int]]:
    """Match and phase of each room, as its host sees it."""
    documents = {party.code: party.seated[0].document for party in parties}
    return {code: (d["table"]["matches"], d["match"]["phase_number"]) for code, d in documents.items() if "match" in d}


async def _let_phases_end(bench: Bench, parties: Sequence[Party]) -> None:
    """Move the clock so that every phase is over, and wait until all know."""
    before = _numbers(parties)
    await bench.journal.move_clock(PHASE_MS)
    await _until_all_moved_on(before, parties)


async def _until_all_moved_on(before: dict[str, tuple[int, int]], parties: Sequence[Party]) -> None:
    """Every room is in another phase than before, or in none: its match may just have ended."""
    await until(lambda: all(_numbers(parties).get(code) != place for code, place in before.items()), 60)


@row("A18", "the clock of the store jumps an hour ahead, back, and ahead again", n={"commands": 400})
async def clocks_are_wrong(trial: Trial, commands: int) -> None:
    """It is moved by hand, by an hour and back. No worker reads a clock of its own: tests/architecture sees to that."""
    async with trial.bench(workers=2, environment=BY_HAND) as bench:
        crowd = Crowd(bench)
        await crowd.gather(3, waiting=3)
        for by_ms in (HOUR_MS, -HOUR_MS, HOUR_MS):
            await crowd.spend(commands // 4, rate=40)
            await crowd.all_live(30)
            before = _numbers(crowd.parties)
            await bench.journal.move_clock(by_ms)
            await asyncio.sleep(5)  # some fifty looks of the clock at every room
            after = _numbers(crowd.parties)
            ended = [_phases_between(place, after[code]) for code, place in before.items() if code in after]
            trial.figures.at_most(f"phases that a jump of {by_ms // HOUR_MS:+d} h ended, in a room", max(ended), 1)
        await crowd.spend(commands // 4, rate=40)


def _phases_between(before: tuple[int, int], now: tuple[int, int]) -> int:
    return now[1] - before[1] if now[0] == before[0] else 2


@row(
    "A19", "500 rooms are due within 100 ms, on four workers", p={"rooms": 500, "late": 3}, n={"rooms": 500, "late": 1}
)
async def many_are_due(trial: Trial, rooms: int, late: float) -> None:
    """Each ends its phase once, and not `late` seconds late. No worker has read any of them before."""
    async with trial.bench(workers=4, environment=BY_HAND) as bench:
        due = await bench.journal.now() + HOUR_MS
        deadlines = {new_code(): due + trial.lot.randrange(100) for _ in range(rooms)}
        for code, deadline in deadlines.items():
            await bench.journal.create(code, _match_of_five(code, due - 1000, deadline))
        await bench.journal.move_clock(due - 500 - await bench.journal.now())
        left = set(deadlines)
        async with asyncio.timeout(60):
            while left:
                await asyncio.sleep(SELDOM)
                places = await bench.journal.heads(left)
                left -= {code for code, place in places.items() if place.version > 1}
        lateness = []
        for code, deadline in deadlines.items():
            first, *after = [read_commit(entry.payload) for entry in await bench.journal.tail(code, 0)]
            assert first.now < deadline
            trial.figures.check(len(after) == 1, f"a phase ended {len(after)} times")
            trial.figures.check(after[0].now >= deadline, "a phase ended early")
            lateness.append((after[0].now - deadline) / 1000)
            await bench.journal.expire(code, 0)
        trial.figures.note("rooms", rooms)
        trial.figures.at_most("lateness, p99", percentile(lateness, 0.99), late, "s")
        poisoned = sum(worker.said("deadline_failed") for worker in bench.workers)
        trial.figures.at_most("deadlines that failed", poisoned, 0)


def _match_of_five(code: str, now: int, deadline: int) -> Change:
    """The one commit of a room in which five people have begun a match, with the snapshot that goes with a phase."""
    people = tuple(t.PersonSat(f"player {number}", f"Officer {number}", seat) for number, seat in enumerate(SEATS))
    dealt = decide.deal(load(OPTIONS.scenario, OPTIONS.setting), bytes(range(32)), bytes(32))
    begun = (t.HostNamed(SEATS[0]), t.MatchBegan(), dealt, t.Scheduled(now, now, deadline, ()))
    first = t.RoomOpened(code, OPTIONS)
    commit = t.Commit(now=now, rules=VERSION, events=(first, *people, *begun))
    shown, _ = apply(show(opened(first)), commit)
    return Change(written_commit(commit), deadline, written_snapshot(shown.room, ()))


@row(
    "A20",
    "the rules fail on one room's command, and on another's deadline",
    p={"rooms": 3, "commands": 100, "rounds": 1, "slower": 2},
    n={"rooms": 3, "commands": 2_000, "rounds": 4, "slower": 1.1},
)
async def rules_fail(trial: Trial, rooms: int, commands: int, rounds: int, slower: float) -> None:
    """Those two rooms stand still where it failed, and nothing of it is in their logs; the others go on as before.

    How fast is measured in rooms that wait in the lobby, whose documents grow no larger; in turns while no room stands
    still and while two do, since what a machine gives that others share changes from minute to minute.
    """
    async with trial.bench(workers=0, environment=BY_HAND) as bench:
        for _ in range(2):
            await (await bench.add_worker(BROKEN_RULES)).ready()
        crowd = Crowd(bench)
        await crowd.gather(rooms, waiting=2 * rooms)
        well: list[float] = []
        beside: list[float] = []
        codes: set[str] = set()
        await crowd.spend(commands // 10, rate=RATE)  # the first answers take longer, whatever comes after
        for _ in range(rounds):
            well += await _waits(bench, crowd, commands)
            ill = Crowd(bench)
            await ill.gather(2)
            codes |= {party.code for party in ill.parties}
            beside += await _waits_beside(trial, bench, crowd, ill, commands)
        frozen = {line[:4] for worker in bench.workers for line in _frozen_in(worker.log)}
        trial.figures.check(frozen == {code[:4] for code in codes}, f"these rooms stand still: {frozen}")
        trial.figures.check(bool(beside), "nobody else went on")
        trial.figures.note("p99 of an answer while none stands still", 1000 * percentile(well, 0.99), "ms")
        ratio = percentile(beside, 0.99) / percentile(well, 0.99)
        trial.figures.at_most("p99 of the others' answers, against that", ratio, slower, "×")


async def _waits_beside(trial: Trial, bench: Bench, crowd: Crowd, ill: Crowd, commands: int) -> list[float]:
    """How long the crowd waits while two other rooms stand still. Then these are looked at, and taken away."""
    by_command, by_tick = ill.parties
    await _let_phases_end(bench, ill.parties)
    before = _quarantined(bench)
    log = await _poison(bench, ill)
    waits = await _waits(bench, crowd, commands)
    await until(lambda: _quarantined(bench) > before, 60)
    told = [bot.bye.reason if bot.bye else "" for bot in by_tick.bots]
    trial.figures.check(set(told) == {"frozen"}, f"people in a room that stands still are told {told}")
    trial.figures.check(await bench.journal.tail(by_tick.code, 0) == log, "a room went on whose rules fail")
    words = [entry.payload for entry in await bench.journal.tail(by_command.code, 0)]
    trial.figures.check(not any(b"for a command" in payload for payload in words), "a command that failed stands")
    for party in ill.parties:
        await bench.journal.expire(party.code, 0)
    bench.crowds.remove(ill)
    await ill.leave()
    return waits


def _quarantined(bench: Bench) -> int:
    return sum(worker.said("deadline_quarantined") for worker in bench.workers)


async def _poison(bench: Bench, ill: Crowd) -> list[Entry]:
    """Say what the rules fail on; the log of the room whose deadline it is, as it is then."""
    by_command, by_tick = ill.parties
    await by_tick.seated[1].do(_words("poison for a tick"))
    asked = await by_command.seated[1].do(_words("poison for a command"))
    assert asked.answer == "frozen", asked.answer
    return await bench.journal.tail(by_tick.code, 0)


def _words(text: str) -> dict[str, object]:
    move = {"type": "speak", "channel": "open", "body": {"type": "text", "text": text}}
    return {"type": "play", "move": move}


async def _waits(bench: Bench, crowd: Crowd, commands: int) -> list[float]:
    """How long those in the lobby wait for answers while everybody spends so many commands, and phases end."""
    bots = [bot for party in crowd.parties if not party.plays for bot in party.seated]
    asked = {bot: len(bot.record.asked) for bot in bots}
    with nobody_tidies():
        spending = asyncio.create_task(crowd.spend(commands, rate=RATE))
        await _let_phases_end(bench, [party for party in crowd.parties if party.plays])
        await spending
    new = [one for bot in bots for one in bot.record.asked[asked[bot] :] if one.answer]
    return [one.answered - one.sent for one in new]


def _frozen_in(log: Path) -> list[str]:
    lines = [msgspec.json.decode(line) for line in log.read_bytes().splitlines() if line.startswith(b"{")]
    return [line["room"] for line in lines if line["event"] in ("room_frozen", "deadline_quarantined")]
