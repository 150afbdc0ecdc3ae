"""Names that a reader may take for one another: letters of another alphabet, digits, marks, signs in between.

It stands beside `wording`. Nothing is kept in this form: it only tells which names are too alike for one table.
"""

import unicodedata
from typing import Final

from rules.ids import SEATS
from rules.wording import clean

_CYRILLIC: Final = "аa бb вb гr еe зz иu кk мm нh оo пn рp сc тt уy хx ьb шw іi јj ѕs һh ԁd ԛq ԝw ѵv ӏi"
_GREEK: Final = "αa βb εe ζz ηn ιi κk μm νv οo ρp ςc σo τt υu χx ωw"
_OTHERS: Final = "0o 1i li |i 3z 5s 6b $s @a ıi łi øo đd ȷj"
_SHAPES: Final = {ord(pair[0]): pair[1] for pair in f"{_CYRILLIC} {_GREEK} {_OTHERS}".split()}
_TOGETHER: Final = (("rn", "m"), ("vv", "w"))


def likeness(name: str) -> str:
    """What two names have in common that look alike. A name without letters and digits is like itself alone."""
    shown = clean(unicodedata.normalize("NFKC", name)).casefold()
    letters = unicodedata.normalize("NFD", shown).translate(_SHAPES)
    for two, one in _TOGETHER:
        letters = letters.replace(two, one)
    return "".join(filter(str.isalnum, letters)) or shown or clean(name)


_RESERVED: Final = frozenset(
    map(likeness, (*SEATS, "Bereza", "Сокол", "Берёза", "Луна", "Гранит", "Волга", "MOSCOW", "Москва"))
)


def is_reserved(name: str) -> bool:
    """Whether a name looks like a call sign, or like MOSCOW: words that stand for a seat, or for the other side."""
    return likeness(name) in _RESERVED
