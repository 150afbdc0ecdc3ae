"""A person at the table, as a script: plain words, a bargain, a lie, a promise that is broken. No bot knows of it.

It is Sokol. Each night has what he says before any order is sealed, and what he seals.
"""

from collections.abc import Iterator

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.ids import Channel, OrderKind, Phase, Seat, Sector
from rules.orders import Order
from rules.players.lot import Draw
from rules.view import View

OPENING = {
    1: ["Good evening. Sokol here. What do you all hear of the enemy?", "I will hold the rail."],
    2: ["Luna, will you lay an ambush in the forest?"],
    3: ["I think the river is heavy tonight. Who can fall back there?", "Granit, who are you?"],
    4: ["I will lay mines at the forest."],
    5: ["Volga, thank you. What will you order?"],
    6: ["Beryoza is Malenkov, if you ask me.", "I shall withdraw from the forest."],
    7: ["Last night. Is the rail heavy?", "I will hold the river."],
}
"""On the open wire, by turn."""

LETTERS = {
    1: (Seat.LUNA, "Luna, between us: do you trust Granit?"),
    2: (Seat.GRANIT, "If you hold the forest, I will hold the rail. Agreed?"),
    4: (Seat.VOLGA, "I am Irina. Do not tell anybody."),
    6: (Seat.BERYOZA, "Sorry, nothing personal. What did Moscow write to you?"),
}

ORDERS = {
    1: Order(OrderKind.HOLD, Sector.RAIL),
    2: Order(OrderKind.HOLD, Sector.RAIL),
    3: Order(OrderKind.AMBUSH, Sector.RIVER),
    4: Order(OrderKind.REQUEST, Sector.RIVER),
    5: Order(OrderKind.SMOKE, Sector.FOREST),
    6: Order(OrderKind.WITHDRAW, Sector.FOREST),
    7: Order(OrderKind.HOLD, Sector.RIVER),
}
"""What he really seals: on the fourth night he breaks his word."""

INQUIRY = "Not me. I did what I said."


def act(view: View, draw: Draw) -> tuple[SeatCommand, ...]:
    """His part at one wake; a Player as any other."""
    return tuple(_acts(view)) if view.you is not None and view.can is not None else ()


def _acts(view: View) -> Iterator[SeatCommand]:
    assert view.you is not None, "Sokol has a seat"
    assert view.can is not None, "Sokol may do things"
    own = view.you.turns.get(view.turn)
    spoke = any(paper.author is view.you.seat and paper.turn == view.turn for paper in view.papers.values())
    match view.phase:
        case Phase.WIRE if not spoke and Channel.OPEN in view.can.speak:
            yield from (c.Speak(Channel.OPEN, f.Text(words)) for words in OPENING[view.turn])
            if view.turn in LETTERS and view.can.letter is not None:
                to, words = LETTERS[view.turn]
                yield c.Speak(Channel.LETTER, f.Text(words), to=to)
            return
        case Phase.WIRE if view.can.seal is not None and own is not None and not own.orders:
            yield c.Seal((ORDERS[view.turn],))
        case Phase.INQUIRY if view.can.report and own is not None and not own.has_reported:
            yield c.Speak(Channel.OPEN, f.Text(INQUIRY))
            yield c.Report(view.can.report[-1])
        case Phase.NAMING if view.can.denote and view.you.denoted is None:
            yield c.Denote(view.can.denote[0])
        case _:
            pass
    if view.can.ready and not view.you.ready:
        yield c.Ready(True)
