"""The commands that run the rules without a server say what they found, and fail when it is not as it should be."""

import pytest
from typer.testing import CliRunner, Result

from rules.cases.run import run_cases
from server.command_line import main
from server.simulation import simulate


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), env={"COLUMNS": "200"})


def test_without_a_command_it_says_what_it_can_do() -> None:
    answer = run()
    assert all(command in answer.output for command in ("serve", "cases", "simulate"))


def test_the_cases_are_printed_and_fail_the_command_if_one_differs() -> None:
    results = run_cases()
    answer = run("cases")
    assert answer.exit_code == (0 if results and all(result.passed for result in results) else 1)
    assert all(result.number in answer.stdout for result in results)


def test_simulated_matches_all_end_and_the_same_words_give_the_same_matches() -> None:
    shares = simulate(10, "conscript", "nineteenth", "front", "a seed")
    assert sum(share for figure, _, share in shares if figure == "front") == pytest.approx(1)
    assert simulate(10, "conscript", "nineteenth", "front", "a seed") == shares


def test_a_simulation_is_printed_as_shares() -> None:
    answer = run("simulate", "--matches", "2")
    assert answer.exit_code == 0
    assert "broken" in answer.stdout


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--player", "marshal"], "there is no player 'marshal'"),
        (["--scenario", "twentieth"], "there is no scenario twentieth/front"),
        (["--setting", "paradise"], "there is no scenario nineteenth/paradise"),
        (["--matches", "0"], "Invalid value for '--matches'"),
    ],
)
def test_a_wrong_word_is_named(words: list[str], complaint: str) -> None:
    answer = run("simulate", *words)
    assert answer.exit_code == 2
    assert complaint in answer.output
