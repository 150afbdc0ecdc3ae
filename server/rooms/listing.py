"""What the public list shows of an open room, and when an unused room is given up. Pure."""

import msgspec
from msgspec import Struct

from server.rooms import table as t
from server.rooms.room import Room

IDLE_HOURS = 24


class Listing(Struct, frozen=True):
    """An open room in the public list: nothing of it is secret. `player`, the host's public name, is for the server."""

    host: str
    seats_taken: int
    options: t.Options
    player: str = ""


def listing(room: Room) -> bytes | None:
    """The room's entry while it is open to join; None takes it off the list."""
    host = room.person(room.host) if room.host is not None else None
    is_open = room.stage is t.Stage.LOBBY and not room.closed and room.free_seats()
    if host is None or not room.options.listed or not is_open:
        return None
    return msgspec.json.encode(Listing(host.nickname, 5 - len(room.free_seats()), room.options, host.player))


def idle_until(room: Room) -> int:
    """When a room that nothing is played in is given up, ms: a day after anything last happened there."""
    return room.last + IDLE_HOURS * 3_600_000
