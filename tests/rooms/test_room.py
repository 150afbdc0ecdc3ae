"""The fold of a room: what each event makes of the table."""

import msgspec
import pytest
from msgspec.structs import replace

from rules.ids import SEATS, Seat, Watcher
from server.rooms import table as t
from server.rooms.room import COMMANDS_KEPT, INSTANCES_KEPT, Room, fold
from tests.rooms.tables import NOW, OPTIONS, folded, lobby, playing


def test_a_person_sits_moves_and_leaves() -> None:
    room = folded(lobby(2), (t.SeatChanged(Seat.GRANIT, Seat.VOLGA), t.Renamed(Seat.VOLGA, "Pyotr")))
    person = room.person(Seat.VOLGA)
    assert person is not None
    assert (person.player, person.nickname) == ("player 1", "Pyotr")
    assert room.free_seats() == (Seat.GRANIT, Seat.BERYOZA, Seat.LUNA)
    assert fold(room, t.SeatLeft(Seat.VOLGA)).free_seats() == SEATS[1:]


def test_the_host_stays_host_when_he_changes_seats() -> None:
    assert fold(lobby(), t.SeatChanged(Seat.SOKOL, Seat.LUNA)).host is Seat.LUNA
    assert fold(lobby(2), t.SeatChanged(Seat.GRANIT, Seat.LUNA)).host is Seat.SOKOL


def test_a_player_is_his_seats_viewer_and_everybody_else_watches() -> None:
    room = lobby(2)
    assert room.viewer_of("player 1") is Seat.GRANIT
    assert room.viewer_of("somebody else") is Watcher.WATCHER
    assert room.viewer_of("") is Watcher.WATCHER


def test_who_was_sent_away_stays_barred() -> None:
    room = folded(lobby(2), (t.SeatLeft(Seat.GRANIT, "player 1"), t.MatchBegan(), t.BackInLobby()))
    assert room.barred == ("player 1",)
    assert fold(lobby(2), t.SeatLeft(Seat.GRANIT)).barred == ()


@pytest.mark.parametrize("event", [t.OptionsChosen(OPTIONS), t.MatchBegan(), t.BackInLobby()])
def test_a_new_plan_takes_everybodys_ready_back(event: t.RoomEvent) -> None:
    room = folded(lobby(2), (t.GotReady(Seat.GRANIT, True), event))
    assert [room.person(seat).ready for seat in room.people()] == [False, False]  # type: ignore[union-attr]


def test_back_in_the_lobby_the_match_is_gone_and_the_seats_are_kept() -> None:
    room = playing()
    again = fold(room, t.BackInLobby())
    assert again.match is None
    assert again.sitters == room.sitters
    assert again.matches == 1


def test_a_command_that_had_its_effect_is_remembered_by_its_instance() -> None:
    room = folded(lobby(), (t.Acted("one", 1), t.Acted("two", 1), t.Acted("one", 3)))
    assert [room.has_acted("one", number) for number in (1, 2, 3, 4)] == [True, False, True, False]
    assert not room.has_acted("three", 1)


def test_a_command_too_old_to_be_remembered_never_has_a_second_effect() -> None:
    room = folded(lobby(), (t.Acted("one", number) for number in range(1, 3 * COMMANDS_KEPT)))
    assert all(room.has_acted("one", number) for number in range(1, 3 * COMMANDS_KEPT))
    assert not room.has_acted("one", 3 * COMMANDS_KEPT)


def test_the_instances_that_acted_last_are_remembered_and_no_more() -> None:
    room = lobby()
    for number in range(INSTANCES_KEPT + 5):
        room = folded(room, (t.Acted("busy", number + 1), t.Acted(f"instance {number}", 1)))
    assert len(room.acted) == INSTANCES_KEPT
    assert room.has_acted("busy", 1)
    assert not room.has_acted("instance 0", 1)


def test_a_room_is_due_when_its_first_bot_or_its_phase_is() -> None:
    assert lobby().due() is None
    room = replace(lobby(), deadline=NOW + 9)
    assert room.due() == NOW + 9
    assert replace(room, bots=((Seat.LUNA, NOW + 3), (Seat.VOLGA, NOW + 1))).due() == NOW + 1


@pytest.mark.parametrize("room", [lobby(0), lobby(3), playing(), playing(2)], ids=["empty", "lobby", "people", "bots"])
def test_a_room_is_kept_and_read_back_as_it_was(room: Room) -> None:
    assert msgspec.json.decode(msgspec.json.encode(room), type=Room) == room
