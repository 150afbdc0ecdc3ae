"""What an officer says on the wire: what it knows of the enemy, what it will order, what it answers, who it is."""

from collections.abc import Iterator

from rules import commands as c
from rules import forms as f
from rules.commands import SeatCommand
from rules.ids import SEATS, SECTORS, Book, Channel, Level, OrderKind, Role, Seat, Sector, level_of
from rules.orders import Order
from rules.players.lot import Lot
from rules.players.reading import Reading, free_others
from rules.view import Can, View

BLAMED = (OrderKind.WITHDRAW, OrderKind.GUNS)
"""Orders that break a directive: one does not say them aloud so readily."""


def first_words(view: View, can: Can, reading: Reading, lot: Lot, *, tells_all: bool) -> Iterator[SeatCommand]:
    """What is said before any order is sealed. `tells_all`: as Irina, to everybody."""
    assert view.you is not None, "a watcher says nothing"
    if view.prisoner is view.you.seat:
        return
    if view.you.role is Role.IRINA:
        yield from _irina_tells(view, can, lot, tells_all)
    else:
        yield from _rumour(view, can, lot)
    yield from _whisper(view, can, reading, lot)
    if Channel.OPEN in can.speak and lot.percent(8, "say who I am"):
        yield c.Speak(Channel.OPEN, f.Am(_cover(view.you.role, lot)))


def _irina_tells(view: View, can: Can, lot: Lot, tells_all: bool) -> Iterator[SeatCommand]:
    """The staff book is safest, for Malenkov alone reads it; the open wire helps everybody, and shows who she is."""
    assert view.you is not None, "Irina has a seat"
    plan = view.you.turns[view.turn].plan
    if plan is None:
        return
    main = max(SECTORS, key=lambda sector: plan[sector])
    claim = f.Thrust(main, level_of(plan[main]))
    if can.wireless is not None and can.wireless.left and Book.STAFF in can.wireless.books:
        yield c.Speak(Channel.WIRELESS, claim, book=Book.STAFF)
    if Channel.OPEN in can.speak and tells_all:
        yield c.Speak(Channel.OPEN, _claim_of(plan, lot))
    elif can.letter is not None and can.letter.left and lot.percent(60, "tell one"):
        yield c.Speak(Channel.LETTER, claim, to=lot.choose("whom", can.letter.to))


def _claim_of(plan: dict[Sector, int], lot: Lot) -> f.Thrust:
    """Mostly the main thrust; now and then another road, so that her words look like a rumour."""
    roads = sorted(SECTORS, key=lambda sector: -plan[sector])
    road = roads[0 if lot.percent(70, "the main road") else 1 + lot.below("other road", 2)]
    return f.Thrust(road, level_of(plan[road]))


def _rumour(view: View, can: Can, lot: Lot) -> Iterator[SeatCommand]:
    assert view.you is not None, "a rumour reaches a seat"
    rumour = view.you.turns[view.turn].rumour
    if rumour is None:
        return
    level = rumour.level
    if view.you.role in (Role.PAVEL, Role.BERIA) and lot.percent(15, "bend the truth"):
        level = lot.choose("a lie", tuple(each for each in Level if each is not rumour.level))
    claim = f.Thrust(rumour.sector, level)
    if Channel.OPEN in can.speak and lot.percent(70, "tell all"):
        yield c.Speak(Channel.OPEN, claim)
    elif can.letter is not None and can.letter.left and lot.percent(50, "tell one"):
        yield c.Speak(Channel.LETTER, claim, to=lot.choose("whom", can.letter.to))
    if can.wireless is not None and can.wireless.left and Book.FIELD in can.wireless.books and lot.percent(15, "field"):
        yield c.Speak(Channel.WIRELESS, claim, book=Book.FIELD)


def _whisper(view: View, can: Can, reading: Reading, lot: Lot) -> Iterator[SeatCommand]:
    """What goes to Moscow, and what Moscow says: who wants Malenkov found points at him, who does not points away."""
    assert view.you is not None, "a watcher whispers nothing"
    you = view.you
    if can.sign is not None and can.sign.left and lot.percent(25, "sign"):
        suspected = _likeliest(reading, lot)
        yield c.Sign(f.Suspect(suspected, Role.MALENKOV) if lot.percent(50, "point") else f.Name(suspected))
    if Channel.MOSCOW not in can.speak or you.role is Role.BERIA or not lot.percent(18, "denounce"):
        return
    if you.role is Role.PAVEL and you.patron is Role.BERIA and you.known:
        yield c.Speak(Channel.MOSCOW, f.Suspect(_likeliest(reading, lot), Role.MALENKOV))
    elif you.role in (Role.RUDENKO, Role.MALENKOV, Role.IRINA):
        safe = {seat for known in you.known for seat in known.seats}
        if you.role is Role.IRINA:
            safe.add(_likeliest(reading, lot))
        aside = [seat for seat in SEATS if seat is not you.seat and seat not in safe]
        yield c.Speak(Channel.MOSCOW, f.Suspect(lot.choose("somebody else", aside), Role.MALENKOV))


def _likeliest(reading: Reading, lot: Lot) -> Seat:
    chances = reading.malenkov
    return lot.most("likeliest", SEATS, lambda seat: chances[seat])


def _cover(role: Role, lot: Lot) -> Role:
    """Who one says one is: Rudenko has the least to hide, so everybody is Rudenko."""
    if role is Role.RUDENKO or lot.percent(70, "cover"):
        return Role.RUDENKO
    return lot.choose("cover role", (Role.IRINA, Role.PAVEL))


def promise(view: View, can: Can, orders: tuple[Order, ...], lot: Lot) -> Iterator[SeatCommand]:
    """Say on the open wire what was sealed; what Moscow would blame is said in a letter, or not at all."""
    if Channel.OPEN not in can.speak:
        return
    for number, order in enumerate(orders):
        blamed = order.kind in BLAMED
        if lot.percent(35 if blamed else 80, f"promise {number}"):
            yield c.Speak(Channel.OPEN, f.Will(order))
        elif blamed and can.letter is not None and can.letter.left and lot.percent(60, f"letter {number}"):
            yield c.Speak(Channel.LETTER, f.Will(order), to=lot.choose(f"to {number}", can.letter.to))


def wish(
    view: View, can: Can, reading: Reading, worth: dict[Order, float], own: tuple[Order, ...], lot: Lot
) -> Iterator[SeatCommand]:
    """Ask a seat that has promised nothing for what would help most beside one's own order, or bargain for it."""
    assert view.you is not None, "a watcher asks for nothing"
    silent = [seat for seat in free_others(view, view.you) if seat not in reading.wills]
    if not silent or Channel.OPEN not in can.speak or not lot.percent(40, "ask"):
        return
    seat = lot.choose("of whom", silent)
    order = max((each for each in worth if each not in own), key=lambda each: worth[each])
    if can.letter is not None and can.letter.left and lot.percent(35, "bargain"):
        yield c.Speak(Channel.LETTER, f.Offer(f.Will(own[0]), f.Will(order)), to=seat)
    else:
        yield c.Speak(Channel.OPEN, f.Ask(seat, order))


def answer_wishes(view: View, can: Can, reading: Reading, orders: tuple[Order, ...]) -> Iterator[SeatCommand]:
    """Yes to who wants what is sealed, no to another; one answer a wake, by the way the wish came.

    Who asked in plain words is answered in plain words, by `manner`.
    """
    for number, wanted in reading.wishes.items():
        if number in reading.answered or wanted.in_words:
            continue
        answer: f.Said = f.Agree(number) if wanted.order in orders else f.Refuse(number)
        if wanted.channel is Channel.OPEN and Channel.OPEN in can.speak:
            yield c.Speak(Channel.OPEN, answer)
        elif can.letter is not None and can.letter.left:
            yield c.Speak(Channel.LETTER, answer, to=wanted.by)
        return
