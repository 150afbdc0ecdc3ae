"""A whole match at once, played by functions: the same loop that the rooms turn, without clock, store or people.

Pure: a seed and players make the same match for ever. What a player gets is its view and lots; it never sees a state.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from rules import evolve, lots
from rules.commands import Close, SeatCommand
from rules.decide import close, deal, decide
from rules.events import Event
from rules.ids import SEATS, Phase, Seat
from rules.project import project
from rules.refusals import Refusal
from rules.scenario import Scenario
from rules.state import State
from rules.view import View

Draw = Callable[[str, int], int]
Player = Callable[[View, Draw], tuple[SeatCommand, ...]]
"""Who decides for a seat: woken with its view and its own lots, it answers with commands."""

WAKES = 3
"""How often each seat is woken in a phase before the clock ends it."""


class Played(Struct, frozen=True):
    """A match that is over: its whole log, and the state that the log gives."""

    events: tuple[Event, ...]
    state: State


class IllegalCommand(ValueError):
    """A player gave a command that the rules refuse: a fault of the player, never of the match."""


def play(scenario: Scenario, seed: bytes, players: Mapping[Seat, Player]) -> Played:
    """Play a match from its deal to its judgement. `seed` is 32 bytes; IllegalCommand for a refused command."""
    dealt = deal(scenario, seed, lots.draw(seed, "simulated salt", 0))
    log: list[Event] = [dealt]
    state = evolve.begin(dealt)
    while state.phase is not Phase.FINISHED:
        for wake in range(WAKES):
            for seat in lots.shuffled(seed, f"wake:{state.phase_number}:{wake}", SEATS):
                draw = _lots_of(seed, f"player:{seat}:{state.phase_number}:{wake}")
                for command in players[seat](project(state, seat), draw):
                    state = _fold(state, log, _obeyed(state, seat, command))
        state = _fold(state, log, _closed(state))
    return Played(tuple(log), state)


def _lots_of(seed: bytes, purpose: str) -> Draw:
    return lambda question, n: lots.below(seed, f"{purpose}:{question}", n)


def _obeyed(state: State, seat: Seat, command: SeatCommand) -> tuple[Event, ...]:
    events = decide(state, seat, command)
    if isinstance(events, Refusal):
        raise IllegalCommand(f"{seat}: {command}: {events.code}")
    return events


def _closed(state: State) -> tuple[Event, ...]:
    events = close(state, Close(state.phase_number))
    assert not isinstance(events, Refusal), "a phase that is open may be closed"
    return events


def _fold(state: State, log: list[Event], events: tuple[Event, ...]) -> State:
    for event in events:
        state = evolve.evolve(state, event)
        log.append(event)
    return state
