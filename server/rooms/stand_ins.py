"""Who plays for the absent: a bot takes over a seat whose player missed two owed choices, until the player is back.

Pure, and part of the verdicts. Who is silent is absent, connected or not: only a move shows that somebody is there.
Everybody sees the moment of a take-over, so it must not depend on a role: what counts is what each seat owes alike, the
order of a free seat and the report to an inquiry. The prisoner's answer, the patron, the demand and the last name do
not count, nor does the card to be read. All can tell by it that nothing came from the seat, and no more. The bot has
that seat's view and no other. Source: the rulebook, "A match".
"""

from collections.abc import Iterator
from typing import Final

from rules.ids import SEATS, Seat
from rules.owed import owed
from server.rooms import table as t
from server.rooms.room import Room

STANDS_IN_AFTER: Final = 2
"""Owed choices missed in a row."""

STAND_IN: Final = t.BotLevel.OFFICER
"""The level of the bot that plays for somebody who is absent, or who is gone for good."""

_COUNTED: Final = ("order", "report")

Events = tuple[t.RoomEvent, ...]


def missed(room: Room) -> Events:
    """What the closing phase makes of those who made no move in it; the host's office goes to somebody who is there."""
    found: list[t.RoomEvent] = []
    absent: set[Seat] = set()
    for seat in _silent(room):
        person = room.person(seat)
        assert person is not None, "who misses something is somebody"
        found.append(t.ChoiceMissed(seat, person.missed + 1))
        if person.missed + 1 >= STANDS_IN_AFTER:
            found.append(t.StoodIn(seat, STAND_IN))
            absent.add(seat)
    if room.host in absent:
        present = [seat for seat in _present(room) if seat not in absent]
        found += [t.HostNamed(seat) for seat in present[:1]]
    return tuple(found)


def entered(room: Room, seat: Seat) -> Events:
    """A window or a program entered for a seat: it is handed back, if a bot stood in."""
    if not room.is_stood_in(seat):
        return ()
    person = room.person(seat)
    is_without_host = room.host is not None and room.host is not seat and room.is_stood_in(room.host)
    takes_office = is_without_host and person is not None and not person.program
    return (t.SeatHandedBack(seat), *((t.HostNamed(seat),) if takes_office else ()))


def showed_up(room: Room, seat: Seat) -> Events:
    """The player of a seat made a move, or said to be back: the seat is handed back, and what was missed forgiven."""
    person, match = room.person(seat), room.match
    if person is None or match is None or room.stage is not t.Stage.MATCH:
        return ()
    if person.seen_in == match.phase_number and not person.missed:
        return ()
    return (*entered(room, seat), t.ShowedUp(seat))


def successor(room: Room, host: Seat) -> Seat | None:
    """Who has the host's office once this one is gone: somebody who is there, if anybody is; never a program."""
    others = [seat for seat in (*_present(room), *room.people()) if seat is not host]
    return next(iter(others), None)


def _silent(room: Room) -> Iterator[Seat]:
    """The seats whose people and programs owed a counted choice in the open phase, and made no move in it."""
    if room.match is None:
        return
    for seat in SEATS:
        person = room.person(seat)
        if person is None or room.is_stood_in(seat) or person.seen_in == room.match.phase_number:
            continue
        if any(choice.what in _COUNTED for choice in owed(room.match, seat)):
            yield seat


def _present(room: Room) -> tuple[Seat, ...]:
    return tuple(seat for seat in room.people() if not room.is_stood_in(seat))
