"""Whose pages may speak to this server: its own, and those that the operator names.

The check is our own, since sockets are not covered by the framework's. Programs that are no browser send no origin.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from server.settings import Settings


def is_own_origin(origin: str | None, headers: Headers, settings: Settings) -> bool:
    """Whether a request may have come from one of our pages, or from no page at all."""
    if origin is None:
        return True
    return _host_of(origin) == headers.get("host") or origin in settings.allowed_origins


def _host_of(origin: str) -> str | None:
    """The host and port; None for what is no origin, and so nobody's."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
