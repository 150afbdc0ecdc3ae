"""Rooms as values for tests: an open lobby, a full table, a match that has begun."""

from collections.abc import Iterable

from msgspec.structs import replace

from rules import decide
from rules.events import Event
from rules.ids import SEATS, Seat
from rules.scenario import load
from server.rooms import table as t
from server.rooms.room import Room, fold, opened
from server.rooms.schedule import scheduled
from server.rooms.verdicts import Entropy

CODE = "ABCDEFGH"
OPTIONS = t.Options("nineteenth", "front", t.Pace.LIVE, listed=True, spectators=True)
ENTROPY = Entropy(seed=bytes(range(32)), salt=bytes(32))
NOW = 1_000_000


def folded(room: Room, events: Iterable[t.RoomEvent | Event]) -> Room:
    """The room after these."""
    for event in events:
        room = fold(room, event)
    return room


def lobby(people: int = 1, options: t.Options = OPTIONS) -> Room:
    """A lobby with so many people, `player 0` first and the host."""
    room = opened(t.RoomOpened(CODE, options))
    for number, seat in enumerate(SEATS[:people]):
        room = fold(room, t.PersonSat(f"player {number}", f"Officer {number}", seat))
    room = fold(room, t.HostNamed(SEATS[0])) if people else room
    return replace(room, last=NOW)


def playing(people: int = 5, options: t.Options = OPTIONS, now: int = NOW) -> Room:
    """A match that began at that moment, with bots on the seats that no person has."""
    table = lobby(people, options)
    table = folded(table, (t.BotSat(seat, t.BotLevel.CONSCRIPT) for seat in table.free_seats()))
    dealt = decide.deal(load(options.scenario, options.setting), ENTROPY.seed, ENTROPY.salt)
    room = folded(table, (t.MatchBegan(), dealt))
    plan = scheduled(table, room, now)
    assert plan is not None
    return replace(fold(room, plan), last=now)


def after(room: Room, events: tuple[t.RoomEvent | Event, ...], now: int) -> Room:
    """The room after a commit of these events at that moment, schedule and all."""
    changed = folded(room, events)
    plan = scheduled(room, changed, now)
    return replace(changed if plan is None else fold(changed, plan), last=now)


def player_of(seat: Seat) -> str:
    """Who sits there in these tables."""
    return f"player {SEATS.index(seat)}"
