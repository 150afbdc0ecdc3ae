"""The words of a case's steps, made into commands: `luna: letter sokol 'hold on' -> none_left`. It judges nothing.

A step is `seat: verb …`, `close` (the clock ends the phase), `close 7` (phase 7 alone), `to the end`, or arranges
what the lot would draw: `enemy 9 2 2`, `directive hold rail`. `6 times` before a step repeats it; `-> code` after it is
the refusal that must come. Words stand in quotes, `281 of 'x'` repeats them; forms are written as the wire writes them.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from rules import commands as c
from rules.forms import Agree, Am, Ask, Name, Offer, Refuse, Said, Suspect, Term, Text, Thrust, Will
from rules.ids import (
    AnswerKind,
    Book,
    Channel,
    DemandKind,
    DirectiveKind,
    Level,
    OrderKind,
    PowerKind,
    Role,
    Seat,
    Sector,
)
from rules.orders import Directive, Order
from rules.refusals import Code


class Unreadable(ValueError):
    """A step, an order or a form that says nothing."""


class Step(Struct, frozen=True):
    """One step, to be done `times`. Without a seat, `words` are for the clock or the arranger."""

    words: str
    seat: Seat | None = None
    times: int = 1
    refused: Code | None = None


_STEP = re.compile(r"(?:(\d+) times )?(?:(\w+): )?(.+?)(?: -> (\w+))?")


def step_of(text: str) -> Step:
    """A step from its words. Unreadable if it has none."""
    found = _STEP.fullmatch(text)
    if not found:
        raise Unreadable(text)
    times, seat, words, code = found.groups()
    return Step(words, Seat(seat) if seat else None, int(times or 1), Code(code) if code else None)


def order_of(words: str) -> Order:
    """`hold river`, `paperwork`; a missing or needless sector stays so, for the engine to refuse."""
    kind, _, sector = words.strip().partition(" ")
    return Order(OrderKind(kind), Sector(sector) if sector else None)


def orders_of(words: str) -> tuple[Order, ...]:
    """Orders between commas; `nothing` is none."""
    return () if words == "nothing" else tuple(order_of(part) for part in words.split(","))


def directive_of(words: str) -> Directive:
    """`hold river`, `guns_frozen`."""
    kind, _, sector = words.partition(" ")
    return Directive(DirectiveKind(kind), Sector(sector) if sector else None)


def command_of(words: str) -> c.SeatCommand:
    """A seat's command from its words. Unreadable for an unknown verb."""
    verb, _, rest = words.partition(" ")
    if verb in _VERBS:
        return _VERBS[verb](rest)
    raise Unreadable(words)


def body_of(words: str) -> Said:
    """Quoted words, perhaps `280 of 'x'`, or a form."""
    if found := re.fullmatch(r"(?:(\d+) of )?'(.*)'", words):
        return Text(found[2] * int(found[1] or 1))
    if found := re.fullmatch(r"offer\((.+\)) for (.+\))\)", words):
        return Offer(_term(found[1]), _term(found[2]))
    if found := re.fullmatch(r"(agree|refuse)\((\d+)\)", words):
        return (Agree if found[1] == "agree" else Refuse)(int(found[2]))
    return _term(words)


def _term(words: str) -> Term:
    found = re.fullmatch(r"(\w+)\((\w+) ?([\w ]*)\)", words)
    match found.groups() if found else ():
        case ("thrust", sector, level):
            return Thrust(Sector(sector), Level(level))
        case ("will", kind, sector):
            return Will(order_of(f"{kind} {sector}"))
        case ("ask", seat, order):
            return Ask(Seat(seat), order_of(order))
        case ("name", seat, ""):
            return Name(Seat(seat))
        case ("am", role, ""):
            return Am(Role(role))
        case ("suspect", seat, role):
            return Suspect(Seat(seat), Role(role))
    raise Unreadable(words)


def _speak(channel: Channel) -> Callable[[str], c.SeatCommand]:
    return lambda rest: c.Speak(channel, body_of(rest))


def _letter(rest: str) -> c.SeatCommand:
    to, _, body = rest.partition(" ")
    return c.Speak(Channel.LETTER, body_of(body), to=None if to == "nobody" else Seat(to))


def _wireless(rest: str) -> c.SeatCommand:
    book, _, body = rest.partition(" ")
    return c.Speak(Channel.WIRELESS, body_of(body), book=None if book == "none" else Book(book))


def _sign(rest: str) -> c.SeatCommand:
    to, _, body = rest.partition(" ")
    return c.Sign(body_of(body), None if to == "all" else Seat(to))


def _hand(rest: str) -> c.SeatCommand:
    book, _, to = rest.partition(" ")
    return c.HandBook(Book(book), None if to == "moscow" else Seat(to))


def _use(power: PowerKind) -> Callable[[str], c.SeatCommand]:
    return lambda rest: (
        c.Use(power, seat=Seat(rest)) if power is not PowerKind.TRACE else c.Use(power, sector=Sector(rest))
    )


_VERBS: dict[str, Callable[[str], c.SeatCommand]] = {
    "open": _speak(Channel.OPEN),
    "moscow": _speak(Channel.MOSCOW),
    "room": _speak(Channel.ROOM),
    "letter": _letter,
    "wireless": _wireless,
    "sign": _sign,
    "hand": _hand,
    "seal": lambda rest: c.Seal(orders_of(rest)),
    "phone": lambda rest: c.Phone(None if rest == "nothing" else order_of(rest)),
    **{power.value: _use(power) for power in PowerKind},
    "envelope": lambda rest: c.OpenEnvelope(int(rest)),
    "pick": lambda rest: c.Pick(Role(rest)),
    "demand": lambda rest: c.Demand(DemandKind(rest)),
    "confess": lambda _: c.Answer(AnswerKind.CONFESS),
    "endure": lambda _: c.Answer(AnswerKind.ENDURE),
    "denounce": lambda rest: c.Answer(AnswerKind.DENOUNCE, Seat(rest)),
    "report": lambda rest: c.Report(Seat(rest)),
    "silent": lambda _: c.Report(),
    "name": lambda rest: c.Denote(Seat(rest)),
    "ready": lambda _: c.Ready(True),
    "unready": lambda _: c.Ready(False),
}
