"""Starting `nineteenth serve` as its own process, and waiting for it to say where it is."""

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.ports import free_port

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Serving:
    """A running server: its address, and the lines that it logs."""

    url: str
    log: list[str]


@asynccontextmanager
async def serving(environment: Mapping[str, str], workers: int) -> AsyncIterator[Serving]:
    """Serve on a free port until the block ends. Fails if the server does not come up, or does not stop cleanly."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        "nineteenth", "serve", "--port", str(port), "--workers", str(workers),
        env=dict(environment), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    log: list[str] = []
    up = asyncio.Event()

    async def read(lines: asyncio.StreamReader) -> None:
        async for line in lines:
            log.append(line.decode(errors="replace"))
            if "http://" in log[-1]:
                up.set()
        up.set()

    reading = asyncio.create_task(read(process.stdout))
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await up.wait()
        assert process.returncode is None, "".join(log)
        yield Serving(f"http://127.0.0.1:{port}", log)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await process.wait()
            await reading
    assert process.returncode == 0, "".join(log)
