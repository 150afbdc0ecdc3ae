"""Rows in which a worker dies or stands still: A1, A2, A3."""

import asyncio
import time
from functools import partial

from tests.chaos.bench import Bench
from tests.chaos.client import Bot
from tests.chaos.crowd import Crowd, Party, Purse
from tests.chaos.figures import percentile
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.chaos.waiting import until

FROZEN_SECONDS = 10.0


@row(
    "A1",
    "kill -9 of a random worker, again and again, in play",
    p={"kills": 5, "commands": 3_000},
    n={"kills": 30, "commands": 20_000},
)
async def a_worker_is_killed(trial: Trial, kills: int, commands: int) -> None:
    """40 rooms on 4 workers; the next is killed when the last is back and its share of the commands is spent."""
    async with trial.bench(workers=4) as bench:
        crowd = Crowd(bench)
        await crowd.gather(10, waiting=30)
        purse = Purse(commands)
        playing = asyncio.create_task(crowd.spend(purse, rate=100))
        for kill in range(1, kills + 1):
            share = round(commands * (1 - kill / (kills + 1)))
            await until(partial(purse.is_down_to, share), 600)
            worker = trial.lot.choice(bench.workers)
            worker.kill()
            await worker.restart()
        await playing
        await crowd.all_live(30)
        away = [seconds for bot in crowd.bots for seconds in bot.record.away]
        trial.figures.note("workers killed", kills)
        trial.figures.note("lines lost", len(away))
        trial.figures.at_most("live again, p99", percentile(away, 0.99), 3.0, "s")


@row("A2", "kill -9 before a commit, between commit and hint, between hint and answer", p={"turns": 1}, n={"turns": 5})
async def a_worker_is_killed_at_a_point(trial: Trial, turns: int) -> None:
    """A worker's line to the store holds its commit, or the answer to it, while the worker is killed."""
    async with trial.bench(workers=3, by_lines=True) as bench:
        crowd = Crowd(bench)
        await crowd.gather(waiting=2)
        for turn in range(turns):
            for point in ("before the commit", "before the hint", "before the answer"):
                party = crowd.parties[turn % 2]
                for place, bot in enumerate(party.bots):
                    await bot.move(bench.workers[place % 3])
                seconds = await _killed_at(bench, party, trial.lot.choice(party.seated), point)
                if point != "before the commit":
                    trial.figures.at_most(f"killed {point}, seen by all others", seconds, 2.0, "s")
                await crowd.all_live(30)


async def _killed_at(bench: Bench, party: Party, bot: Bot, point: str) -> float:
    """How many seconds after its worker's death the others see what a bot did, with no new command; at most 20."""
    place = [worker is bot.door for worker in bench.workers].index(True)
    worker, line = bench.workers[place], bench.lines[place]
    before = await bench.journal.heads([party.code])
    line.holds_commits, line.holds_answers = point == "before the commit", point != "before the commit"
    for other in bench.lines:
        other.loses_hints = 1.0 if point == "before the hint" else 0.0
    name = f"Officer {time.monotonic_ns()}"
    asking = asyncio.create_task(bot.do({"type": "rename", "nickname": name}, is_sure=True))
    async with asyncio.timeout(20):
        await line.caught.wait()
    assert (await bench.journal.heads([party.code]) == before) == (point == "before the commit")
    there = [one for one in party.bots if one.door is worker]
    for one in there:
        one.comes.clear()
    began = time.monotonic()
    worker.kill()
    line.mend()
    if point != "before the commit":
        elsewhere = [one for one in party.bots if one not in there]
        await asyncio.gather(*(one.until(partial(_shows, name), 20) for one in elsewhere))
    seconds = time.monotonic() - began
    for one in there:
        one.comes.set()
    await asking
    for other in bench.lines:
        other.mend()
    await worker.restart()
    return seconds


def _shows(name: str, bot: Bot) -> bool:
    return name in str(bot.document["table"])


@row("A3", "a worker stands still (SIGSTOP) and comes back with what it remembers", p={"turns": 1})
async def a_worker_freezes(trial: Trial, turns: int) -> None:
    """While it stands still the rooms go on elsewhere; commands that waited in it are decided on what is over."""
    async with trial.bench(workers=2, by_lines=True) as bench:
        crowd = Crowd(bench)
        await crowd.gather(4, waiting=8)
        for _ in range(turns):
            frozen, line = bench.workers[0], bench.lines[0]
            patient = [next(bot for bot in party.seated if bot.door is frozen) for party in _half_there(crowd, frozen)]
            others = [bot for bot in crowd.bots if bot not in patient]
            refused = line.conflicts
            frozen.freeze()
            for bot in patient:
                bot.is_patient = True
            waiting = [asyncio.create_task(bot.do(_new_name(), is_sure=True, seconds=60)) for bot in patient]
            async with asyncio.timeout(60):
                await asyncio.sleep(FROZEN_SECONDS)
                moved = [bot for bot in others if bot.door is not frozen and bot.is_live]
                await asyncio.gather(*(bot.do(_new_name()) for bot in moved))
            frozen.thaw()
            await asyncio.gather(*waiting)
            for bot in patient:
                bot.is_patient = False
            await crowd.all_live(30)
            trial.figures.note("decided on a past that was over, and refused by the store", line.conflicts - refused)
            trial.figures.check(line.conflicts > refused, "nothing was ever decided on a stale cache")


def _half_there(crowd: Crowd, frozen: object) -> list[Party]:
    """The rooms in the lobby of which some are at that worker and some elsewhere."""
    return [p for p in crowd.parties if not p.plays and 0 < sum(bot.door is frozen for bot in p.seated) < 5]


def _new_name() -> dict[str, str]:
    return {"type": "rename", "nickname": f"Officer {time.monotonic_ns()}"}
