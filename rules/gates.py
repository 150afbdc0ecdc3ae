"""May this seat do this now, and if not, why: one verdict a verb, asked by `decide` and by `legal` alike.

A verdict rests on what the seat itself knows: the phase, its role, its own budget, whether it is in the Room.
"""

from rules.audience import interrogator
from rules.ids import Channel, Phase, PowerKind, Role, Seat, place_of
from rules.refusals import Code
from rules.state import TALKING, SeatTurn, State


def seat_turn(state: State, seat: Seat) -> SeatTurn:
    """The seat's record of the current turn."""
    return state.turn.seats[place_of(seat)]


def why_not_speak(state: State, seat: Seat, channel: Channel) -> Code | None:
    """Source: the rulebook, "The wire": the channels and their limits."""
    if channel not in state.scenario.channels:
        return Code.NOT_IN_PLAY
    if channel is Channel.OPEN:
        return _why_not_free(state, seat)
    if state.phase not in (TALKING if channel in (Channel.LETTER, Channel.ROOM) else (Phase.WIRE,)):
        return Code.WRONG_PHASE
    match channel:
        case Channel.ROOM:
            return None if seat in (state.prisoner, interrogator(state)) else Code.NOT_YOURS
        case Channel.MOSCOW:
            return None if _is_beria(state, seat) else _why_not_free(state, seat)
        case Channel.LETTER:
            spent = seat_turn(state, seat).letters >= state.scenario.wire.letters
        case Channel.WIRELESS:
            spent = len(seat_turn(state, seat).lines) >= state.scenario.wire.wireless
    return _why_not_free(state, seat) or (Code.NONE_LEFT if spent else None)


def why_not_sign(state: State, seat: Seat) -> Code | None:
    """Beria signs as MOSCOW on the wire, from the Room too."""
    if Channel.MOSCOW not in state.scenario.channels:
        return Code.NOT_IN_PLAY
    if not _is_beria(state, seat):
        return Code.NOT_YOURS
    if state.phase is not Phase.WIRE:
        return Code.WRONG_PHASE
    return Code.NONE_LEFT if state.turn.signed >= state.scenario.wire.signed else None


def why_not_hand_book(state: State, seat: Seat) -> Code | None:
    """A free holder may hand a book on while the wire is open."""
    if not state.scenario.wire.books:
        return Code.NOT_IN_PLAY
    return _why_not_on_the_wire(state, seat)


def why_not_seal(state: State, seat: Seat) -> Code | None:
    """Each free seat seals while the wire is open."""
    return _why_not_on_the_wire(state, seat)


def why_not_phone(state: State, seat: Seat) -> Code | None:
    """Malenkov's field phone, while calls are left."""
    if state.scenario.wire.phone == 0:
        return Code.NOT_IN_PLAY
    if state.officer(seat).role is not Role.MALENKOV:
        return Code.NOT_YOURS
    return _why_not_on_the_wire(state, seat) or (Code.NONE_LEFT if state.phone_left == 0 else None)


def why_not_use(state: State, seat: Seat) -> Code | None:
    """Beria's power of the turn; a tap is done with, anything else may be chosen anew."""
    if not _is_beria(state, seat):
        return Code.NOT_YOURS
    if refused := _why_not_on_the_wire(state, seat):
        return refused
    tapped = state.turn.power is not None and state.turn.power.power is PowerKind.TAP
    return Code.ALREADY_DONE if tapped else None


def why_not_open(state: State, seat: Seat) -> Code | None:
    """Pavel opens one letter a turn."""
    if not state.scenario.envelopes:
        return Code.NOT_IN_PLAY
    if state.officer(seat).role is not Role.PAVEL:
        return Code.NOT_YOURS
    return _why_not_on_the_wire(state, seat) or (Code.NONE_LEFT if state.turn.opened is not None else None)


def why_not_pick(state: State, seat: Seat) -> Code | None:
    """Pavel's patron: once, on the wire of the stated turn at the latest."""
    if state.officer(seat).role is not Role.PAVEL:
        return Code.NOT_YOURS
    return _why_not_on_the_wire(state, seat) or (Code.ALREADY_DONE if state.patron is not None else None)


def why_not_demand(state: State, seat: Seat) -> Code | None:
    """The Interrogator's one demand of the turn."""
    if state.phase is not Phase.WIRE:
        return Code.WRONG_PHASE
    if seat is not interrogator(state):
        return Code.NOT_YOURS
    return Code.ALREADY_DONE if state.turn.demand is not None else None


def why_not_answer(state: State, seat: Seat) -> Code | None:
    """The prisoner's choice, until the wire closes."""
    if state.phase is not Phase.WIRE:
        return Code.WRONG_PHASE
    return None if seat is state.prisoner else Code.NOT_YOURS


def why_not_report(state: State, seat: Seat) -> Code | None:
    """Every seat outside the Room may name one to an inquiry."""
    if state.phase is not Phase.INQUIRY:
        return Code.WRONG_PHASE
    return _why_not_free(state, seat)


def why_not_denote(state: State, seat: Seat) -> Code | None:
    """Beria's last word."""
    if not _is_beria(state, seat):
        return Code.NOT_YOURS
    return None if state.phase is Phase.NAMING else Code.WRONG_PHASE


def why_not_ready(state: State) -> Code | None:
    """Everyone may say ready while there is a phase to end."""
    return Code.WRONG_PHASE if state.phase is Phase.FINISHED else None


def _why_not_on_the_wire(state: State, seat: Seat) -> Code | None:
    return Code.WRONG_PHASE if state.phase is not Phase.WIRE else _why_not_free(state, seat)


def _why_not_free(state: State, seat: Seat) -> Code | None:
    return Code.IN_THE_ROOM if seat is state.prisoner else None


def _is_beria(state: State, seat: Seat) -> bool:
    return state.officer(seat).role is Role.BERIA
