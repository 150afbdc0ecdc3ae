"""The cipher of the wireless: text to a sheet of five-digit groups, and back for whoever holds the book.

Pure: it knows a book's secret and a message's number, never who holds which book, nor who may read what. Every sheet
has the same length, and without the book a message can't be told from noise.

To decode by hand: take the sheet without its spaces; subtract the keystream digit by digit, without borrowing
(3 - 7 = 6). The keystream is the digits (`rules.lots`, step 5) of the book's secret for the purpose
`wireless.key:NUMBER`. The first three digits say how many of the following are the text; the rest are padding, all 0.
Then read off the board below: a 0 is a space, anything else is a pair, row and column.

- SHIFT: the next letter is in the other case (a capital, or within LOCK a small letter);
- LOCK: letters are capitals from here to the next LOCK, or the end;
- CODE: the next seven digits are the decimal Unicode code point of one character that is not on the board.

Room: 60 groups are 300 digits, 297 for the text. So any 120 small letters, spaces, digits and marks of the board always
fit (240 digits at the most). A capital costs 2 digits more or, in a run of capitals, LOCK 2 for each end of it; a
character off the board costs 9. The text comes back exactly: nothing is normalised.

Source: the rulebook, "The wire".
"""

import re

from rules import lots

BOARD = """
    1   a b c d e f g h i j
    2   k l m n o p q r s t
    3   u v w x y z . , ? !
    4   а б в г д е ё ж з и
    5   й к л м н о п р с т
    6   у ф х ц ч ш щ ъ ы ь
    7   э ю я : ; - — ' ’ "
    8   0 1 2 3 4 5 6 7 8 9
    9   ( ) « » / + № SHIFT LOCK CODE
"""
SPACE = "0"
PADDING = "0"
HEADER = 3
POINT = 7
GROUPS = 60
MOST_GROUPS = 200  # the header's three digits count no further


def _cells() -> dict[str, str]:
    rows = [line.split() for line in BOARD.strip().splitlines()]
    return {cell: f"{row}{column}" for row, *cells in rows for column, cell in enumerate(cells)}


_CODES = _cells()
SHIFT, LOCK, CODE = _CODES.pop("SHIFT"), _CODES.pop("LOCK"), _CODES.pop("CODE")
_CODES[" "] = SPACE
_CELLS = {code: cell for cell, code in _CODES.items()}
_SMALL = {letter.upper(): letter for letter in _CODES if letter.isalpha()}
_READ = re.compile(f"{SPACE}|{CODE}[0-9]{{{POINT}}}|[1-9][0-9]")
_SHEET = re.compile(r"[0-9]{5}(?: [0-9]{5})*")


class TooLong(ValueError):
    """The text needs more digits than its sheet has room for."""

    code = "too_long"


class NotText(ValueError):
    """The text holds half a character (a lone surrogate), which no message can carry."""

    code = "not_text"


def encode(text: str) -> str:
    """The digits of the text by the board, with SHIFT and LOCK placed so that they are as few as can be.

    NotText for a lone surrogate. The answer for a text never changes: a match must replay byte for byte.
    """
    plain, locked = "", LOCK
    for character in text:
        if character in _SMALL:
            code = _CODES[_SMALL[character]]
            plain, locked = plain + SHIFT + code, locked + code
        elif character.isalpha() and character in _CODES:
            code = _CODES[character]
            plain, locked = plain + code, locked + SHIFT + code
        else:
            code = _CODES.get(character) or _escaped(character)
            plain, locked = plain + code, locked + code
        plain, locked = min(plain, locked + LOCK, key=len), min(locked, plain + LOCK, key=len)
    return min(plain, locked, key=len)


def _escaped(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        raise NotText("half a character (a lone surrogate) can't be sent")
    return f"{CODE}{ord(character):0{POINT}}"


def decode(content: str) -> str | None:
    """The text of the digits by the board; None if they end in the middle or make no text."""
    codes: list[str] = _READ.findall(content)
    if "".join(codes) != content:
        return None
    text: list[str] = []
    shift = lock = False
    for code in codes:
        cell = _cell(code)
        letter = len(code) == 2 and cell is not None and cell.isalpha()
        if shift and not letter:
            return None
        if code == SHIFT:
            shift = True
        elif code == LOCK:
            lock = not lock
        elif cell is None:
            return None
        else:
            text.append(cell.upper() if letter and shift != lock else cell)
            shift = False
    return None if shift else "".join(text)


def _cell(code: str) -> str | None:
    if len(code) <= 2:
        return _CELLS.get(code)
    point = int(code[len(CODE) :])
    return None if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF else chr(point)


def fits(text: str, groups: int = GROUPS) -> bool:
    """Whether the text can be sent on a sheet of so many groups: what `encrypt` takes without an error."""
    try:
        _content(text, groups)
    except (TooLong, NotText):
        return False
    return True


def encrypt(text: str, secret: bytes, number: str, groups: int = GROUPS) -> str:
    """The sheet of a text: `groups` (1 to 200) groups of five digits, joined by single spaces.

    `secret` is the book's; `number` names the message (turn, seat, line: "3:sokol:1") and must serve once only for
    a book: two texts under one keystream open each other. TooLong if the text doesn't fit, NotText for a lone
    surrogate.
    """
    content = _content(text, groups)
    clear = f"{len(content):0{HEADER}}{content}".ljust(groups * 5, PADDING)
    key = _keystream(secret, number, len(clear))
    return _sheet("".join(str((int(digit) + int(add)) % 10) for digit, add in zip(clear, key, strict=True)))


def decrypt(groups: str, secret: bytes, number: str) -> str | None:
    """The text of a sheet by the book with this secret.

    None when what comes out is no message (header, padding or codes are wrong): a sheet of noise, another book, another
    number, or no sheet at all. Noise passes for a message about once in ten thousand, as gibberish.
    """
    if not _SHEET.fullmatch(groups):
        return None
    sent = groups.replace(" ", "")
    key = _keystream(secret, number, len(sent))
    clear = "".join(str((int(digit) - int(add)) % 10) for digit, add in zip(sent, key, strict=True))
    length, body = int(clear[:HEADER]), clear[HEADER:]
    if length > len(body) or body[length:].strip(PADDING):
        return None
    return decode(body[:length])


def noise(seed: bytes, number: str, groups: int = GROUPS) -> str:
    """A sheet of uniform digits for an unused line, drawn from the match seed, shaped like any other."""
    _room(groups)
    return _sheet(lots.digits(seed, f"wireless.noise:{number}", groups * 5))


def _keystream(secret: bytes, number: str, count: int) -> str:
    return lots.digits(secret, f"wireless.key:{number}", count)


def _content(text: str, groups: int) -> str:
    room = _room(groups)
    # A character costs at least one digit; the first test keeps an endless text from being encoded at all.
    if len(text) > room or len(content := encode(text)) > room:
        raise TooLong(f"the text needs more than the {room} digits of its sheet")
    return content


def _room(groups: int) -> int:
    if not 1 <= groups <= MOST_GROUPS:
        raise ValueError(f"a sheet has 1 to {MOST_GROUPS} groups: {groups}")
    return groups * 5 - HEADER


def _sheet(digits: str) -> str:
    return " ".join(digits[start : start + 5] for start in range(0, len(digits), 5))
