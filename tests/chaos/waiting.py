"""Waiting for what tells nobody when it happens: another process, a counter. Always bounded. And measuring waits."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


async def until(is_so: Callable[[], object], seconds: float, every: float = 0.05) -> None:
    """Look again and again until it is so; TimeoutError after so many seconds."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 - nobody sets an event for it
            await asyncio.sleep(every)


@contextmanager
def nobody_tidies() -> Iterator[None]:
    """No garbage is collected in this process: else now and then the bots stand still, not those who serve them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
