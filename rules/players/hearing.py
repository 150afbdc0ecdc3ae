"""What people say in their own words, as forms, for bots that listen: English and Russian, the plain cases only.

Each clause is asked for one thing that it says clearly. What is denied, supposed, told of somebody else or put as a
choice says nothing here: a bot had better miss a promise than make one up. Any text at all gives a Heard.
Source: the rulebook, "The wire".
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct

from rules.forms import Ask, Form, Thrust, Will
from rules.ids import OrderKind, Seat, Sector
from rules.orders import Order
from rules.players.tongues.claims import claims
from rules.players.tongues.lexicon import Word
from rules.players.tongues.sentences import SMALL_TALK, SPEAKERS, Clause, Sentence, sentences

MOST: Final = 280
"""No message is longer; what is beyond is not heard."""

AROUND_ORDERS: Final = SMALL_TALK | {
    "fill", "sure", "will", "wish", "ask", "doing", "sector", "level", "order", "i", "dash", "link"
}  # fmt: skip
"""What may stand between a speaker and the order, or with a mere noun, and leave it an order."""


class Heard(Struct, frozen=True):
    """What a text says. `forms` in the order of the words; `seats` in the order of their first mention."""

    forms: tuple[Form, ...] = ()
    seats: tuple[Seat, ...] = ()
    is_question: bool = False
    is_yes: bool = False
    is_no: bool = False
    is_thanks: bool = False
    is_greeting: bool = False
    language: Literal["en", "ru"] | None = None


def hear(text: str) -> Heard:
    """Understand a message. Unclear words say nothing; nothing is raised."""
    said = sentences(text[:MOST])
    everything = [clause for sentence in said for clause in sentence.clauses]
    clauses = [clause for sentence in said for clause in _stated(sentence)]
    is_yes = any(_says_yes(clause) for clause in clauses)
    is_no = any(_says_no(clause) for clause in clauses)
    return Heard(
        forms=tuple(dict.fromkeys(_forms(said))),
        seats=tuple(dict.fromkeys(Seat(value) for clause in everything for value in clause.values("seat"))),
        is_question=any(sentence.asked for sentence in said),
        is_yes=is_yes and not is_no,
        is_no=is_no and not is_yes,
        is_thanks=any(clause.has("thanks") and not clause.has("not") for clause in clauses),
        is_greeting=any(clause.has("greeting") for clause in everything),
        language=_language(text),
    )


def _language(text: str) -> Literal["en", "ru"] | None:
    small = text[:MOST].lower()
    latin = sum("a" <= sign <= "z" for sign in small)
    cyrillic = sum("а" <= sign <= "я" or sign == "ё" for sign in small)
    if latin == cyrillic:
        return None
    return "en" if latin > cyrillic else "ru"


# Small talk.


def _stated(sentence: Sentence) -> Sequence[Clause]:
    """The clauses that are no question: "agreed?" agrees to nothing."""
    return sentence.clauses[: len(sentence.clauses) - sentence.asked]


def _says_yes(clause: Clause) -> bool:
    first = clause.words[0]
    agrees = any(word.mark == "yes" and word.text.startswith(("agree", "соглас")) for word in clause.words)
    is_military = len(clause.words) == 1 and first.text == "есть"
    return (first.mark == "yes" or agrees or is_military) and not clause.has("not", "says", "if")


def _says_no(clause: Clause) -> bool:
    """A bare "no", or one before a speaker; "no mines here" and "no time" refuse nothing."""
    if any(word.text in ("no thanks", "no way", "отказываюсь", "refuse") for word in clause.words):
        return not clause.has("says", "if")
    agrees = any(word.mark == "yes" and word.text.startswith(("agree", "соглас")) for word in clause.words)
    if agrees and clause.has("not"):
        return True
    marks = [word.mark for word in clause.words]
    return marks[0] == "no" and (len(marks) == 1 or marks[1] in ("i", "seat", "thanks"))


# From clauses to forms.


def _forms(said: Sequence[Sentence]) -> Iterator[Form]:
    called: tuple[Seat, ...] = ()
    for sentence in said:
        listener = _Listener(sentence, called)
        yield from listener.forms()
        only_calls = all(clause.is_call for clause in sentence.clauses)
        called = listener.called if only_calls else ()


class _Listener:
    """Hears one sentence, clause by clause. It remembers who was called and what the clause before came to."""

    def __init__(self, sentence: Sentence, called: tuple[Seat, ...]) -> None:
        self.sentence, self.called = sentence, called
        self.before: tuple[Form, ...] = ()

    def forms(self) -> Iterator[Form]:
        clauses = self.sentence.clauses
        if any(clause.is_unsettled for clause in clauses):
            return
        if len(clauses) > 1 and clauses[-1].is_call:
            self.called = _seats(clauses[-1])
        is_calling = is_void = is_told = False
        for place, clause in enumerate(clauses):
            if clause.is_call:
                self.called = (*self.called, *_seats(clause)) if is_calling else _seats(clause)
                is_calling = True
                continue
            is_void = clause.is_denied or is_told or (is_void and clause.joined == "that")
            is_asked = place >= len(clauses) - self.sentence.asked
            self.before = () if is_void else tuple(dict.fromkeys(self._clause(clause, is_asked)))
            yield from self.before
            is_calling, is_told = False, clause.has("says")

    def _clause(self, clause: Clause, is_asked: bool) -> Iterator[Form]:
        if clause.has("time"):
            return
        if clause.has("order"):
            yield from self._orders(clause, is_asked)
        elif not is_asked:
            if clause.joined == "and" and all(word.mark in ("sector", "fill") for word in clause.words):
                yield from self._once_more(clause)
            yield from claims(clause, self.called)

    def _once_more(self, clause: Clause) -> Iterator[Form]:
        """What was said last holds for this sector too: "heavy on the river and the forest"."""
        for sector in _sectors(clause.words):
            for form in self.before:
                match form:
                    case Thrust(_, level):
                        yield Thrust(sector, level)
                    case Will(Order(kind, Sector())):
                        yield Will(Order(kind, sector))
                    case Ask(seat, Order(kind, Sector())):
                        yield Ask(seat, Order(kind, sector))

    def _orders(self, clause: Clause, is_asked: bool) -> Iterator[Form]:
        start = 0
        for place, order in _placed(clause):
            who = self._who(clause, start, place, is_asked)
            if who == "i":
                yield Will(order)
            else:
                yield from (Ask(seat, order) for seat in who)
            start = place + 1

    def _who(self, clause: Clause, start: int, place: int, is_asked: bool) -> tuple[Seat, ...] | Literal["i"]:
        """Who is to give the order at this place: the speaker, seats that are asked, or nobody that could be told."""
        word = clause.words[place]
        before = clause.words[start:place]
        if clause.has("question") or (clause.has("maybe") and not is_asked):
            return ()
        if word.form == "call":
            return self._asked(clause)
        if word.form == "first":
            return () if is_asked else "i"
        at = next((at for at in range(len(before) - 1, -1, -1) if before[at].mark in SPEAKERS), None)
        between = before[at + 1 :] if at is not None else before
        if any(other.mark not in AROUND_ORDERS for other in between) or (word.form == "noun" and _is_loose(clause)):
            return ()
        subject = before[at] if at is not None else None
        if subject is not None and subject.mark == "seat":
            return () if is_asked else _told(Seat(subject.value), word, before, between)
        return self._speaker(clause, subject, word, between, is_asked)

    def _speaker(
        self, clause: Clause, subject: Word | None, word: Word, between: Sequence[Word], is_asked: bool
    ) -> tuple[Seat, ...] | Literal["i"]:
        marks = {other.mark for other in between}
        mark = subject.mark if subject is not None else self._carried(clause, marks)
        match mark:
            case "you":
                return self._asked(clause) if word.form != "other" else ()
            case "i" if "ask" in marks:
                return self._asked(clause)
            case "i":
                return () if is_asked or "wish" in marks or word.form == "other" else "i"
            case "":
                if word.form == "doing" or marks & {"doing", "will"}:
                    return () if is_asked or marks & {"wish", "ask"} else "i"
                return self._asked(clause) if word.form != "other" and not (is_asked and word.form == "noun") else ()
            case _:
                return ()

    def _carried(self, clause: Clause, marks: set[str]) -> str:
        """The speaker of "…, and mine the forest" is that of the clause before."""
        is_carried = clause.joined == "and" and any(isinstance(form, Will) for form in self.before)
        return "i" if is_carried and not marks & {"wish", "ask"} and not _last_seat(clause) else ""

    def _asked(self, clause: Clause) -> tuple[Seat, ...]:
        """Who is called in the clause itself, before it, or in the clause that it continues."""
        if len(clause.values("seat")) == 1 and (seat := _last_seat(clause) or _first_seat(clause)):
            return (seat,)
        if clause.joined == "and" and not self.called:
            return tuple(dict.fromkeys(form.seat for form in self.before if isinstance(form, Ask)))
        return self.called


def _placed(clause: Clause) -> Iterator[tuple[int, Order]]:
    """The clause's orders that are whole, each with the place of its word."""
    found = [(place, word) for place, word in enumerate(clause.words) if word.mark == "order"]
    found = [(place, word) for place, word in found if word.form != "weak"] or found
    kinds = {word.value for _, word in found}
    if len(kinds) == 1:
        kind = OrderKind(found[0][1].value)
        sectors = () if kind is OrderKind.PAPERWORK else _sectors(clause.words, moved=kind is OrderKind.GUNS)
        order = Order(kind, sectors[0] if len(sectors) == 1 else None)
        if order.is_whole and len(sectors) <= 1:
            yield found[0][0], order
        return
    ends = [*(place for place, _ in found[1:]), len(clause.words)]
    for (place, word), end in zip(found, ends, strict=True):
        kind = OrderKind(word.value)
        sectors = () if kind is OrderKind.PAPERWORK else _sectors(clause.words[place:end])
        order = Order(kind, sectors[0] if len(sectors) == 1 else None)
        if order.is_whole:
            yield place, order


def _sectors(words: Sequence[Word], moved: bool = False) -> tuple[Sector, ...]:
    """The sectors named; where something is moved, not the one that it comes from."""
    named = (
        word.value
        for place, word in enumerate(words)
        if word.mark == "sector" and not (moved and any(w.mark == "from" for w in words[max(0, place - 2) : place]))
    )
    return tuple(Sector(value) for value in dict.fromkeys(named))


def _told(seat: Seat, word: Word, before: Sequence[Word], between: Sequence[Word]) -> tuple[Seat, ...]:
    """The seat, if it is told to: "Granit hold it", "let Granit hold it". "Granit will hold" only reports."""
    marks = {other.mark for other in between}
    if word.form == "other":
        return (seat,) if any(other.mark in ("wish", "ask") for other in before) else ()
    if word.form == "doing" or marks & {"will", "link", "doing"}:
        return ()
    return (seat,)


def _is_loose(clause: Clause) -> bool:
    """Whether words are there that could make a tale of a mere noun: "the mines at the river were loud"."""
    known = AROUND_ORDERS | SPEAKERS | {"from"}
    return any(word.mark not in known for word in clause.words)


def _seats(clause: Clause) -> tuple[Seat, ...]:
    return tuple(Seat(value) for value in clause.values("seat"))


def _last_seat(clause: Clause) -> Seat | None:
    """A seat that is called at the end: "hold the river Granit", but not "hold the river for Granit"."""
    last = clause.words[-1]
    before = clause.words[-2] if len(clause.words) > 1 else Word("")
    is_called = last.mark == "seat" and before.mark in ("sector", "order", "fill")
    return Seat(last.value) if is_called else None


def _first_seat(clause: Clause) -> Seat | None:
    first = next((word for word in clause.words if word.mark not in ("fill", *SMALL_TALK)), None)
    return Seat(first.value) if first is not None and first.mark == "seat" else None
