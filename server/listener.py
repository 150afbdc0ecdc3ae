"""The socket that all workers accept connections on. Below the loop: each connection inherits what it is set to."""

import socket
from typing import Final

STALLED_READER: Final = 20_000
"""Milliseconds after which the system drops a connection whose other side takes nothing."""

_BACKLOG: Final = 2_048


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address of this machine, IPv4 or IPv6. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED_READER)
    return listener
