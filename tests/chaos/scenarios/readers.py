"""Rows in which the clients are the trouble: those that do not read, those that all come back at once. A14, A15."""

import asyncio
import time
from collections.abc import Iterable
from functools import partial

from tests.chaos.bench import Bench
from tests.chaos.client import Bot
from tests.chaos.crowd import Crowd, Purse
from tests.chaos.figures import percentile
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.chaos.waiting import nobody_tidies, until

MEGABYTE = 1_000_000
RATE = 120.0
SELDOM = 0.5  # who looks often takes time from those whose waits are measured


@row(
    "A14",
    "readers that read no more",
    p={"readers": 10, "commands": 2_500},
    n={"readers": 100, "commands": 4_000},
)
async def readers_stop(trial: Trial, readers: int, commands: int) -> None:
    """They watch rooms where something happens, keep their lines open and take nothing off them.

    Once closed they stay away until the others were measured: how it is when many come back is A15's to say. Of fewer
    commands the slowest hundredth is a handful, whose time says more of chance than of readers.
    """
    async with trial.bench(workers=2) as bench:
        crowd = Crowd(bench)
        await crowd.gather(waiting=10, watchers=readers // 10)  # whose documents stay as large as they are
        with nobody_tidies():
            await crowd.spend(commands, rate=RATE)
            before, usual = _memory(bench), _waits(crowd.bots)
            slow = [bot for party in crowd.parties for bot in party.watching]
            asked = sum(len(bot.record.asked) for bot in crowd.bots)
            for bot in slow:
                bot.stop_reading()
                bot.comes.clear()
            purse, began = Purse(100 * commands), time.monotonic()
            playing = asyncio.create_task(crowd.spend(purse, rate=RATE))
            await until(partial(_are_closed, bench, len(crowd.bots) - readers), 60, SELDOM)
            closed = time.monotonic() - began
            await until(lambda: sum(len(bot.record.asked) for bot in crowd.bots) - asked >= commands, 300, SELDOM)
            purse.close()
            await playing
            grown = _memory(bench) - before
            for bot in slow:
                bot.is_patient = False
                bot.drop()
                bot.comes.set()
            others = _waits(bot for bot in crowd.bots if bot not in slow)
        trial.figures.at_most("closed after", closed, 15.0, "s")
        trial.figures.at_most("memory grown", grown / MEGABYTE, 64.0, "MB")
        trial.figures.note("p99 of an answer before", 1000 * percentile(usual, 0.99), "ms")
        ratio = percentile(others[len(usual) :], 0.99) / percentile(usual, 0.99)
        trial.figures.at_most("p99 of the others' answers, against before", ratio, 1.2, "×")


def _are_closed(bench: Bench, left: int) -> bool:
    return sum(worker.connections() for worker in bench.workers) <= left


def _memory(bench: Bench) -> int:
    return sum(worker.memory() for worker in bench.workers)


def _waits(bots: Iterable[Bot]) -> list[float]:
    """How long each answer took, in the order in which they came."""
    asked = sorted((asked.answered, asked.answered - asked.sent) for bot in bots for asked in bot.record.asked)
    return [seconds for _, seconds in asked]


@row("A15", "2,000 sockets are cut at once", n={"rooms": 40, "watchers": 45})
async def everybody_is_cut(trial: Trial, rooms: int, watchers: int) -> None:
    """They come back with full jitter, each by a ticket and with its cursor."""
    async with trial.bench(workers=2) as bench:
        crowd = Crowd(bench)
        await crowd.gather(waiting=rooms, watchers=watchers)
        began = time.monotonic()
        for bot in crowd.bots:
            bot.drop()
        await until(lambda: all(bot.record.away for bot in crowd.bots), 120)
        away = [bot.record.away[-1] for bot in crowd.bots]
        trial.figures.note("sockets", len(crowd.bots))
        trial.figures.at_most("95 % are back", percentile(away, 0.95), 10.0, "s")
        trial.figures.at_most("all are back", time.monotonic() - began, 30.0, "s")
        frames = [bot.record.frames for bot in crowd.bots]
        trial.figures.note("documents sent anew", sum(kept[-1].is_whole and len(kept) > 1 for kept in frames))
