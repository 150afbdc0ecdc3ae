"""Leaks in what a viewer's document is built from."""

from typing import Any

import pytest
from msgspec.structs import replace

import rules.project as projection
from rules import audience, evolve, legal
from rules.ids import SEATS, SECTORS, VIEWERS, WATCHER, Channel, PowerKind, Role, Seat, Viewer, Watcher, place_of
from rules.state import Message, State, Turn
from rules.view import Known, OwnTurn, You
from tests.leaks import test_moments
from tests.leaks.mutations.catalogue import awaited, leak, views, worlds

silence = awaited(test_moments.test_whoever_may_notice_nothing_is_sent_nothing)


def officers(patched: pytest.MonkeyPatch, **changes: Any) -> None:
    """Every officer is shown with these members, each worked out from the state and the seat."""
    shown = projection._officer
    patched.setattr(
        projection,
        "_officer",
        lambda state, seat: replace(shown(state, seat), **{name: of(state, seat) for name, of in changes.items()}),
    )


def public_turns(patched: pytest.MonkeyPatch, **changes: Any) -> None:
    """Every turn is shown with these members, each worked out from the turn."""
    shown = projection._public_turn
    patched.setattr(
        projection,
        "_public_turn",
        lambda state, turn: replace(shown(state, turn), **{name: of(turn) for name, of in changes.items()}),
    )


def own_turns(patched: pytest.MonkeyPatch, changed: Any) -> None:
    """Every seat's own record of a turn is changed so."""
    shown = projection._own_turn
    patched.setattr(
        projection, "_own_turn", lambda state, seat, turn: changed(shown(state, seat, turn), state, seat, turn)
    )


def cards(patched: pytest.MonkeyPatch, changed: Any) -> None:
    """Every seat's own card is changed so."""
    shown = projection._you
    patched.setattr(projection, "_you", lambda state, seat: changed(shown(state, seat), state, seat))


@leak(caught_by=views)
def suspicion_before_it_is_published(patched: pytest.MonkeyPatch) -> None:
    officers(patched, suspicion=lambda state, seat: state.officer(seat).suspicion)


@leak(caught_by=views)
def suspicion_by_its_causes(patched: pytest.MonkeyPatch) -> None:
    public_turns(patched, suspicion=lambda turn: {s: sum(1 for m in turn.moves if m.seat is s) for s in SEATS})


@leak(caught_by=views)
def which_seats_are_ready(patched: pytest.MonkeyPatch) -> None:
    officers(patched, authority=lambda state, seat: seat in state.ready)


@leak(caught_by=views)
def tally_of_the_inquiry(patched: pytest.MonkeyPatch) -> None:
    public_turns(patched, inquiry=lambda turn: tuple(s.report for s in turn.seats if s.report))


@leak(caught_by=views)
def who_has_filed_a_report(patched: pytest.MonkeyPatch) -> None:
    officers(patched, authority=lambda s, seat: bool(s.turns) and s.turn.seats[place_of(seat)].has_reported)


@leak(caught_by=views)
def lines_of_the_wireless_that_were_not_used(patched: pytest.MonkeyPatch) -> None:
    def used(turn: Turn) -> dict[Seat, tuple[str, ...]]:
        pairs = zip(SEATS, turn.sheets, turn.seats, strict=False)
        return {s: tuple(line for at, line in enumerate(sheet) if at in own.lines) for s, sheet, own in pairs}

    public_turns(patched, sheets=used)


@leak(caught_by=views)
def regiments_that_are_on_their_way(patched: pytest.MonkeyPatch) -> None:
    public_turns(patched, summoned=lambda turn: SEATS[SECTORS.index(turn.granted)] if turn.granted else None)


@leak(caught_by=views)
def mines_at_the_front(patched: pytest.MonkeyPatch) -> None:
    shown = projection._front

    def front(state: State) -> Any:
        mined = zip(shown(state).items(), state.mines, strict=True)
        return {sector: replace(view, regiments=view.regiments + mines) for (sector, view), mines in mined}

    patched.setattr(projection, "_front", front)


@leak(caught_by=worlds)
def seed_in_place_of_its_commitment(patched: pytest.MonkeyPatch) -> None:
    shown = projection._public
    patched.setattr(projection, "_public", lambda state: replace(shown(state), commitment=state.seed[:8] + state.salt))


@leak(caught_by=worlds)
def document_of_beria_for_who_watches(patched: pytest.MonkeyPatch) -> None:
    shown = projection._view

    def projected(state: State, viewer: Viewer, public: Any) -> Any:
        return shown(state, state.seat_of(Role.BERIA) if isinstance(viewer, Watcher) else viewer, public)

    patched.setattr(projection, "_view", projected)


@leak(caught_by=worlds)
def envelopes_for_everybody(patched: pytest.MonkeyPatch) -> None:
    def changed(you: You, state: State, seat: Seat) -> You:
        return replace(you, envelopes=projection._envelopes(state, seat))

    cards(patched, changed)


@leak(caught_by=views)
def malenkov_for_irina(patched: pytest.MonkeyPatch) -> None:
    def changed(you: You, state: State, seat: Seat) -> You:
        known = Known((state.seat_of(Role.MALENKOV),), (Role.MALENKOV,))
        return replace(you, known=(known,)) if you.role is Role.IRINA else you

    cards(patched, changed)


@leak(caught_by=views)
def patron_for_malenkov(patched: pytest.MonkeyPatch) -> None:
    def changed(you: You, state: State, seat: Seat) -> You:
        return replace(you, patron=state.patron) if you.role is Role.MALENKOV else you

    cards(patched, changed)


@leak(caught_by=views)
def plan_for_everybody(patched: pytest.MonkeyPatch) -> None:
    def changed(own: OwnTurn, state: State, seat: Seat, turn: Turn) -> OwnTurn:
        return replace(own, plan=dict(zip(SECTORS, turn.thrusts, strict=True)))

    own_turns(patched, changed)


@leak(caught_by=views)
def trace_for_everybody(patched: pytest.MonkeyPatch) -> None:
    own_turns(patched, lambda own, state, seat, turn: replace(own, traced=turn.traced))


@leak(caught_by=views)
def tap_for_the_tapped(patched: pytest.MonkeyPatch) -> None:
    def changed(own: OwnTurn, state: State, seat: Seat, turn: Turn) -> OwnTurn:
        is_tapped = turn.power is not None and turn.power.power is PowerKind.TAP and turn.power.seat is seat
        return replace(own, power=turn.power) if is_tapped else own

    own_turns(patched, changed)


@leak(caught_by=views)
def phone_before_the_wire_closes(patched: pytest.MonkeyPatch) -> None:
    def changed(own: OwnTurn, state: State, seat: Seat, turn: Turn) -> OwnTurn:
        is_beria = state.officer(seat).role is Role.BERIA
        return replace(own, phone_rang=turn.phone is not None) if is_beria else own

    own_turns(patched, changed)


@leak(caught_by=views)
def answer_before_the_wire_closes(patched: pytest.MonkeyPatch) -> None:
    def changed(own: OwnTurn, state: State, seat: Seat, turn: Turn) -> OwnTurn:
        is_beria = state.officer(seat).role is Role.BERIA and turn.prisoner is not None
        return replace(own, answer=turn.answered or turn.answer) if is_beria else own

    own_turns(patched, changed)


@leak(caught_by=views)
def orders_of_the_seat_to_the_left(patched: pytest.MonkeyPatch) -> None:
    def changed(own: OwnTurn, state: State, seat: Seat, turn: Turn) -> OwnTurn:
        return replace(own, orders=turn.seats[place_of(seat) - 1].orders)

    own_turns(patched, changed)


@leak(caught_by=views)
def who_signed_as_moscow(patched: pytest.MonkeyPatch) -> None:
    papers(patched, lambda message: message.signed)


@leak(caught_by=views)
def who_the_interrogator_is(patched: pytest.MonkeyPatch) -> None:
    papers(patched, lambda message: message.channel is Channel.ROOM)


def papers(patched: pytest.MonkeyPatch, shows_author: Any) -> None:
    """These messages are shown with their author."""
    shown = projection._paper

    def paper(state: State, message: Message, viewer: Viewer, own: dict[int, int]) -> Any:
        found = shown(state, message, viewer, own)
        return replace(found, author=message.author) if shows_author(message) else found

    patched.setattr(projection, "_paper", paper)


@leak(caught_by=views)
def papers_by_a_number_that_all_share(patched: pytest.MonkeyPatch) -> None:
    def numbered(state: State, viewer: Viewer) -> Any:
        own = {place: place + 1 for place in state.papers_of(viewer)}
        return {number: projection._paper(state, state.messages[p], viewer, own) for p, number in own.items()}

    patched.setattr(projection, "_papers", numbered)


@leak(caught_by=views)
def references_to_what_was_never_read(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(projection, "_referring", lambda body, own: body)


@leak(caught_by=views)
def summons_by_the_file_as_it_stands(patched: pytest.MonkeyPatch) -> None:
    def may_be_called(state: State, seat: Seat) -> bool:
        return legal.may_be_summoned(state, seat) and state.officer(seat).suspicion >= 2

    patched.setattr(legal, "_may_be_called", may_be_called)


@leak(caught_by=silence)
def letters_for_who_watches(patched: pytest.MonkeyPatch) -> None:
    def readers(state: State, message: Message) -> tuple[Viewer, ...]:
        more = (WATCHER,) if message.channel is Channel.LETTER else ()
        return (*audience.readers(state, message), *more)

    patched.setattr(evolve, "readers", readers)


@leak(caught_by=silence)
def words_to_moscow_for_everybody(patched: pytest.MonkeyPatch) -> None:
    def readers(state: State, message: Message) -> tuple[Viewer, ...]:
        return VIEWERS if message.channel is Channel.MOSCOW else audience.readers(state, message)

    patched.setattr(evolve, "readers", readers)


@leak(caught_by=silence)
def open_wire_in_the_room(patched: pytest.MonkeyPatch) -> None:
    """What the Room keeps from its prisoner comes to him at once, as it would to a page that reconnects."""
    patched.setattr(evolve, "is_kept_from", lambda state, viewer, message: False)
