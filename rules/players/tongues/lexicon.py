"""Free words one by one: what each may mean in a match, by the lexicon beside this file. It knows no sentences.

English and Russian are read together, since people mix them. A word that the lexicon does not have keeps an empty mark.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from msgspec import Struct

LONGEST_PHRASE: Final = 3
FUZZY_FROM: Final = 5
"""Names of so many letters are known with one letter wrong too; a shorter one would be found in too many words."""

_SHORTENED: Final = (
    (re.compile(r"\bж\s?[./-]?\s?д\b\.?"), "жд"),
    (re.compile(r"\bcan't\b|\bcan not\b"), "cannot"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"\b(it|that|what|who|he|she|there)'s\b"), r"\1 is"),
)
_PIECES: Final = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[.!?…;\n,():—–=-]")
_STOPS: Final = ".!?…;\n"
_COMMAS: Final = ",()"


class Word(Struct, frozen=True):
    """A word, a phrase or a sign. `mark` is what it does in a sentence, `value` what it names, `form` how."""

    text: str
    mark: str = ""
    value: str = ""
    form: str = ""


class Lexicon(Struct, frozen=True):
    """Entries by their text; beginnings of words; and the names that are known with a letter wrong."""

    entries: Mapping[str, Word]
    beginnings: Mapping[str, Word]
    names: Sequence[Word]
    not_names: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon as it lies beside this module."""
    data = tomllib.loads(resources.files("rules.players.tongues").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    entries = list(_entries(data))
    return Lexicon(
        entries={word.text: word for word in entries if not word.text.endswith("*")},
        beginnings={word.text[:-1]: word for word in entries if word.text.endswith("*")},
        names=tuple(word for word in entries if word.mark in ("seat", "role") and len(word.text) >= FUZZY_FROM),
        not_names=frozenset(data["typos"]["not_names"]),
    )


def _entries(data: dict[str, Any]) -> Iterator[Word]:
    for table, mark in (("sectors", "sector"), ("levels", "level"), ("seats", "seat")):
        for value, texts in data[table].items():
            yield from (Word(text, mark, value) for text in texts)
    for table, mark in (("roles", "role"), ("orders", "order")):
        for value, forms in data[table].items():
            yield from (Word(text, mark, value, form) for form, texts in forms.items() for text in texts)
    for mark, texts in data["marks"].items():
        yield from (Word(text, mark) for text in texts)


def plain(text: str) -> str:
    """The text as the lexicon writes it: small letters, no ё, straight apostrophes, short forms written out."""
    small = unicodedata.normalize("NFC", text).lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")
    for pattern, whole in _SHORTENED:
        small = pattern.sub(whole, small)
    return small


def read(text: str) -> tuple[Word, ...]:
    """All words and signs of the text in their order; the longest phrase that the lexicon has wins."""
    pieces = [part for piece in _PIECES.findall(plain(text)) for part in _parts(piece)]
    words: list[Word] = []
    place = 0
    while place < len(pieces):
        for length in range(min(LONGEST_PHRASE, len(pieces) - place), 1, -1):
            phrase = lexicon().entries.get(" ".join(pieces[place : place + length]))
            if phrase is not None:
                words.append(phrase)
                place += length
                break
        else:
            words.append(_word(pieces[place]))
            place += 1
    return tuple(words)


def _parts(piece: str) -> Iterator[str]:
    """A word with a hyphen or with 's is one word if the lexicon has it, else its parts."""
    entries = lexicon().entries
    if piece in entries or len(piece) == 1:
        yield piece
    elif piece.replace("-", "") in entries:
        yield piece.replace("-", "")
    elif "-" in piece:
        first, rest = piece.split("-", 1)
        yield from (first, "-", *(part for part in rest.split("-") if part))
    elif piece.endswith("'s"):
        yield from (piece[:-2], "'s")
    else:
        yield piece


def _word(text: str) -> Word:
    if text in _STOPS:
        return Word(text, "stop")
    if text in _COMMAS:
        return Word(text, "comma")
    if text in (":", "—", "–", "-"):
        return Word(text, "dash")
    if text == "'s":
        return Word(text, "'s")
    if text.isascii() and text.isdigit() and len(text) <= 2:
        return Word(text, "number", text)
    return lexicon().entries.get(text) or _beginning(text) or _name_with_a_slip(text) or Word(text)


def _beginning(text: str) -> Word | None:
    beginnings = lexicon().beginnings
    lengths = range(min(len(text), max(map(len, beginnings), default=0)), 2, -1)
    return next((beginnings[text[:length]] for length in lengths if text[:length] in beginnings), None)


def _name_with_a_slip(text: str) -> Word | None:
    if len(text) < FUZZY_FROM or text in lexicon().not_names:
        return None
    return next((name for name in lexicon().names if _is_one_slip(text, name.text)), None)


def _is_one_slip(one: str, other: str) -> bool:
    """Whether one letter changed, added or left out, or two that changed places, make the one the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[same : same + 2] == other[same : same + 2][::-1]
        return one[same + 1 :] == other[same + 1 :] or (swapped and one[same + 2 :] == other[same + 2 :])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[same + 1 :] == shorter[same:]
