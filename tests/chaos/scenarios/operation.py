"""Rows of everyday operation under load: a rolling restart, one hot room, hours of play. A16, A21, A28."""

import asyncio
import time

from tests.chaos.bench import Bench
from tests.chaos.crowd import Crowd, Purse
from tests.chaos.figures import percentile
from tests.chaos.rows import row
from tests.chaos.served import Served
from tests.chaos.trial import Trial

MEGABYTE = 1_000_000
SAMPLE_SECONDS = 5.0
WARMING_MINUTES = 3
ONE_HEAP = {"PYTHONMALLOC": "malloc"}
"""Small things too are taken from the C library, which can say what it has free, and give it back."""


@row("A16", "all workers are replaced (SIGUSR1), again and again, in play", n={"turns": 3, "workers": 4})
async def workers_are_replaced(trial: Trial, turns: int, workers: int) -> None:
    """`nineteenth serve` sends the people of each worker to the others, one worker after the other."""
    async with trial.bench(workers=0) as bench:
        served = Served(bench.valkey.url, bench.folder, workers)
        bench.others.append(served)
        await served.start()
        crowd = Crowd(bench, [served])
        await crowd.gather(5, waiting=15)
        purse = Purse(1_000_000)
        playing = asyncio.create_task(crowd.spend(purse, rate=40))
        for _ in range(turns):
            before = {bot: len(bot.record.away) for bot in crowd.bots}
            seconds = await served.replace()
            await crowd.all_live(30)
            moved = [len(bot.record.away) - before[bot] for bot in crowd.bots]
            trial.figures.at_most("from one worker's end to the next one's, longest", max(seconds), 25.0, "s")
            trial.figures.at_most(f"reconnects of one while {workers} workers went, most", max(moved), workers)
            trial.figures.note("reconnects of one, mean", sum(moved) / len(moved))
        purse.close()
        await playing
        away = [seconds for bot in crowd.bots for seconds in bot.record.away]
        trial.figures.note("away, p99", percentile(away, 0.99), "s")


@row("A21", "one hot room: 100 commands a second at 4 workers", n={"commands": 2_000, "rate": 200})
async def a_room_is_hot(trial: Trial, commands: int, rate: int) -> None:
    """Five bots at four workers, each asking its next command as soon as its last is answered and its turn has come.

    `rate` is what they would ask if no answer took any time; what comes of it has to be 100 in a second.
    """
    async with trial.bench(workers=4, environment={"NINETEENTH_MOST_COMMANDS": "100000"}) as bench:
        crowd = Crowd(bench)
        await crowd.gather(1)
        for place, bot in enumerate(crowd.bots):
            await bot.move(bench.workers[place % 4])
        began = time.monotonic()
        await crowd.spend(commands, rate=rate)
        apart = (time.monotonic() - began) / commands
        trial.figures.note("commands a second", 1 / apart)
        trial.figures.at_most("from one command to the next, mean", 1000 * apart, 10.0, "ms")
        waits = [asked.answered - asked.sent for bot in crowd.bots for asked in bot.record.asked]
        trial.figures.at_most("p99 of an answer", 1000 * percentile(waits, 0.99), 150.0, "ms")


@row("A28", "a soak: 60 rooms of bots, who come and go", n={"minutes": 8, "rooms": 60, "rate": 100})
async def they_play_for_long(trial: Trial, minutes: float, rooms: int, rate: int) -> None:
    """5 % of the bots a minute lose their line and come back. What the workers need of memory must not creep.

    A worker is warm once matches have ended in most rooms, and some were long. So before the minutes that are weighed
    everybody plays for three more, as fast as can be.
    """
    async with trial.bench(workers=2, environment=ONE_HEAP) as bench:
        crowd = Crowd(bench)
        await crowd.gather(rooms // 2, waiting=rooms - rooms // 2)
        cold = await _memory(bench)
        await _weighed(trial, crowd, WARMING_MINUTES, rate=250)
        begun = [party.seated[0].document["table"]["matches"] for party in crowd.parties if party.plays]
        samples = await _weighed(trial, crowd, minutes, rate)
        trial.figures.note("matches begun in a room when it is weighed, fewest", min(begun))
        trial.figures.note("memory that a worker needs, cold", cold / MEGABYTE, "MB")
        trial.figures.note("warm", samples[0][1] / MEGABYTE, "MB")
        trial.figures.note("at the end", samples[-1][1] / MEGABYTE, "MB")
        trial.figures.at_most("this grows in 10 minutes by", 600 * _slope(samples) / MEGABYTE, 1.0, "MB")


async def _weighed(trial: Trial, crowd: Crowd, minutes: float, rate: int) -> list[tuple[float, float]]:
    """Moments and bytes while everybody plays, and some lose their line."""
    purse = Purse(10_000_000)
    playing = asyncio.create_task(crowd.spend(purse, rate=rate))
    samples: list[tuple[float, float]] = []
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        await asyncio.sleep(SAMPLE_SECONDS)
        if playing.done():
            await playing  # it never ends by itself
        samples.append((time.monotonic(), await _memory(crowd.bench)))
        for bot in crowd.bots:
            if trial.lot.random() < 0.05 * SAMPLE_SECONDS / 60:
                bot.drop()
    purse.close()
    await playing
    return samples


async def _memory(bench: Bench) -> float:
    """What a worker needs, in the mean: bytes."""
    held = [await worker.holds() for worker in bench.workers]
    return sum(one.memory for one in held) / len(held)


def _slope(samples: list[tuple[float, float]]) -> float:
    """The slope of the line that fits best: bytes a second."""
    count = len(samples)
    middle = sum(moment for moment, _ in samples) / count
    spread = sum((moment - middle) ** 2 for moment, _ in samples)
    return sum((moment - middle) * value for moment, value in samples) / spread
