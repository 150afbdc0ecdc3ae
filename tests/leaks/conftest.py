"""The two workers of `tests.gateway`, and the server and browser of `tests.e2e`."""

from tests.e2e.conftest import table
from tests.gateway.conftest import arrive, both, connections, journal, workers

__all__ = ["arrive", "both", "connections", "journal", "table", "workers"]
