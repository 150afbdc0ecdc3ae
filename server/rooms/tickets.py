"""Tickets: what a page gets by its cookie and shows, once and within 30 s, as the first thing on a socket.

A cookie alone never opens a socket. A ticket says what was allowed when it was issued; each command is authorised by
itself all the same. It must not know accounts.
"""

import secrets

import msgspec

from server.rooms import keys
from server.rooms.store import Store

_LIFETIME_MS = 30_000
_LONGEST = 64


class Claim(msgspec.Struct, frozen=True, array_like=True):
    """Who opens a socket to which room: the session, the player (account) and the viewer, a seat or a spectator.

    `generation` is the seat's when the ticket was issued; a seat that changed hands since has another.
    """

    room: str
    session: str
    player: str
    viewer: str
    generation: int


class Tickets:
    """The tickets of all workers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def issue(self, claim: Claim) -> str:
        """A new ticket for the claim: 256 random bits in base64url. May raise Unknown or StoreFull."""
        ticket = secrets.token_urlsafe(32)
        await self._store.call("SET", keys.ticket(ticket), msgspec.msgpack.encode(claim), "PX", _LIFETIME_MS)
        return ticket

    async def redeem(self, ticket: str) -> Claim | None:
        """The claim of a ticket, the first time only; None if it is forged, spent or expired. May raise Unknown."""
        if len(ticket) > _LONGEST:
            return None
        found = await self._store.call_once("GETDEL", keys.ticket(ticket))
        return None if found is None else msgspec.msgpack.decode(found, type=Claim)
