"""Who is connected is told to everybody in a room, at every worker, and what is told comes right again by itself."""

import asyncio
from itertools import pairwise

from rules.ids import SEATS, Seat
from server.gateway import wire
from server.rooms import table as t
from server.rooms.store import Store
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Window
from tests.gateway.matches import begun, seated
from tests.gateway.workers import Running

Workers = tuple[Running, Running]


async def hears(window: Window, *seats: Seat, watchers: int = 0) -> None:
    await window.until(lambda window: window.presence == wire.Presence(seats, watchers))


async def test_everybody_hears_who_comes_and_goes_at_both_workers(arrive: Arrive, workers: Workers) -> None:
    party = await seated(arrive, workers)
    watching = [await (await arrive(worker)).enter(party.code) for worker in workers]
    for window in (*party.windows.values(), *watching):
        await hears(window, *SEATS, watchers=2)
    await party.windows[SEATS[4]].drop()
    await watching[0].close()
    for window in (party.host, party.windows[SEATS[1]], watching[1]):
        await hears(window, *SEATS[:4], watchers=1)


async def test_who_sits_down_is_no_watcher_any_more(arrive: Arrive, workers: Workers) -> None:
    host = await arrive(workers[0])
    code = await host.open_room()
    window, guest = await host.enter(code), await arrive(workers[1])
    coming = await guest.enter(code)
    await hears(window, Seat.SOKOL, watchers=1)
    await guest.sit(code, "Comes closer", "volga")
    for one in (window, coming):
        await hears(one, Seat.SOKOL, Seat.VOLGA)
    await coming.done(t.TakeSeat(Seat.LUNA))
    for one in (window, coming):
        await hears(one, Seat.SOKOL, Seat.LUNA)
    await coming.done(t.Leave())
    await hears(window, Seat.SOKOL, watchers=1)
    await coming.drop()
    await hears(window, Seat.SOKOL)


async def test_a_reload_leaves_a_seat_connected(arrive: Arrive, workers: Workers) -> None:
    party = await seated(arrive, workers)
    await hears(party.host, *SEATS)
    for where in (0, 1, 0):
        party.windows[SEATS[1]] = await (await party.guests[SEATS[1]].enter(party.code, workers[where])).shown()
    await hears(party.host, *SEATS)
    await party.windows[SEATS[1]].drop()
    await hears(party.host, *(seat for seat in SEATS if seat is not SEATS[1]))


async def test_who_may_not_enter_is_never_told_of(arrive: Arrive, workers: Workers) -> None:
    party = await seated(arrive, workers)
    guest = party.guests[SEATS[1]]
    ticket = await guest.ticket(party.code)
    await party.host.done(t.Dismiss(SEATS[1]))
    await hears(party.host, *(seat for seat in SEATS if seat is not SEATS[1]))
    told = [message for message in party.host.heard if isinstance(message, wire.Presence)]
    window = await guest.dial()
    await window.say(wire.encode(wire.Enter(ticket, window.instance)).decode())
    await window.ended()
    watching = await (await arrive()).enter(party.code)
    await hears(party.host, *(seat for seat in SEATS if seat is not SEATS[1]), watchers=1)
    await hears(watching, *(seat for seat in SEATS if seat is not SEATS[1]), watchers=1)
    after = [message for message in party.host.heard if isinstance(message, wire.Presence)]
    assert after[len(told) :] == [watching.presence]


async def test_the_same_is_not_told_twice(arrive: Arrive, workers: Workers) -> None:
    party = await begun(arrive, workers)
    await hears(party.host, *SEATS)
    board = workers[0].parts.board
    board.hear(party.code)()
    coming = await (await arrive(workers[0])).enter(party.code)
    await hears(party.host, *SEATS, watchers=1)
    told = [message for message in party.host.heard if isinstance(message, wire.Presence)]
    assert all(one != later for one, later in pairwise(told))
    assert coming.presence is not None


async def test_of_many_who_come_and_go_at_once_none_is_left_behind(
    arrive: Arrive, workers: Workers, connections: Store
) -> None:
    host = await arrive(workers[0])
    code = await host.open_room()
    window = await host.enter(code)
    guests = await asyncio.gather(*(arrive(workers[number % 2]) for number in range(8)))

    async def come_and_go(number: int) -> None:
        coming = await guests[number].enter(code)
        if number < 4:
            await guests[number].sit(code, f"Officer {number}")
        await coming.drop()

    await asyncio.gather(*map(come_and_go, range(8)))
    await hears(window, Seat.SOKOL)
