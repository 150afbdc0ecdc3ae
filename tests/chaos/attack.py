"""A program that attacks a worker from addresses of its own: it prints a line once it could begin, reads its orders as
a line of JSON, and prints, as JSON, how long it was let.

It runs as a process of its own that has the processors when nobody else wants them: an attack comes from another
machine, and what is measured is what it costs the worker.
"""

import asyncio
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx2
import msgspec

from server.gateway import wire
from server.gateway.people import COOKIE, new_cookie
from tests.chaos.busy import yield_always
from tests.gateway.abuse.raw import PING, TEXT, Raw

BURST = 250
BURSTS_A_SECOND = 20
ARRIVAL_SECONDS = 20.0
AGAIN_SECONDS = 5.0
DROP_SECONDS = 0.5
LONGEST_SECONDS = 30.0


class Orders(msgspec.Struct, frozen=True):
    """What to do: `kind` one of ATTACKS, against a port, by so many clients, for so long; on a room of this code."""

    kind: str
    port: int
    clients: int
    seconds: float
    code: str


class Told(msgspec.Struct, frozen=True):
    """How long each connection was kept, seconds, from the first blow on; and the codes by which they were closed."""

    kept: list[float]
    closes: dict[str, int]


def address_of(client: int) -> str:
    """Where a client comes from: a hundred share an address."""
    return f"127.200.{client // 25_600}.{client // 100 % 256 + 1}"


@asynccontextmanager
async def entered(orders: Orders, client: int) -> AsyncIterator[Raw]:
    """A line of somebody who watches the room."""
    address = address_of(100 * client)
    transport = httpx2.AsyncHTTPTransport(local_address=address, verify=False)
    async with httpx2.AsyncClient(transport=transport, timeout=LONGEST_SECONDS) as http:
        cookie = {"cookie": f"{COOKIE}={new_cookie()}"}
        url = f"http://127.0.0.1:{orders.port}/api/rooms/{orders.code}/ticket"
        answer = (await http.post(url, headers=cookie)).raise_for_status().json()
    async with Raw.connected(orders.port, address) as raw:
        raw.send(TEXT, wire.encode(wire.Enter(answer["ticket"], f"{client:08}")))
        await raw.writer.drain()
        yield raw


async def pour(raw: Raw, frame: bytes) -> None:
    """5,000 frames a second, as long as they are taken."""
    try:
        while True:
            raw.writer.write(frame * BURST)
            await raw.writer.drain()
            await asyncio.sleep(1 / BURSTS_A_SECOND)
    except ConnectionError:
        pass


async def flood(orders: Orders, client: int, frame: bytes) -> tuple[float, str]:
    """One client who enters as anybody does, and then sends more than anybody does."""
    async with entered(orders, client) as raw:
        began = time.monotonic()
        pouring = asyncio.create_task(pour(raw, frame))
        code = await raw.close_code()
        seconds = time.monotonic() - began
        pouring.cancel()
    return seconds, str(code)


async def floods(orders: Orders, client: int) -> tuple[float, str]:
    """Messages that are well formed."""
    return await flood(orders, client, Raw.framed(TEXT, b'{"type":"ping","at":1}'))


async def pings(orders: Orders, client: int) -> tuple[float, str]:
    """Pings of the protocol, which the application never sees."""
    return await flood(orders, client, Raw.framed(PING, b"ping"))


async def silent(orders: Orders, client: int) -> tuple[float, str]:
    """Opens a line and never says who it is."""
    async with Raw.connected(orders.port, address_of(client)) as raw:
        began = time.monotonic()
        return await _ended(began, raw.close_code())


async def drops(orders: Orders, client: int) -> tuple[float, str]:
    """Sends the head of a request in drops, and never the end of it."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", orders.port, local_addr=(address_of(client), 0))

    async def drip() -> None:
        try:
            writer.write(b"GET /api/rooms HTTP/1.1\r\nHost: x\r\n")
            while True:
                writer.write(b"X-Slow: drop\r\n")
                await writer.drain()
                await asyncio.sleep(DROP_SECONDS)
        except ConnectionError:
            pass

    dripping = asyncio.create_task(drip())
    try:
        return await _ended(began, _cut(reader))
    finally:
        dripping.cancel()
        writer.transport.abort()


async def _cut(reader: asyncio.StreamReader) -> str:
    try:
        while await reader.read(65_536):
            pass
    except ConnectionError:
        pass
    return "cut"


async def _ended(began: float, ending: Awaitable[object]) -> tuple[float, str]:
    async with asyncio.timeout(LONGEST_SECONDS):
        code = await ending
    return time.monotonic() - began, str(code)


ATTACKS: dict[str, Callable[[Orders, int], Awaitable[tuple[float, str]]]] = {
    one.__name__: one for one in (floods, pings, silent, drops)
}


async def attack(orders: Orders) -> Told:
    """Every client attacks, one after the other at first; and again some seconds after it was closed, to the end."""
    until, told = time.monotonic() + orders.seconds, Told([], {})

    async def one(client: int) -> None:
        await asyncio.sleep(ARRIVAL_SECONDS * client / orders.clients)
        while True:
            try:
                seconds, code = await ATTACKS[orders.kind](orders, client)
            except (OSError, httpx2.HTTPError, asyncio.IncompleteReadError, AssertionError) as error:
                seconds, code = 0.0, f"turned away: {type(error).__name__}"
            told.kept.append(seconds)
            told.closes[code] = told.closes.get(code, 0) + 1
            if time.monotonic() > until:
                return
            await asyncio.sleep(AGAIN_SECONDS)

    await asyncio.gather(*(one(client) for client in range(orders.clients)))
    return told


if __name__ == "__main__":
    yield_always()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    print("ready", flush=True)
    given = msgspec.json.decode(sys.stdin.buffer.readline(), type=Orders)
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(attack(given))))
