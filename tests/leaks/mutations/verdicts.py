"""Leaks in what a command is answered, and in what the wire shows of what was sent."""

from typing import Any

import pytest

from rules import gates, inquiry, legal, speech, turns, wireless
from rules.commands import HandBook, Speak
from rules.ids import Role, Seat
from rules.refusals import Code, Refusal
from rules.state import State
from tests.leaks import test_moments
from tests.leaks.mutations.catalogue import answers, called, leak


@leak(caught_by=answers)
def whether_a_power_was_used(patched: pytest.MonkeyPatch) -> None:
    refused = gates.why_not_use

    def why_not(state: State, seat: Seat) -> Code | None:
        code = refused(state, seat)
        return Code.ALREADY_DONE if code is Code.NOT_YOURS and state.turns and state.turn.power else code

    patched.setattr(gates, "why_not_use", why_not)


@leak(caught_by=answers)
def whether_a_seat_has_a_book(patched: pytest.MonkeyPatch) -> None:
    handed = speech.hand_book

    def hand(state: State, seat: Seat, command: HandBook) -> Any:
        has_it = command.to is not None and command.book in state.officer(command.to).books
        answer = handed(state, seat, command)
        return Refusal(Code.ALREADY_DONE) if has_it and not isinstance(answer, Refusal) else answer

    patched.setattr(speech, "hand_book", hand)


@leak(caught_by=answers)
def who_takes_no_letters(patched: pytest.MonkeyPatch) -> None:
    refused = speech._why_not_addressed

    def why_not(state: State, seat: Seat, command: Speak) -> Code | None:
        is_his = command.to is not None and state.officer(command.to).role is Role.BERIA
        return Code.BAD_ADDRESSEE if is_his else refused(state, seat, command)

    patched.setattr(speech, "_why_not_addressed", why_not)


@leak(caught_by=answers)
def whether_a_letter_was_opened(patched: pytest.MonkeyPatch) -> None:
    refused = gates.why_not_open

    def why_not(state: State, seat: Seat) -> Code | None:
        code = refused(state, seat)
        return Code.NONE_LEFT if code is Code.NOT_YOURS and state.turns and state.turn.opened is not None else code

    patched.setattr(gates, "why_not_open", why_not)


@leak(caught_by=answers)
def whom_others_have_named(patched: pytest.MonkeyPatch) -> None:
    def nameable(state: State, seat: Seat) -> tuple[Seat, ...]:
        named = {turn.report for turn in state.turn.seats}
        return tuple(other for other in legal.nameable(state, seat) if other not in named)

    patched.setattr(inquiry, "nameable", nameable)


@leak(caught_by=called(test_moments.test_a_line_of_noise_looks_like_one_in_cipher))
def noise_that_is_not_like_cipher(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(wireless, "noise", lambda seed, number, groups=60: " ".join(["19191"] * groups))


@leak(caught_by=called(test_moments.test_every_line_of_a_sheet_is_there_used_or_not))
def sheets_of_those_who_sent_something(patched: pytest.MonkeyPatch) -> None:
    full = turns._sheet

    def sheet(state: State, seat: Seat) -> tuple[str, ...]:
        return full(state, seat)[: len(gates.seat_turn(state, seat).lines)]

    patched.setattr(turns, "_sheet", sheet)
