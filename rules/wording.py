"""Free words as they are kept: one normal form, one line, nothing that a reader cannot see and could be misled by."""

import unicodedata

MARKS_IN_A_ROW = 4


def clean(text: str) -> str:
    """The text in form NFC, white space folded, no control or direction marks, at most four combining marks in a row.

    The joiner of compound emoji stays. An empty answer means there was nothing to be seen.
    """
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if kind in ("Cc", "Zl", "Zp", "Zs"):
            kept.append(" ")
        elif kind.startswith("M"):
            marks += 1
            kept += [sign] if marks <= MARKS_IN_A_ROW else []
            continue
        elif kind not in ("Cf", "Cs", "Co", "Cn") or sign == "\u200d":
            kept.append(sign)
        marks = 0
    words = " ".join("".join(kept).split())
    return words if any(unicodedata.category(sign)[0] in "LNPS" for sign in words) else ""
