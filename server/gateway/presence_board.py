"""Who is connected, told to everybody in a room of this worker: one look at the store a change, however many look on.

Being connected says nothing of a role; who types, and who is ready, is never told. It must not know sockets.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from rules.ids import SEATS, Seat
from server.gateway.session import Session
from server.rooms.ports import StoreTrouble
from server.rooms.presence import Presence, Present

GATHER_SECONDS = 0.05
PAUSE_SECONDS = 0.5


class PresenceBoard:
    """The sessions of one worker by room, and the last that was told to each room."""

    def __init__(self, presence: Presence) -> None:
        self._presence = presence
        self._sessions: dict[str, dict[Session, str]] = {}
        self._wanted: set[str] = set()
        self._looks: dict[str, asyncio.Task[None]] = {}

    def hear(self, code: str) -> Callable[[], None]:
        """What a session of a room calls when somebody may have come or gone."""
        return lambda: self._look_soon(code)

    async def enter(self, code: str, session: Session) -> None:
        """A session is there."""
        self._sessions.setdefault(code, {})[session] = str(session.viewer)
        with suppress(StoreTrouble):
            await self._presence.enter(code, str(session.viewer))

    async def leave(self, code: str, session: Session) -> None:
        """A session is gone; does nothing if it never entered."""
        sessions = self._sessions.get(code, {})
        counted_as = sessions.pop(session, None)
        if not sessions:
            self._sessions.pop(code, None)
        if counted_as is not None:
            with suppress(StoreTrouble):
                await self._presence.leave(code, counted_as)

    async def _recount(self, code: str) -> None:
        """Some may be other viewers by now: a watcher who sat down, somebody who changed seats."""
        sessions = self._sessions.get(code, {})
        for session in tuple(sessions):
            counted_as, counts_as = sessions.get(session), str(session.viewer)
            if counted_as is None or counted_as == counts_as:  # it may have left while another was counted
                continue
            sessions[session] = counts_as
            # In this order: should it leave meanwhile, everything that was counted is taken back.
            with suppress(StoreTrouble):
                await self._presence.enter(code, counts_as)
            with suppress(StoreTrouble):
                await self._presence.leave(code, counted_as)

    async def beat(self) -> None:
        """Say again who is here, and look whether other workers' people are still there; for ever."""
        while True:
            await asyncio.sleep(self._presence.beat_seconds)
            with suppress(StoreTrouble):
                await self._presence.beat()
                for code in tuple(self._sessions):
                    self._look_soon(code)

    def _look_soon(self, code: str) -> None:
        self._wanted.add(code)
        if code not in self._looks:
            self._looks[code] = asyncio.create_task(self._look_while_wanted(code))

    async def _look_while_wanted(self, code: str) -> None:
        """One look at a time, so that an older answer is never told after a newer one; and not one after the other
        without end, when hundreds come one by one and each of them is told of all the others.
        """
        try:
            while code in self._wanted:
                await asyncio.sleep(GATHER_SECONDS)  # many come at once when a worker restarts
                self._wanted.discard(code)
                with suppress(StoreTrouble):
                    await self._look(code)
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            del self._looks[code]

    async def _look(self, code: str) -> None:
        await self._recount(code)
        present = (await self._presence.look([code]))[code]
        seats = _seats(present)
        for session in tuple(self._sessions.get(code, ())):
            session.present(seats, present.watchers)


def _seats(present: Present) -> tuple[Seat, ...]:
    return tuple(seat for seat in SEATS if seat in present.seated)
