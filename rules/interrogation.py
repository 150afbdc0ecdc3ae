"""The Room: the demand, the prisoner's choice, and what comes of it as the wire closes.

Source: the rulebook, "Summons and the Room".
"""

from rules import gates
from rules.audience import interrogator
from rules.commands import Answer, Demand
from rules.events import Answered, Demanded, Event, Returned, RoomEnded, Summoned
from rules.ids import SEATS, AnswerKind, DemandKind, PowerKind, Seat
from rules.legal import answers, may_be_summoned
from rules.lots import choose
from rules.minutes import Minutes
from rules.refusals import Code, Refusal
from rules.state import Fact, State


def demand(state: State, seat: Seat, command: Demand) -> tuple[Event, ...] | Refusal:
    """The Interrogator says what he wants to hear."""
    if refused := gates.why_not_demand(state, seat):
        return Refusal(refused)
    return (Demanded(command.what),) if command.what in state.scenario.demands else Refusal(Code.NOT_IN_PLAY)


def answer(state: State, seat: Seat, command: Answer) -> tuple[Event, ...] | Refusal:
    """The prisoner's choice, in place of an earlier one."""
    if refused := gates.why_not_answer(state, seat):
        return Refusal(refused)
    if command in answers(state, seat):
        return (Answered(command),)
    if command.choice is AnswerKind.ENDURE and command.seat is None:
        return Refusal(Code.NO_NERVE)
    spent = command.choice is AnswerKind.DENOUNCE and state.officer(seat).has_denounced
    return Refusal(Code.ALREADY_DONE if spent else Code.BAD_TARGET)


def demand_of_plain_suit(minutes: Minutes) -> None:
    """If Beria is in the Room, a plain suit by the rules' own lot stands in for him, as the turn opens."""
    state = minutes.state
    if state.prisoner is not None and interrogator(state) is None:
        what = choose(bytes.fromhex(state.seed), f"plain_suit:{state.turn_number}", state.scenario.demands)
        minutes.note(Demanded(what))


def end_room(minutes: Minutes) -> None:
    """The prisoner's choice takes effect; without one he endures, or confesses if he has no nerve left."""
    state = minutes.state
    prisoner = state.prisoner
    if prisoner is None:
        return
    given = state.turn.answer or default_answer(state, prisoner)
    fact = None
    if given.choice is AnswerKind.CONFESS and interrogator(state) is not None:
        fact = _fact(state, prisoner, state.turn.demand or DemandKind.ROLE)
    minutes.note(RoomEnded(given, fact))
    moscow = state.scenario.moscow
    match given.choice:
        case AnswerKind.CONFESS:
            minutes.suspect(prisoner, -moscow.confess, "confessed")
        case AnswerKind.ENDURE:
            minutes.suspect(prisoner, -moscow.endure, "endured")
        case AnswerKind.DENOUNCE:
            assert given.seat is not None, "a denunciation names somebody"
            minutes.suspect(prisoner, -moscow.denounce, "denounced_another")
            minutes.suspect(given.seat, moscow.denounced, "denounced")


def default_answer(state: State, prisoner: Seat) -> Answer:
    """What a prisoner does who makes no choice in time."""
    return Answer(AnswerKind.ENDURE if state.officer(prisoner).nerve else AnswerKind.CONFESS)


def _fact(state: State, prisoner: Seat, what: DemandKind) -> Fact:
    officer = state.officer(prisoner)
    match what:
        case DemandKind.ROLE:
            return Fact(prisoner, what, role=officer.role)
        case DemandKind.BOOKS:
            return Fact(prisoner, what, books=officer.books)
        case DemandKind.ORDERS:
            return Fact(prisoner, what, orders=tuple(state.orders_given(prisoner, turn) for turn in state.turns))


def summon(minutes: Minutes) -> None:
    """Who is in the Room next turn: Beria's summons first, else the highest file, a tie by lot."""
    state = minutes.state
    moscow = state.scenario.moscow
    use = state.turn.power
    if use is not None and use.power is PowerKind.SUMMON and use.seat is not None:
        called = use.seat
        if may_be_summoned(state, called) and state.officer(called).suspicion >= moscow.beria_summons_from:
            minutes.note(Summoned(called, by_beria=True))
            return
    rested = [s for s in SEATS if may_be_summoned(state, s) and state.officer(s).suspicion >= moscow.summons_from]
    if rested:
        highest = max(state.officer(s).suspicion for s in rested)
        tied = [s for s in rested if state.officer(s).suspicion == highest]
        minutes.note(Summoned(choose(bytes.fromhex(state.seed), f"summons:{state.turn_number}", tied), by_beria=False))


def release(minutes: Minutes) -> None:
    """The prisoner, if there is one, leaves the Room."""
    if minutes.state.prisoner is not None:
        minutes.note(Returned(minutes.state.prisoner))
