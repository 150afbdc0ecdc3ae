"""A scenario is data: every number that may be tuned, and what is in play. The engine holds no number of its own.

Source: the rulebook, "Scenarios and settings". The one place in `rules` that reads files: its own package data.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import msgspec
from msgspec import Struct

from rules.ids import Book, Channel, DemandKind, DirectiveKind, OrderKind, PowerKind, Role, Sector


class FrontNumbers(Struct, frozen=True, forbid_unknown_fields=True):
    """The front: three entries are river, forest, rail; a list by turn has an entry a turn."""

    ground: tuple[int, int, int]
    regiments: int
    regiments_most: int
    main: tuple[int, ...]
    second: tuple[int, ...]
    pin: tuple[int, ...]
    rumour_true_thirds: int
    ambush_first: int
    ambush_further: int
    ambush_forest: int
    regain_margin: int
    encircle_margin: int
    encircle_ground: int
    mines: int
    bridge: int
    guns: int
    guns_rail: int
    rudenko_votes: int
    held_from: int


class MoscowNumbers(Struct, frozen=True, forbid_unknown_fields=True):
    """Moscow: what the file records and what it does with it. Weights are tenths; chances are hundredths."""

    directives: dict[DirectiveKind, int]
    names_main: int
    names_second: int
    beria_counts: int
    most_named: int
    tied: int
    all_silent: int
    proved: int
    refused_request: int
    paperwork: int
    protect: int
    summons_from: int
    rest: int
    beria_summons: int
    beria_summons_from: int
    nerve: int
    confess: int
    endure: int
    denounce: int
    denounced: int
    patron_by: int
    rightly_named: int
    condemned_from: int
    condemned_from_bent: int
    watched_from: int
    rudenko_regiments: int


class WireNumbers(Struct, frozen=True, forbid_unknown_fields=True):
    """The wire: limits a turn and lengths in characters; groups have five digits."""

    letters: int
    wireless: int
    signed: int
    phone: int
    text_most: int
    wireless_most: int
    wireless_groups: int
    books: dict[Book, tuple[Role, ...]]


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """All that a match is played by, under one of its settings."""

    name: str
    setting: str
    turns: int
    channels: tuple[Channel, ...]
    orders: tuple[OrderKind, ...]
    powers: tuple[PowerKind, ...]
    demands: tuple[DemandKind, ...]
    envelopes: bool
    front: FrontNumbers
    moscow: MoscowNumbers
    wire: WireNumbers

    def start_ground(self, sector: Sector) -> int:
        """Lines behind a sector at the deal: more than these there never are."""
        return self.front.ground[tuple(Sector).index(sector)]


SCENARIOS = ("nineteenth", "first_night")
SETTINGS = ("garrison", "front", "moscow")


class UnknownScenario(ValueError):
    """There is no scenario, or no setting of it, by that name."""


@lru_cache(maxsize=32)
def load(name: str = "nineteenth", setting: str = "front") -> Scenario:
    """Read a scenario under a setting. Raises UnknownScenario; a fault in the data is msgspec.ValidationError."""
    if name not in SCENARIOS or setting not in SETTINGS:
        raise UnknownScenario(f"{name}/{setting}")
    text = resources.files("rules.scenarios").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    changes = data.pop("settings").get(setting, {})
    scenario = msgspec.convert(_overlaid(data, changes) | {"name": name, "setting": setting}, Scenario)
    _check(scenario)
    return scenario


def changed(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    """The scenario with some of its numbers changed, each by its place, as `front.main`: to see what a number does.

    Raises UnknownScenario for a place that there is not, or a value that cannot stand there.
    """
    data = msgspec.to_builtins(scenario)
    for place, value in changes.items():
        group, _, name = place.partition(".")
        if not isinstance(data.get(group), dict) or name not in data[group]:
            raise UnknownScenario(f"number {place!r}")
        data[group][name] = value
    try:
        found = msgspec.convert(data, Scenario)
    except msgspec.ValidationError as fault:
        raise UnknownScenario(f"with {fault}") from None
    _check(found)
    return found


def _overlaid(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in change.items():
        merged[key] = _overlaid(base[key], value) if isinstance(value, dict) else value
    return merged


def _check(scenario: Scenario) -> None:
    """A list by turn must reach the last turn, or a match would run off its end."""
    for strengths in (scenario.front.main, scenario.front.second, scenario.front.pin):
        if len(strengths) != scenario.turns:
            raise UnknownScenario(f"{scenario.name}: a plan of {len(strengths)} turns for {scenario.turns}")
