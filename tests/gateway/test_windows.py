"""Several windows of one player: whatever they watched, and at whichever worker, exactly one of them plays his seat."""

import asyncio

import pytest

from rules.ids import SEATS, Seat
from server.gateway import wire
from server.gateway.outbox import Outbox
from server.gateway.session import Session
from server.rooms import table as t
from server.rooms.fanout import Fanout
from server.rooms.journal import StoredJournal
from server.rooms.keeper import Keeper
from server.rooms.refusals import RoomCode
from server.rooms.store import Store
from tests.gateway.conftest import Arrive
from tests.gateway.guests import Guest, Window
from tests.gateway.matches import agrees_with_the_log, log_of
from tests.gateway.workers import Running

Workers = tuple[Running, Running]
TAKEN_OVER = (4409, "taken_over")


async def watching(guest: Guest, code: str, *workers: Running) -> list[Window]:
    """A window at each of these workers."""
    return [await (await guest.enter(code, worker)).shown() for worker in workers]


async def told_apart(windows: list[Window]) -> tuple[Window, list[Window]]:
    """Wait until it is settled which of the windows plays: that one, and those that were closed."""

    def is_settled(window: Window) -> bool:
        return window.close_code is not None or (window.welcome is not None and window.welcome.seat is not None)

    await asyncio.gather(*(window.until(is_settled) for window in windows))
    entered = [window for window in windows if window.close_code is None]
    assert len(entered) == 1, "one window plays"
    return entered[0], [window for window in windows if window is not entered[0]]


@pytest.mark.parametrize("where", [(0, 0), (0, 1), (1, 1), (1, 0, 1)])
async def test_of_windows_that_watch_while_their_player_sits_down_one_plays_and_the_others_are_closed(
    arrive: Arrive, workers: Workers, journal: StoredJournal, where: tuple[int, ...]
) -> None:
    host = await arrive()
    code = await host.open_room()
    guest = await arrive()
    windows = await watching(guest, code, *(workers[number] for number in where))
    await guest.sit(code, "Twice", "luna")
    playing, others = await told_apart(windows)
    for window in others:
        assert await window.ended() == TAKEN_OVER
        assert not any(isinstance(m, wire.Welcome) and m.seat is not None for m in window.heard), "it never played"
    await playing.done(t.TakeSeat(Seat.VOLGA))
    await playing.until(lambda window: window.welcome is not None and window.welcome.seat is Seat.VOLGA)
    await agrees_with_the_log(journal, code, Seat.VOLGA, playing)
    entered = [e for commit in await log_of(journal, code) for e in commit.events if isinstance(e, t.SeatEntered)]
    assert entered == [t.SeatEntered(Seat.LUNA, 1)]


async def test_commands_that_both_windows_send_at_once_are_done_for_one_of_them(
    arrive: Arrive, workers: Workers, journal: StoredJournal
) -> None:
    code = await (await arrive()).open_room()
    guest = await arrive()
    windows = await watching(guest, code, *workers)
    await guest.sit(code, "Twice", "luna")
    wishes = (t.Rename("Left"), t.Rename("Right"))
    await asyncio.gather(*(window.send(wish) for window, wish in zip(windows, wishes, strict=True)))
    playing, (other,) = await told_apart(windows)
    await playing.until(lambda window: window.answers)
    assert await other.ended() == TAKEN_OVER
    assert wire.Done(1) not in other.answers.values()
    renamed = [e for commit in await log_of(journal, code) for e in commit.events if isinstance(e, t.Renamed)]
    assert renamed == [t.Renamed(Seat.LUNA, wishes[windows.index(playing)].nickname)]


async def test_a_window_that_is_opened_after_its_player_sat_down_closes_those_that_watched(
    arrive: Arrive, workers: Workers
) -> None:
    code = await (await arrive()).open_room()
    guest = await arrive()
    windows = await watching(guest, code, *workers)
    seat = await guest.sit(code, "Thrice")
    newest = await (await guest.enter(code, workers[1])).shown()
    for window in windows:
        assert await window.ended() == TAKEN_OVER
    await newest.done(t.GetReady(True))
    assert newest.welcome is not None
    assert newest.welcome.seat == seat == SEATS[1]


async def deaf(connections: Store, code: str, player: str) -> Session:
    """A window at a worker that hears of nothing, and knows what it was told as it entered."""
    journal = StoredJournal(connections, by_hand=True)
    keeper = Keeper(journal, Fanout(connections, journal))
    room = await keeper.find(code)
    assert room is not None
    session = Session(keeper, room, player, f"window-{player}-{id(keeper)}", Outbox(), hear_presence=lambda: None)
    await session.enter(None)
    return session


async def test_a_window_whose_worker_has_not_heard_that_its_player_sat_down_enters_before_it_does_anything(
    arrive: Arrive, journal: StoredJournal, connections: Store
) -> None:
    code = await (await arrive()).open_room()
    guest = await arrive()
    first, second = [await deaf(connections, code, guest.player) for _ in range(2)]
    await guest.sit(code, "Twice", "luna")
    await first.hear(wire.Do(1, t.Rename("Left")))
    await second.hear(wire.Do(1, t.Rename("Right")))
    assert (first.seat, first.bye) == (Seat.LUNA, None)
    assert second.bye is RoomCode.TAKEN_OVER
    kinds = (t.PersonSat, t.SeatEntered, t.Renamed)
    luna = [e for commit in await log_of(journal, code) for e in commit.events if isinstance(e, kinds)][1:]
    assert luna[1:] == [t.SeatEntered(Seat.LUNA, 1), t.Renamed(Seat.LUNA, "Left")]
