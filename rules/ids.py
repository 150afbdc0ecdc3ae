"""The nouns that everything else is said in: seats, roles, sectors, books, orders, channels, phases.

Every value is the word that travels on the wire and stands in the log, so none may ever be renamed.
Source: the rulebook, "Words".
"""

from enum import StrEnum
from typing import Final


class Seat(StrEnum):
    """One of five places in a match, known to all by its call sign."""

    SOKOL = "sokol"
    GRANIT = "granit"
    BERYOZA = "beryoza"
    LUNA = "luna"
    VOLGA = "volga"


SEATS: Final = tuple(Seat)


class Watcher(StrEnum):
    """Everyone who holds no seat: spectators see the public state alone."""

    WATCHER = "watcher"


WATCHER: Final = Watcher.WATCHER
Viewer = Seat | Watcher
VIEWERS: Final[tuple[Viewer, ...]] = (*SEATS, WATCHER)


class Role(StrEnum):
    """The secret identity of a seat, one each."""

    MALENKOV = "malenkov"
    BERIA = "beria"
    RUDENKO = "rudenko"
    IRINA = "irina"
    PAVEL = "pavel"


ROLES: Final = tuple(Role)
PATRONS: Final = (Role.MALENKOV, Role.BERIA)


class Sector(StrEnum):
    """A road into the country, with ground behind it and regiments on it."""

    RIVER = "river"
    FOREST = "forest"
    RAIL = "rail"


SECTORS: Final = tuple(Sector)


class Level(StrEnum):
    """A thrust as words: light is 2 or less, steady 3 to 5, heavy 6 or more."""

    LIGHT = "light"
    STEADY = "steady"
    HEAVY = "heavy"


LEVELS: Final = tuple(Level)


class Book(StrEnum):
    """A codebook: whoever holds it reads all traffic in it, past and future."""

    STAFF = "staff"
    FIELD = "field"
    CENTRE = "centre"


BOOKS: Final = tuple(Book)


class OrderKind(StrEnum):
    """What a seat may order. Only paperwork names no sector."""

    HOLD = "hold"
    WITHDRAW = "withdraw"
    AMBUSH = "ambush"
    COUNTERATTACK = "counterattack"
    MINES = "mines"
    GUNS = "guns"
    SMOKE = "smoke"
    REQUEST = "request"
    PAPERWORK = "paperwork"


class DirectiveKind(StrEnum):
    """What Moscow demands of a turn. The first two name a sector."""

    HOLD = "hold"
    COUNTERATTACK = "counterattack"
    GUNS_FROZEN = "guns_frozen"
    PAPERWORK = "paperwork"


class Channel(StrEnum):
    """A way to speak. Who reads it stands in the rulebook, "The wire"."""

    OPEN = "open"
    LETTER = "letter"
    WIRELESS = "wireless"
    MOSCOW = "moscow"
    ROOM = "room"


class PowerKind(StrEnum):
    """Beria's powers, one a turn while he is free."""

    TAP = "tap"
    TRACE = "trace"
    PROTECT = "protect"
    SUMMON = "summon"


class DemandKind(StrEnum):
    """What the Interrogator wants to hear."""

    ROLE = "role"
    ORDERS = "orders"
    BOOKS = "books"


class AnswerKind(StrEnum):
    """What a prisoner may do about a demand."""

    CONFESS = "confess"
    ENDURE = "endure"
    DENOUNCE = "denounce"


class Phase(StrEnum):
    """Where a match stands. The lobby comes before a match and belongs to the room."""

    DEAL = "deal"
    WIRE = "wire"
    INQUIRY = "inquiry"
    NAMING = "naming"
    FINISHED = "finished"


class Outcome(StrEnum):
    """What became of a sector in a turn."""

    WITHDREW = "withdrew"
    HELD = "held"
    REGAINED = "regained"
    BROKEN = "broken"
    ENCIRCLED = "encircled"


class Front(StrEnum):
    """The judgement of the front line."""

    HELD = "held"
    BENT = "bent"
    BROKEN = "broken"


class Loyalty(StrEnum):
    """The judgement of the file that Moscow keeps."""

    TRUSTED = "trusted"
    WATCHED = "watched"
    CONDEMNED = "condemned"


_PLACES: Final = {seat: place for place, seat in enumerate(SEATS)}


def place_of(seat: Seat) -> int:
    """The seat's place, 0 to 4, in every tuple that has an entry a seat."""
    return _PLACES[seat]


def level_of(thrust: int) -> Level:
    """How a thrust of this strength reads. Source: the rulebook, "Words"."""
    if thrust >= 6:
        return Level.HEAVY
    return Level.STEADY if thrust >= 3 else Level.LIGHT
