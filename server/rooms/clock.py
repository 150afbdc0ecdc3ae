"""Deadlines become commands: every worker asks the journal which rooms are due, and hands each to its handler.

A room stays due until a commit supersedes its deadline, so a worker that dies loses nothing, and who comes second
finds a conflict; that few do where hundreds are due at once is the work of `claims`. A room whose handler fails is
tried more and more rarely, then no more: it does not stop the clock of others. Nothing here knows what happens then.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from server.rooms.ports import Journal, StoreTrouble

_ROOMS_A_SHARD = 256
_LONGEST_WAIT = 64  # ticks

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Tried:
    """What became of one deadline here: how often it was handed over, how often that failed, and when again (tick)."""

    due_ms: int
    next_tick: int = 0
    handed: int = 0
    failed: int = 0


class Clock:
    """The deadlines of all rooms, as one worker attends to them. Run `run` as a task beside the server.

    `on_due(code, due_ms)` ends what ends at that very deadline, or does nothing if the room has moved on; both are told
    so that it names the phase that it ends. `claim` of both says whether this worker is the one to do it now. At most
    `together` run at once, each at most `patience_seconds`. After `tries` failures `on_poison(code)` is called once and
    the deadline is left alone. Trouble with the store is not the room's failure.
    """

    def __init__(
        self,
        journal: Journal,
        on_due: Callable[[str, int], Awaitable[None]],
        *,
        claim: Callable[[str, int], Awaitable[bool]] | None = None,
        on_poison: Callable[[str], None] = lambda code: None,
        tick_seconds: float = 0.1,
        together: int = 32,
        tries: int = 6,
        patience_seconds: float = 10.0,
    ) -> None:
        self._journal = journal
        self._on_due = on_due
        self._claim = claim
        self._on_poison = on_poison
        self._tick_seconds = tick_seconds
        self._places = asyncio.Semaphore(together)
        self._tries = tries
        self._patience_seconds = patience_seconds
        self._tick = 0
        self._due: dict[str, int] = {}
        self._tried: dict[str, _Tried] = {}
        self._running: dict[str, asyncio.Task[None]] = {}

    @property
    def quarantined(self) -> frozenset[str]:
        """Rooms whose present deadline is left alone by this worker."""
        return frozenset(code for code, tried in self._tried.items() if tried.failed >= self._tries)

    async def run(self) -> None:
        """Tick until cancelled; then let what runs come to its end."""
        try:
            while True:
                # Workers that tick apart conflict less.
                await asyncio.sleep(self._tick_seconds * random.uniform(0.8, 1.2))
                try:
                    await self.tick()
                except StoreTrouble:
                    _log.warning("clock_without_store")
        finally:
            await self.settle()

    async def tick(self) -> None:
        """Hand over what is due now and was not just tried; does not wait for the handlers. May raise Unknown."""
        self._tick += 1
        due = await self._journal.due(_ROOMS_A_SHARD + len(self.quarantined))
        self._due = dict(due)
        self._forget_all_but(self._due)
        random.shuffle(due)
        for code, due_ms in due:
            if code not in self._running and self._is_to_be_tried(code, due_ms):
                self._running[code] = asyncio.create_task(self._hand_over(code, due_ms))

    async def settle(self) -> None:
        """Wait until no handler runs."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    def _forget_all_but(self, due: dict[str, int]) -> None:
        for code in [code for code in self._tried if code not in due and code not in self._running]:
            del self._tried[code]

    def _is_to_be_tried(self, code: str, due_ms: int) -> bool:
        tried = self._tried.get(code)
        if tried is None or tried.due_ms != due_ms:
            self._tried[code] = tried = _Tried(due_ms)
        return tried.failed < self._tries and tried.next_tick <= self._tick

    async def _hand_over(self, code: str, due_ms: int) -> None:
        tried = self._tried[code]
        try:
            async with self._places:
                # While it waited for a place another worker may have been there: in a crowd of rooms most of them have.
                if self._due.get(code) == due_ms:
                    if self._claim is not None and not await self._claim(code, due_ms):
                        tried.next_tick = self._tick + 1
                        return
                    async with asyncio.timeout(self._patience_seconds):
                        await self._on_due(code, due_ms)
            # It may have lost a race or found nothing to do; if it is due still, come again, but not at every tick.
            tried.handed += 1
            tried.next_tick = self._tick + min(2**tried.handed, _LONGEST_WAIT)
        except StoreTrouble:
            tried.next_tick = self._tick + 1
        except Exception as error:
            self._failed(code, tried, error)
        finally:
            del self._running[code]

    def _failed(self, code: str, tried: _Tried, error: Exception) -> None:
        tried.failed += 1
        tried.next_tick = self._tick + min(2**tried.failed, _LONGEST_WAIT)
        # The kind of error alone: its text may hold what only one player knows.
        _log.error("deadline_failed", room=code, failures=tried.failed, error=type(error).__name__)
        if tried.failed >= self._tries:
            _log.error("deadline_quarantined", room=code)
            self._on_poison(code)
