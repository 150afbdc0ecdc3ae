"""What happened in a match, as recorded outcomes: a replay draws no lot again.

Each event says when it happens and who may learn of it; `rules.project` is where that is carried out.
"""

from msgspec import Struct

from rules.commands import Answer, Use
from rules.ids import Book, DemandKind, Role, Seat, Sector
from rules.orders import Directive, Order
from rules.scenario import Scenario
from rules.state import Fact, InquiryResult, Judgement, Message, Move, Naming, Rumour, SectorReport, TracedOrder


class Dealt(Struct, frozen=True, tag="dealt"):
    """A match begins. All: scenario and commitment. A seat: its role, its books, whom it knows. Nobody: seed, salt."""

    scenario: Scenario
    seed: str
    salt: str
    commitment: str
    roles: tuple[Role, ...]


class TurnOpened(Struct, frozen=True, tag="turn_opened", omit_defaults=True):
    """A wire opens. All: directive, prisoner, authority. Irina: the thrusts. Each other seat: its own rumour."""

    number: int
    thrusts: tuple[int, int, int]
    directive: Directive
    rumours: tuple[Rumour | None, ...]
    prisoner: Seat | None = None
    authority: Seat | None = None


class Spoke(Struct, frozen=True, tag="spoke"):
    """A message was sent. Read by whom its channel reaches (`rules.audience`); a letter's envelope by Pavel too."""

    message: Message


class BookHanded(Struct, frozen=True, tag="book_handed", omit_defaults=True):
    """A book was copied. Known to giver and taker (MOSCOW's copy: Beria), who reads all past traffic in it."""

    seat: Seat
    book: Book
    to: Seat | None = None


class Sealed(Struct, frozen=True, tag="sealed"):
    """A seat sealed its orders, in place of earlier ones. Known to the seat alone."""

    seat: Seat
    orders: tuple[Order, ...]


class PhoneLifted(Struct, frozen=True, tag="phone_lifted", omit_defaults=True):
    """Malenkov's phone order of the turn, or none again. Known to him alone."""

    order: Order | None = None


class PowerChosen(Struct, frozen=True, tag="power_chosen"):
    """Beria's power of the turn. Known to him alone; a tap gives him the seat's letters of the turn at once."""

    use: Use


class EnvelopeOpened(Struct, frozen=True, tag="envelope_opened"):
    """Pavel read a letter, by its place among all messages. Known to him alone."""

    message: int


class PatronPicked(Struct, frozen=True, tag="patron_picked"):
    """Pavel has chosen, or the last wire to choose in has closed and it is Malenkov. Known to him alone."""

    patron: Role


class Demanded(Struct, frozen=True, tag="demanded"):
    """The Interrogator made his demand. Known to the prisoner, and to Beria unless he is the prisoner."""

    what: DemandKind


class Answered(Struct, frozen=True, tag="answered"):
    """The prisoner chose, in place of an earlier choice. Known to him alone until the wire closes."""

    answer: Answer


class Reported(Struct, frozen=True, tag="reported", omit_defaults=True):
    """A seat filed its report, or said that it stays silent. Known to the seat alone."""

    seat: Seat
    named: Seat | None = None


class Denoted(Struct, frozen=True, tag="denoted"):
    """Beria wrote down whom he takes for Malenkov. Known to him alone."""

    seat: Seat


class ReadySaid(Struct, frozen=True, tag="ready_said"):
    """A seat needs no more time, or does again. All: how many are ready. The seat: that it is."""

    seat: Seat
    ready: bool


class WireClosed(Struct, frozen=True, tag="wire_closed"):
    """Each seat's sheet of groups, noise filled in. All, even the prisoner."""

    sheets: tuple[tuple[str, ...], ...]


class FrontReported(Struct, frozen=True, tag="front_reported", omit_defaults=True):
    """The orders were carried out. All: report, ground, regiments, where the guns stand, obeyed. Nobody: mines."""

    report: tuple[SectorReport, ...]
    obeyed: bool
    ground: tuple[int, int, int]
    regiments: tuple[int, int, int]
    mines: tuple[int, int, int]
    bridge_blown: bool = False
    guns: Sector | None = None


class RequestGranted(Struct, frozen=True, tag="request_granted"):
    """A regiment is on its way to a sector. All see it there once it has come; nobody is told who asked."""

    sector: Sector
    seat: Seat


class SuspicionMoved(Struct, frozen=True, tag="suspicion_moved"):
    """Something entered a seat's file. Nobody, until the file is opened."""

    move: Move


class PhoneRang(Struct, frozen=True, tag="phone_rang", omit_defaults=True):
    """A call was made at the front, about this sector (none: paperwork). Known to Beria, not who called."""

    sector: Sector | None = None


class Traced(Struct, frozen=True, tag="traced"):
    """What a trace found: nothing, where smoke lay. Known to Beria."""

    found: tuple[TracedOrder, ...]


class RoomEnded(Struct, frozen=True, tag="room_ended", omit_defaults=True):
    """The prisoner's choice took effect. He and the Interrogator; `fact` to the latter, none if that is not Beria."""

    answer: Answer
    fact: Fact | None = None


class InquiryOpened(Struct, frozen=True, tag="inquiry_opened"):
    """The directive was broken: Moscow wants a name. All."""


class InquiryClosed(Struct, frozen=True, tag="inquiry_closed"):
    """Who was most-named. All; the tally and the authors are nobody's."""

    result: InquiryResult


class Published(Struct, frozen=True, tag="published"):
    """Each seat's suspicion, once a turn, as the new value without its causes. All."""

    suspicion: tuple[int, ...]


class Summoned(Struct, frozen=True, tag="summoned"):
    """A seat will spend the next turn in the Room. All; not by whom. `by_beria` spends one of his summonses."""

    seat: Seat
    by_beria: bool


class Returned(Struct, frozen=True, tag="returned"):
    """A prisoner left the Room. He now reads what was kept from him; all see that he has authority."""

    seat: Seat


class NamingOpened(Struct, frozen=True, tag="naming_opened"):
    """The last turn is over and the front stands. All."""


class NameGiven(Struct, frozen=True, tag="name_given"):
    """Beria's name for Malenkov. Nobody before the judgement, which follows at once."""

    naming: Naming


class Finished(Struct, frozen=True, tag="finished"):
    """The match is judged, and the whole file opened to all."""

    judgement: Judgement


Event = (
    Dealt
    | TurnOpened
    | Spoke
    | BookHanded
    | Sealed
    | PhoneLifted
    | PowerChosen
    | EnvelopeOpened
    | PatronPicked
    | Demanded
    | Answered
    | Reported
    | Denoted
    | ReadySaid
    | WireClosed
    | FrontReported
    | RequestGranted
    | SuspicionMoved
    | PhoneRang
    | Traced
    | RoomEnded
    | InquiryOpened
    | InquiryClosed
    | Published
    | Summoned
    | Returned
    | NamingOpened
    | NameGiven
    | Finished
)
