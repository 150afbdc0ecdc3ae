"""Ports for servers that have to be told theirs, and keep it when they are started again."""

import random
import socket

_BELOW_OUTGOING = range(10_000, 22_000)  # the kernel gives outgoing connections ports from 32768 up
_CLUSTER_BUS = 10_000


def free_port() -> int:
    """A port that nobody has, and whose cluster bus port nobody has either.

    It lies below those of outgoing connections, the bus port too: no connection of another test takes it before the
    server does.
    """
    while True:
        port = random.choice(_BELOW_OUTGOING)
        if _is_free(port) and _is_free(port + _CLUSTER_BUS):
            return port


def _is_free(port: int) -> bool:
    try:
        with socket.create_server(("127.0.0.1", port)):
            return True
    except OSError:
        return False
