"""The figures of a simulation for eyes and for machines: a bar while it runs, a table, JSON."""

import json

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from server.bands import APART, Band, apart, band_of, outside
from server.simulation import Result, Wanted, simulate


def watched(wanted: Wanted, matches: int, workers: int | None) -> Result:
    """Play with a bar on the terminal, which goes away at the end. Raises UnknownScenario."""
    bar = Progress(
        TextColumn(f"{wanted.table}, {wanted.setting}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        transient=True,
    )
    result = Result(0, 0.0, {})
    with bar:
        task = bar.add_task("", total=matches)
        for result in simulate(wanted, matches, workers):
            bar.update(task, completed=result.matches)
    return result


def as_table(wanted: Wanted, result: Result) -> Table:
    """The figures with their intervals, and with their bands where the table has any."""
    caption = f"{result.matches} matches in {result.seconds:.1f} s, {result.matches / result.seconds:.0f} a second"
    table = Table("Figure", "Of", "Value", "95 % interval", "Band", caption=caption)
    broken = set(outside(wanted.table, result))
    for name, figure in result.figures.items():
        what, _, of = name.partition(".")
        low, high = figure.interval
        band = _band(figure.is_share, band_of(wanted.table, name), is_kept=name not in broken)
        table.add_row(what, of, _shown(figure.is_share, figure.mean), _range(figure.is_share, (low, high)), band)
    band = _band(True, band_of(wanted.table, APART), is_kept=APART not in broken)
    table.add_row(APART, "", _shown(True, apart(result)), "", band)
    return table


def as_json(wanted: Wanted, result: Result) -> str:
    """The figures as a file for another program: `Result.as_data`, and the names of those outside their bands."""
    data = result.as_data() | {"table": wanted.table, "setting": wanted.setting, "seed": wanted.seed}
    return json.dumps(data | {"outside": list(outside(wanted.table, result))}, indent=2) + "\n"


def _band(is_share: bool, band: Band | None, *, is_kept: bool) -> str:
    if band is None:
        return ""
    return _range(is_share, band) if is_kept else f"[bold red]{_range(is_share, band)}: outside[/]"


def _range(is_share: bool, ends: Band) -> str:
    return f"{_shown(is_share, ends[0])} to {_shown(is_share, ends[1])}"


def _shown(is_share: bool, value: float) -> str:
    return f"{value:.1%}" if is_share else f"{value:.2f}"
