"""What a match is: values alone. `rules.evolve` makes them from events; nothing else does.

Tuples of five follow SEATS, tuples of three follow SECTORS. All is secret until `rules.project` adds it to a view.
"""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from rules.commands import Answer, Use
from rules.forms import Body
from rules.ids import (
    SEATS,
    VIEWERS,
    Book,
    Channel,
    DemandKind,
    Front,
    Level,
    Loyalty,
    Outcome,
    Phase,
    Role,
    Seat,
    Sector,
    Viewer,
    place_of,
)
from rules.orders import Directive, Order
from rules.scenario import Scenario


class Rumour(Struct, frozen=True):
    """What a seat hears of one sector; true with two chances in three."""

    sector: Sector
    level: Level


class Message(Struct, frozen=True, omit_defaults=True):
    """One message as it was sent. No `author`: the rules wrote it. `line`, 0 or 1: its place on the seat's sheet."""

    turn: int
    channel: Channel
    body: Body
    author: Seat | None = None
    to: Seat | None = None
    book: Book | None = None
    line: int | None = None
    signed: bool = False


class SectorReport(Struct, frozen=True):
    """What became of a sector in a turn. `orders` counts what arrived there, a phone order twice, mines never."""

    outcome: Outcome
    thrust: int
    orders: dict[str, int]
    ground_lost: int
    regiments_lost: int
    ground_regained: int


class TracedOrder(Struct, frozen=True):
    """An order that a trace found, under the seat that gave it."""

    seat: Seat
    order: Order


class Fact(Struct, frozen=True, omit_defaults=True):
    """What a confession told the Interrogator: the demanded fact alone, and true."""

    seat: Seat
    demand: DemandKind
    role: Role | None = None
    books: tuple[Book, ...] | None = None
    orders: tuple[tuple[Order, ...], ...] | None = None


class Move(Struct, frozen=True):
    """One change of a seat's suspicion, before clamping, with its cause: secret until the file is opened."""

    seat: Seat
    by: int
    cause: str


class InquiryResult(Struct, frozen=True):
    """Who was most-named, and whether it was a tie. Nobody: all were silent."""

    named: tuple[Seat, ...]

    @property
    def is_tie(self) -> bool:
        """Whether Moscow could not tell them apart."""
        return len(self.named) > 1


class SeatTurn(Struct, frozen=True, omit_defaults=True):
    """What one seat was told and did in one turn. `lines`: the lines of its sheet that are real."""

    rumour: Rumour | None = None
    orders: tuple[Order, ...] = ()
    letters: int = 0
    lines: tuple[int, ...] = ()
    report: Seat | None = None
    has_reported: bool = False


class Turn(Struct, frozen=True, omit_defaults=True):
    """One turn's record, filled as the turn goes on."""

    number: int
    thrusts: tuple[int, int, int]
    directive: Directive
    seats: tuple[SeatTurn, ...]
    prisoner: Seat | None = None
    authority: Seat | None = None
    phone: Order | None = None
    power: Use | None = None
    signed: int = 0
    opened: int | None = None
    demand: DemandKind | None = None
    answer: Answer | None = None
    answered: Answer | None = None
    sheets: tuple[tuple[str, ...], ...] = ()
    report: tuple[SectorReport, ...] = ()
    obeyed: bool | None = None
    rang: Sector | None = None
    traced: tuple[TracedOrder, ...] | None = None
    granted: Sector | None = None
    fact: Fact | None = None
    inquiry: InquiryResult | None = None
    moves: tuple[Move, ...] = ()
    shown: tuple[int, ...] = ()
    summoned: Seat | None = None


class Officer(Struct, frozen=True, omit_defaults=True):
    """One seat through the match. `shown`: the suspicion that was last published; `rooms`: turns spent in the Room."""

    role: Role
    nerve: int
    books: tuple[Book, ...]
    suspicion: int = 0
    shown: int = 0
    has_denounced: bool = False
    rooms: tuple[int, ...] = ()


class Verdict(Struct, frozen=True):
    """How a seat came out: points are front 0-50, loyalty 0-50 and 50 for a win."""

    seat: Seat
    role: Role
    suspicion: int
    loyalty: Loyalty
    won: bool
    front_points: int
    loyalty_points: int
    win_points: int


class Naming(Struct, frozen=True):
    """Whom Beria named, whether rightly, and whether the choice was made for him."""

    seat: Seat
    rightly: bool
    by_default: bool


class Judgement(Struct, frozen=True):
    """The end of a match."""

    front: Front
    ground: int
    regiments: int
    verdicts: tuple[Verdict, ...]


TALKING: Final = (Phase.WIRE, Phase.INQUIRY)
"""The phases of a turn in which people talk, and somebody may be in the Room."""


class State(Struct, frozen=True, omit_defaults=True):
    """A whole match. `papers` has, for each of VIEWERS, the places of the messages he has read, in his own order."""

    scenario: Scenario
    seed: str
    salt: str
    commitment: str
    officers: tuple[Officer, ...]
    ground: tuple[int, int, int]
    regiments: tuple[int, int, int]
    phone_left: int
    summons_left: int
    phase: Phase = Phase.DEAL
    phase_number: int = 1
    mines: tuple[int, int, int] = (0, 0, 0)
    bridge_blown: bool = False
    guns: Sector | None = None
    patron: Role | None = None
    spared: Seat | None = None
    ready: tuple[Seat, ...] = ()
    turns: tuple[Turn, ...] = ()
    messages: tuple[Message, ...] = ()
    papers: tuple[tuple[int, ...], ...] = ((),) * len(VIEWERS)
    envelopes: tuple[int, ...] = ()
    denoted: Seat | None = None
    naming: Naming | None = None
    judgement: Judgement | None = None

    @property
    def turn(self) -> Turn:
        """The turn that is being played, or was played last."""
        return self.turns[-1]

    @property
    def turn_number(self) -> int:
        """0 before the first turn."""
        return len(self.turns)

    @property
    def prisoner(self) -> Seat | None:
        """Who is in the Room, from the opening of a turn to its end."""
        return self.turn.prisoner if self.phase in TALKING and self.turns else None

    def officer(self, seat: Seat) -> Officer:
        """The officer in a seat."""
        return self.officers[place_of(seat)]

    def seat_of(self, role: Role) -> Seat:
        """The seat that has a role."""
        return next(seat for seat in SEATS if self.officer(seat).role is role)

    def orders_given(self, seat: Seat, turn: Turn) -> tuple[Order, ...]:
        """All that a seat ordered in a turn, its phone order last."""
        sealed = turn.seats[place_of(seat)].orders
        if turn.phone is None or self.officer(seat).role is not Role.MALENKOV:
            return sealed
        return (*sealed, turn.phone)

    def papers_of(self, viewer: Viewer) -> tuple[int, ...]:
        """The places of the messages that a viewer has read, in his own order."""
        return self.papers[VIEWERS.index(viewer)]

    def is_breached(self) -> bool:
        """Whether some sector has no ground left."""
        return 0 in self.ground


def with_officer(state: State, seat: Seat, **changes: object) -> State:
    """The state with one officer changed."""
    place = place_of(seat)
    officers = (*state.officers[:place], replace(state.officers[place], **changes), *state.officers[place + 1 :])
    return replace(state, officers=officers)


def with_turn(state: State, **changes: object) -> State:
    """The state with the current turn's record changed."""
    return replace(state, turns=(*state.turns[:-1], replace(state.turn, **changes)))


def with_seat_turn(state: State, seat: Seat, **changes: object) -> State:
    """The state with one seat's record of the current turn changed."""
    place, seats = place_of(seat), state.turn.seats
    return with_turn(state, seats=(*seats[:place], replace(seats[place], **changes), *seats[place + 1 :]))
