"""A store with our connections on it, and the journals that keep the same promises."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.memory import MemoryJournal
from server.rooms.store import Store

pytest.register_assert_rewrite("tests.rooms.conformance")


@pytest_asyncio.fixture(loop_scope="session")
async def connections(valkey: EmbeddedValkey) -> AsyncIterator[Store]:
    """Our connections to the session's store, which is empty."""
    async with Store(valkey.url) as opened:
        await opened.call("FLUSHALL")
        yield opened


@pytest.fixture
def stored(connections: Store) -> StoredJournal:
    """The real journal, its clock moved by hand."""
    return StoredJournal(connections, by_hand=True)


@pytest.fixture(params=["memory", "store"])
def journal(request: pytest.FixtureRequest) -> MemoryJournal | StoredJournal:
    """Each journal in turn."""
    if request.param == "memory":
        return MemoryJournal(1_000_000)
    found = request.getfixturevalue("stored")
    assert isinstance(found, StoredJournal)
    return found
