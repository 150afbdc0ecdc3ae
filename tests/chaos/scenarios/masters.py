"""Rows in which the store is a master that sentinels name, and it is killed, cut off or flaps: A7, A8, A9."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

from redis import Redis

from server.rooms import table as t
from server.rooms.unfolding import read_commit
from tests.chaos.bench import Bench
from tests.chaos.crowd import Crowd, Purse
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.rooms.valkeys import Valkey, Watched, watched

Fault = Callable[[Bench, Watched], Awaitable[None]]
UNSAFE = {"NINETEENTH_STORE_REPLICAS": "0"}
PATIENCE = 120


@asynccontextmanager
async def _watched(min_replicas: int) -> AsyncIterator[Watched]:
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder, watched(Path(folder), min_replicas=min_replicas) as it:
        yield it


async def _played_on(trial: Trial, crowd: Crowd, fault: Callable[[], Awaitable[None]], commands: int) -> None:
    """Everybody plays, before and while something goes wrong."""
    await crowd.spend(commands, rate=40)
    purse = Purse(1_000_000)
    playing = asyncio.create_task(crowd.spend(purse, rate=40))
    await fault()
    trial.figures.note("asked meanwhile", 1_000_000 - purse.left)
    purse.close()
    await playing


async def _break(trial: Trial, fault: Fault, commands: int) -> None:
    """Break the masters under a crowd that plays, and judge."""
    async with _watched(1) as masters, trial.bench(workers=3, url=masters.url) as bench:
        crowd = Crowd(bench)
        await crowd.gather(2, waiting=4)
        await _played_on(trial, crowd, partial(fault, bench, masters), commands)
        await crowd.all_live(60)
        answered = sorted(one.answered for bot in crowd.bots for one in bot.record.asked)
        gap = max((after - before for before, after in pairwise(answered)), default=0.0)
        trial.figures.note("longest time without any answer", gap, "s")


async def _lost_without(trial: Trial, fault: Fault, commands: int) -> None:
    """The same with workers that wait for no replica: how many acknowledged commands are lost then is printed."""
    async with _watched(0) as masters, trial.bench(workers=3, url=masters.url, environment=UNSAFE) as bench:
        crowd = Crowd(bench)
        await crowd.gather(waiting=6)
        await _played_on(trial, crowd, partial(fault, bench, masters), commands)
        lost = 0
        for party in crowd.parties:
            entries = await bench.journal.tail(party.code, 0)
            acted = [event for entry in entries for event in read_commit(entry.payload).events]
            done = {(event.instance, event.number) for event in acted if isinstance(event, t.Acted)}
            lost += sum(bot.as_in_the_log(one) not in done for bot in party.bots for one in bot.record.acked())
        trial.figures.note("acknowledged and lost without waiting for a replica", lost)
        trial.figures.note("of", sum(len(bot.record.acked()) for bot in crowd.bots))
        await crowd.leave()
        bench.crowds.remove(crowd)
        await bench.store.call("FLUSHALL")


async def _next_master(masters: Watched, gone: Valkey) -> None:
    await asyncio.to_thread(_wait_for_another, masters, gone)


def _wait_for_another(masters: Watched, gone: Valkey) -> None:
    deadline = time.monotonic() + PATIENCE
    while masters.named() is gone:
        assert time.monotonic() < deadline, "no other master was named"
        time.sleep(0.1)


@row("A7", "the master is killed", n={"commands": 200, "runs": 2})
async def the_master_is_killed(trial: Trial, commands: int, runs: int) -> None:
    """Another is named; the dead one comes back and follows it."""

    async def kill(bench: Bench, masters: Watched) -> None:
        gone = await asyncio.to_thread(masters.until_settled, 2)
        gone.kill()
        await _next_master(masters, gone)
        gone.start()
        await asyncio.to_thread(masters.bring_back, gone)

    for _ in range(runs):
        await _break(trial, kill, commands)
    await _lost_without(trial, kill, commands)


@row("A8", "the master is cut off together with a worker", n={"commands": 200, "runs": 2})
async def the_master_is_cut_off(trial: Trial, commands: int, runs: int) -> None:
    """That worker reaches the old master alone; what it does there nobody confirms. Then the cut is mended."""
    for _ in range(runs):
        await _break(trial, partial(_cut_off, "1"), commands)
    await _lost_without(trial, partial(_cut_off, "0"), commands)


async def _cut_off(replicas: str, bench: Bench, masters: Watched) -> None:
    """Some of every room's bots are on the island's side. `replicas`: how many the worker there waits for."""
    gone = await asyncio.to_thread(masters.until_settled, 2)
    gone.do("ACL", "SETUSER", "island", "on", ">island", "~*", "&*", "+@all")
    url = f"redis://island:island@127.0.0.1:{gone.port}"
    island = await bench.add_worker(REDIS_URL=url, NINETEENTH_STORE_REPLICAS=replicas)
    await island.ready()
    bots = bench.crowds[-1].bots
    for bot in bots[::2]:
        bot.doors = bot.near = [island]
        bot.drop()
    await asyncio.gather(*(bot.until(lambda bot: not bot.is_live) for bot in bots[::2]))
    await bench.crowds[-1].all_live(PATIENCE)
    with Redis.from_url(url) as inside:
        inside.execute_command("ACL", "SETUSER", "default", "off")
        inside.execute_command("CLIENT", "KILL", "USER", "default")
        await _next_master(masters, gone)
        await asyncio.sleep(6)  # the island's bots ask on
        island.kill()
        bench.workers.remove(island)
        for bot in bots[::2]:
            bot.doors = bot.near = bench.workers
        inside.execute_command("ACL", "SETUSER", "default", "on")
    await asyncio.to_thread(masters.bring_back, gone)


@row("A9", "masters flap: one after the other stands still for a while", n={"commands": 200, "flaps": 3})
async def masters_flap(trial: Trial, commands: int, flaps: int) -> None:
    """Each is thawed when another has been named, and believes for a moment that it still is the master."""

    async def flap(bench: Bench, masters: Watched) -> None:
        for _ in range(flaps):
            gone = await asyncio.to_thread(masters.until_settled, 2)
            gone.freeze()
            try:
                await _next_master(masters, gone)
            finally:
                gone.thaw()
            await asyncio.sleep(1)
            await asyncio.to_thread(masters.bring_back, gone)

    await _break(trial, flap, commands)
