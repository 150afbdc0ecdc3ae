"""How large the body of a request may be: it is refused before it is read. It must not know what a body says."""

from typing import Final

from starlette.datastructures import Headers

LARGEST_BODY: Final = 65_536


def is_too_large(headers: Headers) -> bool:
    """Whether it says that it is larger, or does not say how large it is. The protocol holds it to its word."""
    length = headers.get("content-length")
    is_longer = length is not None and (not length.isdigit() or int(length) > LARGEST_BODY)
    return is_longer or "transfer-encoding" in headers
