"""Rows in which the store lost what it had acknowledged: A6."""

import asyncio
import shutil
import time
from functools import partial

from tests.chaos.bench import Bench
from tests.chaos.client import Bot
from tests.chaos.crowd import Crowd
from tests.chaos.rows import row
from tests.chaos.trial import Trial

STAY_AWAY = 4
"""The seat whose bot goes home before the loss and comes back with its old cursor when all has gone on."""


@row("A6", "the store is rolled back by 1 to 5 commits a room, under live workers", p={"turns": 5}, n={"turns": 10})
async def the_store_is_rolled_back(trial: Trial, turns: int) -> None:
    """It is killed and started again on a copy of its folder from before. What was lost was told to everybody."""
    async with trial.bench(workers=2) as bench:
        crowd = Crowd(bench)
        await crowd.gather(waiting=8)
        for turn in range(turns):
            commits = turn % 5 + 1
            await _roll_back(bench, crowd, commits)
            began = time.monotonic()
            here = [bot for bot in crowd.bots if bot.comes.is_set()]
            resets = {bot: bot.record.resets for bot in here}
            bench.valkey.start()
            await asyncio.gather(*(bot.until(partial(_is_told, resets[bot]), 30) for bot in here))
            trial.figures.at_most(f"all shown anew after {commits} were lost", time.monotonic() - began, 5.0, "s")
            for _ in range(commits + 1):  # until the new branch is longer than the one that was lost
                await asyncio.gather(*(_rename(party.seated[0]) for party in crowd.parties))
            for bot in crowd.bots:
                bot.comes.set()
            await crowd.all_live(30)
        worked = sum(worker.said("log_went_another_way") for worker in bench.workers)
        trial.figures.note("rooms that a worker saw go another way", worked)


async def _roll_back(bench: Bench, crowd: Crowd, commits: int) -> None:
    """Copy the store's folder, commit so many more in every room, and put the copy in its place. The store is down."""
    copy = bench.folder / "copy"
    await bench.store.call("WAITAOF", 1, 0, 2000)
    await asyncio.to_thread(shutil.copytree, bench.valkey.folder, copy, ignore=shutil.ignore_patterns("*.sock"))
    names = [""]
    for _ in range(commits):
        names = await asyncio.gather(*(_rename(party.seated[1]) for party in crowd.parties))
    for party, name in zip(crowd.parties, names, strict=True):
        party.lost.append(await bench.journal.tail(party.code, 0))
        await asyncio.gather(*(bot.until(partial(_shows, name)) for bot in party.bots))
        party.seated[STAY_AWAY].comes.clear()
        party.seated[STAY_AWAY].drop()
    bench.valkey.kill()
    await asyncio.to_thread(shutil.rmtree, bench.valkey.folder)
    await asyncio.to_thread(shutil.move, copy, bench.valkey.folder)


async def _rename(bot: Bot) -> str:
    name = f"Major {time.monotonic_ns()}"
    await bot.do({"type": "rename", "nickname": name}, is_sure=True)
    return name


def _shows(name: str, bot: Bot) -> bool:
    return name in str(bot.document["table"])


def _is_told(resets: int, bot: Bot) -> bool:
    return bot.record.resets > resets
