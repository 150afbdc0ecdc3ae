"""What waits to be sent on one connection: bounded, so that a slow reader costs one closed connection and no more.

It must not know what the frames say.
"""

import asyncio
from collections import deque

MOST_FRAMES = 512
MOST_BYTES = 1_000_000


class Overflow(Exception):
    """The reader is too slow."""


class Outbox:
    """Frames in order, waiting. `put` never waits; whoever writes to the connection takes."""

    def __init__(self, most_frames: int = MOST_FRAMES, most_bytes: int = MOST_BYTES) -> None:
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._most_frames = most_frames
        self._most_bytes = most_bytes
        self._something = asyncio.Event()
        self._nothing = asyncio.Event()
        self._going = False

    def put(self, frame: bytes) -> None:
        """Append a frame. Overflow if more waits than is allowed; into an empty outbox a frame of any size goes."""
        waiting = bool(self._frames)
        if waiting and (len(self._frames) >= self._most_frames or self._bytes + len(frame) > self._most_bytes):
            raise Overflow
        self._frames.append(frame)
        self._bytes += len(frame)
        self._something.set()

    def drop(self) -> None:
        """Throw away what waits."""
        self._frames.clear()
        self._bytes = 0

    async def take(self) -> bytes:
        """The next frame, once there is one. Say `sent` when it is out."""
        while not self._frames:
            self._something.clear()
            await self._something.wait()
        self._going = True
        frame = self._frames.popleft()
        self._bytes -= len(frame)
        return frame

    def sent(self) -> None:
        """The frame that was taken last is out."""
        self._going = False
        if not self._frames:
            self._nothing.set()

    async def drained(self) -> None:
        """Wait until nothing waits."""
        while self._frames or self._going:
            self._nothing.clear()
            await self._nothing.wait()
