"""What bots say in words of their own, beside their forms: short sentences, by language, temperament and occasion.

A sentence knows nothing of the match but the words that it is handed, and nothing of the bot's role. The
sentences are data, a file a language, read from the package like a scenario. Source: the rulebook, "The wire".
"""

import hashlib
import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from string import Formatter
from typing import Final

import msgspec
from msgspec import Struct

from rules.ids import Level, OrderKind, Role, Seat, Sector
from rules.orders import Order
from rules.players.lot import Draw

LANGUAGES: Final = ("en", "ru")
LONGEST: Final = 120
"""Characters of a sentence with all its words filled in: it fits into a wireless message too."""


class Temperament(StrEnum):
    """How a bot speaks, whoever it is: clipped, reassuring, ironic, tired."""

    DRY = "dry"
    WARM = "warm"
    SHARP = "sharp"
    WEARY = "weary"


TEMPERAMENTS: Final = tuple(Temperament)


class Occasion(StrEnum):
    """What there is to say something about. WANTED and WELCOME have the words that each takes."""

    GREET = "greet"
    CLAIM = "claim"
    PROMISE = "promise"
    ASK = "ask"
    ACCUSE = "accuse"
    DEFEND = "defend"
    AGREE = "agree"
    REFUSE = "refuse"
    THANKS = "thanks"
    BROKEN_PROMISE = "broken_promise"
    GOOD_NIGHT = "good_night"
    BAD_NIGHT = "bad_night"
    IN_ROOM = "in_room"
    PRESS_ROOM = "press_room"
    SHORT_OF_TIME = "short_of_time"
    WHO_KNOWS = "who_knows"
    FAREWELL = "farewell"


NOTHING: Final[frozenset[str]] = frozenset()
WANTED: Final = {
    Occasion.CLAIM: frozenset({"sector", "level"}),
    Occasion.PROMISE: frozenset({"order"}),
    Occasion.ASK: frozenset({"seat", "order"}),
    Occasion.ACCUSE: frozenset({"seat"}),
    Occasion.BROKEN_PROMISE: frozenset({"seat"}),
}
"""The words without which an occasion can not be spoken of."""

WELCOME: Final = {
    Occasion.ACCUSE: frozenset({"role"}),
    Occasion.THANKS: frozenset({"seat"}),
    Occasion.BAD_NIGHT: frozenset({"sector"}),
}
"""Words that open more sentences where they are given."""


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Names as they stand in a sentence, in the nominative."""

    seats: dict[Seat, str]
    roles: dict[Role, str]
    sectors: dict[Sector, str]
    levels: dict[Level, str]
    orders: dict[OrderKind, str]


class Tongue(Struct, frozen=True, forbid_unknown_fields=True):
    """All that the bots can say in a language."""

    words: Words
    deeds: dict[OrderKind, str]
    places: dict[Sector, dict[str, str]]
    say: dict[Occasion, dict[Temperament, tuple[str, ...]]]


class UnknownLanguage(ValueError):
    """The bots have no words of that language."""


@lru_cache(maxsize=len(LANGUAGES))
def tongue(language: str) -> Tongue:
    """Read a language. Raises UnknownLanguage; a fault in the data is msgspec.ValidationError."""
    if language not in LANGUAGES:
        raise UnknownLanguage(language)
    text = resources.files("rules.players.tongues").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Tongue)


def word(language: str, value: Seat | Role | Sector | Level | OrderKind | Order) -> str:
    """A value in words. A whole order is something to do: "hold the river", "держать реку"."""
    words = tongue(language).words
    match value:
        case Seat():
            return words.seats[value]
        case Role():
            return words.roles[value]
        case Sector():
            return words.sectors[value]
        case Level():
            return words.levels[value]
        case OrderKind():
            return words.orders[value]
        case Order(kind, sector):
            places = tongue(language).places[sector] if sector else {}
            return tongue(language).deeds[kind].format(**places)


def say(language: str, temperament: Temperament, occasion: Occasion, draw: Draw, **names: str) -> str:
    """One of the sentences for the occasion that the given words can fill, by lot.

    `names` are words already in the language: seat, role, sector, level, and order, the whole of it (see `word`). Words
    that the occasion has no use for are left out. Raises KeyError if one that it wants is missing.
    """
    for wanted in WANTED.get(occasion, NOTHING):
        names[wanted]
    sentences = [text for text in tongue(language).say[occasion][temperament] if gaps(text) <= names.keys()]
    said = sentences[draw(f"say {occasion}", len(sentences))].format(**names)
    return said[0].upper() + said[1:]


def gaps(text: str) -> frozenset[str]:
    """The names of the words that a sentence leaves open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def temperament_of(commitment: str, seat: Seat) -> Temperament:
    """How a seat speaks in a match, from what is public about both: the match's commitment and the call sign."""
    digest = hashlib.sha256(f"temperament:{commitment}:{seat}".encode()).digest()
    return TEMPERAMENTS[digest[0] % len(TEMPERAMENTS)]
