"""What the clock does to a room: what is due, once, and nothing else."""

from rules.ids import SEATS, Phase
from server.rooms import table as t
from server.rooms.listing import idle_until
from server.rooms.ticks import tick
from tests.rooms.tables import NOW, after, lobby, playing


def test_nothing_happens_before_its_time() -> None:
    for room in (playing(), playing(people=0)):
        due = room.due()
        assert due is not None
        assert tick(room, due - 1) == ()


def test_a_phase_ends_once_at_its_deadline_however_late_the_clock_comes() -> None:
    room = playing()
    assert room.deadline is not None
    assert room.match is not None
    late = room.deadline + 10_000_000
    ended = after(room, tick(room, late), late)
    assert ended.match is not None
    assert ended.match.phase_number == room.match.phase_number + 1
    assert tick(ended, late) == ()


def test_bots_that_are_due_act_before_the_phase_ends() -> None:
    room = playing(people=1)
    assert room.deadline is not None
    acted = after(room, tick(room, room.deadline), room.deadline)
    assert acted.bots == ()
    assert acted.match is not None
    assert room.match is not None
    assert acted.match.phase_number == room.match.phase_number
    assert set(acted.match.ready) == set(SEATS[1:])
    assert acted.due() == room.deadline


def test_the_clock_never_acts_for_a_person() -> None:
    room = playing()
    assert room.bots == ()
    begun = lobby(5)
    assert tick(begun, NOW + 1000) == ()


def test_the_same_tick_is_the_same_on_every_worker() -> None:
    room = playing(people=0)
    assert tick(room, NOW + 15_000) == tick(room, NOW + 15_000) != ()


def test_bots_alone_play_a_match_to_its_end_by_the_clock() -> None:
    room, ticks = playing(people=0), 0
    while room.match is not None and room.match.phase is not Phase.FINISHED:
        due = room.due()
        assert due is not None
        room = after(room, tick(room, due), due)
        ticks += 1
        assert ticks < 1000
    assert room.stage is t.Stage.OVER
    assert room.match is not None
    assert len(room.match.messages) > 20


def test_a_room_is_given_up_a_day_after_anything_happened_and_not_while_a_match_is_played() -> None:
    room = lobby(3)
    assert tick(room, idle_until(room) - 1) == ()
    assert tick(room, idle_until(room)) == (t.RoomClosed(),)
    match = playing()
    assert t.RoomClosed() not in tick(match, idle_until(match) * 2)
