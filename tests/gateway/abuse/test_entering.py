"""C1-C3: no foreign page, no ticket but a fresh one of one's own, and what was said once has no second effect."""

import asyncio

import pytest
from websockets.exceptions import InvalidStatus

from rules.commands import Ready, Seal, Speak
from rules.forms import Text
from rules.ids import SEATS, Channel, OrderKind, Sector
from rules.orders import Order
from server.gateway import wire
from server.rooms import keys
from server.rooms import table as t
from server.rooms.journal import StoredJournal
from server.rooms.refusals import RoomCode
from server.rooms.store import Store
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest, Window
from tests.gateway.matches import begun, end_phase, log_of, sit_out
from tests.gateway.workers import Running

Workers = tuple[Running, Running]

FOREIGN = [
    "https://elsewhere.example",
    "null",
    "",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://{host}.elsewhere.example",
    "http://elsewhere.example/{host}",
    "http://elsewhere.example@{host}.example",
    "http://{host}@elsewhere.example",
    "file://",
    "data:text/html,",
    "http://[::1",
]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_no_foreign_page_gets_a_socket_or_changes_anything(
    arrive: Arrive, workers: Workers, origin: str, connections: Store
) -> None:
    guest = await arrive()
    origin = origin.format(host=workers[0].url.removeprefix("http://"))
    with pytest.raises(InvalidStatus) as refused:
        await guest.dial(additional_headers={"Origin": origin})
    assert refused.value.response.status_code == 403
    before = await connections.call("KEYS", "*")
    for method, path in (("POST", "/session"), ("DELETE", "/session"), ("POST", "/rooms")):
        url = f"{workers[0].url}/api{path}"
        answer = await guest.http.request(method, url, json={"nickname": "Me"}, headers={"Origin": origin})
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    assert await connections.call("KEYS", "*") == before


async def shown_to(guest: Guest, ticket: str, worker: Running | None = None) -> Window:
    """A socket that a ticket was shown to, and what came of it."""
    window = await guest.dial(worker)
    await window.say(wire.encode(wire.Enter(ticket, window.instance)).decode())
    return await window.until(lambda w: w.number is not None or w.close_code is not None)


async def test_of_a_thousand_who_show_one_ticket_at_once_one_enters(arrive: Arrive, workers: Workers) -> None:
    guest = await arrive()
    ticket = await guest.ticket(await guest.open_room())
    few = asyncio.Semaphore(100)
    entered, refused = list[Window](), list[str | None]()

    async def try_it(number: int) -> None:
        async with few:
            window = await shown_to(guest, ticket, workers[number % 2])
            if window.close_code is None:
                entered.append(window)
            else:
                refused.append((await window.ended())[1])

    await asyncio.gather(*(try_it(number) for number in range(1_000)))
    assert len(entered) == 1
    assert refused == ["ticket_refused"] * 999


async def test_an_expired_ticket_and_a_forged_one_open_nothing(arrive: Arrive, connections: Store) -> None:
    guest = await arrive()
    code = await guest.open_room()
    ticket = await guest.ticket(code)
    assert 0 < await connections.call("PTTL", keys.ticket(ticket)) <= 30_000
    await connections.call("PEXPIRE", keys.ticket(ticket), 0)
    digest = keys.ticket(ticket).partition(":")[2]
    for shown in (ticket, digest, code * 2, f"ticket-{digest[:40]}", ticket[::-1], guest.player, "*" * 8):
        window = await shown_to(guest, shown)
        assert await window.ended() in ((4401, "ticket_refused"), (4400, "malformed"))


async def test_a_swapped_ticket_shows_what_its_owner_may_see_and_gives_nobody_a_second_seat(
    arrive: Arrive, workers: Workers
) -> None:
    """Whoever hands his ticket away hands his own eyes away, for that connection, and no other right."""
    party = await begun(arrive, workers)
    stranger = await arrive()
    theirs, own = await stranger.ticket(party.code), await party.guests[SEATS[1]].ticket(party.code)
    window = await shown_to(party.guests[SEATS[1]], theirs)
    assert window.welcome is not None
    assert window.welcome.standing is wire.Standing.SPECTATOR
    assert await window.refused(t.Play(Ready(True))) == "not_seated"
    taken = await shown_to(stranger, own)
    assert taken.welcome is not None
    assert taken.welcome.seat is SEATS[1]
    assert await party.windows[SEATS[1]].ended() == (4409, "taken_over")
    assert (await stranger.got("GET", f"/rooms/{party.code}"))["seat"] is None


async def test_a_ticket_of_a_session_that_ended_opens_nothing(arrive: Arrive) -> None:
    guest = await arrive()
    ticket = await guest.ticket(await guest.open_room())
    assert (await guest.ask("DELETE", "/session")).status_code == 204
    assert await (await shown_to(guest, ticket)).ended() == (4410, "signed_out")


async def effects(journal: StoredJournal, code: str) -> int:
    """How many commits of the log are not of windows that entered."""
    commits = await log_of(journal, code)
    return sum(any(not isinstance(event, t.SeatEntered) for event in commit.events) for commit in commits)


async def test_a_command_that_is_said_again_changes_nothing_wherever_and_whenever(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    party = await begun(arrive, workers)
    await end_phase(party, journal)
    seat = SEATS[1]
    window, guest = party.windows[seat], party.guests[seat]
    said = t.Play(Speak(Channel.OPEN, Text("once")))
    id = await window.send(said)
    await window.until(lambda w: id in w.answers)
    before = await effects(journal, party.code)

    async def again(window: Window) -> object:
        window.answers.pop(id, None)
        return await window.do(said, id)

    assert await again(window) == wire.Done(id)  # the same socket
    for worker in workers:  # a new socket of the same page, at each worker
        window = await guest.enter(party.code, worker, after=window)
        assert await again(window) == wire.Done(id)
    hold = t.Play(Seal((Order(OrderKind.HOLD, Sector.RIVER),)))
    window.answers.pop(id)
    assert await window.do(hold, id) == wire.Done(id)  # another command under the same id is not another command
    assert await effects(journal, party.code) == before
    # Who got hold of the page's instance is still himself: a player speaks for his own seat, a stranger for none.
    other = await party.guests[SEATS[2]].enter(party.code, instance=window.instance)
    assert await again(other) == wire.Done(id)
    await other.until(lambda w: w.match.papers and [*w.match.papers.values()][-1].author is SEATS[2])
    stranger = await (await arrive()).enter(party.code, instance=window.instance)
    assert await again(stranger) == wire.Refused(id, RoomCode.NOT_SEATED)
    assert await effects(journal, party.code) == before + 1
    party.windows[seat] = window
    party.windows[SEATS[2]] = await party.guests[SEATS[2]].enter(party.code)
    await party.windows[SEATS[2]].shown()
    await end_phase(party, journal)  # a later phase
    before = await effects(journal, party.code)
    assert await again(party.windows[seat]) == wire.Done(id)
    await sit_out(party, journal)  # after the end
    ended = await effects(journal, party.code)
    assert await again(party.windows[seat]) == wire.Done(id)
    assert await effects(journal, party.code) == ended > before


async def test_a_refused_command_that_is_said_again_is_refused_again_alike(arrive: Arrive, workers: Workers) -> None:
    party = await begun(arrive, workers)
    window = party.windows[SEATS[1]]
    for _ in range(3):
        assert await window.do(t.Start(), 700) == wire.Refused(700, "not_host")
    window = await party.guests[SEATS[1]].enter(party.code, workers[0], after=window)
    assert await window.do(t.Start(), 700) == wire.Refused(700, "not_host")
