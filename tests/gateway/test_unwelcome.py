"""Who is sent away or blocked, over two workers: it acts at both, and the blocked one can not tell why."""

import pytest

from rules.ids import SEATS, Seat
from server.gateway import wire
from server.rooms import table as t
from server.rooms.wrong_codes import AN_ADDRESS
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest
from tests.gateway.matches import Party, begun, seated
from tests.gateway.workers import Running

Workers = tuple[Running, Running]
NO_ROOM = (404, "no_such_room")
NOWHERE = "00000000"


async def everywhere(guest: Guest, code: str, workers: Workers) -> set[tuple[int, str]]:
    """What a guest gets at each worker who looks at a room, asks for a ticket, and wants to sit down in it."""
    asked = (("GET", "", None), ("POST", "/ticket", None), ("POST", "/seat", {"nickname": "Again"}))
    answers = [
        await guest.ask(method, f"/rooms/{code}{path}", body, worker=worker)
        for method, path, body in asked
        for worker in workers
    ]
    return {(answer.status_code, answer.json().get("code", "")) for answer in answers}


async def listed(guest: Guest, workers: Workers) -> list[list[str]]:
    """The hosts of the rooms that a guest is shown at each worker."""
    return [[room["host"] for room in await guest.got("GET", "/rooms", worker=worker)] for worker in workers]


@pytest.mark.parametrize("in_match", [False, True], ids=["in the lobby", "in a match"])
async def test_who_is_sent_away_at_one_worker_is_out_at_the_other_for_good(
    arrive: Arrive, workers: Workers, in_match: bool
) -> None:
    party = await (begun if in_match else seated)(arrive, workers)
    seat = SEATS[1]
    guest, window = party.guests[seat], party.windows[seat]
    assert party.guests[SEATS[0]].worker is not guest.worker
    tickets = [await guest.ticket(party.code, worker) for worker in workers]
    await party.host.done(t.Dismiss(seat))
    assert await window.ended() == (4403, "barred")
    assert await everywhere(guest, party.code, workers) == {NO_ROOM}
    for worker, ticket in zip(workers, tickets, strict=True):
        back = await guest.dial(worker)
        await back.say(wire.encode(wire.Enter(ticket, back.instance)).decode())
        assert await back.ended() == (4403, "barred")
        assert back.document == {}


async def blocked_by_the_host(party: Party, seat: Seat) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = await party.guests[SEATS[0]].got(
        "POST", f"/rooms/{party.code}/block", {"seat": seat}
    )
    return entries


async def test_who_is_blocked_finds_none_of_that_hosts_rooms_at_any_worker_until_the_block_is_taken_back(
    arrive: Arrive, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    party = await seated(arrive, workers)
    host, guest, other = party.guests[SEATS[0]], party.guests[SEATS[1]], party.guests[SEATS[2]]
    code = await host.open_room("Host again", listed=True)
    (entry,) = await blocked_by_the_host(party, SEATS[1])
    assert entry["nickname"] == "Officer 1"
    assert guest.player not in str(entry)

    assert await everywhere(guest, code, workers) == {NO_ROOM}
    answers = [(await guest.ask("GET", f"/rooms/{where}")) for where in (code, NOWHERE)]
    assert answers[0].content == answers[1].content
    assert await listed(guest, workers) == [[], []]
    assert await listed(other, workers) == [["Host again"], ["Host again"]]
    assert NO_ROOM not in await everywhere(other, code, workers)
    assert (await guest.got("GET", f"/rooms/{party.code}"))["seat"] == SEATS[1], "he keeps the seat that he has"
    assert guest.windows[0].close_code is None

    assert await other.got("GET", "/blocks") == []
    assert await other.got("DELETE", f"/blocks/{entry['id']}") == []
    assert await host.got("GET", "/blocks", worker=workers[1]) == [entry]
    assert await host.got("DELETE", f"/blocks/{entry['id']}", worker=workers[1]) == []
    assert NO_ROOM not in await everywhere(guest, code, workers)
    assert await listed(guest, workers) == [["Host again"], ["Host again"]]


async def test_wrong_codes_are_counted_for_the_blocked_as_for_everybody(arrive: Arrive, workers: Workers) -> None:
    party = await seated(arrive, workers)
    code = await party.guests[SEATS[0]].open_room("Host again")
    await blocked_by_the_host(party, SEATS[1])
    answers = [await party.guests[SEATS[1]].ask("GET", f"/rooms/{code}") for _ in range(AN_ADDRESS + 1)]
    assert [answer.status_code for answer in answers] == [404] * AN_ADDRESS + [429]


async def test_a_block_follows_the_hosts_office_and_is_nothing_where_another_is_host(
    arrive: Arrive, workers: Workers
) -> None:
    party = await seated(arrive, workers)
    host, guest, third = party.guests[SEATS[0]], party.guests[SEATS[1]], party.guests[SEATS[2]]
    await blocked_by_the_host(party, SEATS[1])
    code = await third.open_room("Third")
    assert await host.sit(code, "Host") == SEATS[1]
    assert (await guest.got("GET", f"/rooms/{code}"))["seats_taken"] == 2
    window = await (await third.enter(code)).shown()
    await window.done(t.HandHost(SEATS[1]))
    assert await everywhere(guest, code, workers) == {NO_ROOM}


async def test_only_a_person_at_a_table_that_one_may_see_is_blocked(arrive: Arrive, workers: Workers) -> None:
    host, stranger = await arrive(), await arrive(workers[1])
    code = await host.open_room()
    window = await (await host.enter(code)).shown()
    await window.done(t.SeatBot(Seat.LUNA, t.BotLevel.OFFICER))
    path = f"/rooms/{code}/block"
    assert await host.refused("POST", path, {"seat": "sokol"}) == (422, "yourself")
    assert await host.refused("POST", path, {"seat": "luna"}) == (409, "is_bot")
    assert await host.refused("POST", path, {"seat": "volga"}) == (409, "seat_free")
    assert await host.refused("POST", path, {"seat": "moskva"}) == (422, "malformed")
    assert await host.refused("POST", f"/rooms/{NOWHERE}/block", {"seat": "luna"}) == NO_ROOM
    assert [entry["nickname"] for entry in await stranger.got("POST", path, {"seat": "sokol"})] == ["Host"]
