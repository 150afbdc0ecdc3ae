"""The promise ledger: what was promised and claimed in forms, checked against what was done and what was true.

Forms bind nobody; this is read when the file is opened. Source: the rulebook, "The wire" (forms).
"""

from collections.abc import Iterator
from itertools import count

from rules.forms import Agree, Am, Ask, Body, Name, Offer, Suspect, Term, Thrust, Will
from rules.ids import SECTORS, Seat, level_of, place_of
from rules.orders import Order
from rules.state import Message, State, Turn
from rules.view import Promise


def ledger(state: State) -> tuple[Promise, ...]:
    """Every entry, in the order in which the words were said."""
    entries: list[Promise] = []
    for number, message in zip(count(1), state.messages, strict=False):
        if message.author is not None:
            entries += _entries(state, number, message, message.author)
    return tuple(entries)


def _entries(state: State, number: int, message: Message, author: Seat) -> Iterator[Promise]:
    match message.body:
        case Thrust() | Am() | Will():
            yield _promise(state, number, message.turn, author, message.body)
        case Agree(message=int() as place):
            yield from _agreed(state, number, message, author, state.messages[place])
        case _:
            pass


def _agreed(state: State, number: int, yes: Message, agreeing: Seat, offered: Message) -> Iterator[Promise]:
    """An ask binds the seat that it was put to; a bargain binds its giver to `give` and whoever agrees to `want`."""
    match offered.body:
        case Ask(seat=seat, order=order) if seat is agreeing:
            yield _promise(state, number, yes.turn, agreeing, Will(order))
        case Offer(give=give, want=want) if offered.author is not None and offered.author is not agreeing:
            yield from _side(state, number, yes.turn, offered.author, give)
            yield from _side(state, number, yes.turn, agreeing, want)
        case _:
            pass


def _side(state: State, number: int, turn: int, by: Seat, term: Term) -> Iterator[Promise]:
    match term:
        case Ask(seat=seat, order=order):
            if seat is by:
                yield _promise(state, number, turn, by, Will(order))
        case Suspect():
            pass
        case Will() | Name() | Thrust() | Am():
            yield _promise(state, number, turn, by, term)


def _promise(state: State, number: int, turn: int, by: Seat, what: Body) -> Promise:
    return Promise(message=number, turn=turn, by=by, what=what, kept=_was_kept(state, turn, by, what))


def _was_kept(state: State, turn: int, by: Seat, what: Body) -> bool | None:
    """None where there was nothing to test it by: said outside a turn, or a name without an inquiry."""
    if isinstance(what, Am):
        return state.officer(by).role is what.role
    if not 1 <= turn <= state.turn_number:
        return None
    record = state.turns[turn - 1]
    match what:
        case Thrust(sector, level):
            return level_of(record.thrusts[SECTORS.index(sector)]) is level
        case Will(order):
            return _was_given(state, by, record, order)
        case Name(seat):
            return record.seats[place_of(by)].report is seat if record.inquiry is not None else None
        case _:
            return None


def _was_given(state: State, by: Seat, record: Turn, order: Order) -> bool | None:
    """A turn that was never carried out tests no promise."""
    return order in state.orders_given(by, record) if record.report else None
