"""Whom a seat takes for Malenkov: a chance for each, from the deal, the Room, traces, books, and who knew too much."""

from rules.ids import SEATS, Book, Channel, Role, Seat
from rules.players.reading import Reading
from rules.view import View

TOLD_MOSCOW = 1.7
"""How much likelier an accusation makes it that reached Beria in secret; said to all, it counts for less."""

TOLD_ALL = 1.15


IN_THE_TRACE = 0.12
"""What is left of the chance of a seat that a trace of the road where the phone rang did not find there."""


def malenkov(view: View, reading: Reading) -> dict[Seat, float]:
    """The chance that each seat is Malenkov, to this viewer; they sum to 1."""
    you = view.you
    assert you is not None, "a watcher suspects nobody"
    if you.role is Role.MALENKOV:
        return {seat: float(seat is you.seat) for seat in SEATS}
    weight = {seat: float(seat is not you.seat) for seat in SEATS}
    for known in you.known:
        for seat in SEATS:
            if (seat in known.seats) != (Role.MALENKOV in known.roles):
                weight[seat] = 0.0
    for seat in SEATS:
        weight[seat] *= _informed(you.role, reading, seat) * _by_books(you.role, reading, seat)
    for author, channel, claim in reading.accused:
        if author is not you.seat and claim.seat is not author and claim.role is Role.MALENKOV:
            weight[claim.seat] *= TOLD_MOSCOW if channel is Channel.MOSCOW else TOLD_ALL
    for found in _proofs(view):
        seat, chance = found
        weight = {other: chance * w if other is seat else (1 - chance) * w for other, w in weight.items()}
    total = sum(weight.values())
    return (
        {seat: w / total for seat, w in weight.items()}
        if total
        else {seat: float(seat is not you.seat) / 4 for seat in SEATS}
    )


def _informed(role: Role, reading: Reading, seat: Seat) -> float:
    """Irina tells Malenkov: who is right too often is one of the two. To Pavel, who knows the two, it is Irina."""
    right, wrong = reading.record[seat]
    chance = min(2.2, max(0.45, 1.18**right * 0.8**wrong))
    return 1 / chance if role is Role.PAVEL else chance


def _by_books(role: Role, reading: Reading, seat: Seat) -> float:
    """Who writes in a book holds it. Only Irina and Malenkov were dealt the staff book, and Irina knows herself."""
    written = reading.books.get(seat, set())
    if Book.STAFF in written and role is Role.IRINA:
        return 20.0
    if Book.FIELD in written and role is not Role.MALENKOV:
        return 1.9 if role is Role.BERIA else 1.6
    return 1.0


def _proofs(view: View) -> list[tuple[Seat, float]]:
    """What Beria knows for certain, or nearly: confessions, and orders that only the phone explains."""
    assert view.you is not None, "a watcher proves nothing"
    found: list[tuple[Seat, float]] = []
    for number, own in view.you.turns.items():
        if own.fact is not None:
            if own.fact.role is not None:
                found.append((own.fact.seat, 0.999 if own.fact.role is Role.MALENKOV else 0.001))
            elif own.fact.books is not None:
                both = Book.STAFF in own.fact.books and Book.FIELD in own.fact.books
                found.append((own.fact.seat, 0.9 if both else 0.08))
        elif own.answer is not None and view.turns[number].prisoner is not None and own.answer.choice == "endure":
            found.append((view.turns[number].prisoner or view.you.seat, 0.62))
        if own.phone_rang and own.rang is not None and own.traced and own.traced[0].order.sector is own.rang:
            there = {each.seat for each in own.traced}
            found += [(seat, IN_THE_TRACE) for seat in SEATS if seat not in there]
    return found
