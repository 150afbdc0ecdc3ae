"""From where a request or a connection comes, as far as limits have to know. It must not know what they count."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from starlette.requests import HTTPConnection

_PREFIX: Final = 64
_REMEMBERED: Final = 4_096
"""Addresses: each is asked for several times while somebody comes in."""


def address_of(connection: HTTPConnection) -> str:
    """The address as the server saw it, or as a proxy that the operator trusts reported it.

    An IPv6 address counts as its network of 64 bits: whoever has one of them has them all.
    """
    return one_of(connection.client.host) if connection.client is not None else "unknown"


@lru_cache(maxsize=_REMEMBERED)
def one_of(host: str) -> str:
    """The one name under which everything counts that may well be the same machine."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, _PREFIX), strict=False))
