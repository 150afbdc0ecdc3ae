"""Rows in which somebody attacks: floods, silent sockets, requests in drops, pings. B5, B6, B7."""

import asyncio
import itertools
import sys
import time
from asyncio.subprocess import PIPE
from typing import Self

import msgspec

from tests.chaos.attack import Orders, Told
from tests.chaos.bench import Bench
from tests.chaos.busy import busy_processors
from tests.chaos.client import Bot
from tests.chaos.crowd import Crowd
from tests.chaos.figures import percentile
from tests.chaos.rows import row
from tests.chaos.trial import Trial
from tests.chaos.waiting import nobody_tidies

RATE = 120.0
GOING_SECONDS = 2.0
"""How long an evening takes to get going: who asks the first thing after a pause waits longer, attack or none."""

TOO_MANY, NO_ENTER = "4429", "4408"
IN_EARNEST = {"NINETEENTH_LENIENCY": "1"}


@row("B5", "a flood: 20 clients send 5,000 messages a second each", n={"clients": 20, "seconds": 25})
async def a_flood(trial: Trial, clients: int, seconds: float) -> None:
    """They watch a room, and come again as soon as they were closed."""
    await _attacked(trial, {"floods": clients}, seconds, {TOO_MANY}, 1.0)


@row("B6", "3,000 sockets say nothing, 300 requests come in drops", n={"silent": 3_000, "drops": 300, "seconds": 25})
async def nobody_says_who_he_is(trial: Trial, silent: int, drops: int, seconds: float) -> None:
    """While they sit there people come in as on any evening."""
    await _attacked(trial, {"silent": silent, "drops": drops}, seconds, {NO_ENTER, "cut"}, 5.0)


@row("B7", "20 clients send pings of the protocol, 5,000 a second each", n={"clients": 20, "seconds": 25})
async def ping_games(trial: Trial, clients: int, seconds: float) -> None:
    """Pings are answered below the application, where none of its limits count."""
    await _attacked(trial, {"pings": clients}, seconds, {TOO_MANY}, 1.0)


async def _attacked(trial: Trial, attacks: dict[str, int], seconds: float, codes: set[str], most: float) -> None:
    """People play and come in, during an attack on both of their workers and as long without it: half before it, half
    after it, since what a machine gives that others share changes from minute to minute. In so many rooms that few wait
    for each other.
    """
    async with trial.bench(workers=2, environment=IN_EARNEST) as bench:
        crowd = Crowd(bench)
        await crowd.gather(waiting=25, watchers=1)
        attacks_at_both = [(kind, clients, place) for kind, clients in attacks.items() for place in (0, 1)]
        attackers = [await Attacker.ready(_orders(bench, *one, seconds)) for one in attacks_at_both]
        with nobody_tidies(), busy_processors():
            calm, _ = await _evening(crowd, seconds / 2)
            playing = asyncio.create_task(_evening(crowd, seconds))
            reports = await asyncio.gather(*(attacker.attack() for attacker in attackers))
            during, comings = await playing
            calm += (await _evening(crowd, seconds / 2))[0]
        kept = [value for report in reports for value in report.kept]
        closes = {code for report in reports for code in report.closes}
        trial.figures.note("connections of the attack", len(kept))
        trial.figures.at_most("closed after", max(kept, default=0.0), most, "s")
        trial.figures.check(codes <= closes, f"nobody was closed by {codes - closes}, but by {closes}")
        strange = {code for code in closes - codes if not code.startswith("turned away")}
        trial.figures.check(not strange, f"some were closed by {strange}")
        trial.figures.note("p99 of an answer without it", 1000 * percentile(calm, 0.99), "ms")
        ratio = percentile(during, 0.99) / percentile(calm, 0.99)
        trial.figures.at_most("p99 of the others' answers, against that", ratio, 1.5, "×")
        trial.figures.note("people who came in", len(comings))
        trial.figures.at_most("coming in, p95", 1000 * percentile(comings, 0.95), 500.0, "ms")


async def _evening(crowd: Crowd, seconds: float) -> tuple[list[float], list[float]]:
    """People play and people come in: how long each answer took once all are going, and how long each coming in."""
    since = time.monotonic() + GOING_SECONDS
    coming = asyncio.create_task(_coming_in(crowd, time.monotonic() + seconds))
    await crowd.spend(int(RATE * seconds), RATE)
    new = [one for bot in crowd.bots for one in bot.record.asked if one.sent >= since]
    return [one.answered - one.sent for one in new], await coming


async def _coming_in(crowd: Crowd, until: float) -> list[float]:
    """Watchers leave one after the other and come back as a new page does: a ticket, a socket, a whole document."""
    comings: list[float] = []
    watchers = [bot for party in crowd.parties for bot in party.watching]
    for bot in itertools.cycle(watchers):
        if time.monotonic() >= until:
            break
        await _comes_anew(bot, comings)
        await asyncio.sleep(0.1)
    return comings


async def _comes_anew(bot: Bot, comings: list[float]) -> None:
    await bot.leave()
    bot.forget()
    began = time.monotonic()
    bot.come()
    await bot.until(lambda bot: bot.is_live)
    comings.append(time.monotonic() - began)


def _orders(bench: Bench, kind: str, clients: int, place: int, seconds: float) -> Orders:
    """Half of an attack, on one of the two workers."""
    return Orders(kind, bench.workers[place].port, clients // 2, seconds, bench.crowds[0].parties[place].code)


class Attacker:
    """A program that stands ready: what its start costs the machine is no part of the attack."""

    def __init__(self, process: asyncio.subprocess.Process, orders: Orders) -> None:
        self._process = process
        self._orders = orders

    @classmethod
    async def ready(cls, orders: Orders) -> Self:
        """It could begin at once."""
        command = [sys.executable, "-m", "tests.chaos.attack"]
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        assert process.stdout is not None, "it has a pipe"
        assert await process.stdout.readline(), "it did not start"
        return cls(process, orders)

    async def attack(self) -> Told:
        """Have it do what it was ordered to do."""
        output, _ = await self._process.communicate(msgspec.json.encode(self._orders) + b"\n")
        return msgspec.json.decode(output, type=Told)
