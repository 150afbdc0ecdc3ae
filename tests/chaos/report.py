"""The outcomes of a run for eyes, for machines and for a document."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table

from tests.chaos.rows import Row
from tests.chaos.run import Outcome


def as_table(outcomes: Iterable[Outcome]) -> Table:
    """One line a run, with its figures."""
    table = Table("Row", "What is broken", "Outcome", "Figures", show_lines=True)
    for outcome in outcomes:
        verdict = f"[{'green' if outcome.passed else 'bold red'}]{outcome.verdict}[/]"
        seconds = f"{outcome.seconds:.0f} s, processors {outcome.share:.0%}"
        took = f"{verdict}\n{outcome.size}, {seconds}\nseed {outcome.seed}"
        table.add_row(outcome.row.name, outcome.row.fault, took, "\n".join(map(str, outcome.figures)))
    return table


def as_markdown(outcomes: Iterable[Outcome], command: str) -> str:
    """The same as a section of a page, under the command that made it."""
    lines = [
        f"## `{command}`",
        "",
        "| row | what is broken | outcome | figures |",
        "| --- | --- | --- | --- |",
    ]
    for outcome in outcomes:
        verdict = outcome.verdict if outcome.passed else f"**{outcome.verdict}**"
        figures = " · ".join(map(str, outcome.figures))
        lines.append(
            f"| {outcome.row.name} | {outcome.row.fault} | {verdict}, {outcome.seconds:.0f} s, "
            f"seed {outcome.seed}, {outcome.share:.0%} | {figures} |"
        )
    return "\n".join(lines) + "\n"


def as_data(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """The same for another program."""
    return [
        {
            "row": outcome.row.name,
            "size": outcome.size,
            "seed": outcome.seed,
            "seconds": round(outcome.seconds, 1),
            "passed": outcome.passed,
            "skipped": outcome.skipped,
            "share": round(outcome.share, 2),
            "disturbed": outcome.disturbed,
            "faults": outcome.faults,
            "figures": [
                {"name": figure.name, "value": figure.value, "unit": figure.unit, "most": figure.most}
                for figure in outcome.figures
            ],
        }
        for outcome in outcomes
    ]


def listed(rows: Iterable[Row]) -> Table:
    """What there is to run."""
    table = Table("Row", "What is broken", "P", "N")
    for row in rows:
        if row.scenario is None:
            table.add_row(row.name, row.fault, row.waits_for, "")
        else:
            table.add_row(row.name, row.fault, _size(row.p), _size(row.n))
    return table


def _size(size: Any) -> str:
    return "" if size is None else ", ".join(f"{name} {value}" for name, value in size.items()) or "yes"
