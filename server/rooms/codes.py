"""Room codes: what a player types to enter a room. Eight letters of Crockford's alphabet, 40 bits, shown as ABCD-EFGH.

They are kept and sent without the dash. Nothing here knows whether a room exists.
"""

import re
import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 8
_CODE = re.compile(f"[{_ALPHABET}]{{{_LENGTH}}}")
_MISREAD = str.maketrans("OIL", "011", " -\u2013\u2014")


def new_code() -> str:
    """A random code. It may be taken already: `Journal.create` says so."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def is_code(text: str) -> bool:
    """Whether the text is a code exactly as we keep it."""
    return _CODE.fullmatch(text) is not None


def read_code(typed: str) -> str | None:
    """The code that somebody meant: any case, with or without dashes and spaces, O for 0, I and L for 1. Else None."""
    code = typed.upper().translate(_MISREAD) if len(typed) <= 2 * _LENGTH else ""
    return code if is_code(code) else None


def show_code(code: str) -> str:
    """The code as people read it aloud: ABCD-EFGH."""
    return f"{code[:4]}-{code[4:]}"
