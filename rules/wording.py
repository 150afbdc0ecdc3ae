"""Free words as they are kept: one normal form, one line, nothing that a reader cannot see and could be misled by."""

import unicodedata
from typing import Final

MARKS_IN_A_ROW: Final = 4
JOINER: Final = "\u200d"
_AS_PICTURE: Final = "\ufe0f"
BLANKS: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs, by their category, that show nothing at all."""


def clean(text: str) -> str:
    """The text in form NFC, white space folded, control and direction marks gone, at most four accents in a row.

    The joiner of compound emoji stays, behind a picture. An empty answer means there was nothing to be seen.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", _in_short_rows(text)):
        kind = unicodedata.category(sign)
        if kind.startswith("M"):
            marks += 1
            kept += [sign] if marks <= MARKS_IN_A_ROW else []
        elif sign == JOINER:
            kept += [sign] if kept and _is_picture(kept[-1]) else []
        elif kind in ("Cc", "Zl", "Zp", "Zs") or sign in BLANKS:
            kept.append(" ")
            marks = 0
        elif kind not in ("Cf", "Cs", "Co", "Cn"):
            kept.append(sign)
            marks = 0  # what is dropped, or joins, does not end a row
    words = " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
    return words if any(unicodedata.category(sign)[0] in "LNPS" for sign in words) else ""


def _in_short_rows(text: str) -> str:
    """Fewer accents in a row, before they are put in order: to sort thousands takes a second."""
    kept: list[str] = []
    row = 0
    for sign in text:
        row = row + 1 if unicodedata.combining(sign) else 0
        if row <= 2 * MARKS_IN_A_ROW:
            kept.append(sign)
    return "".join(kept)


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in ("So", "Sk") or sign == _AS_PICTURE
