"""Connections to the store: the one home of the client library, of its retries and of its errors.

It knows commands and bytes; it must not know what a room is.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any, Self

from redis.asyncio.client import PubSub
from redis.exceptions import (
    ClusterDownError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TryAgainError,
)

from server.rooms.addresses import Address, Kind, read_address
from server.rooms.batches import Word
from server.rooms.cluster import Cluster
from server.rooms.ports import StoreFull, Unknown
from server.rooms.servers import Master, Servers, Single

_LESSONS = 3
# What a store says, in the first word of its refusal, when it cannot write now but may again without our doing.
_NO_SPACE = ("OOM", "MISCONF")
_PASSING = ("READONLY", "NOREPLICAS", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "BUSY", "UNBLOCKED")


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

    Schemes: unix:///path?db=0, redis://, rediss:// (TLS), valkey://, valkeys:// for the same; redis+sentinel://host:port,
    host:port/name for the master that sentinels know by a name; redis+cluster://host:port,host:port for a cluster.
    With `replicas` n, `run` counts as done only when n replicas have it; else it raises Unknown. None: see `Address`.
    """

    def __init__(self, url: str, *, replicas: int | None = None) -> None:
        address = read_address(url)
        self.replicas = address.replicas if replicas is None else replicas
        self._servers = _servers_of(address)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._servers.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def call(self, *command: Word) -> Any:
        """One command that may as well happen twice: it is retried."""
        with _OurErrors():
            return await self._servers.ask(command, again=True)

    async def calls(self, commands: Sequence[Sequence[Word]]) -> list[Any]:
        """Many commands that may as well happen twice, in one round trip."""
        if not commands:
            return []
        with _OurErrors():
            return await self._servers.ask_many(commands)

    async def call_once(self, *command: Word) -> Any:
        """One command that must not happen twice: never retried."""
        with _OurErrors():
            return await self._servers.ask(command, again=False)

    async def run(self, script: Script, keys: Sequence[str], words: Sequence[Word] = ()) -> Any:
        """Run a script, never twice, and wait for the replicas if any were asked for."""
        command: list[Word] = ["EVALSHA", script.digest, len(keys), *keys, *words]
        return await self._knowing(script, lambda: self._confirmed(command, keys[0]))

    async def read(self, script: Script, keys: Sequence[str], words: Sequence[Word] = ()) -> Any:
        """Run a script that only reads: it is retried."""
        command: list[Word] = ["EVALSHA", script.digest, len(keys), *keys, *words]
        return await self._knowing(script, lambda: self._servers.ask(command, again=True))

    async def _knowing(self, script: Script, ask: Callable[[], Awaitable[Any]]) -> Any:
        """Whoever answers may not know the script: a store that is new, or forgot it, or took over this very moment."""
        with _OurErrors():
            for _ in range(_LESSONS):
                try:
                    return await ask()
                except NoScriptError:  # nothing ran
                    await self._servers.learn(script.text)
        raise Unknown("the store learns nothing")

    async def time(self, key: str) -> int:
        """The clock, ms, of the server that has a key: in a cluster each has its own."""
        with _OurErrors():
            seconds, microseconds = await self._servers.time(key)
        return seconds * 1000 + microseconds // 1000

    async def life(self) -> str:
        """The name of the store's present life: after a restart or a failover another. In a cluster of any primary."""
        with _OurErrors():
            found = await self._servers.say("server")
        lives = sorted(str(server["run_id"]) for server in found)
        return lives[0] if len(lives) == 1 else sha1("".join(lives).encode(), usedforsecurity=False).hexdigest()

    async def fullness(self) -> float:
        """How much of the memory that the store may use is in use, 0 to 1, on the fullest server; 0 without a limit."""
        with _OurErrors():
            found = await self._servers.say("memory")
        return max(memory["used_memory"] / memory["maxmemory"] if memory["maxmemory"] else 0.0 for memory in found)

    async def _confirmed(self, command: Sequence[Word], key: str) -> Any:
        if not self.replicas:
            return await self._servers.ask(command, again=False)
        answer, confirmed = await self._servers.confirmed(command, key, self.replicas)
        if confirmed < self.replicas:
            raise Unknown("too few replicas confirmed")
        return answer

    @asynccontextmanager
    async def listen(self) -> "AsyncIterator[Line]":
        """A line for published messages. It is never mended: when it breaks it raises Unknown; open another."""
        with _OurErrors():
            line = Line(await self._servers.listener())
        following = asyncio.create_task(self._servers.follow(line.close))
        try:
            yield line
        finally:
            following.cancel()
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
            if self._broken:  # the library would connect anew, silently
                raise Unknown("the line was cut")
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
        with _OurErrors():
            await self._pubsub.aclose()  # type: ignore[no-untyped-call]

    @contextmanager
    def _breaking(self) -> Iterator[None]:
        try:
            with _OurErrors():
                yield
        except Unknown:
            self._broken = True
            raise


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


def _servers_of(address: Address) -> Servers:
    if address.kind is Kind.CLUSTER:
        return Cluster(address)
    return Master(address) if address.kind is Kind.SENTINEL else Single(address)


class _OurErrors:
    """Unknown or StoreFull for the library's errors; and whoever was cancelled meanwhile is cancelled.

    On Python 3.11 `asyncio.wait_for`, which the library sends by, takes a cancellation that comes just as it is done
    and forgets it: a time limit would pass unheeded, and who waits for the cancelled task would wait for ever.
    """

    __slots__ = ("_before",)

    def __enter__(self) -> None:
        self._before = _cancellations()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if _cancellations() > self._before:
            raise asyncio.CancelledError
        ours = _ours(error)
        if ours is not None:
            raise ours from error


def _cancellations() -> int:
    task = asyncio.current_task()
    return task.cancelling() if task is not None else 0


def _ours(error: BaseException | None) -> Unknown | StoreFull | None:
    """What an error of the library means; None for one that means a fault of ours."""
    match error:
        case None:
            return None
        case OutOfMemoryError():
            return StoreFull("the store has no memory left")
        case ReadOnlyError() | ClusterDownError() | TryAgainError():  # the library has cut off their first word
            return Unknown("the store cannot do it now")
        case ResponseError():
            return _refusal(_first_word(error))
        case RedisError() | OSError() | TimeoutError():
            return Unknown("the store did not answer")
        case AttributeError(name=str(), obj=None):
            # When one task finds a connection cut, the library drops the stream, a None from then on, under the others.
            return Unknown("the connection was cut")
        case _:
            return None


def _refusal(first_word: str) -> Unknown | StoreFull | None:
    if first_word in _NO_SPACE:
        return StoreFull("the store has no space left")
    return Unknown("the store cannot do it now") if first_word in _PASSING else None


def _first_word(error: ResponseError) -> str:
    """What kind of refusal it is. Of many commands the library puts words of its own before the store's."""
    return str(error).rpartition("caused error: (")[2].lstrip("'\"").partition(" ")[0]
