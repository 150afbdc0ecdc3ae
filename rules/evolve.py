"""The fold: a state and an event make the next state. No rule is judged here, no lot drawn, nothing refused.

An event of another version of the rules does not reach this module: `rules.codec` refuses it.
"""

from collections.abc import Iterable
from functools import reduce
from typing import assert_never

from msgspec.structs import replace

from rules import events as e
from rules.audience import has_envelope, is_kept_from, is_tapped, readers
from rules.commands import Use
from rules.ids import SECTORS, VIEWERS, AnswerKind, Book, Channel, Phase, PowerKind, Role, Seat, Viewer
from rules.state import Message, Officer, SeatTurn, State, Turn, with_officer, with_seat_turn, with_turn


def begin(dealt: e.Dealt) -> State:
    """The state right after a deal."""
    scenario = dealt.scenario
    officers = tuple(
        Officer(
            role=role,
            nerve=scenario.moscow.nerve,
            books=tuple(book for book in Book if role in scenario.wire.books.get(book, ())),
        )
        for role in dealt.roles
    )
    return State(
        scenario=scenario,
        seed=dealt.seed,
        salt=dealt.salt,
        commitment=dealt.commitment,
        officers=officers,
        ground=scenario.front.ground,
        regiments=(scenario.front.regiments,) * 3,
        phone_left=scenario.wire.phone,
        summons_left=scenario.moscow.beria_summons,
    )


def replay(events: Iterable[e.Event]) -> State:
    """The state that a match's whole log gives. ValueError for a log that does not begin with its deal."""
    log = iter(events)
    first = next(log, None)
    if not isinstance(first, e.Dealt):
        raise ValueError("a match's log begins with its deal")
    return reduce(evolve, log, begin(first))


def evolve(state: State, event: e.Event) -> State:
    """The state after an event."""
    match event:
        case e.Dealt():
            return begin(event)
        case e.TurnOpened():
            return _open_turn(state, event)
        case e.Spoke(message):
            return _file(_count(state, message), message)
        case e.BookHanded(book=book, to=to):
            return _hand(state, book, to or state.seat_of(Role.BERIA))
        case e.Sealed(seat, orders):
            return with_seat_turn(state, seat, orders=orders)
        case e.PhoneLifted(order):
            return with_turn(state, phone=order)
        case e.PowerChosen(use):
            return _choose_power(state, use)
        case e.EnvelopeOpened(place):
            return with_turn(_read(state, state.seat_of(Role.PAVEL), (place,)), opened=place)
        case e.PatronPicked(patron):
            return replace(state, patron=patron)
        case e.Demanded(what):
            return with_turn(state, demand=what)
        case e.Answered(answer):
            return with_turn(state, answer=answer)
        case e.Reported(seat, named):
            return with_seat_turn(state, seat, report=named, has_reported=True)
        case e.Denoted(seat):
            return replace(state, denoted=seat)
        case e.ReadySaid(seat, ready):
            others = tuple(other for other in state.ready if other is not seat)
            return replace(state, ready=(*others, seat) if ready else others)
        case e.WireClosed(sheets):
            return with_turn(state, sheets=sheets)
        case e.FrontReported():
            return _report_front(state, event)
        case e.RequestGranted(sector=sector):
            return with_turn(state, granted=sector)
        case e.SuspicionMoved(move):
            suspicion = min(10, max(0, state.officer(move.seat).suspicion + move.by))
            return with_turn(with_officer(state, move.seat, suspicion=suspicion), moves=(*state.turn.moves, move))
        case e.PhoneRang(sector):
            return with_turn(replace(state, phone_left=state.phone_left - 1), rang=sector)
        case e.Traced(found):
            return with_turn(state, traced=found)
        case e.RoomEnded():
            return _end_room(state, event)
        case e.InquiryOpened():
            return _enter(state, Phase.INQUIRY)
        case e.InquiryClosed(result):
            alone = result.named[0] if len(result.named) == 1 else None
            return with_turn(replace(state, spared=alone), inquiry=result)
        case e.Published(suspicion):
            officers = tuple(replace(o, shown=s) for o, s in zip(state.officers, suspicion, strict=True))
            return with_turn(replace(state, officers=officers), shown=suspicion)
        case e.Summoned(seat, by_beria):
            left = state.summons_left - by_beria
            return with_turn(replace(state, summons_left=left), summoned=seat)
        case e.Returned(seat):
            return _release(state, seat)
        case e.NamingOpened():
            return _enter(state, Phase.NAMING)
        case e.NameGiven(naming):
            return replace(state, naming=naming)
        case e.Finished(judgement):
            return replace(_enter(state, Phase.FINISHED), judgement=judgement)
        case _:
            assert_never(event)


def _enter(state: State, phase: Phase) -> State:
    return replace(state, phase=phase, phase_number=state.phase_number + 1, ready=())


def _open_turn(state: State, event: e.TurnOpened) -> State:
    regiments = state.regiments
    if state.turns and state.turn.granted is not None:
        place, most = SECTORS.index(state.turn.granted), state.scenario.front.regiments_most
        regiments = tuple(min(most, r + 1) if i == place else r for i, r in enumerate(regiments))  # type: ignore[assignment]
    turn = Turn(
        number=event.number,
        thrusts=event.thrusts,
        directive=event.directive,
        seats=tuple(SeatTurn(rumour=rumour) for rumour in event.rumours),
        prisoner=event.prisoner,
        authority=event.authority,
    )
    state = replace(_enter(state, Phase.WIRE), turns=(*state.turns, turn), regiments=regiments)
    if event.prisoner is None:
        return state
    return with_officer(state, event.prisoner, rooms=(*state.officer(event.prisoner).rooms, event.number))


def _count(state: State, message: Message) -> State:
    """What a message uses up of its author's budget of the turn."""
    match message:
        case Message(channel=Channel.LETTER, author=Seat() as seat):
            return with_seat_turn(state, seat, letters=_seat_turn(state, seat).letters + 1)
        case Message(channel=Channel.WIRELESS, author=Seat() as seat, line=int() as line):
            return with_seat_turn(state, seat, lines=(*_seat_turn(state, seat).lines, line))
        case Message(channel=Channel.MOSCOW, author=Seat(), signed=True):
            return with_turn(state, signed=state.turn.signed + 1)
        case _:
            return state


def _seat_turn(state: State, seat: Seat) -> SeatTurn:
    return state.turn.seats[list(Seat).index(seat)]


def _file(state: State, message: Message) -> State:
    """Put a message among the papers of everyone who reads it now, and its envelope before Pavel."""
    place = len(state.messages)
    state = replace(state, messages=(*state.messages, message))
    if has_envelope(message, state.seat_of(Role.PAVEL)):
        state = replace(state, envelopes=(*state.envelopes, place))
    for viewer in readers(state, message):
        if not is_kept_from(state, viewer, message):
            state = _read(state, viewer, (place,))
    return state


def _read(state: State, viewer: Viewer, places: Iterable[int]) -> State:
    known = state.papers_of(viewer)
    fresh = tuple(place for place in places if place not in known)
    row = VIEWERS.index(viewer)
    return replace(state, papers=(*state.papers[:row], known + fresh, *state.papers[row + 1 :])) if fresh else state


def _hand(state: State, book: Book, to: Seat) -> State:
    if book in state.officer(to).books:
        return state
    held = tuple(b for b in Book if b in (*state.officer(to).books, book))
    state = with_officer(state, to, books=held)
    traffic = (i for i, m in enumerate(state.messages) if m.book is book and not is_kept_from(state, to, m))
    return _read(state, to, traffic)


def _choose_power(state: State, use: Use) -> State:
    state = with_turn(state, power=use)
    if use.power is not PowerKind.TAP:
        return state
    letters = (i for i, message in enumerate(state.messages) if is_tapped(state, message))
    return _read(state, state.seat_of(Role.BERIA), letters)


def _report_front(state: State, event: e.FrontReported) -> State:
    state = replace(
        state,
        ground=event.ground,
        regiments=event.regiments,
        mines=event.mines,
        bridge_blown=event.bridge_blown,
        guns=event.guns,
    )
    return with_turn(state, report=event.report, obeyed=event.obeyed)


def _end_room(state: State, event: e.RoomEnded) -> State:
    prisoner = state.turn.prisoner
    assert prisoner is not None, "the Room ends for a prisoner"
    officer = state.officer(prisoner)
    match event.answer.choice:
        case AnswerKind.ENDURE:
            state = with_officer(state, prisoner, nerve=officer.nerve - 1)
        case AnswerKind.DENOUNCE:
            state = with_officer(state, prisoner, has_denounced=True)
        case _:
            pass
    return with_turn(state, answered=event.answer, fact=event.fact)


def _release(state: State, seat: Seat) -> State:
    """Deliver what the Room kept from its prisoner: what reached him in the turn, in the order it was sent."""
    reached = (i for i, m in enumerate(state.messages) if m.turn == state.turn_number and seat in readers(state, m))
    return _read(state, seat, tuple(reached))
