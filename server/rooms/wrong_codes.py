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
        """Count a wrong guess before it is answered, so that a thousand at once are counted too. May raise Unknown."""
        counted = await self._store.calls([*_count(_key(address)), *_count(keys.WRONG_EVERYWHERE)])
        return bool(counted[0] <= AN_ADDRESS * self._times and counted[2] <= EVERYWHERE * self._times)

    async def may_be_right(self, address: str) -> bool:
        """Whether a right guess may be answered. It counts as none. May raise Unknown."""
        counted = await self._store.calls([["GET", _key(address)], ["GET", keys.WRONG_EVERYWHERE]])
        here, everywhere = (int(number or 0) for number in counted)
        return here < AN_ADDRESS * self._times and everywhere < EVERYWHERE * self._times


def _key(address: str) -> str:
    return keys.wrong(sha256(address.encode()).hexdigest()[:16])


def _count(key: str) -> list[list[Word]]:
    seconds = EVERYWHERE_SECONDS if key == keys.WRONG_EVERYWHERE else AN_ADDRESS_SECONDS
    return [["INCR", key], ["EXPIRE", key, seconds, "NX"]]
