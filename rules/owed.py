"""What a seat owes in the phase that is open, whether it is done, and what happens at the deadline if it is not.

Source: the rulebook, "A match": every owed choice has a default.
"""

from rules import gates
from rules.ids import Phase, Role, Seat
from rules.state import State
from rules.view import Owed


def owed(state: State, seat: Seat) -> tuple[Owed, ...]:
    """The choices owed now, most pressing first."""
    match state.phase:
        case Phase.DEAL:
            return (Owed("read", done=seat in state.ready, otherwise="begins"),)
        case Phase.WIRE:
            return _on_the_wire(state, seat)
        case Phase.INQUIRY if seat is not state.prisoner:
            return (Owed("report", done=gates.seat_turn(state, seat).has_reported, otherwise="silence"),)
        case Phase.NAMING if state.officer(seat).role is Role.BERIA:
            return (Owed("name", done=state.denoted is not None, otherwise="highest_suspicion"),)
        case _:
            return ()


def _on_the_wire(state: State, seat: Seat) -> tuple[Owed, ...]:
    if seat is state.prisoner:
        endures = state.officer(seat).nerve > 0
        otherwise = "endure" if endures else "confess"
        return (Owed("answer", done=state.turn.answer is not None, otherwise=otherwise),)
    order = Owed("order", done=bool(gates.seat_turn(state, seat).orders), otherwise="no_order")
    last_call = state.turn_number == state.scenario.moscow.patron_by
    if state.officer(seat).role is Role.PAVEL and last_call:
        return (order, Owed("patron", done=state.patron is not None, otherwise="malenkov"))
    return (order,)
