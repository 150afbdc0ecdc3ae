"""What an officer does in the Room, on either side of the table. Source: the rulebook, "Summons and the Room"."""

from collections.abc import Iterator

from rules import commands as c
from rules import forms as f
from rules.commands import Answer, SeatCommand
from rules.ids import SEATS, AnswerKind, Channel, DemandKind, Role, Seat
from rules.players.lot import Lot
from rules.players.manner import Voice
from rules.players.reading import Reading
from rules.players.voices import Occasion
from rules.view import Can, View


def choices(view: View, can: Can, reading: Reading, voice: Voice) -> Iterator[SeatCommand]:
    """The demand of who asks, the answer of who is asked."""
    assert view.you is not None, "a watcher is not in the Room"
    lot = voice.lot
    if can.demand:
        yield c.Demand(_demand(view, can, reading, lot))
    if can.answer and (view.you.turns[view.turn].answer is None or lot.one_in(4, "think again")):
        yield _answer(view, can, lot)
    said = any(paper.channel is Channel.ROOM for paper in reading.own)
    if Channel.ROOM in can.speak and not said and lot.percent(70, "say something"):
        yield c.Speak(Channel.ROOM, _words(view, reading, voice))


def _words(view: View, reading: Reading, voice: Voice) -> f.Said:
    """The prisoner says that he is somebody harmless, or points elsewhere; who asks says whom he takes him for."""
    assert view.you is not None, "a watcher is not in the Room"
    lot, is_prisoner = voice.lot, view.prisoner is view.you.seat
    if lot.percent(50, "in words"):
        return voice.words(Occasion.IN_ROOM if is_prisoner else Occasion.PRESS_ROOM)
    if is_prisoner:
        others = [seat for seat in SEATS if seat is not view.you.seat]
        elsewhere = f.Suspect(lot.choose("elsewhere", others), Role.MALENKOV)
        return f.Am(Role.RUDENKO) if lot.percent(60, "harmless") else elsewhere
    return f.Suspect(view.prisoner or SEATS[0], Role.MALENKOV)


def _demand(view: View, can: Can, reading: Reading, lot: Lot) -> DemandKind:
    """Who he is, mostly; of a seat that is known, what it did."""
    chance = reading.malenkov[view.prisoner] if view.prisoner else 0.0
    if not 0.02 < chance < 0.98 and DemandKind.ORDERS in can.demand:
        return DemandKind.ORDERS
    wanted = DemandKind.ROLE if lot.percent(75, "who he is") else DemandKind.BOOKS
    return wanted if wanted in can.demand else can.demand[0]


def _answer(view: View, can: Can, lot: Lot) -> Answer:
    """Malenkov and his own keep silent as long as they can; who has nothing to hide buys his file clean."""
    assert view.you is not None, "the prisoner has a seat"
    you, demand = view.you, view.you.turns[view.turn].demand
    by_kind = {answer.choice: answer for answer in can.answer}
    hides = you.role is Role.MALENKOV or (
        you.role is Role.PAVEL and you.patron is not Role.BERIA and lot.percent(50, "his")
    )
    hides = hides or (you.role is Role.IRINA and lot.percent(60, "hers"))
    if you.role is Role.MALENKOV and demand is DemandKind.ORDERS and you.phone_left == view.scenario.wire.phone:
        hides = False
    if not hides:
        return by_kind[AnswerKind.CONFESS]
    if AnswerKind.ENDURE in by_kind:
        return by_kind[AnswerKind.ENDURE]
    denounced = [
        answer for answer in can.answer if answer.choice is AnswerKind.DENOUNCE and not _is_mine(view, answer.seat)
    ]
    return lot.choose("whom", denounced) if denounced else by_kind[AnswerKind.CONFESS]


def _is_mine(view: View, seat: Seat | None) -> bool:
    assert view.you is not None, "the prisoner has a seat"
    return any(seat in known.seats for known in view.you.known)
