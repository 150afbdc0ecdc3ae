"""A ticket opens one socket, once, soon."""

import asyncio

import pytest

from server.rooms.codes import new_code
from server.rooms.store import Store
from server.rooms.tickets import Claim, Tickets

CLAIM = Claim(room=new_code(), session="session", player="player", viewer="2", generation=3)


async def test_a_ticket_gives_its_claim_once(connections: Store) -> None:
    tickets = Tickets(connections)
    ticket = await tickets.issue(CLAIM)
    assert await tickets.redeem(ticket) == CLAIM
    assert await tickets.redeem(ticket) is None


async def test_of_a_thousand_who_show_the_same_ticket_one_is_let_in(connections: Store) -> None:
    tickets = Tickets(connections)
    ticket = await tickets.issue(CLAIM)
    answers = await asyncio.gather(*(tickets.redeem(ticket) for _ in range(1000)))
    assert [claim for claim in answers if claim is not None] == [CLAIM]


@pytest.mark.parametrize("forged", ["", "x" * 43, "x" * 100_000, "\u0436" * 10, "*", "a:b", "\x00"])
async def test_a_forged_ticket_gives_nothing(connections: Store, forged: str) -> None:
    tickets = Tickets(connections)
    await tickets.issue(CLAIM)
    assert await tickets.redeem(forged) is None


async def test_the_store_forgets_a_ticket_by_itself_within_thirty_seconds(connections: Store) -> None:
    tickets = Tickets(connections)
    ticket = await tickets.issue(CLAIM)
    (key,) = await connections.call("KEYS", "*")
    assert 0 < await connections.call("PTTL", key) <= 30_000
    await connections.call("PEXPIRE", key, 0)
    assert await tickets.redeem(ticket) is None


async def test_who_reads_the_keys_of_the_store_cannot_use_a_ticket(connections: Store) -> None:
    ticket = await Tickets(connections).issue(CLAIM)
    (key,) = await connections.call("KEYS", "*")
    assert ticket.encode() not in key
    assert ticket.encode() not in await connections.call("GET", key)
