"""What an agent sees: a seat's view as one row of numbers, put together from named parts.

It takes a View and nothing else, so it cannot show what the seat may not know. Counts are in the units of the view;
a choice among words is a row of zeros with a one at the word's place; what the view leaves out is zeros.
Source: README.md here, "Observations".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import prod
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from rules.ids import (
    BOOKS,
    PATRONS,
    ROLES,
    SEATS,
    SECTORS,
    Channel,
    DemandKind,
    DirectiveKind,
    Level,
    OrderKind,
    Outcome,
    Phase,
    Seat,
    place_of,
)
from rules.orders import Order
from rules.scenario import SCENARIOS, load
from rules.state import SectorReport
from rules.view import OwnTurn, TurnView, View, You
from server.research.actions import ANSWERS, ORDERS, SAYINGS, USES

Numbers = NDArray[np.int8]

MOST: Final = 127
"""No number of an observation is greater."""

TURNS: Final = max(load(name).turns for name in SCENARIOS)
"""The turns of the longest scenario: arrays by turn have so many rows, turn 1 first."""


class Part(Struct, frozen=True):
    """A named stretch of the observation: its shape, and what writes it into zeros of that shape."""

    name: str
    shape: tuple[int, ...]
    write: Callable[[Numbers, View], None]


def numbers_of(view: View) -> Numbers:
    """The observation of the seat whose view this is: shape (SIZE,), all parts one after the other."""
    numbers = np.zeros(SIZE, np.int8)
    for each in PARTS:
        each.write(part(numbers, each.name), view)
    return numbers


def part(numbers: Numbers, name: str) -> Numbers:
    """One part of an observation in its own shape, not copied. Raises KeyError for a name that no part has."""
    begin, shape = _PLACES[name]
    return numbers[begin : begin + prod(shape)].reshape(shape)


def _mark(row: Numbers, words: Sequence[object], word: object) -> None:
    """A one at the place of the word; nothing where there is none."""
    if word is not None:
        row[words.index(word)] = 1


def _mark_all(row: Numbers, words: Sequence[object], chosen: Iterable[object]) -> None:
    for word in chosen:
        _mark(row, words, word)


def _you(write: Callable[[Numbers, You], None]) -> Callable[[Numbers, View], None]:
    """A part that stands in the seat's own file; zeros for a watcher."""

    def written(numbers: Numbers, view: View) -> None:
        if view.you is not None:
            write(numbers, view.you)

    return written


def _each_turn(write: Callable[[Numbers, TurnView], None]) -> Callable[[Numbers, View], None]:
    """A part with a row a turn, from the public record."""

    def written(numbers: Numbers, view: View) -> None:
        for number, turn in view.turns.items():
            write(numbers[number - 1], turn)

    return written


def _each_own_turn(write: Callable[[Numbers, OwnTurn], None]) -> Callable[[Numbers, View], None]:
    """A part with a row a turn, from what this seat alone knows of it."""

    def written(numbers: Numbers, you: You) -> None:
        for number, turn in you.turns.items():
            write(numbers[number - 1], turn)

    return _you(written)


def _count(number: Callable[[View], int | None]) -> Callable[[Numbers, View], None]:
    """A part that is one number."""

    def written(numbers: Numbers, view: View) -> None:
        numbers[0] = number(view) or 0

    return written


def _own_count(number: Callable[[You], int | None]) -> Callable[[Numbers, View], None]:
    return _count(lambda view: number(view.you) if view.you is not None else 0)


def _front(numbers: Numbers, view: View) -> None:
    for row, sector in zip(numbers, SECTORS, strict=True):
        row[:] = view.front[sector].ground, view.front[sector].regiments


def _officers(numbers: Numbers, view: View) -> None:
    for row, seat in zip(numbers, SEATS, strict=True):
        officer = view.officers[seat]
        row[:] = officer.suspicion, officer.in_room, officer.rests, officer.authority


def _roles(numbers: Numbers, you: You) -> None:
    """The own card, what the deal showed, and what was confessed. A pair that is known as a pair has four ones."""
    numbers[place_of(you.seat), ROLES.index(you.role)] = 1
    for known in you.known:
        for seat in known.seats:
            _mark_all(numbers[place_of(seat)], ROLES, known.roles)
    for turn in you.turns.values():
        if turn.fact is not None:
            _mark(numbers[place_of(turn.fact.seat)], ROLES, turn.fact.role)


def _books(numbers: Numbers, you: You) -> None:
    _mark_all(numbers[place_of(you.seat)], BOOKS, you.books)
    for turn in you.turns.values():
        if turn.fact is not None:
            _mark_all(numbers[place_of(turn.fact.seat)], BOOKS, turn.fact.books or ())


def _phone(row: Numbers, view: View) -> None:
    if view.you is not None and view.turn in view.you.turns:
        _mark(row, ORDERS, view.you.turns[view.turn].phone)


def _directive(row: Numbers, turn: TurnView) -> None:
    _mark(row[: len(DirectiveKind)], tuple(DirectiveKind), turn.directive.kind)
    _mark(row[len(DirectiveKind) :], SECTORS, turn.directive.sector)


def _each_report(write: Callable[[Numbers, SectorReport], None]) -> Callable[[Numbers, View], None]:
    """A part with a row a turn and in it a row a sector, from the reports of the front."""

    def written(rows: Numbers, turn: TurnView) -> None:
        for sector, report in (turn.report or {}).items():
            write(rows[SECTORS.index(sector)], report)

    return _each_turn(written)


def _losses(row: Numbers, report: SectorReport) -> None:
    row[:] = report.thrust, report.ground_lost, report.regiments_lost, report.ground_regained


def _arrived(row: Numbers, report: SectorReport) -> None:
    row[:] = [report.orders.get(kind, 0) for kind in OrderKind]


def _inquiry(row: Numbers, turn: TurnView) -> None:
    if turn.inquiry is not None:
        row[len(SEATS)] = 1
        _mark_all(row, SEATS, turn.inquiry)


def _obeyed(row: Numbers, turn: TurnView) -> None:
    _mark(row, (False, True), turn.obeyed)


def _by_word(row: Numbers, words: Sequence[object], values: Mapping[Any, int] | None) -> None:
    for word, value in (values or {}).items():
        row[words.index(word)] = value


def _rumour(rows: Numbers, turn: OwnTurn) -> None:
    if turn.rumour is not None:
        _mark(rows[SECTORS.index(turn.rumour.sector)], tuple(Level), turn.rumour.level)


def _reported(row: Numbers, turn: OwnTurn) -> None:
    if turn.has_reported:
        _mark(row, (*SEATS, "silence"), turn.report or "silence")


def _rang(row: Numbers, turn: OwnTurn) -> None:
    if turn.phone_rang:
        _mark(row, (*SECTORS, "no sector"), turn.rang or "no sector")


def _orders(numbers: Numbers, you: You) -> None:
    """What is known of who ordered what. A trace and a confession may tell the same orders: they are not added up."""

    def learn(turn: int, seat: Seat, orders: Iterable[Order]) -> None:
        found = np.zeros(len(ORDERS), np.int8)
        for order in orders:
            found[ORDERS.index(order)] += 1
        row = numbers[turn - 1, place_of(seat)]
        np.maximum(row, found, out=row)

    for number, turn in you.turns.items():
        learn(number, you.seat, (*turn.orders, turn.phone) if turn.phone is not None else turn.orders)
        for seat in {traced.seat for traced in turn.traced or ()}:
            learn(number, seat, (traced.order for traced in turn.traced or () if traced.seat is seat))
        if turn.fact is not None:
            for earlier, orders in enumerate(turn.fact.orders or (), 1):
                learn(earlier, turn.fact.seat, orders)


def _heard(numbers: Numbers, view: View) -> None:
    for paper in view.papers.values():
        saying = _COLUMNS.get(paper.body)
        if paper.channel is Channel.OPEN and paper.author is not None and saying is not None:
            numbers[paper.turn, place_of(paper.author), saying] = 1


_COLUMNS: Final[Mapping[object, int]] = {saying: column for column, saying in enumerate(SAYINGS)}

PARTS: Final = (
    Part("phase", (len(Phase),), lambda row, view: _mark(row, tuple(Phase), view.phase)),
    Part("turn", (1,), _count(lambda view: view.turn)),
    Part("ready", (1,), _count(lambda view: view.ready)),
    Part("seat", (5,), _you(lambda row, you: _mark(row, SEATS, you.seat))),
    Part("role", (5,), _you(lambda row, you: _mark(row, ROLES, you.role))),
    Part("nerve", (1,), _own_count(lambda you: you.nerve)),
    Part("may_denounce", (1,), _own_count(lambda you: you.may_denounce)),
    Part("is_ready", (1,), _own_count(lambda you: you.ready)),
    Part("phone_left", (1,), _own_count(lambda you: you.phone_left)),
    Part("summons_left", (1,), _own_count(lambda you: you.summons_left)),
    Part("patron", (2,), _you(lambda row, you: _mark(row, PATRONS, you.patron))),
    Part("denoted", (5,), _you(lambda row, you: _mark(row, SEATS, you.denoted))),
    Part("roles", (5, 5), _you(_roles)),
    Part("books", (5, len(BOOKS)), _you(_books)),
    Part("phone", (len(ORDERS),), _phone),
    Part("front", (3, 2), _front),
    Part("guns", (3,), lambda row, view: _mark(row, SECTORS, view.guns)),
    Part("officers", (5, 4), _officers),
    Part("spared", (5,), lambda row, view: _mark(row, SEATS, view.spared)),
    Part("directive", (TURNS, len(DirectiveKind) + 3), _each_turn(_directive)),
    Part("prisoner", (TURNS, 5), _each_turn(lambda row, turn: _mark(row, SEATS, turn.prisoner))),
    Part(
        "outcome",
        (TURNS, 3, len(Outcome)),
        _each_report(lambda row, report: _mark(row, tuple(Outcome), report.outcome)),
    ),
    Part("losses", (TURNS, 3, 4), _each_report(_losses)),
    Part("arrived", (TURNS, 3, len(OrderKind)), _each_report(_arrived)),
    Part("obeyed", (TURNS, 2), _each_turn(_obeyed)),
    Part("inquiry", (TURNS, 6), _each_turn(_inquiry)),
    Part("suspicion", (TURNS, 5), _each_turn(lambda row, turn: _by_word(row, SEATS, turn.suspicion))),
    Part("plan", (TURNS, 3), _each_own_turn(lambda row, turn: _by_word(row, SECTORS, turn.plan))),
    Part("rumour", (TURNS, 3, 3), _each_own_turn(_rumour)),
    Part("power", (TURNS, len(USES)), _each_own_turn(lambda row, turn: _mark(row, USES, turn.power))),
    Part("demand", (TURNS, 3), _each_own_turn(lambda row, turn: _mark(row, tuple(DemandKind), turn.demand))),
    Part("answer", (TURNS, len(ANSWERS)), _each_own_turn(lambda row, turn: _mark(row, ANSWERS, turn.answer))),
    Part("reported", (TURNS, 6), _each_own_turn(_reported)),
    Part("rang", (TURNS, 4), _each_own_turn(_rang)),
    Part("orders", (TURNS, 5, len(ORDERS)), _you(_orders)),
    Part("heard", (TURNS + 1, 5, len(SAYINGS)), _heard),
)
"""The observation, part by part. README.md says what each holds."""


def _places() -> dict[str, tuple[int, tuple[int, ...]]]:
    """Where each part begins, and its shape."""
    begins = np.cumsum([0, *(prod(each.shape) for each in PARTS)])
    return {each.name: (int(begin), each.shape) for each, begin in zip(PARTS, begins[:-1], strict=True)}


SIZE: Final = sum(prod(each.shape) for each in PARTS)
"""How many numbers an observation has."""

_PLACES: Final = _places()
