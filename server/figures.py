"""The figures of a simulation for eyes and for machines: a bar while it runs, a table, JSON."""

import json

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from server.simulation import Figure, Result, Wanted, simulate


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


def as_table(result: Result) -> Table:
    """The figures with their intervals."""
    caption = f"{result.matches} matches in {result.seconds:.1f} s, {result.matches / result.seconds:.0f} a second"
    table = Table("Figure", "Of", "Value", "95 % interval", caption=caption)
    for name, figure in result.figures.items():
        what, _, of = name.partition(".")
        low, high = figure.interval
        table.add_row(what, of, _shown(figure, figure.mean), f"{_shown(figure, low)} to {_shown(figure, high)}")
    return table


def as_json(result: Result) -> str:
    """The figures as a file for another program; see `Result.as_data`."""
    return json.dumps(result.as_data(), indent=2) + "\n"


def _shown(figure: Figure, value: float) -> str:
    return f"{value:.1%}" if figure.is_share else f"{value:.2f}"
