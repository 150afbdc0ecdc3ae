"""From a described position to a state: events that lead near it are folded, the rest is set. No rule is judged."""

from msgspec.structs import replace

from rules.cases.book import SEATING, Given, scenario_of
from rules.cases.script import directive_of, order_of
from rules.events import Dealt, InquiryOpened, NamingOpened, TurnOpened
from rules.evolve import begin, evolve
from rules.ids import SEATS, Phase, place_of
from rules.lots import commitment
from rules.orders import Directive
from rules.state import Officer, Rumour, SeatTurn, State, Turn


def position_of(given: Given) -> State:
    """The state that a position describes."""
    seed, salt = given.seed.to_bytes(32, "big"), bytes(32)
    state = begin(
        Dealt(
            scenario=scenario_of(given.scenario),
            seed=seed.hex(),
            salt=salt.hex(),
            commitment=commitment(seed, salt),
            roles=tuple(SEATING[seat] for seat in SEATS),
        )
    )
    if given.phase is not Phase.DEAL:
        for number in range(1, given.turn + 1):
            state = evolve(state, _opened(given, number))
        state = replace(state, turns=tuple(_with_earlier_orders(given, turn) for turn in state.turns))
    if given.phase is Phase.INQUIRY:
        state = evolve(state, InquiryOpened())
    if given.phase is Phase.NAMING:
        state = evolve(state, NamingOpened())
    return _set(state, given)


def _opened(given: Given, number: int) -> TurnOpened:
    nothing_heard: tuple[Rumour | None, ...] = (None,) * len(SEATS)
    if number < given.turn:
        return TurnOpened(number, (1, 1, 1), directive_of("hold river"), nothing_heard)
    directive: Directive = directive_of(given.directive)
    return TurnOpened(number, given.thrusts, directive, nothing_heard, given.prisoner, given.authority)


def _with_earlier_orders(given: Given, turn: Turn) -> Turn:
    seats: list[SeatTurn] = []
    for seat, record in zip(SEATS, turn.seats, strict=True):
        orders = given.earlier.get(seat, ())
        known = turn.number <= len(orders)
        seats.append(replace(record, orders=(order_of(orders[turn.number - 1]),)) if known else record)
    return replace(turn, seats=tuple(seats))


def _set(state: State, given: Given) -> State:
    return replace(
        state,
        officers=tuple(_officer(state, given, officer) for officer in state.officers),
        ground=given.ground or state.ground,
        regiments=given.regiments or state.regiments,
        mines=given.mines,
        bridge_blown=given.bridge_blown,
        guns=given.guns,
        phone_left=state.phone_left if given.phone_left is None else given.phone_left,
        summons_left=state.summons_left if given.summons_left is None else given.summons_left,
        spared=given.spared,
        patron=given.patron,
    )


def _officer(state: State, given: Given, officer: Officer) -> Officer:
    seat = state.seat_of(officer.role)
    suspicion = given.suspicion.get(seat, 0)
    return replace(
        officer,
        suspicion=suspicion,
        shown=given.published.get(seat, suspicion),
        nerve=given.nerve.get(seat, officer.nerve),
        books=given.books.get(seat, officer.books),
        rooms=(*given.rooms.get(seat, ()), *state.officers[place_of(seat)].rooms),
        has_denounced=seat in given.denounced,
    )
