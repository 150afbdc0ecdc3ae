"""What a seat, or the clock, may ask of a match. A command is a wish: `rules.decide` answers with events or a refusal.

The seat that asks is not part of a command; whoever passes it on has established it.
"""

from typing import Annotated

from msgspec import Meta, Struct

from rules.forms import Said
from rules.ids import AnswerKind, Book, Channel, DemandKind, PowerKind, Role, Seat, Sector
from rules.orders import Order


class Speak(Struct, frozen=True, tag="speak", omit_defaults=True, forbid_unknown_fields=True):
    """Send a message. `to` for letters alone, `book` for wireless alone; on `moscow` it goes to MOSCOW."""

    channel: Channel
    body: Said
    to: Seat | None = None
    book: Book | None = None


class Sign(Struct, frozen=True, tag="sign", omit_defaults=True, forbid_unknown_fields=True):
    """Beria sends a line signed MOSCOW, to one seat, or to all when `to` is absent."""

    body: Said
    to: Seat | None = None


class HandBook(Struct, frozen=True, tag="hand_book", omit_defaults=True, forbid_unknown_fields=True):
    """Hand a copy of a book to a seat, or to MOSCOW when `to` is absent. It cannot be taken back."""

    book: Book
    to: Seat | None = None


class Seal(Struct, frozen=True, tag="seal", forbid_unknown_fields=True):
    """Seal these orders in place of what was sealed before; none takes the order back."""

    orders: tuple[Order, ...]


class Phone(Struct, frozen=True, tag="phone", omit_defaults=True, forbid_unknown_fields=True):
    """Malenkov picks up the field phone for one more order, or lays it down when `order` is absent."""

    order: Order | None = None


class Use(Struct, frozen=True, tag="use", omit_defaults=True, forbid_unknown_fields=True):
    """Beria uses his power of the turn. A tap acts at once; the others act as the turn is resolved."""

    power: PowerKind
    seat: Seat | None = None
    sector: Sector | None = None


class OpenEnvelope(Struct, frozen=True, tag="open_envelope", forbid_unknown_fields=True):
    """Pavel opens one letter a turn, by his own number of its envelope."""

    envelope: Annotated[int, Meta(ge=1, le=2**53 - 1)]


class Pick(Struct, frozen=True, tag="pick", forbid_unknown_fields=True):
    """Pavel picks his patron, for good."""

    patron: Role


class Demand(Struct, frozen=True, tag="demand", forbid_unknown_fields=True):
    """The Interrogator says what he wants to hear, for this turn."""

    what: DemandKind


class Answer(Struct, frozen=True, tag="answer", omit_defaults=True, forbid_unknown_fields=True):
    """The prisoner chooses; `seat` is whom he denounces. It may be changed until the wire closes."""

    choice: AnswerKind
    seat: Seat | None = None


class Report(Struct, frozen=True, tag="report", omit_defaults=True, forbid_unknown_fields=True):
    """Name a seat to the inquiry, or stay silent when `seat` is absent."""

    seat: Seat | None = None


class Denote(Struct, frozen=True, tag="denote", forbid_unknown_fields=True):
    """Beria names the seat that he takes for Malenkov."""

    seat: Seat


class Ready(Struct, frozen=True, tag="ready", forbid_unknown_fields=True):
    """Say that this seat needs no more time in this phase, or take it back."""

    ready: bool


class Close(Struct, frozen=True, tag="close", forbid_unknown_fields=True):
    """The clock ends the phase of this number, and no other."""

    phase: int


Command = (
    Speak
    | Sign
    | HandBook
    | Seal
    | Phone
    | Use
    | OpenEnvelope
    | Pick
    | Demand
    | Answer
    | Report
    | Denote
    | Ready
    | Close
)
SeatCommand = (
    Speak | Sign | HandBook | Seal | Phone | Use | OpenEnvelope | Pick | Demand | Answer | Report | Denote | Ready
)
"""What a player may send: every command but the clock's."""
