"""The end of a session, on every worker: its cookie opens nothing any more, and its connections are closed.

The news goes by a hint, and a sweep finds what no hint told. It must not know what a session did.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from server.rooms.fanout import Fanout
from server.rooms.ports import StoreTrouble
from server.rooms.sign_outs import SignOuts

SWEEP_SECONDS: Final = 1.5
_KIND: Final = "signed_out"


class Endings:
    """What one worker says and hears of ended sessions. `close` closes a player's connections; it must not wait."""

    def __init__(self, sign_outs: SignOuts, fanout: Fanout, close: Callable[[str], None]) -> None:
        self._sign_outs = sign_outs
        self._fanout = fanout
        self._close = close
        fanout.on_every_worker(self._hear)

    async def end(self, player: str) -> None:
        """End a player's session, here and everywhere. May raise Unknown: then it may go on."""
        await self._sign_outs.end(player)
        self._close(player)
        with suppress(StoreTrouble):  # the sweeps find it
            await self._fanout.tell_every_worker(_KIND, player.encode())

    async def has_ended(self, player: str) -> bool:
        """Whether a player's session is over. May raise Unknown."""
        return await self._sign_outs.has_ended(player)

    async def sweep_for_ever(self) -> None:
        """Close what ended elsewhere while the news was lost."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            with suppress(StoreTrouble):
                for player in await self._sign_outs.lately():
                    self._close(player)

    def _hear(self, kind: str, body: bytes) -> None:
        if kind == _KIND:
            self._close(body.decode())
