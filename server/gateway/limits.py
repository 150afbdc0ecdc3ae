"""How much one connection, seat, player or address may ask: sliding windows that count on this worker.

The numbers are far above what people do. Wrong room codes alone are counted over all workers, by `rooms.wrong_codes`:
of everything else each worker may as well do its own share. It must not know what is asked.
"""

import itertools
from threading import Timer
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter

SWEEP_SECONDS: Final = 10.0
_connections: Final = itertools.count()

FRAMES: Final[tuple[RateLimitItem, ...]] = (RateLimitItemPerSecond(60), RateLimitItemPerMinute(600))
COMMANDS_A_SEAT: Final[tuple[RateLimitItem, ...]] = (RateLimitItemPerSecond(60), RateLimitItemPerMinute(600))
REQUESTS_AN_ADDRESS: Final[tuple[RateLimitItem, ...]] = (RateLimitItemPerSecond(300), RateLimitItemPerMinute(3_000))
OFFENCES_AN_ADDRESS: Final = RateLimitItemPerMinute(20, namespace="offences")
SESSIONS_AN_ADDRESS: Final = RateLimitItemPerMinute(120, namespace="sessions")
ROOMS_AN_ADDRESS: Final = RateLimitItemPerMinute(30, namespace="rooms")
WRONG_TOKENS_AN_ADDRESS: Final = RateLimitItemPerMinute(20, namespace="wrong_tokens")
BLOCKS_A_PLAYER: Final = RateLimitItemPerMinute(60, namespace="blocks")
TICKETS_A_PLAYER: Final = RateLimitItemPerMinute(120, namespace="tickets")


class CalmStorage(MemoryStorage):
    """The library's, which forgets what is over in a thread of its own: up to a hundred times a second it looks through
    all counts, and whoever is served waits for it. Here that thread sleeps longer. An old count is never counted.
    """

    @property
    def timer(self) -> Timer:
        """What the next sweep waits for."""
        return self._timer

    @timer.setter
    def timer(self, timer: Timer) -> None:
        timer.interval, timer.daemon = SWEEP_SECONDS, True
        self._timer = timer


class Limits:
    """The counts of one worker. `times`: how many times the usual may be asked (see `Settings.leniency`)."""

    def __init__(self, times: int = 1) -> None:
        self._times = times
        storage = CalmStorage()
        self._exactly = MovingWindowRateLimiter(storage)
        self._roughly = SlidingWindowCounterRateLimiter(storage)

    def may(self, item: RateLimitItem, who: str) -> bool:
        """Count one more of this for an address or a player; whether it is within the limit."""
        return self._exactly.hit(self._of(item), who)

    def has_left(self, item: RateLimitItem, who: str) -> bool:
        """Whether one more would be within the limit; counts nothing."""
        return self._exactly.test(self._of(item), who)

    def may_often(self, items: tuple[RateLimitItem, ...], kind: str, who: str) -> bool:
        """The same for what comes in great numbers: a count for each window, and not a moment for each time."""
        return all(self._roughly.hit(self._of(item), kind, who) for item in items)

    def flow(self) -> "Flow":
        """The frames of one more connection."""
        return Flow(self)

    def _of(self, item: RateLimitItem) -> RateLimitItem:
        return type(item)(item.amount * self._times, item.multiples, item.namespace)


class Flow:
    """The frames of one connection."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._name = str(next(_connections))

    def is_flooded(self) -> bool:
        """Count one more frame; whether that is too many."""
        return not self._limits.may_often(FRAMES, "connection", self._name)
