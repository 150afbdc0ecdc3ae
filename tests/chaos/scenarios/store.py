"""Rows in which the store dies, or answers and hints are lost on the way from it: A4, A10, A11."""

import asyncio
import time
from functools import partial

from tests.chaos.client import Bot
from tests.chaos.crowd import Crowd, Purse
from tests.chaos.figures import percentile
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.chaos.waiting import until

DOWN_SECONDS = 1.0


@row(
    "A4",
    "kill -9 of the store, which writes its log every second, or always",
    p={"kills": 1, "commands": 300},
    n={"kills": 5, "commands": 2_000},
)
async def the_store_is_killed(trial: Trial, kills: int, commands: int) -> None:
    """The same store is started again on what it had written; its clients know nothing of it but the silence."""
    for fsync in ("everysec", "always"):
        async with trial.bench(workers=2, store={"appendfsync": fsync}) as bench:
            crowd = Crowd(bench)
            await crowd.gather(4, waiting=8)
            purse = Purse(commands)
            playing = asyncio.create_task(crowd.spend(purse, rate=50))
            for kill in range(1, kills + 1):
                await until(partial(purse.is_down_to, round(commands * (1 - kill / (kills + 1)))), 120)
                bench.valkey.kill()
                await asyncio.sleep(DOWN_SECONDS)
                bench.valkey.start()
                began = time.monotonic()
                await until(partial(_is_answered, crowd, began), 60)
                served = _first_answer(crowd, began) - began
                trial.figures.at_most(f"{fsync}: serving after its port opened", served, 3.0, "s")
            await playing


def _is_answered(crowd: Crowd, after: float) -> bool:
    return _first_answer(crowd, after) < float("inf")


def _first_answer(crowd: Crowd, after: float) -> float:
    answered = (bot.record.asked[-1].answered for bot in crowd.bots if bot.record.asked)
    return min((moment for moment in answered if moment > after), default=float("inf"))


@row("A10", "the answer to a commit is cut on 10 % of the commands", p={"commands": 5_000})
async def answers_are_cut(trial: Trial, commands: int) -> None:
    """The commit stands, the worker cannot know it, and the bot asks again under the same id."""
    async with trial.bench(workers=2, by_lines=True) as bench:
        crowd = Crowd(bench)
        await crowd.gather(2, waiting=30)
        for line in bench.lines:
            line.loses_answers = 0.1
        await crowd.spend(commands, rate=150)
        for line in bench.lines:
            line.mend()
        asked = [asked for bot in crowd.bots for asked in bot.record.asked]
        waiting = [bot for party in crowd.parties if not party.plays for bot in party.seated]
        trial.figures.note("answers cut", sum(line.lost_answers for line in bench.lines))
        trial.figures.note("asked more than once", sum(one.tries > 1 for one in asked))
        refused = [one.answer for bot in waiting for one in bot.record.asked if one.answer != "done"]
        trial.figures.at_most("false refusals", len(refused), 0)
        trial.figures.at_most("longest until acknowledged", max(one.answered - one.sent for one in asked), 5.0, "s")


@row("A11", "half of the hints are lost, and all of them", p={"samples": 60})
async def hints_are_lost(trial: Trial, samples: int) -> None:
    """What one does is shown to the others in spite of it, by the sweep."""
    async with trial.bench(workers=3, by_lines=True) as bench:
        crowd = Crowd(bench)
        await crowd.gather(waiting=12)
        for share in (0.5, 1.0):
            for line in bench.lines:
                line.loses_hints = share
            places = asyncio.Semaphore(6)
            measured = await asyncio.gather(*(_staleness(crowd, number, places) for number in range(samples)))
            stale = [seconds for sample in measured for seconds in sample]
            trial.figures.at_most(f"{share:.0%} lost: seen by others, p99", percentile(stale, 0.99), 2.0, "s")
        trial.figures.note("hints lost", sum(line.lost_hints for line in bench.lines))


async def _staleness(crowd: Crowd, number: int, places: asyncio.Semaphore) -> list[float]:
    """How many seconds after a command was acknowledged each of the others in its room was shown it."""
    async with places:
        party = crowd.parties[number % len(crowd.parties)]
        author = party.seated[number % 5]
        name = f"Officer {time.monotonic_ns()}"
        seen: list[float] = []

        async def see(bot: Bot) -> None:
            await bot.until(lambda bot: name in str(bot.document["table"]), 20)
            seen.append(time.monotonic())

        watching = [asyncio.create_task(see(bot)) for bot in party.seated if bot is not author]
        asked = await author.do({"type": "rename", "nickname": name}, is_sure=True)
        await asyncio.gather(*watching)
        return [max(0.0, moment - asked.answered) for moment in seen]
