"""The rows of the matrix: each a name, what it does, how large it runs in P and in N, and one async function."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.chaos import scenarios

Scenario = Callable[..., Awaitable[None]]
Size = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One row. `p` and `n` are the arguments of `scenario` beside its trial; None: it does not run in that size.

    `waits_for` says what part of the server has still to come for a row that nobody can run yet.
    """

    name: str
    fault: str
    scenario: Scenario | None = None
    p: Size | None = None
    n: Size | None = None
    waits_for: str = ""

    def size(self, which: str) -> Size | None:
        """The arguments in size P or N. Where a row has one size alone, `all` means that one."""
        return {"P": self.p, "N": self.n, "all": self.n if self.n is not None else self.p}[which]

    def lasting(self, minutes: float) -> "Row":
        """The same for so many minutes, if it is one that lasts."""
        return replace(self, n={**self.n, "minutes": minutes}) if self.n and "minutes" in self.n else self


_ROWS: dict[str, Row] = {}


def row(name: str, fault: str, *, p: Size | None = None, n: Size | None = None) -> Callable[[Scenario], Scenario]:
    """Make a function `async def scenario(trial, **size)` a row of the matrix."""

    def enter(scenario: Scenario) -> Scenario:
        assert name not in _ROWS, f"{name} stands twice"
        _ROWS[name] = Row(name, fault, scenario, p, n)
        return scenario

    return enter


def awaited(name: str, fault: str, waits_for: str) -> None:
    """A row that stands in the list, and can not be run before something else is there."""
    _ROWS[name] = Row(name, fault, waits_for=waits_for)


def all_rows() -> list[Row]:
    """Every row of every module in `scenarios`, in the order of the matrix."""
    for module in pkgutil.iter_modules(scenarios.__path__):
        importlib.import_module(f"{scenarios.__name__}.{module.name}")
    return sorted(_ROWS.values(), key=lambda row: (row.name[0], int(row.name[1:].split("-")[0]), row.name))
