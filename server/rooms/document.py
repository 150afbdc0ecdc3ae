"""What each viewer is shown of a room: the table, which is public, and the view that the rules allow of the match.

Nothing here decides what is secret: the table holds no secret, and the match comes out of `rules.project` as it is. How
many choices a seat has missed is told to that seat alone.
"""

from rules.ids import SEATS, VIEWERS, Seat, Viewer
from rules.project import project_to_all
from server.rooms import table as t
from server.rooms.room import Room, Sitter


def documents(room: Room) -> dict[Viewer, t.Document]:
    """The document of each of VIEWERS right now."""
    table, views = _table(room), {} if room.match is None else project_to_all(room.match)
    return {viewer: t.Document(table, views.get(viewer), _missed(room, viewer)) for viewer in VIEWERS}


def _missed(room: Room, viewer: Viewer) -> int:
    own = room.person(viewer) if isinstance(viewer, Seat) else None
    return own.missed if own is not None else 0


def _table(room: Room) -> t.Table:
    return t.Table(
        code=room.code,
        stage=room.stage,
        options=room.options,
        seats={seat: _place(room, seat) for seat in SEATS if room.sitter(seat) != Sitter()},
        matches=room.matches,
        host=room.host,
        opened=room.opened,
        earliest=room.earliest,
        deadline=room.deadline,
    )


def _place(room: Room, seat: Seat) -> t.Place:
    sitter = room.sitter(seat)
    if sitter.person is None:
        return t.Place(bot=sitter.bot, ready=True)
    person = sitter.person
    return t.Place(person.nickname or None, ready=person.ready, program=person.program, stand_in=sitter.bot)
