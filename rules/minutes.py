"""The minutes of one decision: each event is noted and folded at once, so that the next is decided on what it made."""

from rules import evolve
from rules.events import Event, SuspicionMoved
from rules.ids import Seat
from rules.state import Move, State


class Minutes:
    """Events in the order they happened, and the state after the last."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.events: list[Event] = []

    def note(self, event: Event) -> None:
        """It happened."""
        self.events.append(event)
        self.state = evolve.evolve(self.state, event)

    def suspect(self, seat: Seat, by: int, cause: str) -> None:
        """Something enters a seat's file; nothing does when the scenario puts it at 0."""
        if by:
            self.note(SuspicionMoved(Move(seat, by, cause)))
