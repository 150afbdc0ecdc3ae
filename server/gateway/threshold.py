"""Connections at the door: how many a worker takes, how many from one address, how long one may stay without a word.

It must not know who anybody is: nobody has said so yet.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Final

from server.gateway.refusals import GatewayCode

MOST: Final = 5_000
MOST_AN_ADDRESS: Final = 250
MOST_WAITING: Final = 300
ENTER_SECONDS: Final = 4.0


class Full(Exception):
    """One more connection is one too many. `code` says for whom."""

    def __init__(self, code: GatewayCode) -> None:
        super().__init__(code)
        self.code = code


class Threshold:
    """All connections of one worker, those that have not said yet who they are among them."""

    def __init__(
        self,
        *,
        most: int = MOST,
        most_an_address: int = MOST_AN_ADDRESS,
        most_waiting: int = MOST_WAITING,
        enter_seconds: float = ENTER_SECONDS,
    ) -> None:
        self._most = most
        self._most_an_address = most_an_address
        self._most_waiting = most_waiting
        self._enter_seconds = enter_seconds
        self._by_address: Counter[str] = Counter()
        self._waiting: dict[asyncio.Timeout, None] = {}

    @contextmanager
    def one_from(self, address: str) -> Iterator[None]:
        """A connection, as long as it lasts. Raises Full."""
        if self._by_address[address] >= self._most_an_address:
            raise Full(GatewayCode.TOO_MANY)
        if self._by_address.total() >= self._most:
            raise Full(GatewayCode.FULL)
        self._by_address[address] += 1
        try:
            yield
        finally:
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]

    @asynccontextmanager
    async def waiting(self) -> AsyncIterator[None]:
        """A first message is awaited. TimeoutError once that takes too long.

        Where too many wait, whoever has waited longest makes room: a page says at once who it is, an attack does not.
        """
        async with asyncio.timeout(self._enter_seconds) as patience:
            if len(self._waiting) >= self._most_waiting:
                longest = next(iter(self._waiting))
                del self._waiting[longest]
                with suppress(RuntimeError):  # its time was up already
                    longest.reschedule(asyncio.get_running_loop().time())
            self._waiting[patience] = None
            try:
                yield
            finally:
                self._waiting.pop(patience, None)
