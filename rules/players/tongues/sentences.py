"""Words as sentences and clauses: where one thing that is said ends and the next begins. It knows no forms.

A comma, a joint ("and", "а") or a dash ends a clause, unless what follows only completes it: "river, heavy" is one.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from rules.players.tongues.lexicon import Word, read

TAG_MOST: Final = 4
"""A last clause of so few words, "…, right?", asks about nothing in particular and leaves the rest a statement."""

CONCEPTS: Final = frozenset({"seat", "role", "sector", "level", "number", "order"})
SMALL_TALK: Final = frozenset({"greeting", "thanks", "yes", "no"})
SPEAKERS: Final = frozenset({"i", "you", "we", "other", "seat"})
TURNED: Final = frozenset({"is", "are", "am", "do", "did", "will", "shall", "should", "can", "could", "was", "were"})
"""English verbs that make a question by coming first."""


class Clause(Struct, frozen=True):
    """Words between two commas or joints. `joined` is the mark of what stood before it: comma, and, or, dash, none."""

    words: tuple[Word, ...]
    joined: str = ""

    def has(self, *marks: str) -> bool:
        return any(word.mark in marks for word in self.words)

    def all(self, mark: str) -> list[Word]:
        return [word for word in self.words if word.mark == mark]

    def values(self, mark: str) -> list[str]:
        return list(dict.fromkeys(word.value for word in self.all(mark)))

    @property
    def is_call(self) -> bool:
        """Whether it only calls somebody: "Granit", "thanks, Luna"."""
        return self.has("seat") and all(word.mark in {"seat", "fill", "sure", *SMALL_TALK} for word in self.words)

    @property
    def is_unsettled(self) -> bool:
        """Whether it makes its sentence a condition or a choice."""
        return self.has("if") or (self.has(*CONCEPTS) and self.joined == "or")

    @property
    def is_denied(self) -> bool:
        """Whether it says that something is not so, or that somebody else says so."""
        bare = any(
            one.mark == "no" and other.mark in CONCEPTS - {"seat"}
            for one, other in zip(self.words, self.words[1:], strict=False)
        )
        no_way = len(self.words) > 1 and self.words[0].text == "no way"
        return bare or no_way or self.has("not") or (self.has("says") and not self.has("hear"))

    @property
    def is_musing(self) -> bool:
        """Whether it is a mere "I think"."""
        return self.has("think", "maybe") and all(word.mark in {"think", "maybe", "i", "fill"} for word in self.words)


class Sentence(Struct, frozen=True):
    """Clauses up to a full stop; `asked` is how many of them, from the end, are a question."""

    clauses: tuple[Clause, ...]
    asked: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """The text cut up. Signs that say nothing are gone, and so may be a whole text."""
    parts = (_sentence(words, stop) for words, stop in _split_at_stops(read(text)))
    return tuple(part for part in parts if part.clauses or part.asked)


def _split_at_stops(words: Sequence[Word]) -> Iterator[tuple[list[Word], str]]:
    part: list[Word] = []
    stop = ""
    for word in words:
        if word.mark == "stop":
            stop = "?" if word.text == "?" or stop == "?" else word.text
        elif stop:
            yield part, stop
            part, stop = [word], ""
        else:
            part.append(word)
    yield part, stop


def _sentence(words: Sequence[Word], stop: str) -> Sentence:
    clauses = tuple(_glued(_without_musing(_cut(words))))
    if not clauses:
        return Sentence((), int(stop == "?"))
    if _begins_as_question(clauses[0].words) or any(clause.has("particle") for clause in clauses):
        return Sentence(clauses, len(clauses))
    if stop != "?":
        return Sentence(clauses, 0)
    last = clauses[-1]
    is_tag = not last.has(*CONCEPTS) and len(last.words) <= TAG_MOST
    asks = _begins_as_question(_addressed(last.words)) or any(word.form == "call" for word in last.words)
    return Sentence(clauses, 1 if is_tag or asks else len(clauses))


def _addressed(words: Sequence[Word]) -> Sequence[Word]:
    """What is said to a seat that is called first."""
    return words[1:] if words[0].mark == "seat" and len(words) > 1 else words


def _begins_as_question(words: Sequence[Word]) -> bool:
    first = words[0]
    second = words[1] if len(words) > 1 else Word("")
    if first.mark == "question":
        return second.mark not in ("i", "we")  # "what I hear" tells
    starts = first.mark in ("aux", "you") and first.text.endswith(("you", "does"))
    turned = first.text in TURNED
    return (starts and first.text != "you") or first.text == "who" or (turned and second.mark in SPEAKERS | {"role"})


def _cut(words: Sequence[Word]) -> Iterator[Clause]:
    """Clauses at commas and joints, and at dashes that do not tie a thing to what is said of it."""
    part: list[Word] = []
    joined = ""
    for place, word in enumerate(words):
        is_joint = word.mark in ("comma", "and", "or", "that")
        if is_joint or (word.mark == "dash" and not _ties(part, words[place + 1 :])):
            if part:
                yield Clause(tuple(part), joined)
                joined = ""
            part = []
            joined = word.mark if joined in ("", "comma") else joined
        elif part or word.mark != "dash":
            part.append(word)
    if part:
        yield Clause(tuple(part), joined)


def _ties(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether the dash or colon between them is an "is": "Volga — Beria", "river: heavy"."""
    marks = {word.mark for word in before}
    next_one = next((word.mark for word in after if word.mark in CONCEPTS or word.mark in ("comma", "dash")), "")
    if "order" in marks:
        return next_one == "sector" and "sector" not in marks
    match next_one:
        case "role":
            return bool(marks & {"seat", "i", "role_is"}) and "role" not in marks
        case "seat":
            return bool(marks & {"role", "name"}) and "seat" not in marks
        case "level" | "number":
            return "sector" in marks
        case "sector":
            return "level" in marks and "sector" not in marks
        case "order":
            return "i" in marks
        case _:
            return False


def _without_musing(clauses: Iterator[Clause]) -> Iterator[Clause]:
    """An "I think" goes unsaid, and what it parted is one clause: "Volga, I think, is Beria"."""
    before: Clause | None = None
    mused: Clause | None = None
    for clause in clauses:
        if clause.is_musing and not clause.has("not"):
            mused = clause
            continue
        if mused and before and before.is_call and clause.has("role") and not clause.has("seat"):
            before = Clause((*before.words, *mused.all("think"), *clause.words), before.joined)
        else:
            if before:
                yield before
            before = clause
        mused = None
    if before:
        yield before


def _glued(clauses: Iterator[Clause]) -> Iterator[Clause]:
    """A comma inside one thing goes: "hold, the forest", "river, heavy"."""
    before: Clause | None = None
    for clause in clauses:
        if before and clause.joined == "comma" and _lacks(before, clause):
            before = Clause((*before.words, *clause.words), before.joined)
            continue
        if before:
            yield before
        before = clause
    if before:
        yield before


def _lacks(before: Clause, after: Clause) -> bool:
    if after.has("order", "seat", "role", "not", "i", "you"):
        return False
    sector, level = after.has("sector"), after.has("level", "number")
    if before.has("order"):
        return sector and not level and not before.has("sector") and "paperwork" not in before.values("order")
    if level and not sector:
        return before.has("sector") and not before.has("level", "number")
    return sector and not level and before.has("level") and not before.has("sector")
