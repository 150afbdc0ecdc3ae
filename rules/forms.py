"""The press language: what can be said so that bots, and people without a common language, understand it.

Forms bind nobody and may lie; `rules.ledger` keeps what became of them. Source: the rulebook, "The wire".
"""

from msgspec import Struct

from rules.ids import Level, Role, Seat, Sector
from rules.orders import Order


class Text(Struct, frozen=True, tag="text"):
    """Free words, 280 characters at most (120 by wireless)."""

    text: str


class Line(Struct, frozen=True, tag="line"):
    """A line that the rules write; the client has its words under this key."""

    key: str


class Thrust(Struct, frozen=True, tag="thrust"):
    """A claim: the enemy comes at this sector with this weight this turn."""

    sector: Sector
    level: Level


class Will(Struct, frozen=True, tag="will"):
    """A promise: I shall give this order this turn."""

    order: Order


class Ask(Struct, frozen=True, tag="ask"):
    """A wish: let this seat give this order this turn. A promise once that seat agrees."""

    seat: Seat
    order: Order


class Name(Struct, frozen=True, tag="name"):
    """An intention: I shall name this seat, or let us name it, at the inquiry."""

    seat: Seat


class Am(Struct, frozen=True, tag="am"):
    """A claim: this is who I am."""

    role: Role


class Suspect(Struct, frozen=True, tag="suspect"):
    """A guess: I take this seat for that role."""

    seat: Seat
    role: Role


Term = Thrust | Will | Ask | Name | Am | Suspect


class Offer(Struct, frozen=True, tag="offer"):
    """A bargain: I give this if you give that. Both are promises once somebody agrees."""

    give: Term
    want: Term


class Agree(Struct, frozen=True, tag="agree", omit_defaults=True):
    """Yes to a message. `message` is the reader's own number of it, absent where he never saw it."""

    message: int | None = None


class Refuse(Struct, frozen=True, tag="refuse", omit_defaults=True):
    """No to a message; numbered as in Agree."""

    message: int | None = None


Form = Thrust | Will | Ask | Name | Am | Suspect | Offer | Agree | Refuse
Body = Text | Line | Thrust | Will | Ask | Name | Am | Suspect | Offer | Agree | Refuse
Said = Text | Thrust | Will | Ask | Name | Am | Suspect | Offer | Agree | Refuse
"""What a seat may put into a message: anything but a line that the rules write."""


def terms_of(body: Body) -> tuple[Body, ...]:
    """The parts of a bargain, or the body alone: what a check of orders or seats has to look at."""
    return (body.give, body.want) if isinstance(body, Offer) else (body,)
