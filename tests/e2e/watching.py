"""What a page has received, as it comes in: a test waits here for the next frame, never for a while."""

import asyncio
from typing import Any

import msgspec
from playwright.async_api import Page, WebSocket

from rules.codec import encode_view
from rules.view import View
from tests.e2e.pages import folded

PATIENCE_SECONDS = 20


class Received:
    """Every frame of one page, over all its connections."""

    def __init__(self, page: Page) -> None:
        self.frames: list[str] = []
        self._more = asyncio.Event()
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, frame: Any) -> None:
        self.frames.append(frame if isinstance(frame, str) else frame.decode())
        self._more.set()

    async def until_match_is(self, view: View) -> None:
        """Wait until the page has been shown exactly this of the match."""
        wanted = msgspec.json.decode(encode_view(view))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while folded(self.frames).get("match") != wanted:
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            assert folded(self.frames).get("match") == wanted
