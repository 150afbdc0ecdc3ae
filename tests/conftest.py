"""What any test may ask for: a real store, started once, a client on it that finds it empty, and a real browser."""

import shutil
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from server.rooms.embedded import EmbeddedValkey

CHROMIUM = [
    "--no-sandbox",  # Chromium refuses to run as root with one, and containers run as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedValkey]:
    """One store for the session. Under xdist every worker process has a session, and so a store, of its own."""
    with EmbeddedValkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def store(valkey: EmbeddedValkey) -> AsyncIterator[Redis]:
    """A client of the session's store, emptied before the test. Answers are bytes; nothing is retried silently."""
    client = Redis.from_url(valkey.url, retry=Retry(NoBackoff(), 0))
    await client.flushall()
    try:
        yield client
    finally:
        await client.aclose()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """How the browser tests start the system's Chromium: not one of a test tool's own, and talking to nobody else."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("the browser tests need Chromium: `make browser`")
    return {**browser_type_launch_args, "executable_path": found, "args": CHROMIUM}
