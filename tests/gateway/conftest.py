"""Two workers on one store, found empty, and guests who come to them."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest_asyncio

from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.store import Store
from tests.gateway.guests import Guest
from tests.gateway.workers import Running, running

Arrive = Callable[..., Awaitable[Guest]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def both(valkey: EmbeddedValkey) -> AsyncIterator[tuple[Running, Running]]:
    """Two workers for the session."""
    async with running(valkey.url, hasty=True) as first, running(valkey.url, hasty=True) as second:
        yield first, second


@pytest_asyncio.fixture(loop_scope="session")
async def connections(valkey: EmbeddedValkey) -> AsyncIterator[Store]:
    """The store as it is underneath, emptied."""
    async with Store(valkey.url) as opened:
        await opened.call("FLUSHALL")
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def journal(connections: Store) -> StoredJournal:
    """To read the logs, and to move the clock of the rooms."""
    return StoredJournal(connections, by_hand=True)


@pytest_asyncio.fixture(loop_scope="session")
async def workers(both: tuple[Running, Running], journal: StoredJournal) -> tuple[Running, Running]:
    """Both workers, on an empty store."""
    return both


@pytest_asyncio.fixture(loop_scope="session")
async def arrive(workers: tuple[Running, Running]) -> AsyncIterator[Arrive]:
    """Call it for one more guest, who asks the first worker if none is named."""
    guests: list[Guest] = []

    async def come(worker: Running | None = None) -> Guest:
        guests.append(Guest(worker or workers[0]))
        return await guests[-1].arrive()

    yield come
    for guest in guests:
        await guest.leave()
