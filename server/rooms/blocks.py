"""Whom a guest has blocked: rooms of which he is host do not exist for them. Every worker asks the store, each time.

Kept by the public names that follow from cookies; to the one who blocks, a blocked player is an entry that says nothing
of who that is elsewhere. It must not know rooms.
"""

from collections.abc import Iterable
from hashlib import sha256

from msgspec import Struct

from server.rooms import keys
from server.rooms.store import Store

MOST = 200
_KEPT_SECONDS = 31_536_000  # as long as the cookie


class Blocked(Struct, frozen=True):
    """One entry of a list: `id` is good for taking it off that list alone; `nickname` is what he went by then."""

    id: str
    nickname: str


class Blocks:
    """The lists of all guests. Every method may raise Unknown, `add` StoreFull."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, by: str, whom: str, nickname: str) -> bool:
        """Put a player on a guest's list, or find him there; False if the list is full."""
        key = keys.blocks(by)
        if not await self.has(by, whom) and await self._store.call("HLEN", key) >= MOST:
            return False
        await self._store.calls([("HSET", key, whom, nickname), ("EXPIRE", key, _KEPT_SECONDS)])
        return True

    async def remove(self, by: str, id: str) -> None:
        """Take an entry off a guest's list; does nothing if it is not there."""
        names = [name for name in await self._store.call("HKEYS", keys.blocks(by)) if _id(by, name.decode()) == id]
        if names:
            await self._store.call("HDEL", keys.blocks(by), *names)

    async def of(self, by: str) -> list[Blocked]:
        """A guest's list, by nickname."""
        entries = await self._store.call("HGETALL", keys.blocks(by))
        found = [Blocked(_id(by, whom.decode()), nickname.decode()) for whom, nickname in entries.items()]
        return sorted(found, key=lambda blocked: (blocked.nickname.casefold(), blocked.id))

    async def has(self, by: str, whom: str) -> bool:
        """Whether a guest has blocked a player."""
        return bool(await self._store.call("HEXISTS", keys.blocks(by), whom))

    async def who_has(self, whom: str, among: Iterable[str]) -> frozenset[str]:
        """Those among these guests who have blocked a player."""
        asked = list(dict.fromkeys(among))
        if not asked:
            return frozenset()
        answers = await self._store.calls([("HEXISTS", keys.blocks(by), whom) for by in asked])
        return frozenset(by for by, answer in zip(asked, answers, strict=True) if answer)


def _id(by: str, whom: str) -> str:
    return sha256(f"nineteenth:block:{by}:{whom}".encode()).hexdigest()[:16]
