"""What the gateway keeps beside the rooms, without a store: tickets, blocks, sign-outs, wrong codes, and hints.

Each keeps the promises of the class that it stands for, which has the store's tests.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256

from server.rooms.blocks import MOST, Blocked
from server.rooms.tickets import Claim
from server.rooms.wrong_codes import AN_ADDRESS


class NoHints:
    """See `fanout.Fanout`. A line on which nothing is heard: whoever commits elsewhere says so himself."""

    async def watch(self, code: str, watcher: object) -> None:
        """Nothing will be heard."""

    async def unwatch(self, code: str) -> None:
        """Nothing was heard."""

    def on_every_worker(self, hear: Callable[[str, bytes], None]) -> None:
        """Nothing will be heard."""

    async def tell_every_worker(self, kind: str, body: bytes) -> None:
        """Nobody hears it."""


class KeptTickets:
    """See `tickets.Tickets`."""

    def __init__(self) -> None:
        self.issued: dict[str, Claim] = {}

    async def issue(self, claim: Claim) -> str:
        """A ticket that tells nothing."""
        self.issued[f"ticket-{len(self.issued):04}"] = claim
        return f"ticket-{len(self.issued) - 1:04}"

    async def redeem(self, ticket: str) -> Claim | None:
        """Once."""
        return self.issued.pop(ticket, None)


class KeptBlocks:
    """See `blocks.Blocks`."""

    def __init__(self) -> None:
        self._lists: dict[str, dict[str, Blocked]] = {}

    async def add(self, by: str, whom: str, nickname: str) -> bool:
        """Put a player on a guest's list."""
        entries = self._lists.setdefault(by, {})
        if whom not in entries and len(entries) >= MOST:
            return False
        entries[whom] = Blocked(sha256(f"{by}:{whom}".encode()).hexdigest()[:16], nickname)
        return True

    async def remove(self, by: str, id: str) -> None:
        """Take an entry off a guest's list, if it is there."""
        entries = self._lists.get(by, {})
        self._lists[by] = {whom: entry for whom, entry in entries.items() if entry.id != id}

    async def of(self, by: str) -> list[Blocked]:
        """A guest's list, by nickname."""
        return sorted(self._lists.get(by, {}).values(), key=lambda entry: (entry.nickname.casefold(), entry.id))

    async def has(self, by: str, whom: str) -> bool:
        """Whether a guest has blocked a player."""
        return whom in self._lists.get(by, {})

    async def who_has(self, whom: str, among: Iterable[str]) -> frozenset[str]:
        """Those among these guests who have blocked a player."""
        return frozenset([by for by in among if await self.has(by, whom)])


class KeptSignOuts:
    """See `sign_outs.SignOuts`. Its clock stands still: whoever signed out did so lately."""

    def __init__(self) -> None:
        self._ended: dict[str, None] = {}

    async def end(self, player: str) -> None:
        """A player's session is over, for good."""
        self._ended[player] = None

    async def has_ended(self, player: str) -> bool:
        """Whether a player's session is over."""
        return player in self._ended

    async def lately(self) -> list[str]:
        """Everybody whose session ended."""
        return list(self._ended)


class KeptWrongCodes:
    """See `wrong_codes.WrongCodes`. The minute of an address does not pass, and nobody counts all addresses."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()

    async def may_guess(self, address: str) -> bool:
        """Count a wrong guess."""
        self._counted[address] += 1
        return self._counted[address] <= AN_ADDRESS

    async def may_be_right(self, address: str) -> bool:
        """Whether a right guess may be answered."""
        return self._counted[address] < AN_ADDRESS
