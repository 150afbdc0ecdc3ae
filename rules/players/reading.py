"""What a seat has read, sorted once a wake: who claimed what of the enemy, who promised which order, who named whom.

Words bind nobody, so nothing here is true; `record` says how often a seat's earlier claims turned out right.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from rules import forms as f
from rules.ids import SEATS, SECTORS, Channel, Level, OrderKind, Role, Seat, Sector, level_of
from rules.orders import Order
from rules.view import Paper, View, You


class Wish(Struct, frozen=True):
    """That this seat should give an order: asked for, or wanted in a bargain. By whom, and through which channel."""

    by: Seat
    order: Order
    channel: Channel


class Reading(Struct):
    """A seat's papers, sorted. `claims`, `wills`, `names`, `wishes` are of the turn that is played, the rest of all.

    `record` has, for each seat, how many of its claims about the enemy came true and how many did not; `faithless`, how
    many promised orders never came. `wishes` are what was asked of this seat, by the number of the paper; `answered`,
    the papers that it answered. `accused` are claims that a seat is somebody: by whom, through which channel.
    """

    claims: dict[tuple[Seat, Sector], Level] = {}
    wills: dict[Seat, tuple[Order, ...]] = {}
    names: Counter[Seat] = Counter()
    wishes: dict[int, Wish] = {}
    answered: set[int] = set()
    own: list[Paper] = []
    own_open: int = 0
    record: dict[Seat, tuple[int, int]] = {}
    faithless: Counter[Seat] = Counter()
    accused: list[tuple[Seat, Channel, f.Suspect]] = []
    confessed: dict[Seat, Role] = {}
    books: dict[Seat, set[str]] = {}


def read(view: View) -> Reading:
    """Sort the papers of a view. The view of a watcher raises AttributeError: he has no file of his own."""
    assert view.you is not None, "a watcher reads nothing"
    reading = Reading(names=Counter(), faithless=Counter(), books=defaultdict(set))
    past: dict[tuple[int, Seat, Sector], Level] = {}
    promised: dict[tuple[int, Seat], list[Order]] = defaultdict(list)
    for number, paper in view.papers.items():
        author = paper.author
        if author is None:
            continue
        if author is view.you.seat:
            _own(view, reading, paper)
            if not isinstance(paper.body, f.Will):
                continue
        body, is_now = paper.body, paper.turn == view.turn
        if paper.book is not None:
            reading.books[author].add(paper.book)
        match body:
            case f.Thrust(sector, level) if author is not view.you.seat:
                past[paper.turn, author, sector] = level
                if is_now:
                    reading.claims[author, sector] = level
            case f.Will(order):
                promised[paper.turn, author].append(order)
            case f.Name(seat) if is_now:
                reading.names[seat] += 1
            case f.Ask(seat=seat, order=order) if is_now and seat is view.you.seat:
                reading.wishes[number] = Wish(author, order, paper.channel)
            case f.Offer(want=f.Will(order)) if is_now and paper.to is view.you.seat:
                reading.wishes[number] = Wish(author, order, paper.channel)
            case f.Suspect():
                reading.accused.append((author, paper.channel, body))
            case f.Am(role):
                reading.confessed[author] = role
            case f.Agree(message=int() as place) if is_now:
                asked = view.papers[place].body if place in view.papers else None
                if isinstance(asked, f.Ask) and asked.seat is author:
                    promised[paper.turn, author].append(asked.order)
    _judge(view, reading, past, promised)
    return reading


def _own(view: View, reading: Reading, paper: Paper) -> None:
    if paper.turn != view.turn:
        return
    reading.own.append(paper)
    reading.own_open += paper.channel is Channel.OPEN
    if isinstance(paper.body, f.Agree | f.Refuse) and paper.body.message is not None:
        reading.answered.add(paper.body.message)


def _judge(
    view: View,
    reading: Reading,
    past: dict[tuple[int, Seat, Sector], Level],
    promised: dict[tuple[int, Seat], list[Order]],
) -> None:
    """Hold what was said against the reports of the front: a claim that was wrong, a promised order that never came."""
    scores = {seat: [0, 0] for seat in SEATS}
    for (turn, author, sector), level in past.items():
        report = view.turns[turn].report if turn in view.turns else None
        if report is not None:
            scores[author][level_of(report[sector].thrust) is not level] += 1
    reading.record = {seat: (right, wrong) for seat, (right, wrong) in scores.items()}
    for (turn, author), orders in promised.items():
        if turn == view.turn:
            slots = 2 if view.officers[author].authority else 1
            reading.wills[author] = tuple(dict.fromkeys(reversed(orders)))[:slots]
        elif turn in view.turns and (report := view.turns[turn].report):
            order = orders[-1]
            hidden = order.sector is None or order.kind is OrderKind.MINES
            reading.faithless[author] += not hidden and order.kind not in report[order.sector or SECTORS[0]].orders


def free_others(view: View, you: You) -> tuple[Seat, ...]:
    """The other seats that may give an order this turn."""
    return tuple(seat for seat in SEATS if seat is not you.seat and seat is not view.prisoner)


def trust(reading: Reading, seats: Iterable[Seat]) -> dict[Seat, float]:
    """How much a seat's claim about the enemy is worth: the chance that it is right, from its record."""
    found = {}
    for seat in seats:
        right, wrong = reading.record[seat]
        found[seat] = min(0.93, max(0.34, (right + 1.3) / (right + wrong + 2)))
    return found
