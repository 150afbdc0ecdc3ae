"""Rows in which a worker dies or stands still: A1."""

import asyncio
from functools import partial

from tests.chaos.crowd import Crowd, Purse
from tests.chaos.figures import percentile
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.chaos.waiting import until


@row(
    "A1",
    "kill -9 of a random worker, again and again, in play",
    p={"kills": 5, "commands": 3_000},
    n={"kills": 30, "commands": 20_000},
)
async def a_worker_is_killed(trial: Trial, kills: int, commands: int) -> None:
    """40 rooms on 4 workers; the next is killed when the last is back and its share of the commands is spent."""
    async with trial.bench(workers=4) as bench:
        crowd = Crowd(bench, think=0.6)
        await crowd.gather(rooms=40)
        purse = Purse(commands)
        playing = asyncio.create_task(crowd.spend(purse))
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
