"""One answer for all who ask at about the same time: a crowd that comes back costs the store one question, not a
thousand.

Whoever asks gets an answer to a question that was put after he asked, never to an older one. It must not know what is
asked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")


def begun(work: Coroutine[Any, Any, Answer]) -> asyncio.Task[Answer]:
    """What many wait for, each behind a shield. Should all have given up when it fails, its error is no fault.

    Without this the loop would report an error that nobody looked at, with all its text, in the worker's log.
    """
    task = asyncio.create_task(work)
    task.add_done_callback(_looked_at)
    return task


def _looked_at(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()


class Shared(Generic[Answer]):
    """A question that many ask. Calls that come before it is put wait for the same answer, or get the same error.

    `turn`: a lock that is held while it is put and answered, so that all who come meanwhile share the next one. Without
    one it is put in the next turn of the loop, beside others that are under way.
    """

    def __init__(self, turn: asyncio.Lock | None = None) -> None:
        self._turn = turn
        self._next: asyncio.Task[Answer] | None = None
        self._put: set[asyncio.Task[Answer]] = set()

    async def ask(self, question: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer, always to the same question. Raises what that raises; who gives up leaves the others theirs."""
        if self._next is None:
            self._next = begun(self._answered(question))
            self._put.add(self._next)
            self._next.add_done_callback(self._put.discard)
        return await asyncio.shield(self._next)

    async def _answered(self, question: Callable[[], Awaitable[Answer]]) -> Answer:
        if self._turn is None:
            return await self._begun(question)
        async with self._turn:
            return await self._begun(question)

    async def _begun(self, question: Callable[[], Awaitable[Answer]]) -> Answer:
        self._next = None
        return await question()
