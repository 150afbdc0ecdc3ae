"""The bands of the game's figures: they are of figures that there are, and a simulation says which it breaks."""

import json
from pathlib import Path
from xml.etree import ElementTree

from typer.testing import CliRunner

from rules.players.tables import TABLES
from server.bands import APART, bands, is_within, outside
from server.command_line import main
from server.plots import as_svg
from server.simulation import Figure, Result, Wanted, simulate


def shares(**values: float) -> Result:
    """A result of 100 matches with these shares, a double underscore for the dot."""
    figures = {}
    for name, value in values.items():
        figure = figures[name.replace("__", ".")] = Figure(is_share=True)
        for number in range(100):
            figure.add(number < 100 * value)
    return Result(100, 1.0, figures)


def even(**values: float) -> Result:
    return shares(by_call_sign__sokol=0.4, by_call_sign__luna=0.41, **values)


def test_every_band_is_of_a_figure_that_is_counted() -> None:
    *_, result = simulate(Wanted(), 4, 1)
    names = {name for figure in result.figures for name in (figure, figure.partition(".")[0])} | {APART}
    for table in TABLES:
        assert set(bands(table)) <= names
        assert all(least < most for least, most in bands(table).values())


def test_a_figure_outside_its_band_is_named_and_one_on_the_edge_is_not() -> None:
    assert list(outside("officers", even(front__broken=0.31, wins__irina=0.29, wins__pavel=0.60))) == [
        "front.broken",
        "wins.irina",
    ]
    assert is_within((0.3, 0.6), 0.3)


def test_call_signs_that_are_too_far_apart_are_named() -> None:
    assert list(outside("officers", shares(by_call_sign__sokol=0.40, by_call_sign__luna=0.43))) == [APART]


def test_a_table_without_bands_breaks_none() -> None:
    assert list(outside("strategists", even(front__broken=0.9))) == []


def test_a_drawing_is_well_formed_and_has_a_row_a_share(tmp_path: Path) -> None:
    drawing, data = tmp_path / "figures.svg", tmp_path / "figures.json"
    words = ["simulate", "--matches", "2", "--workers", "1", "--plot", str(drawing), "--json", str(data)]
    assert CliRunner().invoke(main, words, env={"COLUMNS": "200"}).exit_code == 0
    text = "".join(ElementTree.parse(drawing).getroot().itertext())
    assert all(f"wins {role}" in text for role in json.loads(data.read_text())["wins"])


def test_a_figure_outside_its_band_is_drawn_in_another_ink() -> None:
    inside, broken = (as_svg(Wanted(), even(front__broken=share)) for share in (0.2, 0.9))
    assert "#a3231f" in broken
    assert "#a3231f" not in inside
