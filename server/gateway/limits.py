"""How much one connection, and one address, may ask: sliding windows that count on this worker.

The numbers are far above what people do. It must not know what is asked.
"""

import itertools
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_limiter: Final = MovingWindowRateLimiter(MemoryStorage())
_connections: Final = itertools.count()

FRAMES: Final[tuple[RateLimitItem, ...]] = (RateLimitItemPerSecond(60), RateLimitItemPerMinute(600))
SESSIONS_AN_ADDRESS: Final = RateLimitItemPerMinute(120)
ROOMS_AN_ADDRESS: Final = RateLimitItemPerMinute(30)
WRONG_CODES_AN_ADDRESS: Final = RateLimitItemPerMinute(20)
WRONG_TOKENS_AN_ADDRESS: Final = RateLimitItemPerMinute(20)
BLOCKS_A_PLAYER: Final = RateLimitItemPerMinute(60)
TICKETS_A_PLAYER: Final = RateLimitItemPerMinute(120)


class Flow:
    """The frames of one connection."""

    def __init__(self, most: tuple[RateLimitItem, ...] = FRAMES) -> None:
        self._most = most
        self._name = str(next(_connections))

    def is_flooded(self) -> bool:
        """Count one more frame; whether that is too many."""
        return not all(_limiter.hit(item, "connection", self._name) for item in self._most)


def may(item: RateLimitItem, who: str) -> bool:
    """Count one more of this for an address or a player; whether it is within the limit."""
    return _limiter.hit(item, who)


def has_left(item: RateLimitItem, who: str) -> bool:
    """Whether one more would be within the limit; counts nothing."""
    return _limiter.test(item, who)
