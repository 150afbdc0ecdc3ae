"""Deciding Beria's powers and Pavel's: what they may be aimed at. Source: the rulebook, "Powers"."""

from rules import gates
from rules.commands import Denote, OpenEnvelope, Pick, Use
from rules.events import Denoted, EnvelopeOpened, Event, PatronPicked, PowerChosen
from rules.ids import PATRONS, Seat
from rules.legal import uses
from rules.refusals import Code, Refusal
from rules.state import State


def use(state: State, seat: Seat, command: Use) -> tuple[Event, ...] | Refusal:
    """Beria's power of the turn."""
    if refused := gates.why_not_use(state, seat):
        return Refusal(refused)
    if command.power not in state.scenario.powers:
        return Refusal(Code.NOT_IN_PLAY)
    return (PowerChosen(command),) if command in uses(state, seat) else Refusal(Code.BAD_TARGET)


def open_envelope(state: State, seat: Seat, command: OpenEnvelope) -> tuple[Event, ...] | Refusal:
    """Pavel reads the letter in one of his envelopes."""
    if refused := gates.why_not_open(state, seat):
        return Refusal(refused)
    if not 1 <= command.envelope <= len(state.envelopes):
        return Refusal(Code.BAD_TARGET)
    place = state.envelopes[command.envelope - 1]
    return Refusal(Code.ALREADY_DONE) if place in state.papers_of(seat) else (EnvelopeOpened(place),)


def pick(state: State, seat: Seat, command: Pick) -> tuple[Event, ...] | Refusal:
    """Pavel's patron."""
    if refused := gates.why_not_pick(state, seat):
        return Refusal(refused)
    return (PatronPicked(command.patron),) if command.patron in PATRONS else Refusal(Code.BAD_TARGET)


def denote(state: State, seat: Seat, command: Denote) -> tuple[Event, ...] | Refusal:
    """Whom Beria takes for Malenkov."""
    if refused := gates.why_not_denote(state, seat):
        return Refusal(refused)
    return Refusal(Code.BAD_TARGET) if command.seat is seat else (Denoted(command.seat),)
