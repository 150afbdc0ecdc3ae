"""The store's client library, put together: one server, or the master that sentinels name (a cluster: `cluster`).

Below the loop. Everything raises the library's own errors, which `store` turns into ours; it must not know what a
room is. What must not happen twice is asked on clients that never retry.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.client import PubSub
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.connection import Connection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import (
    Sentinel,
    SentinelConnectionPool,
    SentinelManagedConnection,
    SentinelManagedSSLConnection,
)
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import ConnectionError, RedisError

from server.rooms.addresses import Address
from server.rooms.batches import Batches, Word

ANSWER_SECONDS = 3.0
CONFIRM_SECONDS = 1.5
_CONNECT_SECONDS = 2.0
_SENTINEL_SECONDS = 1.0
CONNECTIONS = 32
_LOOK_FOR_THE_MASTER_SECONDS = 1.0

Cut = Callable[[], Awaitable[None]]


class Servers(Protocol):
    """What a store is made of. `again`: whether a command may as well happen twice, and so is retried."""

    async def ask(self, command: Sequence[Word], *, again: bool) -> Any:
        """One command."""
        ...

    async def ask_many(self, commands: Sequence[Sequence[Word]]) -> list[Any]:
        """Many commands that may as well happen twice."""
        ...

    async def confirmed(self, command: Sequence[Word], key: str, replicas: int) -> tuple[Any, int]:
        """One command on a key, never twice, its answer and how many replicas have it."""
        ...

    async def learn(self, script: str) -> None:
        """Make a script known everywhere."""
        ...

    async def time(self, key: str) -> tuple[int, int]:
        """The clock of the server that has a key, seconds and microseconds."""
        ...

    async def say(self, what: str) -> list[dict[str, Any]]:
        """What each server that takes writes says of itself: a section of INFO."""
        ...

    async def listener(self) -> PubSub:
        """A new line for published messages."""
        ...

    async def follow(self, cut: Cut) -> None:
        """Cut a line, for good, that hears a server which is none of ours any more. Runs until cancelled."""
        ...

    async def aclose(self) -> None:
        """Close every connection."""
        ...


def never() -> Retry:
    """For what must not happen twice."""
    # The library retries ten times if not told otherwise, which turns one append into two.
    return Retry(NoBackoff(), 0)


def twice() -> Retry:
    """For what may as well happen twice."""
    return Retry(ExponentialWithJitterBackoff(base=0.02, cap=0.2), 2)


def not_at_all() -> Retry:
    """For a line that one task reads and others ask on. Even `never` connects anew before it gives the error up."""
    return Retry(NoBackoff(), 0, supported_errors=())


PATIENCE: dict[str, Any] = {
    "socket_timeout": ANSWER_SECONDS,
    "socket_connect_timeout": _CONNECT_SECONDS,
    "protocol": 2,
    "driver_info": None,  # else the library looks itself up on the disk for each connection
}


class Single:
    """One server, for better or worse."""

    def __init__(self, address: Address) -> None:
        self._once, self._again = self._client(address, never()), self._client(address, twice())
        self._lines = self._client(address, not_at_all())
        self._asked_once, self._asked_again = Batches(self._once), Batches(self._again)

    def _client(self, address: Address, retry: Retry) -> Redis:
        pool = BlockingConnectionPool.from_url(
            address.url, max_connections=CONNECTIONS, timeout=ANSWER_SECONDS, retry=retry, **PATIENCE
        )
        return Redis.from_pool(pool)

    async def ask(self, command: Sequence[Word], *, again: bool) -> Any:
        """See `Servers`."""
        (answer,) = await (self._asked_again if again else self._asked_once).ask(command)
        return answer

    async def ask_many(self, commands: Sequence[Sequence[Word]]) -> list[Any]:
        """See `Servers`."""
        return await self._asked_again.ask(*commands)

    async def confirmed(self, command: Sequence[Word], key: str, replicas: int) -> tuple[Any, int]:
        """See `Servers`. On one connection: WAIT speaks of the writes of the connection that asks."""
        connection = await self._once.connection_pool.get_connection()  # type: ignore[no-untyped-call]
        async with self._once.pipeline(transaction=False) as pipeline:
            pipeline.connection = connection  # which it gives back
            pipeline.execute_command(*command)
            pipeline.execute_command("WAIT", replicas, int(CONFIRM_SECONDS * 1000))
            answer, confirmed = await pipeline.execute()
        if confirmed >= replicas:
            await self._undisputed(connection)
        return answer, int(confirmed)

    async def _undisputed(self, connection: Connection) -> None:
        """Raise if somebody may say that what was written there will not stand."""

    async def learn(self, script: str) -> None:
        """See `Servers`."""
        await self.ask(("SCRIPT", "LOAD", script), again=True)

    async def time(self, key: str) -> tuple[int, int]:
        """See `Servers`."""
        seconds, microseconds = await self.ask(("TIME",), again=True)
        return int(seconds), int(microseconds)

    async def say(self, what: str) -> list[dict[str, Any]]:
        """See `Servers`."""
        return [await self.ask(("INFO", what), again=True)]

    async def listener(self) -> PubSub:
        """See `Servers`."""
        return self._lines.pubsub()

    async def follow(self, cut: Cut) -> None:
        """See `Servers`: there is no other server to go over to."""
        await asyncio.Event().wait()

    async def aclose(self) -> None:
        """See `Servers`."""
        for client in (self._once, self._again, self._lines):
            await client.aclose()


class _MastersPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to whoever is the master, for which a task waits if all are in use."""


class Master(Single):
    """The master that sentinels name. Whoever else was it a moment ago is left."""

    def __init__(self, address: Address) -> None:
        asked = {"username": address.sentinel_username, "password": address.sentinel_password, "protocol": 2}
        patience = {"socket_timeout": _SENTINEL_SECONDS, "socket_connect_timeout": _SENTINEL_SECONDS}
        kwargs = {**asked, **patience, "retry": never(), "ssl": address.tls}
        self._service = address.service
        self._pools: list[_MastersPool] = []
        self._sentinel = Sentinel(address.hosts, sentinel_kwargs=kwargs)  # type: ignore[no-untyped-call]
        # The library moves whoever answered to the front, and when two of its tasks do so at once it loses one.
        self._sentinels = tuple(self._sentinel.sentinels)
        super().__init__(address)

    def _client(self, address: Address, retry: Retry) -> Redis:
        pool = _MastersPool(  # type: ignore[no-untyped-call]
            address.service,
            self._sentinel,
            connection_class=SentinelManagedSSLConnection if address.tls else SentinelManagedConnection,
            max_connections=CONNECTIONS,
            timeout=ANSWER_SECONDS,
            retry=retry,
            db=address.db,
            username=address.username,
            password=address.password,
            **PATIENCE,
        )
        self._pools.append(pool)
        return Redis.from_pool(pool)

    async def follow(self, cut: Cut) -> None:
        """See `Servers`. A master that was cut off knows nothing of it: idle connections to it are dropped too."""
        known: object = None
        while True:
            await asyncio.sleep(_LOOK_FOR_THE_MASTER_SECONDS)
            self._sentinel.sentinels = list(self._sentinels)
            try:
                masters = [await pool.get_master_address() for pool in self._pools]  # type: ignore[no-untyped-call]
            except (RedisError, OSError, TimeoutError):
                continue  # while nobody is named, there is nobody to go over to
            if known not in (None, masters[0]):
                await cut()
            known = masters[0]

    async def _undisputed(self, connection: Connection) -> None:
        """Whoever was written to must be the master for most sentinels, and doubted by none that answers.

        A replica's word is not enough: a master that stood still while another was named goes on as one for a moment,
        and a replica that nobody has told yet follows it. Whoever leads a failover says so from before its first step.
        """
        asked = [execute(sentinel, "SENTINEL MASTER", self._service) for sentinel in self._sentinels]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        said = [(one["ip"], one["port"], one["flags"]) for one in answers if isinstance(one, dict)]
        if 2 * len(said) <= len(self._sentinels):
            raise ConnectionError("too few sentinels answered")
        if set(said) != {(connection.host, connection.port, "master")}:
            raise ConnectionError("sentinels doubt the master")

    async def aclose(self) -> None:
        """See `Servers`."""
        await super().aclose()
        for sentinel in self._sentinels:
            await sentinel.aclose()


async def execute(client: Redis | RedisCluster, *command: Word) -> Any:
    """One command, of which the library's types know nothing."""
    return await client.execute_command(*command)
