"""What five people do in a whole match: every channel, every kind of order, every power, the Room, and the naming.

It is played twice at once: by the rules here, and by hand in the browsers. So a test knows at every moment what each
page ought to show. The seed is fixed; with it the front holds long enough for a naming.
"""

from collections.abc import Iterator

from rules import commands as c
from rules import forms as f
from rules.ids import (
    SEATS,
    SECTORS,
    AnswerKind,
    Book,
    Channel,
    DemandKind,
    Level,
    OrderKind,
    Phase,
    PowerKind,
    Role,
    Seat,
    Sector,
)
from rules.orders import Order
from rules.state import State

SEED = "4f98" * 16

Step = tuple[Seat, c.SeatCommand]


def canary(state: State, what: str) -> f.Text:
    """Words that occur nowhere else: whoever may not read them must never hold them."""
    return f.Text(f"kanareyka-{what}-{state.turn_number}")


def roads(state: State) -> tuple[Sector, Sector, Sector]:
    """The sectors by this turn's thrust: main, second, pin."""
    by_strength = sorted(SECTORS, key=lambda sector: -state.turn.thrusts[SECTORS.index(sector)])
    return by_strength[0], by_strength[1], by_strength[2]


def steps(state: State) -> Iterator[Step]:
    """What is done in the phase that is open, in this order; being ready is the test's own business."""
    match state.phase:
        case Phase.WIRE:
            yield from _talk(state)
            yield from _orders(state)
            yield from _powers(state)
        case Phase.INQUIRY:
            yield from _reports(state)
        case Phase.NAMING:
            yield state.seat_of(Role.BERIA), c.Denote(state.seat_of(Role.MALENKOV))
        case _:
            pass


def _talk(state: State) -> Iterator[Step]:
    malenkov, beria, rudenko, irina, pavel = (state.seat_of(role) for role in Role)
    main, second, _ = roads(state)
    match state.turn_number:
        case 1:
            yield irina, c.Speak(Channel.OPEN, f.Text("Good evening, everyone."))
            yield irina, c.Speak(Channel.LETTER, canary(state, "irina-to-malenkov"), to=malenkov)
            yield rudenko, c.Speak(Channel.LETTER, canary(state, "rudenko-to-pavel"), to=pavel)
            yield malenkov, c.Speak(Channel.WIRELESS, canary(state, "staff"), book=Book.STAFF)
            yield rudenko, c.Speak(Channel.WIRELESS, canary(state, "field"), book=Book.FIELD)
            yield pavel, c.Speak(Channel.MOSCOW, canary(state, "to-moscow"))
            yield beria, c.Sign(f.Text("Moscow is listening."))
            yield beria, c.Sign(canary(state, "signed-to-irina"), to=irina)
            yield malenkov, c.Speak(Channel.OPEN, f.Ask(rudenko, Order(OrderKind.SMOKE, main)))
        case 2:
            yield malenkov, c.HandBook(Book.STAFF, rudenko)
            yield irina, c.Speak(Channel.OPEN, f.Thrust(main, Level.HEAVY))
            yield pavel, c.Speak(Channel.OPEN, f.Am(Role.IRINA))
            yield (
                irina,
                c.Speak(
                    Channel.LETTER,
                    f.Offer(f.Will(Order(OrderKind.HOLD, main)), f.Ask(rudenko, Order(OrderKind.WITHDRAW, second))),
                    to=rudenko,
                ),
            )
        case 3 if state.prisoner is not None:
            yield beria, c.Speak(Channel.ROOM, canary(state, "interrogator"))
            yield state.prisoner, c.Speak(Channel.ROOM, canary(state, "prisoner"))
        case _:
            pass


def _orders(state: State) -> Iterator[Step]:
    main, second, pin = roads(state)
    free = [seat for seat in SEATS if seat is not state.prisoner]
    plans = {
        1: [
            Order(OrderKind.GUNS, main),
            Order(OrderKind.MINES, second),
            Order(OrderKind.SMOKE, main),
            Order(OrderKind.REQUEST, pin),
            Order(OrderKind.PAPERWORK),
        ],
        2: [
            Order(OrderKind.AMBUSH, main),
            Order(OrderKind.COUNTERATTACK, main),
            Order(OrderKind.HOLD, main),
            Order(OrderKind.HOLD, main),
            Order(OrderKind.WITHDRAW, second),
        ],
    }
    rudenko = state.seat_of(Role.RUDENKO)
    if state.turn_number > 2 and rudenko in free:
        # He falls back on the main road; the others stand on the second and push forward on the third.
        free = [rudenko, *(seat for seat in free if seat is not rudenko)]
        later = [Order(OrderKind.WITHDRAW, main), *[Order(OrderKind.HOLD, second)] * 2]
    else:
        later = [Order(OrderKind.HOLD, main)] * 2
    plan = plans.get(state.turn_number, [*later, *[Order(OrderKind.COUNTERATTACK, pin)] * 2])
    for seat, order in zip(free, plan, strict=False):
        extra = (Order(OrderKind.HOLD, main),) if state.turn.authority is seat else ()
        yield seat, c.Seal((order, *extra))
    if state.turn_number in (1, 4) and state.prisoner is not state.seat_of(Role.MALENKOV):
        yield state.seat_of(Role.MALENKOV), c.Phone(Order(OrderKind.HOLD, main))


def _powers(state: State) -> Iterator[Step]:
    beria, pavel = state.seat_of(Role.BERIA), state.seat_of(Role.PAVEL)
    accused = _accused(state)
    match state.turn_number:
        case 1:
            yield beria, c.Use(PowerKind.TAP, seat=state.seat_of(Role.IRINA))
            yield pavel, c.OpenEnvelope(1)
        case 2:
            yield beria, c.Use(PowerKind.SUMMON, seat=accused)
            yield pavel, c.Pick(Role.BERIA)
        case 3:
            yield beria, c.Use(PowerKind.TRACE, sector=roads(state)[0])
        case 4:
            yield beria, c.Use(PowerKind.PROTECT, seat=pavel)
        case _:
            pass
    if state.prisoner is not None:
        yield beria, c.Demand(DemandKind.ORDERS)
        yield state.prisoner, c.Answer(AnswerKind.CONFESS)


def _reports(state: State) -> Iterator[Step]:
    accused = _accused(state)
    target = accused if state.spared is not accused else state.seat_of(Role.PAVEL)
    for seat in SEATS:
        if seat is state.prisoner:
            continue
        yield seat, c.Report(None if seat is target else target)


def _accused(state: State) -> Seat:
    """Rudenko stands for it: he will see the Room in the third turn."""
    return state.seat_of(Role.RUDENKO)
