"""*The journal commits them in one step if nobody was faster*: the logs of all rooms, in the store.

It moves opaque bytes, and must not know what an event or a room's state is. The one step is commit.lua.
"""

import asyncio
import secrets
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import Any

from server.rooms import keys
from server.rooms.batches import Word
from server.rooms.ports import Change, Committed, Conflict, Entry, Loaded, Missing, Place, StoreTrouble, Taken, chain
from server.rooms.shared import Shared
from server.rooms.store import Script, Store

_COMMIT = Script.beside(__file__, "commit.lua")
_CONFIRM = Script.beside(__file__, "confirm.lua")
_LOAD = Script.beside(__file__, "load.lua")
_ROOMS_A_ROUND = 500
_ENTRIES_A_PAGE = 500


class StoredJournal:
    """The journal in a Valkey or Redis store; see `ports.Journal`.

    `by_hand`: the clock is the store's and what `move_clock` added to it, for tests and rehearsals on one store. Every
    worker of the store must then say so. `hints`: whether a commit is published; off in tests of what happens without.
    """

    def __init__(self, store: Store, *, by_hand: bool = False, hints: bool = True) -> None:
        self._store = store
        self._by_hand = by_hand
        self._hints = hints
        self._moments: Shared[int] = Shared()
        self._additions: Shared[int] = Shared()
        self._lives: Shared[str] = Shared(asyncio.Lock())

    async def now(self) -> int:
        """The store's clock, ms, and what was added to it by hand. In a cluster it is one node's, the same for all."""
        return await self._moments.ask(self._ask_now)

    async def _ask_now(self) -> int:
        return await self._store.time(keys.CLOCK_BY_HAND) + await self._added()

    async def _added(self) -> int:
        return await self._additions.ask(self._ask_added) if self._by_hand else 0

    async def _ask_added(self) -> int:
        return int(await self._store.call("GET", keys.CLOCK_BY_HAND) or 0)

    async def move_clock(self, by_ms: int) -> None:
        """Move the clock of every journal that is moved by hand on this store."""
        if not self._by_hand:
            raise RuntimeError("this journal's clock is not moved by hand")
        await self._store.call_once("INCRBY", keys.CLOCK_BY_HAND, by_ms)

    async def create(self, code: str, change: Change) -> Committed | Taken:
        """See `ports.Journal`. The origin is drawn here, so that no other log can have the same heads."""
        answer = await self._run(code, "", secrets.token_hex(16), change)
        if isinstance(answer, Committed | Taken):
            return answer
        raise AssertionError(answer)

    async def commit(self, code: str, expected_head: str, change: Change) -> Committed | Conflict | Missing:
        """See `ports.Journal`."""
        if not expected_head:
            raise ValueError("a commit names the head that it was decided on")
        answer = await self._run(code, expected_head, "", change)
        if isinstance(answer, Committed | Conflict | Missing):
            return answer
        raise AssertionError(answer)

    async def load(self, code: str) -> Loaded | None:
        """See `ports.Journal`."""
        answer = await self._store.read(_LOAD, [keys.log(code), keys.meta(code)])
        if not answer:
            return None
        now, version, head, origin, snapshot, snapshot_version, snapshot_head, entries = answer
        return Loaded(
            version=int(version),
            head=head.decode(),
            origin=origin.decode(),
            snapshot=snapshot,
            snapshot_version=int(snapshot_version or 0),
            snapshot_head=(snapshot_head or origin).decode(),
            tail=tuple(_entry(name, dict(zip(fields[::2], fields[1::2], strict=True))) for name, fields in entries),
            now_ms=int(now) + await self._added(),
        )

    async def tail(self, code: str, after_version: int) -> list[Entry]:
        """See `ports.Journal`. A long log is read in pages, so that no answer holds up the store."""
        entries: list[Entry] = []
        while True:
            after = entries[-1].version if entries else after_version
            page = await self._store.call("XRANGE", keys.log(code), f"({after}-0", "+", "COUNT", _ENTRIES_A_PAGE)
            entries += [_entry(name, fields) for name, fields in page]
            if len(page) < _ENTRIES_A_PAGE:
                return entries

    async def heads(self, codes: Iterable[str]) -> dict[str, Place]:
        """See `ports.Journal`."""
        places: dict[str, Place] = {}
        remaining = iter(codes)
        while some := list(islice(remaining, _ROOMS_A_ROUND)):
            answers = await self._store.calls([("HMGET", keys.meta(code), "version", "head") for code in some])
            for code, (version, head) in zip(some, answers, strict=True):
                if version is not None:
                    places[code] = Place(int(version), head.decode())
        return places

    @property
    def confirms(self) -> bool:
        """See `ports.Journal`."""
        return self._store.replicas > 0

    async def stands(self, code: str, head: str) -> bool:
        """See `ports.Journal`. Only what is written can be confirmed, so with replicas the head is noted anew."""
        if self.confirms:
            return bool(await self._store.run(_CONFIRM, [keys.meta(code)], [head]))
        place = (await self.heads([code])).get(code)
        return place is not None and place.head == head

    async def count(self) -> int:
        """See `ports.Journal`."""
        return sum(await self._store.calls([("ZCARD", keys.due(shard)) for shard in keys.SHARDS]))

    async def fullness(self) -> float:
        """See `ports.Journal`."""
        return await self._store.fullness()

    async def life(self) -> str:
        """See `ports.Journal`."""
        return await self._lives.ask(self._store.life)

    async def due(self, limit: int) -> list[tuple[str, int]]:
        """See `ports.Journal`. The clock is read first, so that nothing is ever due early."""
        now = await self.now()
        asked = [("ZRANGEBYSCORE", keys.due(s), "-inf", now, "WITHSCORES", "LIMIT", 0, limit) for s in keys.SHARDS]
        answers = await self._store.calls(asked)
        return [
            (code.decode(), int(float(moment)))
            for answer in answers
            for code, moment in zip(answer[::2], answer[1::2], strict=True)
        ]

    async def expire(self, code: str, seconds: int) -> None:
        """See `ports.Journal`. First the room is doomed, then it is due no more: who dies between is come after."""
        shard = keys.shard_of(code)
        await self._store.calls([("EXPIRE", key, seconds) for key in (keys.meta(code), keys.log(code))])
        await self._store.calls([("HDEL", keys.listed(shard), code), ("ZREM", keys.due(shard), code)])

    async def open_rooms(self) -> list[tuple[str, bytes]]:
        """See `ports.Journal`."""
        answers = await self._store.calls([("HGETALL", keys.listed(shard)) for shard in keys.SHARDS])
        return [(code.decode(), listing) for answer in answers for code, listing in answer.items()]

    async def _run(
        self, code: str, expected: str, origin: str, change: Change
    ) -> Committed | Conflict | Missing | Taken:
        if not change.payload:
            raise ValueError("a commit has a payload")
        shard = keys.shard_of(code)
        # With replicas, nobody may hear of a commit before they have it.
        channel = keys.hints(code) if self._hints else ""
        touched = [keys.log(code), keys.meta(code), keys.due(shard), keys.listed(shard)]
        identity = [code, expected, origin, chain(expected or origin, change.payload)]
        words = [*identity, *_words(change), "" if self.confirms else channel]
        outcome = _outcome(await self._store.run(_COMMIT, touched, words), await self._added())
        if self.confirms and channel and isinstance(outcome, Committed):
            with suppress(StoreTrouble):  # it is done; a sweep finds what no hint tells
                await self._store.call("PUBLISH", channel, f"moved {outcome.version} {outcome.head}")
        return outcome


def _words(change: Change) -> list[Word]:
    deadline: Word = "" if change.deadline_ms is None else change.deadline_ms
    return [change.payload, deadline, change.snapshot or b"", change.listing or b""]


def _outcome(answer: list[Any], added_ms: int) -> Committed | Conflict | Missing | Taken:
    match answer:
        case [b"committed", version, head, now]:
            return Committed(int(version), head.decode(), int(now) + added_ms)
        case [b"conflict", version, head]:
            return Conflict(int(version), head.decode())
        case [b"missing"]:
            return Missing()
        case [b"taken"]:
            return Taken()
        case _:
            raise AssertionError(answer)


def _entry(name: bytes, fields: dict[bytes, bytes]) -> Entry:
    return Entry(int(name.partition(b"-")[0]), fields[b"head"].decode(), fields[b"payload"])
