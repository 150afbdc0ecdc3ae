"""The verdict on a command: events, or a refusal with its code. The same state and command decide the same for ever.

It must not know rooms, sockets or clocks: a deadline arrives as the command Close.
"""

from typing import assert_never

from rules import commands as c
from rules import gates, inquiry, interrogation, lots, powers, sealing, speech, turns
from rules.events import Dealt, Event, ReadySaid
from rules.ids import ROLES, Phase, Seat
from rules.minutes import Minutes
from rules.refusals import Code, Refusal
from rules.scenario import Scenario
from rules.state import State


def deal(scenario: Scenario, seed: bytes, salt: bytes) -> Dealt:
    """Begin a match: roles by lot, the seed bound by its salted hash. Seed and salt are 32 bytes of entropy each."""
    return Dealt(
        scenario=scenario,
        seed=seed.hex(),
        salt=salt.hex(),
        commitment=lots.commitment(seed, salt),
        roles=lots.shuffled(seed, "roles", ROLES),
    )


def decide(state: State, seat: Seat, command: c.SeatCommand) -> tuple[Event, ...] | Refusal:
    """What a seat's command does. An empty answer: it was allowed, and changes nothing."""
    match command:
        case c.Speak():
            return speech.speak(state, seat, command)
        case c.Sign():
            return speech.sign(state, seat, command)
        case c.HandBook():
            return speech.hand_book(state, seat, command)
        case c.Seal():
            return sealing.seal(state, seat, command)
        case c.Phone():
            return sealing.phone(state, seat, command)
        case c.Use():
            return powers.use(state, seat, command)
        case c.OpenEnvelope():
            return powers.open_envelope(state, seat, command)
        case c.Pick():
            return powers.pick(state, seat, command)
        case c.Demand():
            return interrogation.demand(state, seat, command)
        case c.Answer():
            return interrogation.answer(state, seat, command)
        case c.Report():
            return inquiry.report(state, seat, command)
        case c.Denote():
            return powers.denote(state, seat, command)
        case c.Ready():
            return _ready(state, seat, command)
        case _:
            assert_never(command)


def close(state: State, command: c.Close) -> tuple[Event, ...] | Refusal:
    """What the clock's command does: it ends the phase that it names, and no other."""
    if command.phase != state.phase_number or state.phase is Phase.FINISHED:
        return Refusal(Code.STALE_PHASE)
    minutes = Minutes(state)
    turns.close(minutes)
    return tuple(minutes.events)


def _ready(state: State, seat: Seat, command: c.Ready) -> tuple[Event, ...] | Refusal:
    if refused := gates.why_not_ready(state):
        return Refusal(refused)
    return (ReadySaid(seat, command.ready),) if command.ready != (seat in state.ready) else ()
