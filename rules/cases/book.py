"""The cases as data: chapters of numbered cases, read from this package's TOML files. It plays nothing.

A case is a position, what the seats do in it, and what must come of it; `why` gives the reading that was chosen where
the rulebook could be read two ways.
"""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

import msgspec
from msgspec import Struct

from rules.ids import Book, Phase, Role, Seat, Sector
from rules.scenario import Scenario, load

Three = tuple[int, int, int]

SEATING: dict[Seat, Role] = dict(zip(Seat, Role, strict=True))
"""Who sits where in every case: Sokol is Malenkov, Granit Beria, Beryoza Rudenko, Luna Irina, Volga Pavel."""


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """A position, by default a quiet third turn in which nothing breaks. Lists of three are river, forest, rail.

    `suspicion` is the file, `published` what was last shown where that differs. `rooms`: turns spent in the Room.
    `earlier`: a seat's orders of turns 1, 2, …. `seed`: a number that stands for the match's seed; lots follow from it.
    """

    scenario: str = "nineteenth"
    seed: int = 1
    phase: Phase = Phase.WIRE
    turn: int = 3
    directive: str = "hold river"
    thrusts: Three = (2, 2, 2)
    ground: Three | None = None
    regiments: Three | None = None
    mines: Three = (0, 0, 0)
    bridge_blown: bool = False
    guns: Sector | None = None
    prisoner: Seat | None = None
    authority: Seat | None = None
    suspicion: dict[Seat, int] = {}
    published: dict[Seat, int] = {}
    nerve: dict[Seat, int] = {}
    books: dict[Seat, tuple[Book, ...]] = {}
    rooms: dict[Seat, tuple[int, ...]] = {}
    denounced: tuple[Seat, ...] = ()
    earlier: dict[Seat, tuple[str, ...]] = {}
    phone_left: int | None = None
    summons_left: int | None = None
    spared: Seat | None = None
    patron: Role | None = None


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """One case. `orders` (by seat, or `phone`) are sealed first; `steps` follow, in the words of `rules.cases.script`.

    `expect` holds facts of `rules.cases.facts`; `sees` and `sees_not`, by viewer, sentences of `rules.cases.sight`.
    """

    number: str
    title: str
    given: Given = Given()
    orders: dict[str, str] = {}
    steps: tuple[str, ...] = ("close",)
    expect: dict[str, Any] = {}
    sees: dict[str, tuple[str, ...]] = {}
    sees_not: dict[str, tuple[str, ...]] = {}
    why: str = ""


class Chapter(Struct, frozen=True, forbid_unknown_fields=True):
    """Cases about one thing. `given` lies under the position of each of them."""

    number: int
    title: str
    about: str
    case: tuple[Case, ...]
    given: dict[str, Any] = {}


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """Every chapter in the order of the numbers. A fault in the data is msgspec.ValidationError."""
    files = [f for f in resources.files("rules.cases").iterdir() if f.name.endswith(".toml") and f.name[0].isdigit()]
    found = [_chapter(tomllib.loads(f.read_text(encoding="utf-8"))) for f in files]
    return tuple(sorted(found, key=lambda chapter: chapter.number))


def _chapter(data: dict[str, Any]) -> Chapter:
    common = data.get("given", {})
    cases = [case | {"given": _laid_over(common, case.get("given", {}))} for case in data["case"]]
    return msgspec.convert(data | {"case": cases}, Chapter)


def _laid_over(common: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A case's own position over its chapter's; `nobody` empties a place."""
    return {key: value for key, value in (common | own).items() if value != "nobody"}


@lru_cache(maxsize=1)
def numbers() -> dict[str, dict[str, Any]]:
    """The numbers by which the cases are played: a tuned scenario must not unsettle a rule."""
    return tomllib.loads(resources.files("rules.cases").joinpath("numbers.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def scenario_of(name: str) -> Scenario:
    """The scenario of a case; `nineteenth` under the numbers of the cases, any other as it is."""
    scenario = load(name)
    if name != "nineteenth":
        return scenario
    data = msgspec.to_builtins(scenario)
    merged = {key: data[key] | numbers()[key] if key in numbers() else data[key] for key in data}
    return msgspec.convert(merged, Scenario)
