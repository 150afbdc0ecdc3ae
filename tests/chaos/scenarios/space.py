"""Rows in which the store has no space, or comes back with nothing: A5, A22, A26."""

import asyncio
import errno
import shutil
import subprocess
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import httpx2

from tests.chaos.bench import Bench
from tests.chaos.crowd import Crowd, Purse
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.chaos.waiting import until

DISK_BYTES = 48 << 20


@row("A5", "the store comes back empty", n={"rooms": 6})
async def the_store_comes_back_empty(trial: Trial, rooms: int) -> None:
    """Everybody is told that the room is gone, the operator reads of each in the log, and new rooms are as good."""
    async with trial.bench(workers=2) as bench:
        crowd = Crowd(bench)
        await crowd.gather(rooms // 2, waiting=rooms - rooms // 2)
        await crowd.spend(100, rate=50)
        bench.valkey.kill()
        await asyncio.to_thread(shutil.rmtree, bench.valkey.folder)
        bench.valkey.start()
        await asyncio.gather(
            *(bot.until(lambda bot: bot.bye is not None and not bot.is_live, 60) for bot in crowd.bots)
        )
        told = {bot.bye.reason for bot in crowd.bots if bot.bye is not None}
        trial.figures.check(told == {"no_such_room"}, f"who was in a lost room is told {told}")
        lost = sum(worker.said("room_lost") for worker in bench.workers)
        trial.figures.note("lines in the log about lost rooms", lost)
        trial.figures.check(lost >= rooms, "a room was lost without a word in the log")
        bench.crowds.remove(crowd)
        await crowd.leave()
        afresh = Crowd(bench)
        await afresh.gather(1)
        await afresh.spend(50, rate=50)


@row("A22", "the store is filling up, and then it is full", p={"rooms": 4, "commands": 160})
async def the_store_is_full(trial: Trial, rooms: int, commands: int) -> None:
    """From 70 % on no room is opened and matches go on; when it is full they are told to wait; nothing is halved."""
    async with trial.bench(workers=2) as bench:
        crowd = Crowd(bench)
        await crowd.gather(rooms // 2, waiting=rooms - rooms // 2)
        await _allow(bench, 0.75)
        opened: list[str] = []
        await until(partial(_is_refused, bench, opened), 20)
        for code in opened:
            await bench.journal.expire(code, 0)
        await crowd.spend(commands // 2, rate=50)
        troubles = _troubles(crowd)
        trial.figures.at_most("told to wait while it filled up", troubles, 0)
        await _allow(bench, 1.5)
        heads = await bench.journal.heads(party.code for party in crowd.parties)
        playing = asyncio.create_task(crowd.spend(commands // 2, rate=50))
        await until(lambda: _troubles(crowd) > troubles + 5, 60)
        trial.figures.check(not playing.done(), "commands were done in a store that is full")
        stand = await bench.journal.heads(party.code for party in crowd.parties)
        trial.figures.check(stand == heads, "something was written in a store that is full")
        await bench.store.call("CONFIG", "SET", "maxmemory", 0)
        await playing
        trial.figures.note("told to wait while it was full", _troubles(crowd))


async def _allow(bench: Bench, share: float) -> None:
    """Set the limit of the memory so that this share of it is in use."""
    used = (await bench.store.call("INFO", "memory"))["used_memory"]
    await bench.store.call("CONFIG", "SET", "maxmemory", int(used / share))


def _is_refused(bench: Bench, opened: list[str]) -> bool:
    """Whether each worker says `no_space` to who wants to open a room; `opened`: those that were before they looked."""
    with httpx2.Client(timeout=20) as client:
        client.post(f"{bench.workers[0].url}/api/session")
        wish = {"nickname": "Late", "pace": "blitz"}
        said = [client.post(f"{worker.url}/api/rooms", json=wish) for worker in bench.workers]
    opened += [answer.json()["code"] for answer in said if answer.status_code == 201]
    return {answer.json()["code"] for answer in said} == {"no_space"}


def _troubles(crowd: Crowd) -> int:
    return sum(asked.troubles for bot in crowd.bots for asked in bot.record.asked)


@row("A26", "the disk of the store's log is full", n={"commands": 300})
async def the_disk_is_full(trial: Trial, commands: int) -> None:
    """Whoever asks is told to wait, and so is who looks after it; once there is space again all goes on, and is kept.

    The disk is a small one in memory: without the right to mount it the row breaks nothing, and says so.
    """
    with ExitStack() as ending:
        async with trial.bench(workers=0) as bench:
            is_small = _on_a_small_disk(bench, ending)
            if not is_small:
                trial.figures.skip("no small disk may be mounted here")
            for _ in range(2):
                await (await bench.add_worker()).ready()
            crowd = Crowd(bench)
            await crowd.gather(2, waiting=4)
            purse = Purse(commands)
            playing = asyncio.create_task(crowd.spend(purse, rate=40))
            await until(partial(purse.is_down_to, 2 * commands // 3), 120)
            if is_small:
                await _fill_until_told(bench, crowd)
            await playing
            await crowd.all_live(30)
            await _until_written(bench)
            bench.valkey.kill()
            bench.valkey.start()
            await crowd.all_live(60)


async def _fill_until_told(bench: Bench, crowd: Crowd) -> None:
    ballast = bench.valkey.folder / "ballast"
    told = _troubles(crowd)
    _fill(ballast)
    await until(lambda: _troubles(crowd) > told + 5, 120)
    ballast.unlink()


def _fill(ballast: Path) -> None:
    """Write until the disk takes no more: the store writes too, so nobody can say beforehand how much that is."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(DISK_BYTES))
        except OSError as refusal:
            if refusal.errno != errno.ENOSPC:
                raise


async def _until_written(bench: Bench) -> None:
    """Wait until what was said to be done stands on the disk."""
    for _ in range(600):
        if (await bench.store.call("INFO", "persistence"))["aof_last_write_status"] == "ok":
            break
        await asyncio.sleep(0.1)
    assert (await bench.store.call("WAITAOF", 1, 0, 2000))[0] == 1


def _on_a_small_disk(bench: Bench, ending: ExitStack) -> bool:
    """Put the folder of the store on a disk of its own, if that may be had."""
    folder = str(bench.valkey.folder)
    bench.valkey.stop()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", folder]
    is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if is_mounted:
        ending.callback(shutil.rmtree, bench.folder, ignore_errors=True)
        ending.callback(subprocess.run, ["umount", folder], capture_output=True, check=False)
    bench.valkey.start()
    return is_mounted
