"""Sessions that have ended: nothing is kept of a session while it lasts, so its end is what has to be remembered.

A player's public name stands here as long as his cookie could come back. It must not know cookies, nor rooms.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from server.rooms import keys
from server.rooms.store import Store

KEPT_MS: Final = 366 * 86_400_000
"""Longer than a browser keeps the cookie."""

MOST_KEPT: Final = 100_000
"""Those that ended first are forgotten first."""

_LATELY_MS: Final = 30_000


class SignOuts:
    """The ended sessions of all workers. `now` is a clock in ms that they share. Every method may raise Unknown."""

    def __init__(self, store: Store, now: Callable[[], Awaitable[int]]) -> None:
        self._store = store
        self._now = now

    async def end(self, player: str) -> None:
        """A player's session is over, for good."""
        now = await self._now()
        await self._store.calls(
            [
                ["ZADD", keys.SIGNED_OUT, now, player],
                ["ZREMRANGEBYSCORE", keys.SIGNED_OUT, "-inf", now - KEPT_MS],
                ["ZREMRANGEBYRANK", keys.SIGNED_OUT, 0, -MOST_KEPT - 1],
            ]
        )

    async def has_ended(self, player: str) -> bool:
        """Whether a player's session is over."""
        return await self._store.call("ZSCORE", keys.SIGNED_OUT, player) is not None

    async def lately(self) -> list[str]:
        """The players whose sessions ended in the last half minute: a worker may have missed the news."""
        since = await self._now() - _LATELY_MS
        found: list[bytes] = await self._store.call("ZRANGEBYSCORE", keys.SIGNED_OUT, since, "+inf")
        return [player.decode() for player in found]
