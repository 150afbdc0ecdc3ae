"""The press language: what can be said so that bots, and people without a common language, understand it.

Forms bind nobody and may lie; `rules.ledger` keeps what became of them. Source: the rulebook, "The wire".
"""

from typing import Annotated

from msgspec import Meta, Struct

from rules.ids import Level, Role, Seat, Sector
from rules.orders import Order

Place = Annotated[int, Meta(ge=0, le=2**53 - 1)]
"""A message's number for a reader, from 1; in an event its place among all, from 0."""


class Text(Struct, frozen=True, tag="text", forbid_unknown_fields=True):
    """Free words, 280 characters at most (120 by wireless)."""

    text: str


class Line(Struct, frozen=True, tag="line"):
    """A line that the rules write; the client has its words under this key."""

    key: str


class Thrust(Struct, frozen=True, tag="thrust", forbid_unknown_fields=True):
    """A claim: the enemy comes at this sector with this weight this turn."""

    sector: Sector
    level: Level


class Will(Struct, frozen=True, tag="will", forbid_unknown_fields=True):
    """A promise: I shall give this order this turn."""

    order: Order


class Ask(Struct, frozen=True, tag="ask", forbid_unknown_fields=True):
    """A wish: let this seat give this order this turn. A promise once that seat agrees."""

    seat: Seat
    order: Order


class Name(Struct, frozen=True, tag="name", forbid_unknown_fields=True):
    """An intention: I shall name this seat, or let us name it, at the inquiry."""

    seat: Seat


class Am(Struct, frozen=True, tag="am", forbid_unknown_fields=True):
    """A claim: this is who I am."""

    role: Role


class Suspect(Struct, frozen=True, tag="suspect", forbid_unknown_fields=True):
    """A guess: I take this seat for that role."""

    seat: Seat
    role: Role


Term = Thrust | Will | Ask | Name | Am | Suspect


class Offer(Struct, frozen=True, tag="offer", forbid_unknown_fields=True):
    """A bargain: I give this if you give that. Both are promises once somebody agrees."""

    give: Term
    want: Term


class Agree(Struct, frozen=True, tag="agree", omit_defaults=True, forbid_unknown_fields=True):
    """Yes to a message. `message` is the reader's own number of it, absent where he never saw it."""

    message: Place | None = None


class Refuse(Struct, frozen=True, tag="refuse", omit_defaults=True, forbid_unknown_fields=True):
    """No to a message; numbered as in Agree."""

    message: Place | None = None


Form = Thrust | Will | Ask | Name | Am | Suspect | Offer | Agree | Refuse
Body = Text | Line | Thrust | Will | Ask | Name | Am | Suspect | Offer | Agree | Refuse
Said = Text | Thrust | Will | Ask | Name | Am | Suspect | Offer | Agree | Refuse
"""What a seat may put into a message: anything but a line that the rules write."""


def terms_of(body: Body) -> tuple[Body, ...]:
    """The parts of a bargain, or the body alone: what a check of orders or seats has to look at."""
    return (body.give, body.want) if isinstance(body, Offer) else (body,)
