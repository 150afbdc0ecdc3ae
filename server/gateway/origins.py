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
    return urlsplit(origin).netloc == headers.get("host") or origin in settings.allowed_origins
