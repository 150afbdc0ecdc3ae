"""The course of a match: what the opening of a turn draws, and what happens, in which order, as a phase closes.

Source: the rulebook, "A match", "Start of a turn" and "Resolution" (order of effects).
"""

from rules import events as e
from rules import front, inquiry, interrogation, judgement, lots, press, wireless
from rules.commands import Use
from rules.forms import Line
from rules.ids import (
    LEVELS,
    SEATS,
    SECTORS,
    Channel,
    DirectiveKind,
    OrderKind,
    Phase,
    PowerKind,
    Role,
    Seat,
    Sector,
    level_of,
)
from rules.minutes import Minutes
from rules.orders import Directive
from rules.state import Message, Rumour, State, TracedOrder

MOSCOW_LINES = ("line-1", "line-2", "line-3", "line-4", "line-5", "line-6", "line-7", "line-8")
"""Keys of the lines that go out by themselves, so that Beria's silence tells nothing."""


def close(minutes: Minutes) -> None:
    """The clock ends the phase that is open."""
    match minutes.state.phase:
        case Phase.DEAL:
            _open_turn(minutes, prisoner=None, authority=None)
        case Phase.WIRE:
            _close_wire(minutes)
        case Phase.INQUIRY:
            inquiry.close(minutes)
            _end_turn(minutes)
        case Phase.NAMING:
            judgement.close_naming(minutes)
            judgement.finish(minutes)
        case Phase.FINISHED:
            pass


def _seed(state: State) -> bytes:
    return bytes.fromhex(state.seed)


def _open_turn(minutes: Minutes, prisoner: Seat | None, authority: Seat | None) -> None:
    state = minutes.state
    number, numbers, seed = state.turn_number + 1, state.scenario.front, _seed(state)
    strengths = (numbers.main[number - 1], numbers.second[number - 1], numbers.pin[number - 1])
    main, second, pin = lots.shuffled(seed, f"plan:{number}", SECTORS)
    plan = dict(zip((main, second, pin), strengths, strict=True))
    thrusts = (plan[Sector.RIVER], plan[Sector.FOREST], plan[Sector.RAIL])
    rumours = tuple(
        None if state.officer(seat).role is Role.IRINA else _rumour(state, number, seat, plan) for seat in SEATS
    )
    directive = _directive(state, number, (main, second, pin))
    minutes.note(e.TurnOpened(number, thrusts, directive, rumours, prisoner, authority))
    interrogation.demand_of_plain_suit(minutes)
    line = Line(lots.choose(seed, f"moscow:{number}", MOSCOW_LINES))
    minutes.note(e.Spoke(Message(turn=number, channel=Channel.MOSCOW, body=line, signed=True)))


def _rumour(state: State, number: int, seat: Seat, plan: dict[Sector, int]) -> Rumour:
    seed, purpose = _seed(state), f"rumour:{number}:{seat}"
    sector = lots.choose(seed, f"{purpose}:sector", SECTORS)
    truth = level_of(plan[sector])
    if lots.chance(seed, f"{purpose}:truth", state.scenario.front.rumour_true_thirds, 3):
        return Rumour(sector, truth)
    return Rumour(sector, lots.choose(seed, f"{purpose}:level", [level for level in LEVELS if level is not truth]))


def _directive(state: State, number: int, roads: tuple[Sector, Sector, Sector]) -> Directive:
    seed, moscow = _seed(state), state.scenario.moscow
    weights = [(kind, moscow.directives.get(kind, 0)) for kind in DirectiveKind]
    kind = lots.weighted(seed, f"directive:{number}", weights)
    if kind in (DirectiveKind.GUNS_FROZEN, DirectiveKind.PAPERWORK):
        return Directive(kind)
    shares = (moscow.names_main, moscow.names_second, 100 - moscow.names_main - moscow.names_second)
    return Directive(kind, lots.weighted(seed, f"directive:{number}:sector", list(zip(roads, shares, strict=True))))


def _close_wire(minutes: Minutes) -> None:
    state = minutes.state
    minutes.note(e.WireClosed(tuple(_sheet(state, seat) for seat in SEATS)))
    if state.patron is None and state.turn_number >= state.scenario.moscow.patron_by:
        minutes.note(e.PatronPicked(Role.MALENKOV))
    _carry_out(minutes)
    _ring_and_trace(minutes)
    _file_requests_and_paperwork(minutes)
    match state.turn.power:
        case Use(power=PowerKind.PROTECT, seat=Seat() as seat):
            minutes.suspect(seat, -state.scenario.moscow.protect, "protected")
        case _:
            pass
    interrogation.end_room(minutes)
    if minutes.state.turn.obeyed:
        _end_turn(minutes)
    else:
        minutes.note(e.InquiryOpened())


def _sheet(state: State, seat: Seat) -> tuple[str, ...]:
    """The seat's lines of the turn, real ones in cipher, the others noise: all of one length."""
    real = {
        m.line: m
        for m in state.messages
        if m.turn == state.turn_number and m.author is seat and m.channel is Channel.WIRELESS
    }
    lines = []
    for line in range(state.scenario.wire.wireless):
        number, groups = f"{state.turn_number}:{seat}:{line}", state.scenario.wire.wireless_groups
        if line in real:
            secret = lots.draw(_seed(state), f"book:{real[line].book}", 0)
            lines.append(wireless.encrypt(press.written(state, real[line].body), secret, number, groups))
        else:
            lines.append(wireless.noise(_seed(state), number, groups))
    return tuple(lines)


def arrived(state: State) -> tuple[front.Arrived, ...]:
    """All orders of the turn as the front receives them: whose they are matters for Rudenko's withdrawals alone."""
    found = []
    for seat, turn in zip(SEATS, state.turn.seats, strict=True):
        rudenkos = state.officer(seat).role is Role.RUDENKO
        found += [front.Arrived(order, rudenkos=rudenkos) for order in turn.orders]
    if state.turn.phone is not None:
        found.append(front.Arrived(state.turn.phone, weight=2))
    return tuple(found)


def _carry_out(minutes: Minutes) -> None:
    state = minutes.state
    position = front.Position(
        thrusts=state.turn.thrusts,
        ground=state.ground,
        regiments=state.regiments,
        mines=state.mines,
        guns=state.guns,
        bridge_blown=state.bridge_blown,
    )
    orders = arrived(state)
    after = front.resolve(state.scenario.front, position, orders)
    obeyed = front.was_obeyed(state.turn.directive, after.report, orders)
    minutes.note(
        e.FrontReported(
            report=after.report,
            obeyed=obeyed,
            ground=after.ground,
            regiments=after.regiments,
            mines=after.mines,
            bridge_blown=after.bridge_blown,
            guns=after.guns,
        )
    )


def _ring_and_trace(minutes: Minutes) -> None:
    state = minutes.state
    if state.turn.phone is not None:
        minutes.note(e.PhoneRang(state.turn.phone.sector))
    match state.turn.power:
        case Use(power=PowerKind.TRACE, sector=Sector() as sector):
            minutes.note(e.Traced(_found(state, sector)))
        case _:
            pass


def _found(state: State, sector: Sector) -> tuple[TracedOrder, ...]:
    """Who ordered what in a sector, phone orders as orders of their seat; nothing under smoke."""
    there = [
        TracedOrder(seat, order)
        for seat in SEATS
        for order in state.orders_given(seat, state.turn)
        if order.sector is sector
    ]
    return () if any(t.order.kind is OrderKind.SMOKE for t in there) else tuple(there)


def _file_requests_and_paperwork(minutes: Minutes) -> None:
    """A phone order counts as two of its kind here as well: two tickets in the lot, two entries in the file."""
    state = minutes.state
    moscow = state.scenario.moscow
    given = [
        (seat, order, 2 if place == len(state.turn.seats[SEATS.index(seat)].orders) else 1)
        for seat in SEATS
        for place, order in enumerate(state.orders_given(seat, state.turn))
    ]
    requests = [(seat, order.sector, weight) for seat, order, weight in given if order.kind is OrderKind.REQUEST]
    if state.turn.obeyed:
        tickets = [((seat, sector), weight) for seat, sector, weight in requests if sector is not None]
        if tickets:
            seat, sector = lots.weighted(_seed(state), f"request:{state.turn_number}", tickets)
            minutes.note(e.RequestGranted(sector, seat))
    else:
        for seat, _, weight in requests:
            minutes.suspect(seat, weight * moscow.refused_request, "refused_request")
    for seat, order, weight in given:
        if order.kind is OrderKind.PAPERWORK:
            minutes.suspect(seat, -weight * moscow.paperwork, "paperwork")


def _end_turn(minutes: Minutes) -> None:
    """Publication, breach, summons; then the next turn, or the end."""
    state = minutes.state
    minutes.note(e.Published(tuple(officer.suspicion for officer in state.officers)))
    if state.is_breached() or state.turn_number == state.scenario.turns:
        interrogation.release(minutes)
        if state.is_breached():
            judgement.finish(minutes)
        else:
            minutes.note(e.NamingOpened())
        return
    interrogation.summon(minutes)
    interrogation.release(minutes)
    _open_turn(minutes, prisoner=minutes.state.turn.summoned, authority=state.prisoner)
