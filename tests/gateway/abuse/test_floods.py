"""B5-B7 and G12: who sends too much, says nothing, comes in drops or takes nothing is closed, and costs others nothing.

The floods here are small; the same at full size belong to the chaos program.
"""

import asyncio
import select
import socket
from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio
from limits import RateLimitItem
from websockets.exceptions import ConnectionClosed, InvalidStatus

from server.gateway import wire
from server.gateway.bodies import LARGEST_BODY
from server.gateway.bounded_http import LARGEST_HEAD
from server.gateway.bounded_socket import SLICE, BoundedSocket
from server.gateway.limits import COMMANDS_A_SEAT, OFFENCES_AN_ADDRESS, Limits
from server.gateway.offences import WEIGHTS
from server.gateway.refusals import GatewayCode
from server.gateway.threshold import Threshold
from server.processes import listening
from server.rooms import table as t
from server.rooms.embedded import EmbeddedValkey
from server.rooms.store import Store
from tests.gateway.abuse.raw import TEXT, Raw
from tests.gateway.conftest import Arrive
from tests.gateway.guests import PATIENCE, Guest, Window
from tests.gateway.workers import Running, running

Workers = tuple[Running, Running]


@pytest_asyncio.fixture(loop_scope="session")
async def worker(valkey: EmbeddedValkey, workers: Workers) -> AsyncIterator[Running]:
    """A worker with the limits that it has in earnest."""
    async with running(valkey.url) as found:
        yield found


async def flood(window: Window) -> tuple[int, str | None]:
    """As many messages as go out; how it ended."""
    try:
        for at in range(1_000):
            await window.line.send(f'{{"type":"ping","at":{at}}}')
    except ConnectionClosed:
        pass
    return await window.ended()


async def test_a_flood_is_closed_and_who_sits_beside_it_plays_on(arrive: Arrive, worker: Running) -> None:
    calm = await arrive(worker)
    code = await calm.open_room()
    playing = await (await calm.enter(code)).shown()
    flooding = [await (await (await arrive(worker)).enter(code)).shown() for _ in range(3)]
    ends = asyncio.gather(*(flood(window) for window in flooding))
    for ready in (True, False) * 5:
        await playing.done(t.GetReady(ready))
    assert await ends == [(4429, "too_many")] * 3


class _OfSeatsAlone(Limits):
    def may_often(self, items: tuple[RateLimitItem, ...], kind: str, who: str) -> bool:
        return kind == "connection" or super().may_often(items, kind, who)


async def test_a_new_connection_brings_no_new_allowance_of_commands(arrive: Arrive, worker: Running) -> None:
    worker.takes(limits=_OfSeatsAlone())
    guest = await arrive(worker)
    code = await guest.open_room()
    window = await (await guest.enter(code)).shown()
    for _ in range(COMMANDS_A_SEAT[1].amount):
        await window.do(t.GetReady(False))
    again = await (await guest.enter(code)).shown()
    last: object = None
    for _ in range(COMMANDS_A_SEAT[1].amount // 10):  # where a minute ends a few more pass
        if not isinstance(last := await again.do(t.GetReady(False)), wire.Done):
            break
    assert isinstance(last, wire.Refused)
    assert last.code == "too_many"
    other = await (await (await arrive(worker)).enter(code)).shown()
    assert await other.refused(t.GetReady(True)) == "not_seated"


async def test_one_address_has_so_many_connections_and_the_others_have_theirs(arrive: Arrive, worker: Running) -> None:
    worker.takes(Threshold(most_an_address=3))
    crowd, other = await arrive(worker), await arrive(worker)
    silent = [await crowd.dial() for _ in range(3)]
    assert await (await crowd.dial()).ended() == (4429, "too_many")
    await (await other.enter(await other.open_room())).shown()
    await silent[0].close()
    await (await crowd.enter(await crowd.open_room())).shown()


async def test_where_too_many_say_nothing_the_longest_silent_make_room(arrive: Arrive, worker: Running) -> None:
    worker.takes(Threshold(most_waiting=10, enter_seconds=600))
    crowds = [await arrive(worker) for _ in range(4)]
    silent = [await crowd.dial() for _ in range(10) for crowd in crowds]
    guest = await arrive(worker)
    await (await guest.enter(await guest.open_room())).shown()
    ended = await asyncio.gather(*(window.ended() for window in silent[:30]))
    assert set(ended) == {(4408, "no_enter")}
    assert sum(window.close_code is None for window in silent) <= 10


SLOW = {
    "nothing at all": b"",
    "half a request line": b"GET /api/ro",
    "a head that does not end": b"GET /api/rooms HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    "a body that does not come": b"POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{",
    "nothing after an answer": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "half a handshake": Raw.handshake()[:-2],
}


async def test_what_comes_in_drops_is_not_waited_for(worker: Running, caplog: pytest.LogCaptureFixture) -> None:
    async def ended(sent: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", worker.port)
        writer.write(sent)
        try:
            async with asyncio.timeout(PATIENCE):
                return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    answers = dict(zip(SLOW, await asyncio.gather(*map(ended, SLOW.values())), strict=True))
    answered = answers.pop("nothing after an answer")
    assert answered.startswith(b"HTTP/1.1 200")
    assert set(answers.values()) == {b""}
    assert "Traceback" not in caplog.text


async def test_a_head_without_end_is_not_kept(worker: Running) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", worker.port)
    writer.write(b"GET / HTTP/1.1\r\n")
    sent = 0
    try:
        async with asyncio.timeout(PATIENCE):
            while sent < 1_000 * LARGEST_HEAD:
                writer.write(b"X-More: " + b"x" * 1_000 + b"\r\n")
                await writer.drain()
                await asyncio.sleep(0)  # the server is in this very process
                sent += 1_000
            await reader.read()
    except ConnectionError:
        pass
    writer.close()
    assert sent < 1_000 * LARGEST_HEAD


async def test_a_body_is_refused_by_its_length_before_it_is_read(arrive: Arrive, worker: Running) -> None:
    guest = await arrive(worker)
    url = f"{worker.url}/api/rooms"

    async def drops() -> AsyncIterator[bytes]:
        yield b"{}"

    for body in (b"x" * (LARGEST_BODY + 1), drops()):
        answer = await guest.http.post(url, content=body)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert (await guest.http.post(url, content=b" " * LARGEST_BODY)).status_code == 422


async def test_requests_of_an_address_are_counted_and_another_asks_on(arrive: Arrive, worker: Running) -> None:
    crowd, other = await arrive(worker), await arrive(worker)
    statuses: set[int] = set()
    async with asyncio.timeout(60):
        while 429 not in statuses:
            answers = await asyncio.gather(*(crowd.http.get(f"{worker.url}/healthz") for _ in range(50)))
            statuses |= {answer.status_code for answer in answers}
    assert statuses == {200, 429}
    assert (await other.http.get(f"{worker.url}/healthz")).status_code == 200


async def stalled(worker: Running, guest: Guest, code: str) -> socket.socket:
    """A connection that enters, asks a lot, and reads nothing."""
    loop = asyncio.get_running_loop()
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    line.setblocking(False)
    await loop.sock_connect(line, ("127.0.0.1", worker.port))
    await loop.sock_sendall(line, Raw.handshake())
    enter = wire.encode(wire.Enter(await guest.ticket(code, worker), "12345678"))
    await loop.sock_sendall(line, Raw.framed(TEXT, enter))
    return line


async def ask_on(line: socket.socket) -> None:
    ping = Raw.framed(TEXT, b'{"type":"ping","at":9007199254740991}')
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                await asyncio.get_running_loop().sock_sendall(line, ping * 50)
    except (ConnectionError, TimeoutError):
        pass


async def test_who_takes_nothing_is_closed_and_nothing_is_kept_for_him(
    arrive: Arrive, valkey: EmbeddedValkey, connections: Store
) -> None:
    async with running(valkey.url, hasty=True, send_buffer=4_096) as worker:
        host = await arrive(worker)
        code = await host.open_room()
        playing = await (await host.enter(code)).shown()
        line = await stalled(worker, await arrive(worker), code)
        await playing.until(lambda window: window.presence is not None and window.presence.watchers == 1)
        (session,) = [one for one in worker.parts.sockets._sessions if one.seat is None]
        asking = asyncio.create_task(ask_on(line))
        async with asyncio.timeout(PATIENCE):
            await session.ended.wait()
        assert session.bye == "slow"
        cut = select.poll()
        cut.register(line, select.POLLHUP)
        assert await asyncio.to_thread(cut.poll, 1_000 * PATIENCE), "the connection is cut, and not left to wait"
        await asking
        line.close()
        assert len(worker.parts.sockets) == 1
        held = [one for one in worker.server.server_state.connections if isinstance(one, BoundedSocket)]
        assert len(held) == 1
        await playing.done(t.GetReady(True))


async def test_for_who_answers_no_ping_nothing_unread_is_kept(arrive: Arrive, valkey: EmbeddedValkey) -> None:
    async with running(valkey.url, hasty=True, send_buffer=4_096) as worker:
        code = await (await arrive(worker)).open_room()
        line = await stalled(worker, await arrive(worker), code)
        (held,) = [one for one in worker.server.server_state.connections if isinstance(one, BoundedSocket)]
        asking = asyncio.create_task(ask_on(line))
        async with asyncio.timeout(PATIENCE):
            while not held.transport.get_write_buffer_size():  # noqa: ASYNC110 - nobody sets an event for it
                await asyncio.sleep(0)
        assert not held.transport.is_closing()
        held.keepalive_timeout()  # the time for an answer is over
        assert held.transport.is_closing()
        assert held.transport.get_write_buffer_size() == 0
        await asking
        line.close()


def test_the_system_drops_a_connection_whose_other_side_takes_nothing() -> None:
    with listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 20_000


async def test_for_who_answers_no_ping_no_closed_connection_waits(worker: Running) -> None:
    worker.takes(Threshold(enter_seconds=0.01))
    async with Raw.connected(worker.port) as raw:
        assert await raw.close_code() == 4408
        (held,) = [one for one in worker.server.server_state.connections if isinstance(one, BoundedSocket)]
        assert not held.transport.is_closing(), "he has a while to say goodbye, too"
        held.keepalive_timeout()  # the time for an answer is over
        assert held.transport.is_closing()
        assert await raw.reader.read() == b""


async def test_who_was_closed_for_floods_is_turned_away_and_who_is_there_stays(arrive: Arrive, worker: Running) -> None:
    host, guest = await arrive(worker), await arrive(worker)
    code = await host.open_room()
    calm = await (await guest.enter(code)).shown()
    for _ in range(OFFENCES_AN_ADDRESS.amount // WEIGHTS[GatewayCode.TOO_MANY]):
        assert await flood(await (await guest.enter(code)).shown()) == (4429, "too_many")
    async with httpx2.AsyncClient(transport=httpx2.AsyncHTTPTransport(local_address=guest.address)) as again:
        answer = await again.get(f"{worker.url}/api/rooms")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (429, "too_many", "60")
    with pytest.raises(InvalidStatus, match="429"):
        await guest.dial()
    assert await calm.refused(t.GetReady(True)) == "not_seated"
    await (await host.enter(code)).shown()


async def test_who_says_nothing_again_and_again_is_turned_away(arrive: Arrive, worker: Running) -> None:
    worker.takes(Threshold(enter_seconds=0.01))
    silent, other = await arrive(worker), await arrive(worker)
    for _ in range(OFFENCES_AN_ADDRESS.amount):
        assert await (await silent.dial()).ended() == (4408, "no_enter")
    with pytest.raises(InvalidStatus, match="429"):
        await silent.dial()
    await other.dial()


async def test_behind_a_proxy_its_own_address_is_never_barred(valkey: EmbeddedValkey, workers: Workers) -> None:
    async with running(valkey.url, trusted_proxies=["127.0.0.0/8"]) as worker:
        worker.takes(Threshold(enter_seconds=0.01))
        silent, other = (["X-Forwarded-For: 203.0.113.9"], ["X-Forwarded-For: 203.0.113.10"])
        for _ in range(OFFENCES_AN_ADDRESS.amount):
            assert (await _first_line(worker, silent)).startswith(b"HTTP/1.1 101")
        assert (await _first_line(worker, silent)).startswith(b"HTTP/1.1 403")
        assert (await _first_line(worker, other)).startswith(b"HTTP/1.1 101")


async def _first_line(worker: Running, headers: list[str]) -> bytes:
    """How a handshake is answered; returns when a socket that was opened has been closed for saying nothing."""
    reader, writer = await asyncio.open_connection("127.0.0.1", worker.port)
    writer.write(Raw.handshake(headers))
    async with asyncio.timeout(PATIENCE):
        answer = await reader.readline()
        if b" 101 " in answer:
            await reader.readuntil(b"no_enter")
    writer.transport.abort()
    return answer


async def test_of_a_burst_little_is_looked_at_before_the_application_has_heard_its_beginning(worker: Running) -> None:
    async with Raw.connected(worker.port) as raw:
        raw.writer.write(Raw.framed(TEXT, b"{}") * 20_000)
        (held,) = [one for one in worker.server.server_state.connections if isinstance(one, BoundedSocket)]
        assert await raw.close_code() == 4400
        assert held.queue.qsize() <= SLICE // len(Raw.framed(TEXT, b"{}"))
