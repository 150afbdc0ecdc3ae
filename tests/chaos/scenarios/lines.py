"""Rows in which the clients' lines are bad: slow, sliced, cut, half open. A12 by cables of ours, A13 by a real link."""

import asyncio
import time

from server.worker import PING_EVERY, PONG_WITHIN
from tests.chaos.bench import Bench
from tests.chaos.cable import Cable
from tests.chaos.crowd import Crowd, Purse
from tests.chaos.figures import percentile
from tests.chaos.namespace import Namespace, why_not
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.chaos.waiting import until

BUDGET = PING_EVERY + PONG_WITHIN


@row("A12", "latency, slices, resets and half-open sockets, by a proxy", n={"commands": 1_500, "resets": 20})
async def lines_are_bad(trial: Trial, commands: int, resets: int) -> None:
    """Each kind of trouble in turn while everybody plays; in the end all lines are half open at once."""
    async with trial.bench(workers=2) as bench:
        cables = [Cable("127.0.0.1", worker.port, trial.lot) for worker in bench.workers]
        bench.others += cables
        for cable in cables:
            await cable.lay()
        crowd = Crowd(bench, cables)
        await crowd.gather(4, waiting=8)
        for delay, slice in ((0.2, 0), (0.0, 7), (0.1, 200)):
            for cable in cables:
                cable.delay, cable.slice = delay, slice
            await crowd.spend(commands // 5, rate=30)
        await _resets(trial, crowd, cables, commands // 5, resets)
        for cable in cables:
            cable.mend()
        seconds = await _half_open(bench, crowd, cables)
        trial.figures.at_most("half-open lines dropped by the workers after", seconds, BUDGET + 1, "s")
        away = [seconds for bot in crowd.bots for seconds in bot.record.away]
        trial.figures.note("lines lost", len(away))
        trial.figures.note("away, p99", percentile(away, 0.99), "s")


async def _resets(trial: Trial, crowd: Crowd, cables: list[Cable], commands: int, resets: int) -> None:
    playing = asyncio.create_task(crowd.spend(commands, rate=30))
    for _ in range(resets):
        await asyncio.sleep(commands / 30 / resets)
        trial.lot.choice(cables).cut(0.2)
    await playing


async def _half_open(bench: Bench, crowd: Crowd, cables: list[Cable]) -> float:
    """Nothing gets through any more, and no end is told; how many seconds until the workers hold no connection."""
    for bot in crowd.bots:
        bot.comes.clear()
    began = time.monotonic()
    for cable in cables:
        cable.deafen()
    await until(lambda: not any(worker.connections() for worker in bench.workers), 120)
    seconds = time.monotonic() - began
    for cable in cables:
        cable.cut(1.0)
        cable.mend()
    for bot in crowd.bots:
        bot.comes.set()
    await crowd.all_live(30)
    return seconds


@row("A13", "a link that is unplugged, in a network namespace", p={"turns": 1}, n={"turns": 3})
async def a_link_is_unplugged(trial: Trial, turns: int) -> None:
    """One of two workers is behind a link of its own: while that is down its people must find the other worker."""
    if why := why_not():
        trial.figures.skip(why)
        return
    namespace = Namespace("chaos19", 19)
    namespace.remove()
    namespace.lay()
    try:
        await _unplugged(trial, namespace, turns)
    finally:
        namespace.remove()


async def _unplugged(trial: Trial, namespace: Namespace, turns: int) -> None:
    async with trial.bench(workers=1) as bench:
        await bench.add_worker(namespace=namespace)
        far = bench.workers[1]
        await far.ready()
        crowd = Crowd(bench, is_spread=False)
        await crowd.gather(4, waiting=8)
        purse = Purse(1_000_000)
        playing = asyncio.create_task(crowd.spend(purse, rate=30))
        for _ in range(turns):
            behind = far.connections()
            trial.figures.note("connections behind the link", behind)
            trial.figures.check(behind > 0, "nobody was behind the link")
            plugging = asyncio.create_task(namespace.unplug(BUDGET + 6))
            began = time.monotonic()
            await until(lambda: far.connections() == 0, 120)
            trial.figures.at_most("dead lines dropped by the worker after", time.monotonic() - began, BUDGET + 1, "s")
            await plugging
            await crowd.all_live(30)
            for bot in crowd.bots[::2]:
                await bot.move(far)
        purse.close()
        await playing
        away = [seconds for bot in crowd.bots for seconds in bot.record.away]
        trial.figures.note("lines lost", len(away))
        trial.figures.note("away, p99", percentile(away, 0.99), "s")
