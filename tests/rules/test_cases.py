"""The published cases: each comes out as printed, and together they leave out no order, power, channel or refusal."""

from functools import cache
from importlib import resources
from itertools import pairwise
from typing import get_args

import pytest

from rules.cases.book import Case, Chapter, chapters
from rules.cases.page import page
from rules.cases.run import Play, play, run_case, run_cases
from rules.events import Answered, Dealt, Event, FrontReported, PhoneLifted, PowerChosen, RoomEnded, Sealed, Spoke
from rules.ids import AnswerKind, Channel, DirectiveKind, OrderKind, Outcome, PowerKind
from rules.refusals import Code

CASES = [(chapter, case) for chapter in chapters() for case in chapter.case]


@cache
def plays() -> tuple[Play, ...]:
    return tuple(play(case) for _, case in CASES)


def events() -> list[Event]:
    return [event for played in plays() for event in played.events]


def numbered(case: Case) -> tuple[int, ...]:
    return tuple(int(part) for part in case.number.split("."))


@pytest.mark.parametrize(("chapter", "case"), CASES, ids=[f"{case.number} {case.title}" for _, case in CASES])
def test_a_published_case_comes_out_as_printed(chapter: Chapter, case: Case) -> None:
    assert run_case(chapter, case).detail == ""


def test_there_are_at_least_120_cases_and_all_are_run() -> None:
    assert len(run_cases()) == len(CASES) >= 120


def test_the_numbers_count_from_one_in_every_chapter() -> None:
    assert [chapter.number for chapter in chapters()] == list(range(1, len(chapters()) + 1))
    for chapter in chapters():
        assert [numbered(case) for case in chapter.case] == [(chapter.number, n + 1) for n in range(len(chapter.case))]
    assert all(numbered(one) < numbered(next_one) for (_, one), (_, next_one) in pairwise(CASES))


def test_no_two_cases_have_one_title() -> None:
    titles = [(chapter.number, case.title) for chapter, case in CASES]
    assert len(set(titles)) == len(titles)


def test_every_case_states_something() -> None:
    stating = [case for _, case in CASES if case.expect or case.sees or case.sees_not or says_a_refusal(case)]
    assert len(stating) == len(CASES)


def says_a_refusal(case: Case) -> bool:
    return any(" -> " in step for step in case.steps)


def test_everything_that_can_happen_in_a_match_happens() -> None:
    assert {type(event) for event in events()} == set(get_args(Event)) - {Dealt}


def test_every_order_is_sealed_and_every_order_is_given_by_phone() -> None:
    assert {order.kind for event in events() if isinstance(event, Sealed) for order in event.orders} == set(OrderKind)
    lifted = [event.order for event in events() if isinstance(event, PhoneLifted)]
    assert {order.kind for order in lifted if order is not None} == set(OrderKind)


def test_every_power_is_used() -> None:
    assert {event.use.power for event in events() if isinstance(event, PowerChosen)} == set(PowerKind)


def test_every_outcome_comes_about() -> None:
    reports = [event.report for event in events() if isinstance(event, FrontReported)]
    assert {sector.outcome for report in reports for sector in report} == set(Outcome)


def test_every_answer_is_given_in_the_room_and_takes_effect() -> None:
    assert {event.answer.choice for event in events() if isinstance(event, Answered)} == set(AnswerKind)
    assert {event.answer.choice for event in events() if isinstance(event, RoomEnded)} == set(AnswerKind)


def test_every_directive_is_obeyed_and_broken() -> None:
    turns = [turn for played in plays() for turn in played.state.turns if turn.obeyed is not None]
    both = {(kind, obeyed) for kind in DirectiveKind for obeyed in (True, False)}
    assert {(turn.directive.kind, turn.obeyed) for turn in turns} == both


def test_every_refusal_is_met() -> None:
    assert {code for played in plays() for code in played.refusals} == set(Code)


def test_every_channel_is_spoken_on() -> None:
    assert {event.message.channel for event in events() if isinstance(event, Spoke)} == set(Channel)


def test_a_case_with_another_outcome_fails_and_says_what_differs() -> None:
    chapter = chapters()[1]
    wrong = Case(number="0.1", title="Two regiments hold three", orders={}, expect={"river": "broken", "turn": 4})
    result = run_case(chapter, wrong)
    assert not result.passed
    assert result.detail == "river: expected broken, came out held"


def test_a_refusal_that_was_not_printed_fails_a_case() -> None:
    surprised = Case(number="0.2", title="A letter to oneself", steps=("luna: letter luna 'hello'",))
    assert "refused, bad_addressee; expected no refusal" in run_case(chapters()[1], surprised).detail


def test_a_refusal_that_did_not_come_fails_a_case() -> None:
    spared = Case(number="0.3", title="A letter to another", steps=("luna: letter sokol 'hello' -> bad_addressee",))
    assert "allowed; expected the refusal bad_addressee" in run_case(chapters()[1], spared).detail


def test_a_case_tells_what_a_viewer_must_not_see() -> None:
    told = Case(number="0.4", title="Open secrets", steps=("luna: open 'hello'",), sees_not={"watcher": ("open",)})
    assert run_case(chapters()[1], told).detail == "watcher sees: open luna: hello"


def test_a_case_that_can_not_be_read_fails_alone() -> None:
    garbled = Case(number="0.5", title="A verb that there is not", steps=("luna: whistle",))
    assert run_case(chapters()[1], garbled).detail == "Unreadable: whistle"


def test_the_page_of_the_handbook_is_fresh() -> None:
    kept = resources.files("rules").joinpath("handbook", "cases.md").read_text(encoding="utf-8")
    assert kept == page(), "run python -m rules.cases.page"
