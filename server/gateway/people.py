"""Guests: a random cookie that a browser keeps, and the public name that follows from it. Nothing is stored of either.

The name is a digest of the cookie, so it can be shown to the server's own parts and proves nothing. A cookie opens no
socket; it gets tickets by HTTP. Over TLS its name is one that no other host of the site can set.
"""

import hashlib
import re
import secrets

COOKIE = "nineteenth_guest"
COOKIE_OVER_TLS = f"__Host-{COOKIE}"
YEAR_SECONDS = 31_536_000
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def cookie_name(scheme: str) -> str:
    """The cookie's name on connections of a scheme."""
    return COOKIE_OVER_TLS if scheme == "https" else COOKIE


def new_cookie() -> str:
    """256 random bits in base64url."""
    return secrets.token_urlsafe(32)


def player_of(cookie: str | None) -> str | None:
    """The public name of whoever has this cookie, 24 hexadecimal digits; None for what is no cookie of ours."""
    if cookie is None or _SHAPE.fullmatch(cookie) is None:
        return None
    return hashlib.sha256(b"nineteenth:player:" + cookie.encode()).hexdigest()[:24]
