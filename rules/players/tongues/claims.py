"""What one clause claims: how strong the enemy is where, whom to name, who somebody is. Orders are read elsewhere.

Between the two things that a claim ties together only words may stand that leave it a plain "is".
"""

from collections.abc import Iterator
from typing import Final

from rules.forms import Am, Form, Name, Suspect, Thrust
from rules.ids import Level, Role, Seat, Sector, level_of
from rules.players.tongues.lexicon import Word
from rules.players.tongues.sentences import Clause

STRENGTH_MOST: Final = 12
"""A greater number beside a sector is no thrust."""

AROUND_ROLES: Final = frozenset({"fill", "sure", "link", "think", "maybe", "'s", "dash", "wish"})
AROUND_ME: Final = frozenset({"fill", "sure", "link", "dash"})
TIES: Final = frozenset({"link", "sure", "dash", "'s"})
SOLID: Final = frozenset({"sector", "number", "dash", "fill"})


def claims(clause: Clause, called: tuple[Seat, ...]) -> Iterator[Form]:
    """All that a clause without an order claims; `called` are the seats that it is said to."""
    yield from _thrusts(clause)
    yield from _name(clause)
    yield from _am(clause)
    yield from _suspect(clause, called)


def _thrusts(clause: Clause) -> Iterator[Form]:
    """Sectors and strengths side by side, as many of each; bare numbers only where nothing else is said."""
    if clause.has("seat", "role", "ours") or (clause.has("we") and not clause.has("hear")):
        return
    sectors, levels = clause.all("sector"), clause.all("level")
    if levels:
        if len(sectors) == len(levels) == len({word.value for word in sectors}):
            pairs = [word.mark for word in clause.words if word.mark in ("sector", "level")]
            if pairs == pairs[:2] * len(sectors):
                yield from (
                    Thrust(Sector(sector.value), Level(level.value))
                    for sector, level in zip(sectors, levels, strict=True)
                )
        return
    numbers = [int(word.value) for word in clause.all("number")]
    is_bare = all(word.mark in SOLID for word in clause.words) and clause.words[-1].mark == "number"
    if is_bare and len(sectors) == len(numbers) == 1 and numbers[0] <= STRENGTH_MOST:
        yield Thrust(Sector(sectors[0].value), level_of(numbers[0]))


def _name(clause: Clause) -> Iterator[Form]:
    place = next((place for place, word in enumerate(clause.words) if word.mark == "name"), None)
    if place is None or any(word.mark in ("seat", "other", "you", "maybe") for word in clause.words[:place]):
        return
    after = clause.words[place + 1 :]
    seats = list(dict.fromkeys(word.value for word in after if word.mark == "seat"))
    until = next((at for at, word in enumerate(after) if word.mark == "seat"), 0)
    is_owned = any(word.mark == "'s" for word in after)
    if len(seats) == 1 and not is_owned and all(word.mark in AROUND_ROLES | {"for"} for word in after[:until]):
        yield Name(Seat(seats[0]))


def _am(clause: Clause) -> Iterator[Form]:
    """ "I am Irina". Not "I believe Irina", nor "I am Irina's friend", nor what somebody thinks of me."""
    roles = clause.all("role")
    places = [place for place, word in enumerate(clause.words) if _is_me(word)]
    if (
        len(roles) != 1
        or not places
        or clause.has("seat", "you", "other", "maybe", "wish")
        or _is_owned(clause, roles[0])
    ):
        return
    between = clause.words[places[0] + 1 : clause.words.index(roles[0])]
    is_before = places[0] < clause.words.index(roles[0])
    if is_before and roles[0].form == "named" and all(word.mark in AROUND_ME for word in between):
        yield Am(Role(roles[0].value))


def _is_me(word: Word) -> bool:
    return word.mark == "role_is" or word.text in ("i", "im", "я")


def _suspect(clause: Clause, called: tuple[Seat, ...]) -> Iterator[Form]:
    """One seat, or the "you" that is called, is one role: nothing else stands between them but an "is" of some sort."""
    seats, roles, you = clause.all("seat"), clause.all("role"), clause.all("you")
    if len(roles) != 1 or len(seats) > 1 or clause.has("name") or _is_owned(clause, roles[0]):
        return
    thinks = clause.has("think")
    if roles[0].form == "spoken_of" and not thinks:
        return
    around = AROUND_ROLES | {"for"} if thinks else AROUND_ROLES
    if seats:
        between = _between(clause, seats[0], roles[0])
        is_tied = thinks or len(clause.words) == 2 or any(word.mark in TIES for word in between)
        if is_tied and all(word.mark in around for word in between):
            yield Suspect(Seat(seats[0].value), Role(roles[0].value))
        return
    is_you = len(called) == 1 and bool(you) and you[0].text in ("you", "ты", "вы")
    if is_you and all(word.mark in AROUND_ROLES for word in _between(clause, you[0], roles[0])):
        yield Suspect(called[0], Role(roles[0].value))


def _between(clause: Clause, one: Word, other: Word) -> tuple[Word, ...]:
    first, last = sorted((clause.words.index(one), clause.words.index(other)))
    return clause.words[first + 1 : last]


def _is_owned(clause: Clause, word: Word) -> bool:
    """Whether something of that person is meant: "Beria's man"."""
    after = clause.words[clause.words.index(word) + 1 :]
    return bool(after) and after[0].mark == "'s" and len(after) > 1
