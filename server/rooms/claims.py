"""Who of all workers attends to a deadline first, for half a second: so that most rooms are read by one of them alone.

It saves work and decides nothing. A claim may be lost or outlived: then two attend to the room, and the commit of one
is refused.
"""

from typing import Final

from server.rooms import keys
from server.rooms.store import Store

CLAIMED_MS: Final = 500
"""What a worker that dies with a claim costs the room; the next tick of another comes soon after."""


class Claims:
    """The claims of one worker, seen by all."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def take(self, code: str, due_ms: int) -> bool:
        """Claim a room's deadline; False if another has. May raise Unknown."""
        claimed = await self._store.call_once("SET", keys.claim(code), due_ms, "NX", "PX", CLAIMED_MS)
        return claimed is not None
