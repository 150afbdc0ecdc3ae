"""When phases end and bots act: by pace and lots, never by what only a seat knows."""

import pytest
from msgspec.structs import replace

from rules.commands import Close
from rules.decide import close
from rules.events import ReadySaid
from rules.ids import SEATS, Phase, Seat
from server.rooms import table as t
from server.rooms.paces import BOT_GLANCES, BOT_WAKES, BOTS_TAKE, PACES, Span
from server.rooms.room import Room, fold
from server.rooms.schedule import scheduled
from tests.rooms.tables import NOW, OPTIONS, after, lobby, playing


def span(room: Room) -> Span:
    assert room.match is not None
    return PACES[room.options.pace][room.match.phase]


def next_phase(room: Room, now: int) -> Room:
    assert room.match is not None
    closed = close(room.match, Close(room.match.phase_number))
    assert isinstance(closed, tuple)
    return after(room, closed, now)


@pytest.mark.parametrize("pace", t.Pace)
def test_a_phase_has_the_length_of_its_pace(pace: t.Pace) -> None:
    room = playing(options=t.Options("nineteenth", "front", pace, listed=False, spectators=True))
    deal = PACES[pace][Phase.DEAL]
    expected = (NOW, NOW + 1000 * deal.minimum, NOW + 1000 * deal.length)
    assert (room.opened, room.earliest, room.deadline) == expected


def test_five_readies_bring_the_end_forward_to_the_minimum_and_one_that_is_taken_back_puts_it_off_again() -> None:
    room = playing()
    late = room.deadline
    four = after(room, tuple(ReadySaid(seat, True) for seat in SEATS[:4]), NOW + 10)
    assert four.deadline == late
    five = after(four, (ReadySaid(SEATS[4], True),), NOW + 20)
    assert five.deadline == five.earliest
    assert after(five, (ReadySaid(SEATS[4], False),), NOW + 30).deadline == late


def test_each_phase_begins_when_the_one_before_has_ended_however_late_that_was() -> None:
    room = next_phase(playing(), NOW + 999_999)
    assert room.opened == NOW + 999_999
    assert room.deadline == NOW + 999_999 + 1000 * span(room).length


def test_a_commit_that_changes_nothing_of_the_schedule_does_not_mention_it() -> None:
    assert scheduled(lobby(), fold(lobby(), t.Renamed(Seat.SOKOL, "Ivan")), NOW) is None
    room = playing()
    assert scheduled(room, fold(room, ReadySaid(SEATS[0], True)), NOW + 10) is None


def test_bots_wake_soon_after_a_phase_has_opened_and_look_again_before_it_ends() -> None:
    room = playing(people=2)
    moments = {seat: [at for bot, at in room.bots if bot is seat] for seat in SEATS}
    all_moments = BOT_WAKES + BOT_GLANCES
    assert [len(moments[seat]) for seat in SEATS] == [0, 0, all_moments, all_moments, all_moments]
    soon, end = NOW + 1000 * BOTS_TAKE, NOW + 1000 * span(room).length
    assert all(NOW <= at <= soon for times in moments.values() for at in times[:BOT_WAKES])
    assert all(soon <= at < end for times in moments.values() for at in times[BOT_WAKES:])
    assert all(times == sorted(times) for times in moments.values())


def test_a_bot_that_takes_over_in_mid_phase_has_moments_of_its_own_and_others_keep_theirs() -> None:
    room = playing(people=2)
    later = NOW + 30_000
    taken = after(room, (t.SeatLeft(SEATS[1]), t.BotSat(SEATS[1], t.BotLevel.CONSCRIPT)), later)
    assert [moment for moment in taken.bots if moment[0] is not SEATS[1]] == list(room.bots)
    assert len([at for seat, at in taken.bots if seat is SEATS[1] and at >= later]) == BOT_WAKES + BOT_GLANCES


def test_the_moments_of_bots_tell_nothing_of_their_roles() -> None:
    room = playing(people=0)
    assert room.match is not None
    one, two, *rest = room.match.officers
    other = replace(room, match=replace(room.match, officers=(two, one, *rest)))
    before = lobby(0)
    assert scheduled(before, other, NOW) == scheduled(before, room, NOW)


def test_a_match_that_is_over_is_due_no_more() -> None:
    room = playing()
    while room.match is not None and room.match.phase is not Phase.FINISHED:
        assert room.deadline is not None
        room = next_phase(room, room.deadline)
    assert room.stage is t.Stage.OVER
    assert (room.opened, room.earliest, room.deadline, room.bots, room.due()) == (None, None, None, (), None)


def test_nothing_is_due_in_a_lobby() -> None:
    assert lobby(5, OPTIONS).due() is None
    assert fold(playing(), t.BackInLobby()).match is None
    assert after(playing(), (t.BackInLobby(),), NOW + 10).due() is None
