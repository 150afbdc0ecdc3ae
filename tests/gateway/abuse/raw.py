"""A WebSocket by hand, to send what no library sends."""

import asyncio
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Self

PATIENCE = 20.0
CONTINUATION, TEXT, CLOSE, PING, PONG = 0, 1, 8, 9, 10


class Raw:
    """One connection that has shaken hands and not entered."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @staticmethod
    def handshake(headers: Sequence[str] = ()) -> bytes:
        """The request for a socket; a header that is given stands in place of the usual one of its name."""
        usual = ["Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade"]
        usual += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"]
        given = {header.partition(":")[0] for header in headers}
        lines = [header for header in usual if header.partition(":")[0] not in given]
        return "\r\n".join(["GET /ws HTTP/1.1", *lines, *headers, "", ""]).encode("latin-1")

    @classmethod
    @asynccontextmanager
    async def connected(cls, port: int, address: str = "127.0.0.1") -> AsyncIterator[Self]:
        """A connection from an address of this machine."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
        writer.write(cls.handshake())
        async with asyncio.timeout(PATIENCE):
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
        try:
            yield cls(reader, writer)
        finally:
            writer.transport.abort()

    def send(self, kind: int, payload: bytes, *, is_last: bool = True) -> None:
        """One frame."""
        self.writer.write(self.framed(kind, payload, is_last=is_last))

    @staticmethod
    def framed(kind: int, payload: bytes, *, is_last: bool = True) -> bytes:
        """A frame as it goes out, masked with zeros."""
        length = struct.pack("!BH", 254, len(payload)) if len(payload) > 125 else struct.pack("!B", 128 | len(payload))
        return bytes([kind | (128 if is_last else 0)]) + length + bytes(4) + payload

    async def close_code(self) -> int | None:
        """The code of the close frame that comes, after whatever else comes; None if the line ends without one."""
        async with asyncio.timeout(PATIENCE):
            try:
                while True:
                    kind, length = await self.reader.readexactly(2)
                    if length == 126:
                        (length,) = struct.unpack("!H", await self.reader.readexactly(2))
                    payload = await self.reader.readexactly(length)
                    if kind & 15 == CLOSE:
                        return int.from_bytes(payload[:2])
            except (asyncio.IncompleteReadError, ConnectionError):
                return None
