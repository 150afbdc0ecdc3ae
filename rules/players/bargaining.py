"""How a strategist asks: a bargain in a letter, a plea on the open wire, and its claims in words of its own.

What it says in words its listeners read as the same forms. A promise stays a form: the ledger keeps it.
"""

from collections.abc import Iterator

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.ids import Channel
from rules.orders import Order
from rules.players.lot import Lot
from rules.players.manner import Voice
from rules.players.reading import Reading, free_others
from rules.players.voices import Occasion
from rules.view import Can, View

ASKED = 2
"""How many seats are asked for an order in one turn: who asks everybody is heard by nobody."""

IN_WORDS = 60
"""How many of a hundred claims and pleas are put in words of its own instead of forms."""


def wishes(
    view: View, can: Can, reading: Reading, worth: dict[Order, float], own: tuple[Order, ...], lot: Lot
) -> Iterator[SeatCommand]:
    """A bargain for the next best order, and a plea to another seat; those first who have promised nothing."""
    assert view.you is not None, "a watcher asks for nothing"
    promised = {order for orders in reading.wills.values() for order in orders}
    missing = (order for order in worth if order not in own and order not in promised and worth[order] > 0)
    wanted = sorted(missing, key=lambda order: -worth[order])
    by_lot = {seat: lot.below(f"ask {seat}", 1000) for seat in free_others(view, view.you)}
    others = sorted(by_lot, key=lambda seat: (seat in reading.wills, by_lot[seat]))
    for number, (seat, order) in enumerate(zip(others[:ASKED], wanted, strict=False)):
        if number == 0 and can.letter is not None and can.letter.left:
            yield c.Speak(Channel.LETTER, f.Offer(f.Will(own[0]), f.Will(order)), to=seat)
        elif Channel.OPEN in can.speak:
            yield c.Speak(Channel.OPEN, f.Ask(seat, order))


def aloud(command: SeatCommand, number: int, voice: Voice) -> SeatCommand:
    """The same in words, now and then. `number`: its place among the commands of a wake."""
    if not isinstance(command, c.Speak) or command.channel not in (Channel.OPEN, Channel.LETTER):
        return command
    words = _words(command.body, voice) if voice.lot.percent(IN_WORDS, f"in words {number}") else None
    return command if words is None else c.Speak(command.channel, words, to=command.to)


def _words(said: f.Said, voice: Voice) -> f.Text | None:
    match said:
        case f.Thrust(sector, level):
            return voice.words(Occasion.CLAIM, sector=sector, level=level)
        case f.Ask(seat, order):
            return voice.words(Occasion.ASK, seat=seat, order=order)
        case _:
            return None
