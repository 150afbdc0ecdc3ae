"""The store's client library for the nodes of a cluster; `servers` has the others.

Below the loop. Everything raises the library's own errors, which `store` turns into ours; it must not know rooms.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.retry import Retry
from redis.exceptions import ConnectionError, MovedError, RedisError, TimeoutError

from server.rooms.addresses import Address
from server.rooms.batches import Word
from server.rooms.servers import CONFIRM_SECONDS, CONNECTIONS, PATIENCE, Cut, execute, never, not_at_all, twice

_REDIRECTIONS = 4


class Cluster:
    """The nodes of a cluster. All keys of a commit are of one slot; the clock is that of one slot's primary.

    Hints are published to all nodes: a line to any one node hears of every room, and there is one line that can break.
    Sharded publishing would need a line to each primary for messages of a hundred bytes.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._once, self._again = self._client(never()), self._client(twice())
        self._places = asyncio.Semaphore(4 * CONNECTIONS)
        self._listeners: dict[str, Redis] = {}

    def _client(self, retry: Retry) -> RedisCluster:
        address = self._address
        return RedisCluster(
            startup_nodes=[ClusterNode(host, port) for host, port in address.hosts],
            retry=retry,
            max_connections=8 * CONNECTIONS,
            username=address.username,
            password=address.password,
            ssl=address.tls,
            **PATIENCE,
        )

    async def ask(self, command: Sequence[Word], *, again: bool) -> Any:
        """See `Servers`."""
        async with self._places:
            return await execute(self._again if again else self._once, *command)

    async def ask_many(self, commands: Sequence[Sequence[Word]]) -> list[Any]:
        """See `Servers`."""
        async with self._places, self._again.pipeline() as pipeline:
            for command in commands:
                pipeline.execute_command(*command)
            return await pipeline.execute()

    async def confirmed(self, command: Sequence[Word], key: str, replicas: int) -> tuple[Any, int]:
        """See `Servers`. Redirections are followed here: the library would let WAIT behind, on the wrong node."""
        async with self._places:
            for _ in range(_REDIRECTIONS):
                node = (await self._once.initialize()).get_node_from_key(key)
                pipeline = self._once.pipeline()
                pipeline.execute_command(*command, target_nodes=node)
                pipeline.execute_command("WAIT", replicas, int(CONFIRM_SECONDS * 1000), target_nodes=node)
                try:
                    answer, confirmed = await pipeline.execute(allow_redirections=False)
                except MovedError as moved:  # so it was not done
                    await self._once.nodes_manager.move_slot(moved)
                except (ConnectionError, TimeoutError):
                    await self._look_again()
                    raise
                else:
                    return answer, int(confirmed)
        raise ConnectionError("the slot moves about")

    async def learn(self, script: str) -> None:
        """See `Servers`. Replicas too, since any of them may be the primary next; one that is away learns it later."""
        nodes = (await self._once.initialize()).get_nodes()
        teaching = [self._once.execute_command("SCRIPT LOAD", script, target_nodes=node) for node in nodes]
        await asyncio.gather(*teaching, return_exceptions=True)

    async def time(self, key: str) -> tuple[int, int]:
        """See `Servers`."""
        node = (await self._again.initialize()).get_node_from_key(key)
        seconds, microseconds = await self._again.execute_command("TIME", target_nodes=node)
        return int(seconds), int(microseconds)

    async def say(self, what: str) -> list[dict[str, Any]]:
        """See `Servers`."""
        answers = await self._again.execute_command("INFO", what, target_nodes=RedisCluster.PRIMARIES)
        return list(answers.values())

    async def listener(self) -> PubSub:
        """See `Servers`. Any node will do; if it does not, the next line is to another."""
        node = random.choice((await self._again.initialize()).get_nodes())
        if node.name not in self._listeners:
            address = self._address
            self._listeners[node.name] = Redis(
                host=node.host,
                port=int(node.port),
                username=address.username,
                password=address.password,
                ssl=address.tls,
                retry=not_at_all(),
                **PATIENCE,
            )
        return self._listeners[node.name].pubsub()

    async def follow(self, cut: Cut) -> None:
        """See `Servers`: a node that is cut off is deaf, and the sweep finds what it does not tell."""
        await asyncio.Event().wait()

    async def aclose(self) -> None:
        """See `Servers`."""
        for listener in self._listeners.values():
            await listener.aclose()
        for client in (self._once, self._again):
            await client.aclose()

    async def _look_again(self) -> None:
        """A node does not answer: perhaps another has its slots by now."""
        with suppress(RedisError, OSError, TimeoutError):
            await self._once.nodes_manager.initialize()
