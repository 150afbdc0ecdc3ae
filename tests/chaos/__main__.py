"""python -m tests.chaos: break the server in every way of the matrix, and check that it keeps what it promises."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from tests.chaos.processors import Processors
from tests.chaos.report import as_data, as_markdown, as_table, listed
from tests.chaos.rows import Row, all_rows
from tests.chaos.run import Outcome, run_undisturbed

_console = Console()


def main(
    only: Annotated[str, typer.Option(help="Rows by name, as A1,A6.")] = "",
    rows: Annotated[
        str, typer.Option(help="P, the short size, N, the long one, or all: N, and P where it is all.")
    ] = "all",
    seed: Annotated[int, typer.Option(help="What is drawn is drawn from it.")] = 1941,
    repeat: Annotated[int, typer.Option(min=1, help="How often, each time with the next seed.")] = 1,
    minutes: Annotated[float | None, typer.Option(help="How long a row runs that asks for minutes.")] = None,
    patience: Annotated[float, typer.Option(help="Stretches every bound on a time.")] = 1.0,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
    table: Annotated[Path | None, typer.Option(help="Add the figures as Markdown to this file.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the rows and do nothing.")] = False,
) -> None:
    """Run rows of the matrix on a store and workers of their own; the exit code is 1 if one failed."""
    found = all_rows()
    if list_:
        _console.print(listed(found))
        return
    wanted = [name.strip() for name in only.split(",") if name.strip()]
    if strangers := set(wanted) - {row.name for row in found}:
        raise typer.BadParameter(f"there is no row {', '.join(sorted(strangers))}; --list has them all")
    chosen = [
        row for row in found if row.scenario and row.size(rows) is not None and (not wanted or row.name in wanted)
    ]
    if minutes is not None:
        chosen = [row.lasting(minutes) for row in chosen]
    outcomes = uvloop.run(_all(chosen, rows, [seed + turn for turn in range(repeat)], patience))
    _console.print(as_table(outcomes))
    if json_file is not None:
        json_file.write_text(json.dumps(as_data(outcomes), indent=2) + "\n", encoding="utf-8")
    if table is not None:
        with table.open("a", encoding="utf-8") as page:
            page.write("\n" + as_markdown(outcomes, " ".join(["python -m tests.chaos", *sys.argv[1:]])))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    raise typer.Exit(1 if failed or not outcomes else 0)


async def _all(chosen: list[Row], size: str, seeds: list[int], patience: float) -> list[Outcome]:
    outcomes = []
    async with Processors().watched() as processors:
        for seed in seeds:
            for row in chosen:
                _console.print(f"[bold]{row.name}[/] {row.fault}")
                outcomes.append(outcome := await run_undisturbed(row, size, seed, processors, patience=patience))
                for fault in outcome.faults[:20]:
                    _console.print(f"  [red]{fault}[/]", markup=True, highlight=False)
                _console.print(f"  {outcome.verdict} in {outcome.seconds:.0f} s, seed {seed}")
    return outcomes


if __name__ == "__main__":
    typer.run(main)
