"""Deciding what is said: messages on the five channels, lines signed MOSCOW, and books handed on.

Source: the rulebook, "The wire".
"""

from msgspec.structs import replace

from rules import gates, lots, press, wireless
from rules.commands import HandBook, Sign, Speak
from rules.events import BookHanded, Event, Spoke
from rules.forms import Agree, Ask, Refuse, Said, Text, Will, terms_of
from rules.ids import Channel, Phase, Role, Seat
from rules.refusals import Code, Refusal
from rules.state import Message, State
from rules.wording import clean


def speak(state: State, seat: Seat, command: Speak) -> tuple[Event, ...] | Refusal:
    """One message on a channel."""
    if refused := gates.why_not_speak(state, seat, command.channel):
        return Refusal(refused)
    if refused := _why_not_addressed(state, seat, command):
        return Refusal(refused)
    body = _body(state, seat, command.body, command.channel)
    if isinstance(body, Code):
        return Refusal(body)
    message = Message(
        turn=_turn(state), channel=command.channel, body=body, author=seat, to=command.to, book=command.book
    )
    if command.channel is Channel.WIRELESS:
        if not wireless.fits(press.written(state, body), state.scenario.wire.wireless_groups):
            return Refusal(Code.WILL_NOT_FIT)
        message = replace(message, line=_line(state, seat))
    return (Spoke(message),)


def sign(state: State, seat: Seat, command: Sign) -> tuple[Event, ...] | Refusal:
    """One line signed MOSCOW, to a seat or to all."""
    if refused := gates.why_not_sign(state, seat):
        return Refusal(refused)
    if command.to is seat:
        return Refusal(Code.BAD_ADDRESSEE)
    body = _body(state, seat, command.body, Channel.MOSCOW)
    if isinstance(body, Code):
        return Refusal(body)
    message = Message(turn=_turn(state), channel=Channel.MOSCOW, body=body, author=seat, to=command.to, signed=True)
    return (Spoke(message),)


def hand_book(state: State, seat: Seat, command: HandBook) -> tuple[Event, ...] | Refusal:
    """A copy of a book for a seat or MOSCOW. Whether the taker had it already is not the giver's to learn.

    Beria is MOSCOW: what he hands to MOSCOW he has, so it changes nothing.
    """
    if refused := gates.why_not_hand_book(state, seat):
        return Refusal(refused)
    if command.book not in state.officer(seat).books:
        return Refusal(Code.NO_SUCH_BOOK)
    if command.to is seat:
        return Refusal(Code.BAD_ADDRESSEE)
    if command.to is None and state.officer(seat).role is Role.BERIA:
        return ()
    return (BookHanded(seat, command.book, command.to),)


def _turn(state: State) -> int:
    """0 for what is said before the first turn and after the last."""
    return state.turn_number if state.phase in (Phase.WIRE, Phase.INQUIRY) else 0


def _why_not_addressed(state: State, seat: Seat, command: Speak) -> Code | None:
    """A letter wants one addressee, a wireless message a book; nothing else takes either."""
    if (command.channel is Channel.LETTER) != (command.to is not None) or command.to is seat:
        return Code.BAD_ADDRESSEE
    if (command.channel is Channel.WIRELESS) != (command.book is not None):
        return Code.NO_SUCH_BOOK
    if command.book is not None and command.book not in state.officer(seat).books:
        return Code.NO_SUCH_BOOK
    return None


def _body(state: State, seat: Seat, body: Said, channel: Channel) -> Said | Code:
    """The body as it is kept: words cleaned, references turned from the author's numbers into places."""
    if isinstance(body, Text):
        words = clean(body.text)
        most = state.scenario.wire.wireless_most if channel is Channel.WIRELESS else state.scenario.wire.text_most
        if not words:
            return Code.EMPTY
        return Code.TOO_LONG if len(words) > most else Text(words)
    if isinstance(body, Agree | Refuse):
        papers = state.papers_of(seat)
        if body.message is None or not 1 <= body.message <= len(papers):
            return Code.NO_SUCH_MESSAGE
        return replace(body, message=papers[body.message - 1])
    orders = [term.order for term in terms_of(body) if isinstance(term, Will | Ask)]
    in_play = all(order.is_whole and order.kind in state.scenario.orders for order in orders)
    return body if in_play else Code.BAD_FORM


def _line(state: State, seat: Seat) -> int:
    """A free line of the seat's sheet by lot, so that its place tells nothing of when it was sent."""
    used = gates.seat_turn(state, seat).lines
    free = [line for line in range(state.scenario.wire.wireless) if line not in used]
    return lots.choose(bytes.fromhex(state.seed), f"line:{state.turn_number}:{seat}:{len(used)}", free)
