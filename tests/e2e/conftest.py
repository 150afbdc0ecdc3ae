"""The real thing: `nineteenth serve` with two workers on a real store, its clock moved by hand, and real Chromium."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from server.rooms.embedded import EmbeddedValkey
from server.rooms.journal import StoredJournal
from server.rooms.store import Store
from tests.e2e.hands import Hands
from tests.e2e.script import SEED
from tests.e2e.serving import Serving, serving
from tests.e2e.watching import Received

PATIENCE_MS = 20_000
"""How long a page may take to show what it was told, on a machine that has five other browsers to run."""

expect.set_options(timeout=PATIENCE_MS)

SIZES = {"desk": ViewportSize(width=1440, height=900), "phone": ViewportSize(width=390, height=844)}


@dataclass
class Seated:
    """One person's machine: a browser profile of its own, the page in it, and every frame that the page received."""

    page: Page
    hands: Hands
    received: Received


@dataclass
class Table:
    """A server and the browsers at it. `errors` gathers what any page wrote to its console as an error."""

    server: Serving
    store: Store
    journal: StoredJournal
    browser: Browser
    stack: AsyncExitStack
    errors: list[str] = field(default_factory=list)

    async def person(self, name: str, url: str, *, size: str = "desk", language: str = "en-GB") -> Seated:
        """Open a page in a fresh profile."""
        context = await self.stack.enter_async_context(
            await self.browser.new_context(viewport=SIZES[size], locale=language, reduced_motion="reduce")
        )
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda line: self.errors.append(f"{name}: {line.text}") if line.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(f"{name}: {error}"))
        seated = Seated(page, Hands(page, phone=size == "phone"), Received(page))
        await page.goto(url)
        return seated

    async def pass_time(self, seconds: int) -> None:
        """Move the clock of the rooms."""
        await self.journal.move_clock(1000 * seconds)


@pytest_asyncio.fixture(loop_scope="session")
async def table(browser: Browser, tmp_path: Path) -> AsyncIterator[Table]:
    """A server with two workers, its store, and a browser to open profiles in."""
    async with AsyncExitStack() as stack:
        valkey = stack.enter_context(EmbeddedValkey(tmp_path / "store"))
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NINETEENTH_")},
            "REDIS_URL": valkey.url,
            "NINETEENTH_CLOCK": "hand",
            "NINETEENTH_DEAL_SEED": SEED,
            "NINETEENTH_DATA_FOLDER": str(tmp_path),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        server = await stack.enter_async_context(serving(environment, workers=2))
        store = await stack.enter_async_context(Store(valkey.url))
        yield Table(server, store, StoredJournal(store, by_hand=True), browser, stack)
