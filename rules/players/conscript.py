"""The conscript: a player who does anything legal at random, so that an empty seat never stops a match.

It decides from its view alone and knows no state. It may be woken any number of times in a phase and does a little each
time, by what its view says is still open: at the first wake of a wire it talks; while it owes a choice it makes all its
choices and says ready; after that it may add a word, up to MESSAGES_A_TURN. Most later wakes answer with nothing.
Source: the rulebook, "Scenarios and settings" (bots see only views and speak only through channels).
"""

from collections.abc import Callable, Iterator
from functools import partial

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.ids import LEVELS, ROLES, SEATS, SECTORS, Channel, Phase
from rules.players.lot import Draw, Lot
from rules.view import Can, View

MESSAGES_A_TURN = 3
FIRST_WORDS = 2
MUTTERINGS = ("?", "!", "...", "19?")
"""Words that need no language, for the rare moment when it uses no form."""


def act(view: View, draw: Draw, language: str = "en") -> tuple[SeatCommand, ...]:
    """What a seat does when it is woken with this view: commands to be given in this order. Empty for a watcher.

    `language` is the table's; a conscript has no words of it.
    """
    if view.you is None or view.can is None or view.phase is Phase.FINISHED:
        return ()
    said = _said_this_turn(view)
    lot = Lot(draw, f"{view.phase_number}:{len(view.papers)}:{view.ready}")
    if view.phase is Phase.WIRE and said == 0 and not view.you.ready:
        words = tuple(_words(view, view.can, lot, lot.below("first words", FIRST_WORDS) + 1))
        if words:
            return words
    ready = () if view.you.ready else (c.Ready(True),)
    if any(not owed.done for owed in view.owed):
        return (*_choices(view, view.can, lot), *ready)
    may_talk = view.phase in (Phase.WIRE, Phase.INQUIRY) and said < MESSAGES_A_TURN
    last_words = tuple(_words(view, view.can, lot, 1)) if may_talk and lot.one_in(2, "last words") else ()
    return (*last_words, *ready)


def _said_this_turn(view: View) -> int:
    assert view.you is not None, "a watcher says nothing"
    return sum(paper.turn == view.turn and paper.author is view.you.seat for paper in view.papers.values())


def _choices(view: View, can: Can, lot: Lot) -> Iterator[SeatCommand]:
    """Everything it decides in a phase, in one breath. A list in `can` that is empty offers nothing."""
    if can.demand:
        yield c.Demand(lot.choose("demand", can.demand))
    if can.answer:
        kinds = sorted({answer.choice for answer in can.answer})
        kind = lot.choose("answer", kinds)
        yield lot.choose("answer to whom", [answer for answer in can.answer if answer.choice is kind])
    if can.pick and (lot.one_in(3, "pick now") or any(owed.what == "patron" for owed in view.owed)):
        yield c.Pick(lot.choose("patron", can.pick))
    if can.hand_book is not None and lot.one_in(6, "hand a book"):
        yield c.HandBook(lot.choose("book", can.hand_book.books), lot.choose("taker", (*can.hand_book.to, None)))
    if can.open_envelope:
        yield c.OpenEnvelope(lot.choose("envelope", can.open_envelope))
    if can.use:
        power = lot.choose("power", sorted({use.power for use in can.use}))
        yield lot.choose("power on whom", [use for use in can.use if use.power is power])
    if can.phone and lot.one_in(3, "phone"):
        yield c.Phone(lot.choose("phone order", can.phone))
    if can.seal is not None:
        slots = range(can.seal.slots)
        yield c.Seal(tuple(lot.choose(f"order {slot}", can.seal.orders) for slot in slots))
    if can.report:
        yield c.Report(None if lot.one_in(4, "silence") else lot.choose("report", can.report))
    if can.denote:
        yield c.Denote(lot.choose("name", can.denote))


def _words(view: View, can: Can, lot: Lot, count: int) -> Iterator[SeatCommand]:
    """So many messages, each by a way of speaking that it has not used up in this breath."""
    ways = list(_ways(can, lot))
    for number in range(min(count, len(ways))):
        way = ways.pop(lot.below(f"way {number}", len(ways)))
        yield way(_body(view, can, lot, number))


def _ways(can: Can, lot: Lot) -> Iterator[Callable[[f.Said], SeatCommand]]:
    yield from (partial(c.Speak, channel) for channel in can.speak)
    if can.letter is not None:
        to = lot.choose("letter to", can.letter.to)
        yield lambda body: c.Speak(Channel.LETTER, body, to=to)
    if can.wireless is not None:
        book = lot.choose("wireless book", can.wireless.books)
        yield lambda body: c.Speak(Channel.WIRELESS, body, book=book)
    if can.sign is not None:
        receiver = lot.choose("sign to", (*can.sign.to, None))
        yield lambda body: c.Sign(body, to=receiver)


def _body(view: View, can: Can, lot: Lot, number: int) -> f.Said:
    """A form, now and then a muttering; an answer where there is something to answer."""
    kind = lot.below(f"kind {number}", 12)
    if kind == 0:
        return f.Text(lot.choose(f"muttering {number}", MUTTERINGS))
    if kind <= 3 and view.papers:
        answered = lot.choose(f"answered {number}", tuple(view.papers))
        return f.Agree(answered) if lot.one_in(2, f"agree {number}") else f.Refuse(answered)
    if kind == 4:
        return f.Offer(_term(can, lot, f"give {number}"), _term(can, lot, f"want {number}"))
    return _term(can, lot, f"term {number}")


def _term(can: Can, lot: Lot, purpose: str) -> f.Term:
    seat, role = lot.choose(f"{purpose} seat", SEATS), lot.choose(f"{purpose} role", ROLES)
    kind = lot.below(purpose, 6 if can.seal is not None else 4)
    if can.seal is not None and kind >= 4:
        order = lot.choose(f"{purpose} order", can.seal.orders)
        return f.Will(order) if kind == 4 else f.Ask(seat, order)
    if kind == 0:
        return f.Thrust(lot.choose(f"{purpose} sector", SECTORS), lot.choose(f"{purpose} level", LEVELS))
    return (f.Am(role), f.Suspect(seat, role), f.Name(seat))[kind - 1]
