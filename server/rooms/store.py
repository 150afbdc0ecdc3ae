"""Connections to the store: the one home of the client library, of its retries and of its errors.

It knows commands and bytes; it must not know what a room is.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any, Self

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import (
    ClusterDownError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TryAgainError,
)

from server.rooms.ports import StoreFull, Unknown

_ANSWER_SECONDS = 3.0
_CONNECT_SECONDS = 2.0
_CONNECTIONS = 32
_SCHEMES = {"unix": "unix", "redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
# What a store says, in the first word of its refusal, when it cannot write now but may again without our doing.
_NO_SPACE = ("OOM", "MISCONF")
_PASSING = ("READONLY", "NOREPLICAS", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "UNBLOCKED")
_PASSING_ERRORS = (ReadOnlyError, ClusterDownError, TryAgainError)  # the library has cut off their first word

Word = str | bytes | int


@dataclass(frozen=True, slots=True)
class Script:
    """A script for the store, known there by the digest of its text."""

    text: str
    digest: str

    @classmethod
    def beside(cls, module: str, name: str) -> Self:
        """The script that lies beside a module; pass its `__file__`."""
        text = Path(module).with_name(name).read_text(encoding="utf-8")
        return cls(text, sha1(text.encode(), usedforsecurity=False).hexdigest())


class Store:
    """All connections of a worker to one store. Answers are bytes. Every method raises Unknown or StoreFull.

    Schemes: unix:///path?db=0, redis://, rediss:// (TLS), and valkey://, valkeys:// for the same. With `replicas` n,
    `run` counts as done only when n replicas have it; else it raises Unknown.
    """

    def __init__(self, url: str, *, replicas: int = 0) -> None:
        scheme, separator, rest = url.partition("://")
        if not separator or scheme not in _SCHEMES:
            raise ValueError(f"the store's address must begin with one of {', '.join(f'{s}://' for s in _SCHEMES)}")
        url = f"{_SCHEMES[scheme]}://{rest}"
        self.replicas = replicas
        # The library retries ten times if not told otherwise, which turns one append into two.
        self._once = _client(url, Retry(NoBackoff(), 0))
        self._again = _client(url, Retry(ExponentialWithJitterBackoff(base=0.02, cap=0.2), 2))

    async def aclose(self) -> None:
        """Close every connection."""
        await self._once.aclose()
        await self._again.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def call(self, *command: Word) -> Any:
        """One command that may as well happen twice: it is retried."""
        with _our_errors():
            return await _ask(self._again, *command)

    async def calls(self, commands: Sequence[Sequence[Word]], *, together: bool = False) -> list[Any]:
        """Many commands that may as well happen twice, in one round trip; `together`: nothing comes between them."""
        if not commands:
            return []
        with _our_errors():
            async with self._again.pipeline(transaction=together) as pipeline:
                for command in commands:
                    pipeline.execute_command(*command)
                return await pipeline.execute()

    async def call_once(self, *command: Word) -> Any:
        """One command that must not happen twice: never retried."""
        with _our_errors():
            return await _ask(self._once, *command)

    async def run(self, script: Script, keys: Sequence[str], words: Sequence[Word] = ()) -> Any:
        """Run a script, never twice, and wait for the replicas if any were asked for."""
        command: list[Word] = ["EVALSHA", script.digest, len(keys), *keys, *words]
        with _our_errors():
            try:
                return await self._confirmed(command)
            except NoScriptError:  # the store forgot it, or is new: nothing ran
                await _ask(self._again, "SCRIPT", "LOAD", script.text)
                return await self._confirmed(command)

    async def read(self, script: Script, keys: Sequence[str], words: Sequence[Word] = ()) -> Any:
        """Run a script that only reads: it is retried."""
        command: list[Word] = ["EVALSHA", script.digest, len(keys), *keys, *words]
        with _our_errors():
            try:
                return await _ask(self._again, *command)
            except NoScriptError:
                await _ask(self._again, "SCRIPT", "LOAD", script.text)
                return await _ask(self._again, *command)

    async def life(self) -> str:
        """The name of the store's present life: after a restart or a failover another. May raise Unknown."""
        return str((await self.call("INFO", "server"))["run_id"])

    async def fullness(self) -> float:
        """How much of the memory that the store may use is in use, 0 to 1; 0 if it has no limit."""
        memory = await self.call("INFO", "memory")
        return memory["used_memory"] / memory["maxmemory"] if memory["maxmemory"] else 0.0

    async def _confirmed(self, command: Sequence[Word]) -> Any:
        if not self.replicas:
            return await _ask(self._once, *command)
        # On one connection: WAIT speaks of the writes of the connection that asks.
        async with self._once.pipeline(transaction=False) as pipeline:
            pipeline.execute_command(*command)
            pipeline.execute_command("WAIT", self.replicas, int(_ANSWER_SECONDS * 500))
            answer, confirmed = await pipeline.execute()
        if confirmed < self.replicas:
            raise Unknown("too few replicas confirmed")
        return answer

    @asynccontextmanager
    async def listen(self) -> "AsyncIterator[Line]":
        """A line for published messages. It is never mended: when it breaks it raises Unknown; open another."""
        line = Line(self._once.pubsub())
        try:
            yield line
        finally:
            await line.close()


class Line:
    """One connection that hears what is published on channels."""

    def __init__(self, pubsub: PubSub) -> None:
        self._pubsub = pubsub
        self._broken = False

    @property
    def is_open(self) -> bool:
        """Whether something may be sent on it. The library would connect anew, silently, on a line that broke."""
        connection = self._pubsub.connection
        return not self._broken and connection is not None and connection.is_connected

    async def subscribe(self, *channels: str) -> None:
        """Ask for channels. They are heard from when `next` gives their confirmation."""
        with self._breaking():
            await self._pubsub.subscribe(*channels)

    async def unsubscribe(self, channel: str) -> None:
        """Ask for no more of a channel."""
        with self._breaking():
            await self._pubsub.unsubscribe(channel)

    async def ping(self) -> None:
        """Make the store say something, to see whether it still can."""
        with self._breaking():
            await self._pubsub.ping()

    async def next(self, seconds: float) -> "Confirmed | Heard | Quiet":
        """What comes next on the line. Quiet if nothing came in time."""
        with self._breaking():
            message = await self._pubsub.get_message(timeout=seconds)
        match message:
            case {"type": "subscribe", "channel": bytes(channel)}:
                return Confirmed(channel.decode())
            case {"type": "message", "channel": bytes(channel), "data": bytes(data)}:
                return Heard(channel.decode(), data)
            case None:
                return Quiet(is_alive=False)
            case _:
                return Quiet(is_alive=True)

    async def close(self) -> None:
        """Hang up."""
        self._broken = True
        with _our_errors():
            await self._pubsub.aclose()  # type: ignore[no-untyped-call]

    @contextmanager
    def _breaking(self) -> Iterator[None]:
        try:
            with _our_errors():
                yield
        except Unknown:
            self._broken = True
            raise
        except AttributeError as error:
            # Reading and asking are two tasks; the library drops its stream under the one when the other finds it cut.
            self._broken = True
            raise Unknown("the line was cut") from error


@dataclass(frozen=True, slots=True)
class Confirmed:
    """From here on everything published on the channel is heard."""

    channel: str


@dataclass(frozen=True, slots=True)
class Heard:
    """Something was published on the channel."""

    channel: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing of interest; is_alive: at least the store answered."""

    is_alive: bool


def _client(url: str, retry: Retry) -> Redis:
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=_CONNECTIONS,
        timeout=_ANSWER_SECONDS,
        retry=retry,
        socket_timeout=_ANSWER_SECONDS,
        socket_connect_timeout=_CONNECT_SECONDS,
        protocol=2,
    )
    return Redis.from_pool(pool)


async def _ask(client: Redis, *command: Word) -> Any:
    return await client.execute_command(*command)  # type: ignore[no-untyped-call]


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except OutOfMemoryError as error:
        raise StoreFull("the store has no memory left") from error
    except NoScriptError:
        raise
    except _PASSING_ERRORS as error:
        raise Unknown("the store cannot do it now") from error
    except ResponseError as error:
        first = str(error).partition(" ")[0]
        if first in _NO_SPACE:
            raise StoreFull("the store has no space left") from error
        if first in _PASSING:
            raise Unknown("the store cannot do it now") from error
        raise
    except (RedisError, OSError, TimeoutError) as error:
        raise Unknown("the store did not answer") from error
