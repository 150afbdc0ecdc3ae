"""What a viewer is shown of a match: the shape that the wire carries and clients and bots read.

Hidden is absent, never null: a field with a default is left out while it has it. `rules.project` fills a View; nothing
here decides what is secret. Legal actions are data (`Can`), so no client derives a rule.
"""

from msgspec import Struct

from rules.commands import Answer, Use
from rules.forms import Body
from rules.ids import Book, Channel, DemandKind, Front, Phase, Role, Seat, Sector
from rules.orders import Directive, Order
from rules.scenario import Scenario
from rules.state import Fact, Judgement, Move, Naming, Rumour, SectorReport, TracedOrder


class Paper(Struct, frozen=True, omit_defaults=True):
    """A message that the viewer has read. No `author`: it is signed MOSCOW, or the Interrogator spoke (channel `room`).

    `turn` is 0 for talk after the judgement. `line` is the place on the author's sheet (0 or 1) of a wireless message.
    """

    turn: int
    channel: Channel
    body: Body
    author: Seat | None = None
    to: Seat | None = None
    book: Book | None = None
    line: int | None = None
    signed: bool = False


class Envelope(Struct, frozen=True, omit_defaults=True):
    """A letter between two others, from the outside: Pavel sees these."""

    turn: int
    author: Seat
    to: Seat
    opened: bool = False


class SectorView(Struct, frozen=True):
    """A sector as all see it."""

    ground: int
    ground_at_start: int
    regiments: int


class OfficerView(Struct, frozen=True, omit_defaults=True):
    """A seat as all see it: its published suspicion, and whether it is in the Room, rests from it, or has authority."""

    suspicion: int
    in_room: bool = False
    rests: bool = False
    authority: bool = False


class TurnView(Struct, frozen=True, omit_defaults=True):
    """The public record of a turn, filled as the turn goes on. `sheets`: each seat's lines of the wireless."""

    directive: Directive
    prisoner: Seat | None = None
    sheets: dict[Seat, tuple[str, ...]] | None = None
    report: dict[Sector, SectorReport] | None = None
    obeyed: bool | None = None
    inquiry: tuple[Seat, ...] | None = None
    suspicion: dict[Seat, int] | None = None
    summoned: Seat | None = None


class OwnTurn(Struct, frozen=True, omit_defaults=True):
    """What one seat alone knows of a turn: what it was told, what it did, what its powers showed it."""

    plan: dict[Sector, int] | None = None
    rumour: Rumour | None = None
    orders: tuple[Order, ...] = ()
    phone: Order | None = None
    power: Use | None = None
    opened: int | None = None
    demand: DemandKind | None = None
    answer: Answer | None = None
    report: Seat | None = None
    has_reported: bool = False
    rang: Sector | None = None
    phone_rang: bool = False
    traced: tuple[TracedOrder, ...] | None = None
    fact: Fact | None = None


class Known(Struct, frozen=True):
    """These seats have these roles; with two of each, not which is which."""

    seats: tuple[Seat, ...]
    roles: tuple[Role, ...]


class You(Struct, frozen=True, omit_defaults=True):
    """A seat's own card and file. `turns` is by the number of the turn."""

    seat: Seat
    role: Role
    nerve: int
    may_denounce: bool
    books: tuple[Book, ...] = ()
    known: tuple[Known, ...] = ()
    turns: dict[int, OwnTurn] = {}
    ready: bool = False
    phone_left: int | None = None
    summons_left: int | None = None
    patron: Role | None = None
    denoted: Seat | None = None
    envelopes: dict[int, Envelope] | None = None


class CanPost(Struct, frozen=True):
    """Letters or MOSCOW lines that may still be sent this turn, and to whom. `all`: one may go to everybody."""

    left: int
    to: tuple[Seat, ...]
    all: bool


class CanWireless(Struct, frozen=True):
    """Wireless messages that may still be sent this turn, and in which books."""

    left: int
    books: tuple[Book, ...]


class CanHand(Struct, frozen=True):
    """Books that may be handed on, and to whom (MOSCOW may always be given one)."""

    books: tuple[Book, ...]
    to: tuple[Seat, ...]


class CanSeal(Struct, frozen=True):
    """How many orders this seat may seal, and the orders there are."""

    slots: int
    orders: tuple[Order, ...]


class Can(Struct, frozen=True, omit_defaults=True):
    """Every legal command of a seat right now; what is absent may not be done.

    `speak` lists channels that need no more than a body: open, moscow, room. `report` lists whom an inquiry may hear
    named; silence is always allowed there.
    """

    speak: tuple[Channel, ...] = ()
    letter: CanPost | None = None
    sign: CanPost | None = None
    wireless: CanWireless | None = None
    hand_book: CanHand | None = None
    seal: CanSeal | None = None
    phone: tuple[Order, ...] = ()
    use: tuple[Use, ...] = ()
    open_envelope: tuple[int, ...] = ()
    pick: tuple[Role, ...] = ()
    demand: tuple[DemandKind, ...] = ()
    answer: tuple[Answer, ...] = ()
    report: tuple[Seat, ...] = ()
    denote: tuple[Seat, ...] = ()
    ready: bool = False


class Owed(Struct, frozen=True):
    """A choice that this seat owes in this phase, whether it is made, and what happens if it never is (a text's key).

    `what` is `read`, `order`, `answer`, `patron`, `report` or `name`.
    """

    what: str
    done: bool
    otherwise: str


class Promise(Struct, frozen=True, omit_defaults=True):
    """An entry of the ledger. `kept` is absent where there was no test. `message` counts in `File.messages`."""

    message: int
    turn: int
    by: Seat
    what: Body
    kept: bool | None = None


class FileSeat(Struct, frozen=True, omit_defaults=True):
    """What one seat really did in a turn."""

    orders: tuple[Order, ...] = ()
    rumour: Rumour | None = None
    report: Seat | None = None
    has_reported: bool = False


class FileTurn(Struct, frozen=True, omit_defaults=True):
    """A turn with nothing left out."""

    thrusts: dict[Sector, int]
    seats: dict[Seat, FileSeat]
    moves: tuple[Move, ...] = ()
    phone: Order | None = None
    power: Use | None = None
    traced: tuple[TracedOrder, ...] | None = None
    opened: int | None = None
    demand: DemandKind | None = None
    answer: Answer | None = None
    fact: Fact | None = None
    granted: Sector | None = None


class File(Struct, frozen=True, omit_defaults=True):
    """The whole file, opened at `finished`: seed and salt are hexadecimal; `messages` and `turns` count from 1."""

    seed: str
    salt: str
    roles: dict[Seat, Role]
    books: dict[Seat, tuple[Book, ...]]
    patron: Role
    turns: dict[int, FileTurn]
    messages: dict[int, Paper]
    ledger: tuple[Promise, ...]
    judgement: Judgement
    naming: Naming | None = None


class View(Struct, frozen=True, omit_defaults=True):
    """All that one viewer may know. `papers` has his own numbers, 1, 2, 3…, in the order in which he read them."""

    scenario: Scenario
    commitment: str
    phase: Phase
    phase_number: int
    turn: int
    ready: int
    front: dict[Sector, SectorView]
    officers: dict[Seat, OfficerView]
    turns: dict[int, TurnView]
    papers: dict[int, Paper]
    directive: Directive | None = None
    prisoner: Seat | None = None
    guns: Sector | None = None
    spared: Seat | None = None
    you: You | None = None
    can: Can | None = None
    owed: tuple[Owed, ...] = ()
    breached: tuple[Sector, ...] = ()
    naming: Naming | None = None
    judgement: Front | None = None
    file: File | None = None
