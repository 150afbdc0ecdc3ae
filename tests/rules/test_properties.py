"""What holds in every match, whatever its players do: bounds, an end, a replay, and legal actions that are true."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules import codec
from rules.commands import Close
from rules.decide import close
from rules.evolve import replay
from rules.forms import Agree, Refuse
from rules.ids import SEATS, VIEWERS, Phase, Seat, Viewer
from rules.legal import can
from rules.project import project
from rules.refusals import SENTENCES, Code, Refusal
from rules.scenario import SCENARIOS, SETTINGS, load
from rules.simulate import WAKES
from rules.state import State
from rules.view import Paper
from tests.rules.strategies import (
    EVERY_COMMAND,
    MATCHES,
    answered,
    folded,
    is_listed,
    listed,
    match,
    played,
    quiet,
    seats,
    states,
    viewers,
)

unhurried = settings(deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
numbers = st.integers(0, MATCHES - 1)


def is_within_bounds(state: State) -> bool:
    numbers = state.scenario.front
    return (
        all(0 <= officer.suspicion <= 10 and officer.nerve in range(2) for officer in state.officers)
        and all(0 <= ground <= start for ground, start in zip(state.ground, numbers.ground, strict=True))
        and all(0 <= count <= numbers.regiments_most for count in state.regiments)
        and state.phone_left >= 0
        and state.summons_left >= 0
    )


@settings(unhurried, max_examples=30)
@given(st.binary(min_size=32, max_size=32), st.sampled_from(SCENARIOS), st.sampled_from(SETTINGS), st.booleans())
def test_any_legal_match_ends_and_stays_within_its_bounds(seed: bytes, name: str, setting: str, is_quiet: bool) -> None:
    scenario = load(name, setting)
    whole = played(quiet(scenario) if is_quiet else scenario, seed)
    assert whole.last.phase is Phase.FINISHED
    assert whole.last.phase_number <= 3 + 2 * scenario.turns
    assert all(is_within_bounds(step.after) for step in whole.steps)


@settings(unhurried, max_examples=60)
@given(states())
def test_the_clock_alone_ends_a_match_from_any_state(state: State) -> None:
    for _ in range(2 + 2 * state.scenario.turns):
        if state.phase is Phase.FINISHED:
            break
        number = state.phase_number
        assert isinstance(close(state, Close(number - 1)), Refusal)
        state = folded(state, done(close(state, Close(number))))
        assert state.phase_number == number + 1
        assert is_within_bounds(state)
    assert state.phase is Phase.FINISHED
    assert close(state, Close(state.phase_number)) == Refusal(Code.STALE_PHASE)


def done(answer: object) -> tuple:  # type: ignore[type-arg]
    assert isinstance(answer, tuple)
    return answer


@settings(unhurried, max_examples=20)
@given(numbers)
def test_a_log_replays_to_the_same_state_byte_for_byte(number: int) -> None:
    whole = match(number)
    kept = codec.decode_events(codec.encode_events(whole.events))
    assert kept == whole.events
    assert codec.encode_state(replay(kept)) == codec.encode_state(whole.last)


@settings(unhurried, max_examples=10)
@given(numbers)
def test_the_same_seed_and_commands_decide_the_same_events(number: int) -> None:
    for step in match(number).steps:
        assert answered(step.before, step.seat, step.command) == step.events


@settings(unhurried, max_examples=250)
@given(states(), seats, st.randoms(use_true_random=False))
def test_what_can_be_done_is_what_is_listed_and_nothing_else(state: State, seat: Seat, random: Random) -> None:
    may = can(state, seat)
    for command in (*random.sample(EVERY_COMMAND, 100), *listed(may, len(state.papers_of(seat)))):
        answer = answered(state, seat, command)
        assert is_listed(may, command) == (not isinstance(answer, Refusal)), (command, answer)
        if isinstance(answer, Refusal):
            assert SENTENCES[answer.code]
        else:
            assert project(folded(state, answer), seat)


@pytest.mark.parametrize("number", range(6))
def test_a_finished_match_lets_nobody_do_more_than_talk(number: int) -> None:
    state = match(number).last
    for seat in SEATS:
        allowed = {type(command).__name__ for command in listed(can(state, seat), 1)}
        assert allowed == {"Speak"}
        assert not project(state, seat).owed


def test_every_refusal_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)
    assert all(sentence.endswith(".") and len(sentence) < 120 for sentence in SENTENCES.values())
    assert len(set(SENTENCES.values())) == len(Code)


@settings(unhurried, max_examples=40)
@given(numbers, viewers)
def test_a_viewers_papers_keep_their_numbers_and_their_words(number: int, viewer: Viewer) -> None:
    known: dict[int, Paper] = {}
    for step in match(number).steps[::7]:
        papers = project(step.after, viewer).papers
        assert list(papers) == list(range(1, len(papers) + 1))
        for paper_number, paper in known.items():
            assert is_same_but_for_a_reference_that_became_known(paper, papers[paper_number])
        known = papers


def is_same_but_for_a_reference_that_became_known(before: Paper, after: Paper) -> bool:
    if isinstance(before.body, Agree | Refuse) and before.body.message is None:
        return type(before.body) is type(after.body) and before.turn == after.turn and before.author is after.author
    return before == after


@settings(unhurried, max_examples=60)
@given(states())
def test_a_reference_points_only_to_a_paper_of_the_reader(state: State) -> None:
    for viewer in VIEWERS:
        papers = project(state, viewer).papers
        for paper in papers.values():
            if isinstance(paper.body, Agree | Refuse) and paper.body.message is not None:
                assert paper.body.message in papers


@settings(unhurried, max_examples=60)
@given(states())
def test_whoever_owes_a_choice_may_make_it(state: State) -> None:
    means = {"read": "ready", "order": "seal", "patron": "pick", "name": "denote"}
    for seat in SEATS:
        view = project(state, seat)
        for owed in view.owed:
            if not owed.done:
                assert getattr(view.can, means.get(owed.what, owed.what)), owed


def test_seats_are_woken_often_enough_to_finish_what_they_owe() -> None:
    assert WAKES >= 3
