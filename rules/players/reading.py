"""What a seat has read, sorted once a wake: who claimed what of the enemy, who promised which order, who named whom.

Words bind nobody, so nothing here is true; `record` says how often a seat's earlier claims turned out right.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from rules import forms as f
from rules.ids import SEATS, Channel, Level, OrderKind, Role, Seat, Sector, level_of
from rules.orders import Order
from rules.players.hearing import Heard, hear
from rules.view import Paper, View, You


class Wish(Struct, frozen=True):
    """That this seat should give an order: asked for, or wanted in a bargain. By whom, through which channel, and
    whether in plain words."""

    by: Seat
    order: Order
    channel: Channel
    in_words: bool = False


class Remark(Struct, frozen=True):
    """Plain words meant for this seat: a letter to it, its call sign on the open wire, or a question to everybody."""

    by: Seat
    channel: Channel
    heard: Heard
    is_answered: bool


class Reading(Struct):
    """A seat's papers, sorted. `claims`, `wills`, `names`, `wishes` are of the turn that is played, the rest of all.

    `record` has, for each seat, how many of its claims about the enemy came true and how many did not; `faithless`, how
    many promised orders never came. `wishes` are what was asked of this seat, by the number of the paper; `answered`,
    the papers that it answered. `accused` are claims that a seat is somebody: by whom, through which channel.
    `malenkov` is what the player makes of it all: the chance that each seat is he.
    """

    claims: dict[tuple[Seat, Sector], Level] = {}
    wills: dict[Seat, tuple[Order, ...]] = {}
    names: Counter[Seat] = Counter()
    wishes: dict[int, Wish] = {}
    answered: set[int] = set()
    own: list[Paper] = []
    record: dict[Seat, tuple[int, int]] = {}
    faithless: Counter[Seat] = Counter()
    broke: tuple[Seat, ...] = ()
    remarks: list[Remark] = []
    malenkov: dict[Seat, float] = {}
    said_orders: dict[Seat, list[tuple[int, Order]]] = {}
    accused: list[tuple[Seat, Channel, f.Suspect]] = []
    confessed: dict[Seat, Role] = {}
    books: dict[Seat, set[str]] = {}


def read(view: View) -> Reading:
    """Sort the papers of a seat's view."""
    reader = _Reader(view)
    for number, paper in view.papers.items():
        reader.take(number, paper)
    reader.judge()
    return reader.reading


class _Reader:
    """Goes through the papers once, and then holds what was said against the reports of the front."""

    def __init__(self, view: View) -> None:
        assert view.you is not None, "a watcher reads nothing"
        self.view, self.you = view, view.you
        self.reading = Reading(
            names=Counter(),
            faithless=Counter(),
            books=defaultdict(set),
            own=[],
            remarks=[],
            said_orders=defaultdict(list),
        )
        self.claims: dict[tuple[int, Seat, Sector], Level] = {}
        self.promised: dict[tuple[int, Seat], list[Order]] = defaultdict(list)

    def take(self, number: int, paper: Paper) -> None:
        """One paper."""
        author = paper.author
        if author is None:
            return
        if author is self.you.seat:
            self._own(paper)
            return
        if paper.book is not None:
            self.reading.books[author].add(paper.book)
        if not isinstance(paper.body, f.Text):
            self._said(number, paper, author, paper.body)
            return
        heard = _heard(paper.body.text)
        for form in heard.forms:
            self._said(number, paper, author, form)
        if paper.turn == self.view.turn and self._is_meant_for_me(paper, heard):
            self.reading.remarks.append(Remark(author, paper.channel, heard, self._has_answered(number, paper)))

    def _own(self, paper: Paper) -> None:
        if paper.turn != self.view.turn:
            return
        self.reading.own.append(paper)
        if isinstance(paper.body, f.Agree | f.Refuse) and paper.body.message is not None:
            self.reading.answered.add(paper.body.message)

    def _said(self, number: int, paper: Paper, author: Seat, body: f.Body) -> None:
        reading, is_now = self.reading, paper.turn == self.view.turn
        match body:
            case f.Thrust(sector, level):
                self.claims[paper.turn, author, sector] = level
                if is_now:
                    reading.claims[author, sector] = level
            case f.Will(order):
                self.promised[paper.turn, author].append(order)
                reading.said_orders[author].append((paper.turn, order))
            case f.Name(seat) if is_now:
                reading.names[seat] += 1
            case f.Ask(seat=seat, order=order) if is_now and seat is self.you.seat:
                reading.wishes[number] = Wish(author, order, paper.channel, isinstance(paper.body, f.Text))
            case f.Offer(want=f.Will(order)) if is_now and paper.to is self.you.seat:
                reading.wishes[number] = Wish(author, order, paper.channel)
            case f.Suspect():
                reading.accused.append((author, paper.channel, body))
            case f.Am(role):
                reading.confessed[author] = role
            case f.Agree(message=int() as place) if is_now and place in self.view.papers:
                asked = self.view.papers[place].body
                if isinstance(asked, f.Ask) and asked.seat is author:
                    self.promised[paper.turn, author].append(asked.order)
            case _:
                pass

    def _is_meant_for_me(self, paper: Paper, heard: Heard) -> bool:
        if paper.channel in (Channel.LETTER, Channel.ROOM):
            return True
        return paper.channel is Channel.OPEN and (
            self.you.seat in heard.seats or (heard.is_question and not heard.seats)
        )

    def _has_answered(self, number: int, paper: Paper) -> bool:
        """Whether I have said anything since, the same way: to the same seat, if it was a letter."""
        return any(
            other > number
            and own.author is self.you.seat
            and own.channel is paper.channel
            and (paper.channel is not Channel.LETTER or own.to is paper.author)
            for other, own in self.view.papers.items()
        )

    def judge(self) -> None:
        """Hold claims and promises against the reports: a claim that was wrong, a promised order that never came."""
        view, reading = self.view, self.reading
        scores = {seat: [0, 0] for seat in SEATS}
        for (turn, author, sector), level in self.claims.items():
            report = view.turns[turn].report if turn in view.turns else None
            if report is not None:
                scores[author][level_of(report[sector].thrust) is not level] += 1
        reading.record = {seat: (right, wrong) for seat, (right, wrong) in scores.items()}
        for (turn, author), orders in self.promised.items():
            if turn == view.turn:
                slots = 2 if view.officers[author].authority else 1
                reading.wills[author] = tuple(dict.fromkeys(reversed(orders)))[:slots]
            elif turn in view.turns and self._never_came(turn, orders[-1]):
                reading.faithless[author] += 1
                reading.broke += (author,) * (turn == view.turn - 1)

    def _never_came(self, turn: int, order: Order) -> bool:
        report = self.view.turns[turn].report
        if report is None or order.sector is None or order.kind is OrderKind.MINES:
            return False
        return order.kind not in report[order.sector].orders


@lru_cache(maxsize=4096)
def _heard(text: str) -> Heard:
    """Every seat hears the same words, at every wake."""
    return hear(text)


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
