"""Room codes that were guessed wrong, counted over all workers: whoever guesses is stopped before a guess is worth it.

40 bits of code, 10 wrong ones a minute from an address and 5 a second from all addresses together. It knows an address
as a digest alone, and must not know which codes were tried.
"""

from hashlib import sha256
from typing import Final

from server.rooms import keys
from server.rooms.batches import Word
from server.rooms.store import Store

AN_ADDRESS: Final = 10
AN_ADDRESS_SECONDS: Final = 60
EVERYWHERE: Final = 50
EVERYWHERE_SECONDS: Final = 10


class WrongCodes:
    """The counts of all workers. `times`: how many times the usual are let through."""

    def __init__(self, store: Store, times: int = 1) -> None:
        self._store = store
        self._times = times

    async def may_guess(self, address: str) -> bool:
        """Count a guess before it is looked at, so that a thousand at once are counted too. May raise Unknown."""
        counted = await self._store.calls([*_add(_key(address), 1), *_add(keys.WRONG_EVERYWHERE, 1)])
        return bool(counted[0] <= AN_ADDRESS * self._times and counted[2] <= EVERYWHERE * self._times)

    async def was_right(self, address: str) -> None:
        """Take a guess back that was none. May raise Unknown."""
        await self._store.calls([*_add(_key(address), -1), *_add(keys.WRONG_EVERYWHERE, -1)])


def _key(address: str) -> str:
    return keys.wrong(sha256(address.encode()).hexdigest()[:16])


def _add(key: str, number: int) -> list[list[Word]]:
    seconds = EVERYWHERE_SECONDS if key == keys.WRONG_EVERYWHERE else AN_ADDRESS_SECONDS
    return [["INCRBY", key, number], ["EXPIRE", key, seconds, "NX"]]
