"""The commands that run the rules without a server say what they found, and fail when it is not as it should be."""

import json
from collections import deque
from pathlib import Path

import pytest
from typer.testing import CliRunner
from typer.testing import Result as Answer

from rules import codec
from rules.cases.run import run_cases
from rules.evolve import replay
from rules.ids import Channel, Front, OrderKind, Phase, PowerKind
from server.command_line import main
from server.simulation import Figure, Result, Wanted, simulate


def run(*words: str) -> Answer:
    return CliRunner().invoke(main, list(words), env={"COLUMNS": "200"})


def test_without_a_command_it_says_what_it_can_do() -> None:
    answer = run()
    assert all(command in answer.output for command in ("serve", "cases", "simulate"))


def test_the_cases_are_printed_and_fail_the_command_if_one_differs() -> None:
    results = run_cases()
    answer = run("cases")
    assert answer.exit_code == (0 if results and all(result.passed for result in results) else 1)
    assert all(result.number in answer.stdout for result in results)


def last(wanted: Wanted, matches: int, workers: int = 1) -> Result:
    return deque(simulate(wanted, matches, workers), maxlen=1)[0]


def test_simulated_matches_all_end_and_the_same_words_give_the_same_matches() -> None:
    wanted = Wanted(seed="some words")
    one, two = last(wanted, 6), last(wanted, 6, workers=2)
    assert one.figures == two.figures
    assert sum(one.figures[f"front.{front}"].mean for front in Front) == pytest.approx(1)
    assert last(Wanted(seed="other words"), 6).figures != one.figures


def test_a_simulation_is_printed_written_as_json_and_exported_as_logs(tmp_path: Path) -> None:
    data, folder = tmp_path / "figures.json", tmp_path / "logs"
    words = ["--matches", "3", "--table", "conscripts", "--json", str(data), "--export", str(folder)]
    answer = run("simulate", *words, "--workers", "1")
    assert answer.exit_code == 0
    assert "broken" in answer.stdout
    figures = json.loads(data.read_text())
    assert figures["matches"] == 3
    assert sum(figures["front"].values()) == pytest.approx(1, abs=1e-3)
    for key in ("wins", "inquiries", "room_visits", "room_visits_malenkov", "by_call_sign", "no_winner", "seconds"):
        assert key in figures
    assert {*OrderKind, *PowerKind, *Channel} <= set(figures["uses"])
    logs = [codec.decode_events(path.read_bytes()) for path in sorted(folder.iterdir())]
    assert [replay(log).phase for log in logs] == [Phase.FINISHED] * 3


def test_a_guest_plays_a_role_at_the_table() -> None:
    words = ["--matches", "2", "--guest", "pavel=conscript", "--workers", "1"]
    assert run("simulate", *words).exit_code == 0


def test_the_interval_of_a_figure_holds_the_true_one() -> None:
    share = Figure()
    for value in [1] * 30 + [0] * 70:
        share.add(value)
    low, high = share.interval
    assert (round(low, 3), round(high, 3)) == (0.219, 0.396)
    count = Figure()
    for value in [1, 2, 3, 4] * 25:
        count.add(value)
    low, high = count.interval
    assert (round(low, 3), round(high, 3)) == (2.281, 2.719)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--table", "marshals"], "there is no table 'marshals'"),
        (["--guest", "stalin=officer"], "'stalin=officer' is no guest"),
        (["--guest", "pavel=marshal"], "'pavel=marshal' is no guest"),
        (["--scenario", "twentieth"], "there is no scenario twentieth/front"),
        (["--setting", "paradise"], "there is no scenario nineteenth/paradise"),
        (["--matches", "0"], "Invalid value for '--matches'"),
    ],
)
def test_a_wrong_word_is_named(words: list[str], complaint: str) -> None:
    answer = run("simulate", *words)
    assert answer.exit_code == 2
    assert complaint in answer.output


def test_a_simulation_with_another_number_is_another_and_a_number_that_there_is_not_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "figures.json"
    words = ["simulate", "--matches", "2", "--workers", "1", "--json", str(data)]
    assert run(*words, "--change", "front.held_from=14").exit_code == 0
    assert json.loads(data.read_text())["front"]["held"] == 0
    assert run(*words, "--change", "front.nothing=1").exit_code == 2
    assert run(*words, "--change", "front.main=much").exit_code == 2
