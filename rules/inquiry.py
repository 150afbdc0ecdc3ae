"""The inquiry: who is named, what that costs, and what a trace has proved. Source: the rulebook, "Inquiry"."""

from collections import Counter

from rules import gates
from rules.commands import Report
from rules.events import Event, InquiryClosed, Reported
from rules.ids import SEATS, DirectiveKind, OrderKind, Role, Seat
from rules.legal import nameable
from rules.minutes import Minutes
from rules.refusals import Code, Refusal
from rules.state import InquiryResult, State


def report(state: State, seat: Seat, command: Report) -> tuple[Event, ...] | Refusal:
    """A seat's secret report, in place of an earlier one: a name, or silence."""
    if refused := gates.why_not_report(state, seat):
        return Refusal(refused)
    if command.seat is not None and command.seat not in nameable(state, seat):
        return Refusal(Code.BAD_TARGET)
    return (Reported(seat, command.seat),)


def close(minutes: Minutes) -> None:
    """Count the reports, move suspicion, publish who was most-named."""
    state = minutes.state
    moscow = state.scenario.moscow
    result = InquiryResult(most_named(state))
    minutes.note(InquiryClosed(result))
    match result.named:
        case ():
            for seat in SEATS:
                minutes.suspect(seat, moscow.all_silent, "all_silent")
        case (seat,):
            minutes.suspect(seat, moscow.most_named, "most_named")
        case tied:
            for seat in tied:
                minutes.suspect(seat, moscow.tied, "tied")
    if proved := proved_by_trace(state):
        minutes.suspect(proved, moscow.proved, "proved")


def most_named(state: State) -> tuple[Seat, ...]:
    """The seats with the most voices, Beria's counting double; nobody when all were silent."""
    tally: Counter[Seat] = Counter()
    for seat, turn in zip(SEATS, state.turn.seats, strict=True):
        if turn.report is not None:
            is_beria = state.officer(seat).role is Role.BERIA
            tally[turn.report] += state.scenario.moscow.beria_counts if is_beria else 1
    most = max(tally.values(), default=0)
    return tuple(seat for seat in SEATS if most and tally[seat] == most)


def proved_by_trace(state: State) -> Seat | None:
    """The seat that Beria names, if his trace of this turn shows it gave an order that broke the directive."""
    named = state.turn.seats[SEATS.index(state.seat_of(Role.BERIA))].report
    if named is None or not state.turn.traced:
        return None
    directive = state.turn.directive
    breaking = {DirectiveKind.HOLD: OrderKind.WITHDRAW, DirectiveKind.GUNS_FROZEN: OrderKind.GUNS}.get(directive.kind)
    for found in state.turn.traced:
        at_the_place = directive.sector is None or found.order.sector is directive.sector
        if found.seat is named and found.order.kind is breaking and at_the_place:
            return named
    return None
