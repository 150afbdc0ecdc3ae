"""The public list: rooms that somebody may join, and nothing that is nobody's business."""

import msgspec
import pytest
from msgspec.structs import replace

from server.rooms import table as t
from server.rooms.listing import Listing, idle_until, listing
from server.rooms.room import Room, fold
from tests.rooms.tables import CODE, NOW, OPTIONS, lobby, playing

UNLISTED = replace(OPTIONS, listed=False)


def test_an_open_room_is_listed_with_its_host_and_its_options() -> None:
    entry = listing(lobby(3))
    assert entry is not None
    assert msgspec.json.decode(entry, type=Listing) == Listing("Officer 0", 3, OPTIONS, "player 0")
    assert b"player 1" not in entry
    assert CODE.encode() not in entry


@pytest.mark.parametrize(
    "room",
    [lobby(3, UNLISTED), lobby(5), playing(), lobby(0), fold(lobby(2), t.RoomClosed())],
    ids=["unlisted", "full", "in a match", "without a host", "given up"],
)
def test_a_room_that_nobody_may_join_is_not_listed(room: Room) -> None:
    assert listing(room) is None


def test_a_room_is_idle_a_day_after_its_last_event() -> None:
    assert idle_until(lobby()) == NOW + 24 * 60 * 60 * 1000
