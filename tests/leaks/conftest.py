"""The two workers of `tests.gateway`, for what is shown through real sockets."""

from tests.gateway.conftest import arrive, both, connections, journal, workers

__all__ = ["arrive", "both", "connections", "journal", "workers"]
