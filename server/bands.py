"""The bounds that the game's figures have to lie within, and which of them a simulation broke.

Beside the loop: it reads figures, and must not know how they came about. Source: the rulebook, "Balance".
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from server.simulation import Result

Band = tuple[float, float]
"""The least and the most that a figure may be, both allowed."""

APART = "call_signs_apart"
"""How far the call signs' shares of wins lie from each other at most: a figure of all of them together."""


@cache
def bands(table: str) -> Mapping[str, Band]:
    """The bands of a table, by the name of a figure or of a whole group; none for a table that has none."""
    text = resources.files("rules.scenarios").joinpath("bands.toml").read_text(encoding="utf-8")
    return {name: (float(least), float(most)) for name, (least, most) in tomllib.loads(text).get(table, {}).items()}


def band_of(table: str, figure: str) -> Band | None:
    """The band of one figure at a table."""
    found = bands(table)
    return found.get(figure) or found.get(figure.partition(".")[0])


def apart(result: Result) -> float:
    """How far the call signs lie from each other."""
    shares = [figure.mean for name, figure in result.figures.items() if name.startswith("by_call_sign.")]
    return max(shares) - min(shares)


def is_within(band: Band, value: float) -> bool:
    """Whether a value lies in a band."""
    return band[0] <= value <= band[1]


def outside(table: str, result: Result) -> Iterator[str]:
    """The names of the figures that lie outside their bands."""
    values = {name: figure.mean for name, figure in result.figures.items()} | {APART: apart(result)}
    for name, value in values.items():
        band = band_of(table, name)
        if band is not None and not is_within(band, value):
            yield name
