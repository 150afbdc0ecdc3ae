"""Who reads a message, and who learns that there was one. Verdicts alone; `rules.evolve` files the papers by them.

Source: the rulebook, "The wire", "Powers" and "Summons and the Room".
"""

from rules.commands import Use
from rules.ids import SEATS, VIEWERS, Channel, PowerKind, Role, Seat, Viewer
from rules.state import Message, State


def readers(state: State, message: Message) -> tuple[Viewer, ...]:
    """Everyone whom a message reaches as it is sent, its author too, even if the Room keeps it from him for now."""
    match message.channel:
        case Channel.OPEN:
            return VIEWERS
        case Channel.LETTER:
            beria = state.seat_of(Role.BERIA)
            tapping = (beria,) if is_tapped(state, message) else ()
            return _seats(message.author, message.to, *tapping)
        case Channel.WIRELESS:
            return _seats(message.author, *(seat for seat in SEATS if message.book in state.officer(seat).books))
        case Channel.MOSCOW if message.signed and message.to is None:
            return VIEWERS
        case Channel.MOSCOW:
            return _seats(message.author, message.to, state.seat_of(Role.BERIA))
        case Channel.ROOM:
            return _seats(message.author, state.prisoner, interrogator(state))


def interrogator(state: State) -> Seat | None:
    """Beria's seat while somebody else is in the Room; none if it is Beria, whom a plain suit questions, or nobody."""
    beria = state.seat_of(Role.BERIA)
    return beria if state.prisoner not in (None, beria) else None


def is_tapped(state: State, message: Message) -> bool:
    """Whether a letter is one of those that this turn's tap reaches: sent or received by the tapped seat."""
    if not state.turns or message.channel is not Channel.LETTER or message.turn != state.turn_number:
        return False
    match state.turn.power:
        case Use(power=PowerKind.TAP, seat=Seat() as tapped):
            return tapped in (message.author, message.to)
        case _:
            return False


def is_kept_from(state: State, viewer: Viewer, message: Message) -> bool:
    """Whether the Room keeps a message from its prisoner until the turn ends. His own he has; Beria keeps MOSCOW."""
    if viewer != state.prisoner or message.author == viewer or message.channel is Channel.ROOM:
        return False
    if message.turn != state.turn_number:
        return False
    return not (message.channel is Channel.MOSCOW and viewer is state.seat_of(Role.BERIA))


def has_envelope(message: Message, pavel: Seat) -> bool:
    """Whether Pavel sees a message from the outside: every letter that is not his own."""
    return message.channel is Channel.LETTER and pavel not in (message.author, message.to)


def _seats(*seats: Seat | None) -> tuple[Seat, ...]:
    return tuple(seat for seat in SEATS if seat in seats)
