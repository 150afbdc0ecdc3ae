"""Every legal command of a seat, as data, by `rules.gates`: clients and bots choose from it and derive nothing.

Source: the rulebook, "The wire", "Orders", "Inquiry", "Summons and the Room", "Powers".
"""

from functools import cache

from rules import gates
from rules.commands import Answer, Use
from rules.ids import SEATS, SECTORS, AnswerKind, Channel, OrderKind, PowerKind, Role, Seat, place_of
from rules.orders import Order
from rules.state import State
from rules.view import Can, CanHand, CanPost, CanSeal, CanWireless


def can(state: State, seat: Seat) -> Can:
    """What the seat may do now. Bodies of messages are the seat's own; their limits stand in the scenario."""
    return Can(
        speak=tuple(c for c in _PLAIN if gates.why_not_speak(state, seat, c) is None),
        letter=_letter(state, seat),
        sign=_sign(state, seat),
        wireless=_wireless(state, seat),
        hand_book=_hand_book(state, seat),
        seal=_seal(state, seat),
        phone=all_orders(state) if gates.why_not_phone(state, seat) is None else (),
        use=uses(state, seat) if gates.why_not_use(state, seat) is None else (),
        open_envelope=_envelopes(state) if gates.why_not_open(state, seat) is None else (),
        pick=(Role.MALENKOV, Role.BERIA) if gates.why_not_pick(state, seat) is None else (),
        demand=state.scenario.demands if gates.why_not_demand(state, seat) is None else (),
        answer=answers(state, seat) if gates.why_not_answer(state, seat) is None else (),
        report=nameable(state, seat) if gates.why_not_report(state, seat) is None else (),
        denote=others(seat) if gates.why_not_denote(state, seat) is None else (),
        ready=gates.why_not_ready(state) is None,
    )


_PLAIN = (Channel.OPEN, Channel.MOSCOW, Channel.ROOM)


@cache
def others(seat: Seat) -> tuple[Seat, ...]:
    """All seats but this one."""
    return tuple(other for other in SEATS if other is not seat)


def all_orders(state: State) -> tuple[Order, ...]:
    """Every order that is in play."""
    return _orders_of(state.scenario.orders)


@cache
def _orders_of(kinds: tuple[OrderKind, ...]) -> tuple[Order, ...]:
    placed = [Order(kind, sector) for kind in kinds if kind is not OrderKind.PAPERWORK for sector in SECTORS]
    return (*placed, *([Order(OrderKind.PAPERWORK)] if OrderKind.PAPERWORK in kinds else []))


def slots(state: State, seat: Seat) -> int:
    """How many orders a seat may seal: two with authority."""
    return 2 if state.turn.authority is seat else 1


def uses(state: State, seat: Seat) -> tuple[Use, ...]:
    """Every use of Beria's power of the turn that is in play."""
    found: list[Use] = []
    for power in state.scenario.powers:
        match power:
            case PowerKind.TAP:
                found += [Use(power, seat=other) for other in others(seat)]
            case PowerKind.TRACE:
                found += [Use(power, sector=sector) for sector in SECTORS]
            case PowerKind.PROTECT:
                found += [Use(power, seat=other) for other in SEATS]
            case PowerKind.SUMMON if state.summons_left:
                found += [Use(power, seat=other) for other in others(seat) if _may_be_called(state, other)]
            case _:
                pass
    return tuple(found)


def may_be_summoned(state: State, seat: Seat) -> bool:
    """Whether a seat has rested from the Room and there is a next turn for it to spend there."""
    rested = state.turn_number - state.scenario.moscow.rest
    return state.turn_number < state.scenario.turns and all(turn <= rested for turn in state.officer(seat).rooms)


def _may_be_called(state: State, seat: Seat) -> bool:
    """By what is published: the file's true value is nobody's to know before the turn ends."""
    return may_be_summoned(state, seat) and state.officer(seat).shown >= state.scenario.moscow.beria_summons_from


def answers(state: State, seat: Seat) -> tuple[Answer, ...]:
    """What a prisoner may choose."""
    officer = state.officer(seat)
    found = [Answer(AnswerKind.CONFESS)]
    if officer.nerve:
        found.append(Answer(AnswerKind.ENDURE))
    if not officer.has_denounced:
        found += [Answer(AnswerKind.DENOUNCE, other) for other in others(seat)]
    return tuple(found)


def nameable(state: State, seat: Seat) -> tuple[Seat, ...]:
    """Whom a seat may name to the inquiry: not itself, nor who alone was most-named last time."""
    return tuple(other for other in others(seat) if other is not state.spared)


def _letter(state: State, seat: Seat) -> CanPost | None:
    if gates.why_not_speak(state, seat, Channel.LETTER):
        return None
    left = state.scenario.wire.letters - gates.seat_turn(state, seat).letters
    return CanPost(left=left, to=others(seat), all=False)


def _sign(state: State, seat: Seat) -> CanPost | None:
    if gates.why_not_sign(state, seat):
        return None
    return CanPost(left=state.scenario.wire.signed - state.turn.signed, to=others(seat), all=True)


def _wireless(state: State, seat: Seat) -> CanWireless | None:
    books = state.officer(seat).books
    if gates.why_not_speak(state, seat, Channel.WIRELESS) or not books:
        return None
    return CanWireless(left=state.scenario.wire.wireless - len(gates.seat_turn(state, seat).lines), books=books)


def _hand_book(state: State, seat: Seat) -> CanHand | None:
    books = state.officers[place_of(seat)].books
    if gates.why_not_hand_book(state, seat) or not books:
        return None
    return CanHand(books=books, to=others(seat))


def _seal(state: State, seat: Seat) -> CanSeal | None:
    if gates.why_not_seal(state, seat):
        return None
    return CanSeal(slots=slots(state, seat), orders=all_orders(state))


def _envelopes(state: State) -> tuple[int, ...]:
    read = state.papers_of(state.seat_of(Role.PAVEL))
    return tuple(n for n, place in enumerate(state.envelopes, 1) if place not in read)
