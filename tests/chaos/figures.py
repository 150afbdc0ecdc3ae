"""What a trial measured, what it may be at most, and what was found to be wrong."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

TIMES = ("s", "ms", "×")
"""The units of times, and of ratios of times."""


@dataclass(frozen=True)
class Figure:
    """One figure. `most`: more than that is a failure."""

    name: str
    value: float
    unit: str = ""
    most: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it is within its bound."""
        return self.most is None or self.value <= self.most

    @property
    def is_late(self) -> bool:
        """Whether it is a time, or a ratio of times, beyond its bound."""
        return self.unit in TIMES and not self.is_kept

    def __str__(self) -> str:
        value, most = (f"{number:,.2f}".rstrip("0").rstrip(".") for number in (self.value, self.most or 0.0))
        bound = "" if self.most is None else f" (at most {most})"
        return f"{self.name}: {value}{' ' if self.unit else ''}{self.unit}{bound}"


@dataclass
class Figures:
    """The figures and faults of one trial. `patience` stretches every bound on times, for a machine that is busy."""

    patience: float = 1.0
    kept: list[Figure] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    skipped: str = ""

    def note(self, name: str, value: float, unit: str = "") -> None:
        """A figure without a bound."""
        self.kept.append(Figure(name, value, unit))

    def at_most(self, name: str, value: float, most: float, unit: str = "") -> None:
        """A figure that must not be greater."""
        stretched = most * self.patience if unit in TIMES else most
        figure = Figure(name, value, unit, stretched)
        self.kept.append(figure)
        if not figure.is_kept:
            self.faults.append(str(figure))

    def skip(self, why: str) -> None:
        """This machine can not run it. Where it must (`CHAOS_MUST=1`) that is a fault."""
        self.skipped = why
        if os.environ.get("CHAOS_MUST"):
            self.faults.append(f"it could not be run: {why}")

    def check(self, is_so: bool, otherwise: str) -> None:
        """Something that has to be so."""
        if not is_so:
            self.faults.append(otherwise)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed; 0 if there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
