"""The command `nineteenth`: serve the game, run the rules' published cases, simulate matches.

It puts processes together before the loop begins, and must not know how the loop works.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from json import loads
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rules.ids import Role
from server.processes import Processes, WorkersFail, listening
from server.rooms.embedded import EmbeddedValkey, StoreError
from server.settings import Settings, complaints

main = typer.Typer(help="The Nineteenth: five officers, one wire.", no_args_is_help=True, add_completion=False)

_OUTCOMES = {True: "as printed", False: "[bold red]differs[/]"}


@main.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 0.0.0.0 for the whole network.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", show_default="PORT, or 8019")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Number of worker processes.")] = 1,
    data: Annotated[Path | None, typer.Option(help="Folder for what is kept.", show_default="./data")] = None,
) -> None:
    """Serve the game. Without REDIS_URL a store is started in the data folder and stopped with the server."""
    settings = _settings(host=host, port=port, data_folder=data)
    store = None if settings.redis_url else _embedded(settings)
    try:
        with _listening(settings) as listener, store or nullcontext():
            _hand_down(settings, store)
            processes = Processes(listener, workers, store, patience=settings.stop_patience, say=_say)
            processes.run(lambda: _say_where(settings))
    except (StoreError, WorkersFail) as error:
        _give_up(str(error))


@main.command()
def cases() -> None:
    """Run the published cases of the rules, each a disputable position with its preferred outcome."""
    from rules.cases.run import run_cases

    results = run_cases()
    if not results:
        _give_up("there are no cases")
    table = Table("Case", "Title", "Outcome", "Detail")
    for result in results:
        table.add_row(result.number, Text(result.title), _OUTCOMES[result.passed], Text(result.detail))
    Console().print(table)
    failed = sum(not result.passed for result in results)
    if failed:
        _give_up(f"{failed} of {len(results)} cases differ from their printed outcome")
    typer.echo(f"{len(results)} cases, all as printed")


@main.command()
def simulate(
    matches: Annotated[int, typer.Option(min=1, help="How many matches.")] = 200,
    table: Annotated[str, typer.Option(help="Who sits at it.")] = "officers",
    setting: Annotated[str, typer.Option(help="The setting of the scenario.")] = "front",
    seed: Annotated[str, typer.Option(help="Any words; the same words give the same matches.")] = "1941",
    workers: Annotated[int | None, typer.Option(min=1, help="Processes.", show_default="one a processor")] = None,
    guest: Annotated[list[str] | None, typer.Option(help="Another player for a role, as malenkov=conscript.")] = None,
    scenario: Annotated[str, typer.Option(help="The scenario.")] = "nineteenth",
    json: Annotated[Path | None, typer.Option(help="Write the figures to this file.")] = None,
    export: Annotated[Path | None, typer.Option(help="Write a log of each match to this folder.")] = None,
    change: Annotated[list[str] | None, typer.Option(help="Another number, as front.held_from=9.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the figures to this SVG file.")] = None,
) -> None:
    """Play matches among bots without waiting, and print how they came out."""
    from rules.players.tables import PLAYERS, TABLES
    from rules.scenario import UnknownScenario
    from server import figures, plots
    from server.simulation import Wanted

    if table not in TABLES:
        _give_up(f"there is no table {table!r}; choose one of {', '.join(TABLES)}", code=2)
    guests = {}
    for words in guest or ():
        role, _, player = words.partition("=")
        if role not in list(Role) or player not in PLAYERS:
            _give_up(f"{words!r} is no guest: give a role and a player of {', '.join(PLAYERS)}", code=2)
        guests[Role(role)] = player
    try:
        changes = {place: loads(value) for place, _, value in (words.partition("=") for words in change or ())}
    except ValueError:
        _give_up(
            "a change is a number's place and its value, as front.held_from=9 or front.main=[7,7,8,9,9,9,9]", code=2
        )
    wanted = Wanted(table, scenario, setting, seed, guests, changes, export)
    try:
        result = figures.watched(wanted, matches, workers)
    except UnknownScenario as error:
        _give_up(f"there is no scenario {error}", code=2)
    Console().print(figures.as_table(wanted, result))
    if json is not None:
        json.write_text(figures.as_json(wanted, result), encoding="utf-8")
    if plot is not None:
        plot.write_text(plots.as_svg(wanted, result), encoding="utf-8")


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    with ExitStack() as stack:
        try:
            listener = stack.enter_context(listening(settings.host, settings.port))
        except OSError as error:
            place = f"{settings.host} port {settings.port}"
            _give_up(f"can not listen on {place}: {error.strerror}; choose another with --host, --port or PORT")
        yield listener


def _settings(**given: object) -> Settings:
    try:
        return Settings.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        _give_up("\n".join(complaints(error)), code=2)


def _embedded(settings: Settings) -> EmbeddedValkey:
    memory = {"maxmemory": f"{settings.store_memory}mb"}
    return EmbeddedValkey(settings.data_folder / "store", settings=memory)


def _hand_down(settings: Settings, store: EmbeddedValkey | None) -> None:
    """Workers read the environment, so what was decided here has to stand there."""
    os.environ["NINETEENTH_HOST"] = settings.host
    os.environ["PORT"] = str(settings.port)
    os.environ["NINETEENTH_DATA_FOLDER"] = str(settings.data_folder.resolve())
    if store is not None:
        os.environ["REDIS_URL"] = store.url


def _say_where(settings: Settings) -> None:
    everywhere = settings.host in ("0.0.0.0", "::")
    host = "localhost" if everywhere else f"[{settings.host}]" if ":" in settings.host else settings.host
    typer.echo(f"The Nineteenth is on the wire: http://{host}:{settings.port}  (Ctrl-C stops it)")


def _say(what: str) -> None:
    typer.echo(f"nineteenth: {what}", err=True)


def _give_up(why: str, code: int = 1) -> NoReturn:
    typer.secho(f"nineteenth: {why}", fg=typer.colors.RED, err=True)
    raise typer.Exit(code)
