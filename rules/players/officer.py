"""The officer: a player with the sensible habits of each role. It knows its view alone, and speaks by channels alone.

It may be woken any number of times in a phase. On the wire it first talks, then seals and says what it will do, then
listens: it changes its order where others' words make another one clearly better. It never owes a choice for long.
Source: the rulebook, "A match"; what each role wants is in `aims`, what it believes in `plans` and `suspects`.
"""

from collections.abc import Iterable, Iterator

from rules import commands as c
from rules.commands import SeatCommand
from rules.ids import Phase
from rules.orders import Order
from rules.players import accusing, manner, powers, room, talking
from rules.players.aims import aims
from rules.players.estimate import Estimate
from rules.players.lot import Draw, Lot
from rules.players.manner import Voice
from rules.players.plans import plans
from rules.players.reading import Reading, read
from rules.view import Can, View

MESSAGES_A_TURN = 7
"""What an officer says in a turn at most, by all channels together, answers included."""

SECOND_THOUGHTS = 0.35
"""How much better another order has to be before a sealed one is changed: a promise may hang on it."""

A_FAVOUR = 0.25
"""What it is worth to do what somebody has asked for: he may do as much for you."""

A_CALL = 1.2
"""What the phone has to win before it is picked up: calls are few, and ring in Beria's ear."""


def act(view: View, draw: Draw, language: str = "en") -> tuple[SeatCommand, ...]:
    """What a seat does when it is woken with this view: commands to be given in this order. Empty for a watcher.

    `language` is the table's, for words of its own: en or ru.
    """
    if view.you is None or view.can is None or view.phase is Phase.FINISHED:
        return ()
    lot = Lot(draw, f"{view.phase_number}:{len(view.papers)}")
    reading, voice = read(view), Voice(view, language, lot)
    ready = () if view.you.ready else (c.Ready(True),)
    match view.phase:
        case Phase.WIRE:
            return tuple(_briefly(reading, _wire(view, view.can, reading, voice, ready)))
        case Phase.INQUIRY:
            return tuple(_briefly(reading, accusing.inquiry(view, view.can, reading, voice, ready)))
        case Phase.NAMING:
            return (*accusing.naming(view, view.can, reading), *ready)
        case _:
            return ready


def _briefly(reading: Reading, commands: Iterable[SeatCommand]) -> Iterator[SeatCommand]:
    """Nobody reads who talks all night: words above the cap stay unsaid."""
    left = MESSAGES_A_TURN - len(reading.own)
    for command in commands:
        if isinstance(command, c.Speak | c.Sign):
            left -= 1
            if left < 0:
                continue
        yield command


def _wire(
    view: View, can: Can, reading: Reading, voice: Voice, ready: tuple[SeatCommand, ...]
) -> Iterator[SeatCommand]:
    assert view.you is not None, "a watcher does nothing"
    lot = voice.lot
    own = view.you.turns[view.turn]
    if not reading.own and not own.orders and not view.you.ready:
        words = (*manner.opening(view, can, reading, voice), *talking.first_words(view, can, reading, lot))
        if words:
            yield from words
            return
    yield from room.choices(view, can, reading, voice)
    if can.seal is not None:
        yield from _orders(view, can, reading, lot)
        yield from manner.reply(view, can, reading, view.you.turns[view.turn].orders, voice)
    if not view.you.ready:
        yield from powers.choices(view, can, reading, lot)
    yield from ready


def _orders(view: View, can: Can, reading: Reading, lot: Lot) -> Iterator[SeatCommand]:
    assert view.you is not None, "a watcher gives no orders"
    assert can.seal is not None, "only who may seal is asked"
    own = view.you.turns[view.turn]
    estimate = Estimate(view, reading, aims(view), plans(view, reading))
    worth = {order: estimate.worth(order) + 0.06 * lot.below(f"whim {order}", 3) for order in can.seal.orders}
    for wish in reading.wishes.values():
        if wish.order in worth:
            worth[wish.order] += A_FAVOUR
    best = sorted(worth, key=lambda order: -worth[order])[: can.seal.slots]
    if not own.orders:
        yield c.Seal(tuple(best))
        yield from talking.promise(view, can, best, lot)
        yield from talking.wish(view, can, reading, worth, best, lot)
    else:
        sealed = tuple(own.orders)
        gain = sum(worth[order] for order in best) - sum(worth.get(order, 0.0) for order in sealed)
        if gain > SECOND_THOUGHTS:
            yield c.Seal(tuple(best))
            yield from talking.promise(view, can, best, lot)
        yield from talking.answer_wishes(view, can, reading, sealed if gain <= SECOND_THOUGHTS else tuple(best))
    if can.phone and own.phone is None and view.you.phone_left:
        yield from _phone(view, can, estimate, lot)


def _phone(view: View, can: Can, estimate: Estimate, lot: Lot) -> Iterator[SeatCommand]:
    """The phone where it turns a road, or while there is still a call for every turn that is left."""
    assert view.you is not None, "a watcher has no phone"
    assert view.you.phone_left is not None, "only Malenkov has a phone"
    worth: dict[Order, float] = {order: estimate.worth(order, 2.0) for order in can.phone}
    best = max(worth, key=lambda order: worth[order])
    left = view.scenario.turns - view.turn + 1
    if worth[best] > (A_CALL if left > view.you.phone_left else 0.3) and lot.percent(85, "phone"):
        yield c.Phone(best)
