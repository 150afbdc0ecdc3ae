"""Waiting for what tells nobody when it happens: another process, a counter. Always bounded."""

import asyncio
from collections.abc import Callable


async def until(is_so: Callable[[], object], seconds: float, every: float = 0.05) -> None:
    """Look again and again until it is so; TimeoutError after so many seconds."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 - nobody sets an event for it
            await asyncio.sleep(every)
