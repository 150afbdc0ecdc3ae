"""Rooms full of bots who talk, seal, say that they are ready and play match after match, at blitz pace."""

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from typing import Any

from server.rooms.ports import Entry
from tests.chaos.bench import Bench
from tests.chaos.client import Bot, Door, requests_from
from tests.chaos.talk import Talk

Json = dict[str, Any]
COMING_TOGETHER = 40
_addresses = itertools.count(2)


@dataclass
class Party:
    """One room: its five, the host first, and who watches. `plays`: else they stay in the lobby.

    `lost`: what its log was whenever the store was about to lose some of it.
    """

    code: str
    seated: list[Bot]
    watching: list[Bot] = field(default_factory=list)
    plays: bool = True
    lost: list[list[Entry]] = field(default_factory=list)

    @property
    def bots(self) -> list[Bot]:
        """All of them."""
        return [*self.seated, *self.watching]


class Purse:
    """How many commands are still to be spent."""

    def __init__(self, commands: int) -> None:
        self.left = commands

    def take(self) -> bool:
        """Take one out, if there is one."""
        self.left -= self.left > 0
        return self.left > 0

    def is_down_to(self, commands: int) -> bool:
        """Whether no more than so many are left."""
        return self.left <= commands

    def close(self) -> None:
        """Spend no more."""
        self.left = 0


class Crowd:
    """The rooms of one bench, whose bots come in by any of the doors; those of one room by two, while these serve.

    `is_spread`: each room's bots have an address of their own, so that nobody asks too much for one address.
    """

    def __init__(self, bench: Bench, doors: Sequence[Door] | None = None, *, is_spread: bool = True) -> None:
        self.is_spread = is_spread
        self.bench = bench
        self.doors: Sequence[Door] = doors if doors is not None else bench.workers
        self.parties: list[Party] = []
        self._talk = Talk(bench.lot)
        self._clients = AsyncExitStack()
        bench.crowds.append(self)

    @property
    def bots(self) -> list[Bot]:
        """Everybody."""
        return [bot for party in self.parties for bot in party.bots]

    async def gather(self, playing: int = 0, *, waiting: int = 0, watchers: int = 0) -> None:
        """Fill so many rooms and begin their matches; `waiting` are so many more, who stay in the lobby."""
        places = asyncio.Semaphore(max(1, COMING_TOGETHER // (5 + watchers)))

        async def open_one(begins: bool) -> None:
            async with places:
                self.parties.append(await self._party(watchers, begins))

        async with asyncio.timeout(60 + 3 * (playing + waiting)):
            await asyncio.gather(*(open_one(number < playing) for number in range(playing + waiting)))

    async def _party(self, watchers: int, begins: bool) -> Party:
        number = next(_addresses)
        address = f"127.{1 + number // 65_536}.{number // 256 % 256}.{number % 256}" if self.is_spread else ""
        http = await self._clients.enter_async_context(requests_from(address))
        near = [self.doors[(number + turn) % len(self.doors)] for turn in range(2)]
        bots = [Bot("", self.doors, near, http, address, self.bench.lot) for _ in range(5 + watchers)]
        host = bots[0]
        code = (await host.request("POST", "/rooms", {"nickname": "Officer 0", "pace": "blitz"}))["code"]
        for place, bot in enumerate(bots):
            bot.code = code
            if 0 < place < 5:
                await bot.request("POST", f"/rooms/{code}/seat", {"nickname": f"Officer {place}"})
        party = Party(code, bots[:5], bots[5:], plays=begins)
        for bot in bots:
            bot.come()
        await asyncio.gather(*(bot.until(lambda bot: bot.is_live) for bot in bots))
        if begins:
            await self._begin(party)
        return party

    async def _begin(self, party: Party) -> None:
        for bot in party.seated[1:]:
            await bot.do({"type": "get_ready", "ready": True})
        await party.seated[0].do({"type": "start"})
        await asyncio.gather(*(bot.until(lambda bot: "match" in bot.document) for bot in party.bots))

    async def spend(self, purse: Purse | int, rate: float) -> None:
        """Have everybody play until the purse is empty, `rate` commands a second in all, if they are served so fast."""
        purse = Purse(purse) if isinstance(purse, int) else purse
        seated = [(party, bot) for party in self.parties for bot in party.seated]
        async with asyncio.TaskGroup() as tasks:
            for party, bot in seated:
                tasks.create_task(self._play(party, bot, purse, len(seated) / rate))

    async def _play(self, party: Party, bot: Bot, purse: Purse, think: float) -> None:
        await asyncio.sleep(self.bench.lot.uniform(0, think))
        while purse.take():
            command, is_sure = self._talk.next(bot, is_host=bot is party.seated[0], plays=party.plays)
            await bot.do(command, is_sure=is_sure)
            await asyncio.sleep(self.bench.lot.expovariate(1 / think))

    async def all_live(self, seconds: float, bots: Iterable[Bot] | None = None) -> None:
        """Wait until everybody has a line and was shown the room. AssertionError about who has not."""
        wanted = list(bots or self.bots)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while away := [bot for bot in wanted if not bot.is_live]:  # whoever was there may have gone meanwhile
                    await asyncio.gather(*(bot.until(lambda bot: bot.is_live, seconds) for bot in away))
        words = [bot.why_away() for bot in wanted if not bot.is_live]
        assert not words, f"{len(words)} of {len(wanted)} bots did not come back, as: {words[0]}"

    async def leave(self) -> None:
        """Everybody goes home."""
        await asyncio.gather(*(bot.leave() for bot in self.bots))
        await self._clients.aclose()
