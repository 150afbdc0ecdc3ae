"""A message's body as a line of plain characters: what goes through the cipher. A form is written `will(hold river)`.

A reference to a message is written as its turn and author, since its number is a different one for every reader.
"""

from typing import assert_never

from rules.forms import Agree, Am, Ask, Body, Line, Name, Offer, Refuse, Suspect, Text, Thrust, Will
from rules.ids import Channel
from rules.orders import Order
from rules.state import State


def written(state: State, body: Body) -> str:
    """The body in words; Agree and Refuse hold the place of the message among all."""
    match body:
        case Text(text):
            return text
        case Line(key):
            return key
        case Thrust(sector, level):
            return f"thrust({sector} {level})"
        case Will(order):
            return f"will({_order(order)})"
        case Ask(seat, order):
            return f"ask({seat} {_order(order)})"
        case Name(seat):
            return f"name({seat})"
        case Am(role):
            return f"am({role})"
        case Suspect(seat, role):
            return f"suspect({seat} {role})"
        case Offer(give, want):
            return f"offer({written(state, give)} for {written(state, want)})"
        case Agree(message):
            return f"agree({_reference(state, message)})"
        case Refuse(message):
            return f"refuse({_reference(state, message)})"
        case _:
            assert_never(body)


def _order(order: Order) -> str:
    return f"{order.kind} {order.sector}" if order.sector else str(order.kind)


def _reference(state: State, place: int | None) -> str:
    if place is None:
        return "?"
    message = state.messages[place]
    if message.signed or message.channel is Channel.ROOM:
        return f"{message.turn} {'moscow' if message.signed else 'room'}"  # who spoke is not every reader's to know
    return f"{message.turn} {message.author}"
