"""What an officer does with what only its role has: Beria's power of the turn, Pavel's envelopes and his patron."""

from collections.abc import Iterator

from rules import commands as c
from rules.commands import SeatCommand, Use
from rules.ids import SEATS, SECTORS, PowerKind, Role
from rules.players.lot import Lot
from rules.players.plans import plans
from rules.players.reading import Reading
from rules.view import Can, View

AFRAID = 5
"""The suspicion from which Beria thinks of himself first."""

BEARABLE = 1.4
"""Lines and regiments lost, and suspicion, up to which Pavel still bets on a front that holds."""


def choices(view: View, can: Can, reading: Reading, lot: Lot) -> Iterator[SeatCommand]:
    """Whatever of it is offered."""
    assert view.you is not None, "a watcher has no powers"
    if can.use and view.you.turns[view.turn].power is None:
        yield _power(view, can, reading, lot)
    if can.open_envelope:
        yield c.OpenEnvelope(_envelope(view, can, lot))


def _power(view: View, can: Can, reading: Reading, lot: Lot) -> Use:
    """Summon who is likely Malenkov, trace the road where the phone may ring, tap, and look after oneself."""
    assert view.you is not None, "Beria has a seat"
    chances = reading.malenkov
    by_kind: dict[PowerKind, list[Use]] = {kind: [] for kind in PowerKind}
    for use in can.use:
        by_kind[use.power].append(use)
    if view.officers[view.you.seat].suspicion >= AFRAID and by_kind[PowerKind.PROTECT]:
        return next(use for use in by_kind[PowerKind.PROTECT] if use.seat is view.you.seat)
    called = [use for use in by_kind[PowerKind.SUMMON] if use.seat is not None and 0.2 < chances[use.seat] < 0.97]
    if called and lot.percent(85, "summon"):
        return lot.most("whom to call", called, lambda use: chances[use.seat] if use.seat is not None else 0.0)
    if by_kind[PowerKind.TRACE] and lot.percent(45, "trace"):
        likeliest = plans(view, reading)[0][1]
        road = SECTORS[max(range(3), key=lambda place: likeliest[place])]
        return next(use for use in by_kind[PowerKind.TRACE] if use.sector is road)
    if by_kind[PowerKind.PROTECT] and lot.percent(20, "protect"):
        trusted = lot.most("trusted", SEATS, lambda seat: 0.05 * view.officers[seat].suspicion - chances[seat])
        return next(use for use in by_kind[PowerKind.PROTECT] if use.seat is trusted)
    taps = by_kind[PowerKind.TAP]
    if taps:
        return lot.most("whom to tap", taps, lambda use: chances[use.seat] if use.seat is not None else 0.0)
    return lot.choose("any power", can.use)


def _envelope(view: View, can: Can, lot: Lot) -> int:
    """A letter of this turn, one between the two that he knows if there is one."""
    assert view.you is not None, "Pavel has a seat"
    assert view.you.envelopes is not None, "Pavel has envelopes"
    pair = {seat for known in view.you.known for seat in known.seats}
    of_note = [
        number
        for number in can.open_envelope
        if view.you.envelopes[number].turn == view.turn
        and pair & {view.you.envelopes[number].author, view.you.envelopes[number].to}
    ]
    return lot.choose("envelope", of_note or can.open_envelope)


def patron(view: View) -> Role:
    """Malenkov where the front is likely to hold and neither of the two that he may be has a thick file; else Beria."""
    assert view.you is not None, "Pavel has a seat"
    lost = sum(sector.ground_at_start - sector.ground for sector in view.front.values())
    fallen = 3 * view.scenario.front.regiments - sum(sector.regiments for sector in view.front.values())
    pair = [seat for known in view.you.known for seat in known.seats]
    worst = max((view.officers[seat].suspicion for seat in pair), default=0)
    return Role.MALENKOV if lost + 0.7 * fallen + 0.5 * worst <= BEARABLE else Role.BERIA
