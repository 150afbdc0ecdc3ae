"""Programs that play: the bot token that a host gets for one, and the public name that follows from the token.

It stands in a ticket's place and does not wear out: it is good for as long as its seat is kept. It names its room, and
the room's log keeps the public name alone, a digest that opens nothing. `bots.md` tells bot authors of it.
"""

import hashlib
import re
import secrets

from msgspec import Struct

PREFIX = "program-"
_SHAPE = re.compile(PREFIX + r"([0-9A-HJKMNP-TV-Z]{8})-[A-Za-z0-9_-]{43}")


class Program(Struct, frozen=True):
    """Whom a token speaks for: a player's public name, and the code of the one room where it may have a seat."""

    room: str
    player: str


def new_token(code: str) -> str:
    """256 random bits in base64url, behind the code of their room."""
    return f"{PREFIX}{code}-{secrets.token_urlsafe(32)}"


def is_token(shown: str) -> bool:
    """Whether this is shown as a token, and not as a ticket. It may still be wrong."""
    return shown.startswith(PREFIX)


def program_of(token: str) -> Program | None:
    """The room and the public name, 24 hexadecimal digits, that a token stands for; None for what is none of ours."""
    found = _SHAPE.fullmatch(token)
    if found is None:
        return None
    return Program(found[1], hashlib.sha256(b"nineteenth:program:" + token.encode()).hexdigest()[:24])
