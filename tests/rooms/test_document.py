"""What one viewer is shown: the table, which everybody may see, and the match as the rules show it to him."""

import msgspec
import pytest

from rules.ids import SEATS, VIEWERS, Seat, Viewer, Watcher
from rules.project import project
from server.rooms import table as t
from server.rooms.document import documents
from server.rooms.room import fold
from tests.rooms.tables import NOW, folded, lobby, playing


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_match_is_what_the_rules_show_and_the_table_is_the_same_for_all(viewer: Viewer) -> None:
    room = playing(people=3)
    assert room.match is not None
    shown = documents(room)[viewer]
    assert shown.match == project(room.match, viewer)
    assert shown.table == documents(room)[Watcher.WATCHER].table


def test_the_table_shows_who_sits_where_and_nothing_of_who_that_is() -> None:
    room = folded(playing(people=3), (t.SeatEntered(Seat.SOKOL, 7), t.Acted("instance", 3)))
    table = documents(room)[Watcher.WATCHER].table
    assert table.seats[Seat.SOKOL] == t.Place("Officer 0")
    assert table.seats[Seat.VOLGA] == t.Place(bot=t.BotLevel.CONSCRIPT, ready=True)
    written = msgspec.json.encode(table)
    assert b"player" not in written
    assert b"instance" not in written
    assert (table.host, table.matches, table.opened) == (Seat.SOKOL, 1, NOW)


def test_free_seats_and_what_there_is_not_are_absent() -> None:
    written = msgspec.to_builtins(documents(lobby(1))[Watcher.WATCHER], str_keys=True)
    assert set(written) == {"table"}
    assert set(written["table"]["seats"]) == {"sokol"}
    assert set(written["table"]) == {"code", "stage", "options", "seats", "matches", "host"}


def test_when_bots_act_is_shown_to_nobody() -> None:
    room = playing(people=0)
    moments = {str(at) for _, at in room.bots} - {str(room.deadline), str(room.earliest), str(room.opened)}
    for viewer in SEATS:
        written = msgspec.json.encode(documents(room)[viewer].table).decode()
        assert not any(moment in written for moment in moments)
    assert fold(room, t.BackInLobby()).match is None
