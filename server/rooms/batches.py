"""What a worker asks the store in one turn of its loop goes there in one round trip, on one connection.

A crowd that comes back asks thousands of small things at once, and a round trip costs the worker more than what is
asked costs the store. Whoever asks alone waits for nobody. It must not know what is asked.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis

Word = str | bytes | int

MOST = 64
"""Commands in one round trip: whoever shares it has his answer when all of it is there."""

_Asked = tuple[Sequence[Word], asyncio.Future[Any]]


class Batches:
    """The commands of one client of the library, whose retries hold for a round trip as they do for a command."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._next: list[_Asked] = []
        self._under_way: set[asyncio.Task[None]] = set()

    async def ask(self, *commands: Sequence[Word]) -> list[Any]:
        """The answers to commands, or the error of the first that has one. Who gives up leaves the others theirs."""
        if len(commands) == 1:
            return [await self._put(commands[0])]
        return await asyncio.gather(*(self._put(command) for command in commands))

    def _put(self, command: Sequence[Word]) -> asyncio.Future[Any]:
        loop = asyncio.get_running_loop()
        if not self._next:
            loop.call_soon(self._send)
        answer: asyncio.Future[Any] = loop.create_future()
        self._next.append((command, answer))
        if len(self._next) == MOST:
            self._send()
        return answer

    def _send(self) -> None:
        batch, self._next = self._next, []
        if batch:
            task = asyncio.create_task(self._ask(batch))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _ask(self, batch: list[_Asked]) -> None:
        try:
            async with self._client.pipeline(transaction=False) as pipeline:
                for command, _ in batch:
                    pipeline.execute_command(*command)
                said = await pipeline.execute(raise_on_error=False)
        except Exception as error:
            said = [error] * len(batch)
        for (_, answer), what in zip(batch, said, strict=True):
            if answer.done():
                continue  # nobody waits for it any more
            if isinstance(what, Exception):
                answer.set_exception(what)
            else:
                answer.set_result(what)
