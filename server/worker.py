"""One worker: uvicorn with the application, on the listening socket that its parent opened.

Below the loop: it serves every room and owns none. It must not know how many workers there are.
"""

import os
import socket
import sys

import uvicorn

from server.settings import Settings

LARGEST_MESSAGE = 16_384
PING_EVERY = 10.0


class _Announcing(uvicorn.Server):
    """Writes one byte to `ready` once it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready: int) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            os.write(self._ready, b".")
        os.close(self._ready)


def configuration(settings: Settings) -> uvicorn.Config:
    """How the application is served: small messages, no compression (a bomb inflates without bound), no access log."""
    return uvicorn.Config(
        "server.app:create_app",
        factory=True,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        ws_ping_interval=PING_EVERY,
        ws_ping_timeout=PING_EVERY,
        timeout_graceful_shutdown=settings.stop_patience,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        log_level="debug" if settings.log_level == "debug" else "warning",
        access_log=False,
        server_header=False,
    )


def main(listener: int, ready: int) -> None:
    """Serve until SIGTERM. Both are inherited descriptors: the listening socket, and a pipe to report on."""
    with socket.socket(fileno=listener) as listening:
        _Announcing(configuration(Settings()), ready).run(sockets=[listening])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
