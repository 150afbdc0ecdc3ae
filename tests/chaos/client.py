"""A bot at the wire: it keeps a line to some worker, folds what it is told, and asks until it is answered.

It comes back with full jitter, resends what is unanswered under the same id, and hangs up on a line that is silent.
"""

import asyncio
import random
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

import aiohttp
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from server.gateway import wire
from server.gateway.people import COOKIE, new_cookie, player_of
from server.rooms.open_room import Did
from tests.chaos.record import Asked, Frame, Record, digest
from tests.gateway.guests import merged

Json = dict[str, Any]
FIRST_WAIT, LONGEST_WAIT = 0.6, 8.0
TICKET_SECONDS, CONNECT_SECONDS, ENTER_SECONDS = 10.0, 8.0, 25.0
"""What a page does, so that what is measured is what people see: see client-web/src/net."""

RESEND_SECONDS = 2.5
UNKNOWN_SECONDS = 0.2
PING_SECONDS = 6.0
SILENCE_SECONDS = 9.0
ANSWER_SECONDS = 60.0
# With a bound on what waits to be read, the library itself would read on where `stop_reading` stopped.
LINE: dict[str, Any] = {
    "compression": None,
    "ping_interval": None,
    "close_timeout": 1,
    "max_queue": None,
    "proxy": None,  # else the environment is searched for one each time
}
KEEP_ALIVE_SECONDS = 2.0  # less than a server's own, which else would close a line as it is used


def requests_from(address: str) -> aiohttp.ClientSession:
    """For the requests of those who are at one address ("": any), each of whom shows a cookie of his own.

    By aiohttp, which leaves more of the processors to the server that is weighed: they share them.
    """
    own = (address, 0) if address else None
    line = aiohttp.TCPConnector(local_addr=own, limit=0, keepalive_timeout=KEEP_ALIVE_SECONDS)
    return aiohttp.ClientSession(
        connector=line, cookie_jar=aiohttp.DummyCookieJar(), timeout=aiohttp.ClientTimeout(total=30)
    )


class Door(Protocol):
    """Where a bot may come in: a worker, a server, or a proxy before one."""

    @property
    def url(self) -> str:
        """For requests."""
        ...

    @property
    def ws(self) -> str:
        """For sockets."""
        ...


class Bot:
    """One player or watcher of one room, who comes in by one of the `near` doors, or by any if that did not serve.

    `door`: where it came in. `is_patient`: it stays on a line however silent. `comes`: cleared, it does not come back.
    """

    def __init__(
        self,
        code: str,
        doors: Sequence[Door],
        near: Sequence[Door],
        http: aiohttp.ClientSession,
        address: str,
        lot: random.Random,
    ) -> None:
        self.code = code
        self.doors = doors
        self.near = near
        self.address = address
        self.instance = secrets.token_hex(8)
        self.cookie = new_cookie()
        self.player = player_of(self.cookie) or ""
        self.record = Record()
        self.document: Json = {}
        self.welcome: wire.Welcome | None = None
        self.number = 0
        self.bye: wire.Bye | None = None
        self.is_live = False
        self.door: Door | None = None
        self.is_patient = False
        self.comes = asyncio.Event()
        self.comes.set()
        self._http = http
        self._lot = lot
        self._line: ClientConnection | None = None
        self._pending: Asked | None = None
        self._lost_at: float | None = None
        self._failures = 0
        self._heard_at = 0.0
        self._news = asyncio.Condition()
        self._living: asyncio.Task[None] | None = None

    @property
    def viewer(self) -> str:
        """The seat that it has, or `watcher`."""
        return str(self.welcome.seat) if self.welcome is not None and self.welcome.seat is not None else "watcher"

    @property
    def cursor(self) -> wire.Cursor | None:
        """Where it stands, once it was shown something."""
        return wire.Cursor(self.welcome.stream, self.number) if self.welcome is not None and self.document else None

    @property
    def cookie_header(self) -> dict[str, str]:
        """What shows a server who asks."""
        return {"cookie": f"{COOKIE}={self.cookie}"}

    def as_in_the_log(self, asked: Asked) -> tuple[str, int]:
        """Instance and number under which a command of this bot stands in the log."""
        did = Did(self.instance, asked.id).by(self.player)
        return did.instance, did.number

    # Being there.

    def come(self) -> None:
        """Come in, and stay until told to leave."""
        self._living = asyncio.create_task(self._live())

    async def leave(self) -> None:
        """Go away for good."""
        if self._living is not None:
            self._living.cancel()
            await asyncio.gather(self._living, return_exceptions=True)
        self.is_live = False

    def forget(self) -> None:
        """Know nothing any more of what it was shown, as a new page does."""
        self.document, self.welcome, self.instance = {}, None, secrets.token_hex(8)

    def stop_reading(self) -> None:
        """Take nothing off the line any more, but keep it."""
        self.is_patient = True
        if self._line is not None:
            self._line.transport.pause_reading()

    def drop(self) -> None:
        """Lose the line as a closed lid does, and come back."""
        if self._line is not None:
            self.is_live = False
            self._line.transport.abort()

    def why_away(self) -> str:
        """For who has to find out why it is not there."""
        task = self._living
        fault = task.exception() if task is not None and task.done() and not task.cancelled() else None
        return f"{self.viewer} of {self.code}, {self.bye}, closes {self.record.closes[-3:]}, {fault!r}"

    async def move(self, door: Door) -> None:
        """Go to another door, if it is not there already."""
        self.near = [door]
        if self.door is not door:
            self.drop()
            await self.until(lambda bot: bot.is_live and bot.door is door)

    async def request(self, method: str, path: str, body: Any = None, door: Door | None = None) -> Any:
        """The body of a request that succeeds. ClientError if it does not."""
        url = f"{(door or self._lot.choice(self.near)).url}/api{path}"
        asking = self._http.request(method, url, json=body, headers=self.cookie_header, raise_for_status=True)
        async with asking as answer:
            return await answer.json()

    async def _live(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                await self._be_served()
                wait = FIRST_WAIT if self.is_live else wait
            except (OSError, WebSocketException, aiohttp.ClientError, TimeoutError, EOFError):
                wait = FIRST_WAIT if self.is_live else wait
            if self._lost_at is None and self.welcome is not None:
                self._lost_at = time.monotonic()
            self.is_live, self._line = False, None
            await self._tell()
            if self.bye is not None and not self.bye.again:
                return
            await self.comes.wait()
            await asyncio.sleep(self._lot.uniform(0, wait))
            wait = min(2 * wait, LONGEST_WAIT)

    async def _be_served(self) -> None:
        async with asyncio.timeout(TICKET_SECONDS):
            door, ticket = await self._ticket()
        async with asyncio.timeout(CONNECT_SECONDS):
            own = (self.address, 0) if self.address else None
            line = await connect(door.ws, local_addr=own, **LINE)
        try:
            await line.send(wire.encode(wire.Enter(ticket, self.instance, self.cursor)).decode())
            self._line, self.door, self._heard_at, self.bye = line, door, time.monotonic(), None
            watching = asyncio.create_task(self._watch_over(line))
            try:
                await self._listen(line)
            finally:
                watching.cancel()
        finally:
            line.transport.abort()
            if line.close_code is not None:
                self.record.closes.append(f"{line.close_code} {line.close_reason}".strip())

    async def _ticket(self) -> tuple[Door, str]:
        """A ticket of a door where somebody listens: who balances between them leads to no other."""
        near = self.near if self._failures == 0 else self.doors
        self._failures += 1
        far = [door for door in self.doors if door not in near]
        for door in [*self._lot.sample(near, len(near)), *self._lot.sample(far, len(far))]:
            with suppress(aiohttp.ClientConnectorError):
                return door, (await self.request("POST", f"/rooms/{self.code}/ticket", door=door))["ticket"]
        raise OSError("nobody listens anywhere")

    async def _watch_over(self, line: ClientConnection) -> None:
        """Ask for the time now and then, so that a line that is dead falls silent."""
        with suppress(WebSocketException, OSError):
            while True:
                await asyncio.sleep(PING_SECONDS)
                patience = SILENCE_SECONDS if self.is_live else ENTER_SECONDS
                if time.monotonic() - self._heard_at > patience and not self.is_patient:
                    line.transport.abort()
                await line.send('{"type":"ping","at":1}')

    async def _listen(self, line: ClientConnection) -> None:
        with suppress(WebSocketException):
            async for frame in line:
                self._heard_at = time.monotonic()
                self._hear(wire.decode_server(frame))
                await self._tell()

    # What it is told.

    def _hear(self, message: wire.ServerMessage) -> None:
        match message:
            case wire.Welcome(resumed=resumed):
                self._come_in(message, resumed)
            case wire.Whole(n, document):
                self._note(n, True, bytes(document))
                self.number, self.document = n, msgspec.json.decode(document)
                self._is_shown()
            case wire.Change(n, patch):
                if n != self.number + 1:
                    self.record.faults.append(f"I3 {self.viewer} of {self.code}: {n} came after {self.number}")
                self._note(n, False, bytes(patch))
                self.number, self.document = n, merged(self.document, msgspec.json.decode(patch))
            case wire.Done(id):
                self._answered(id, "done")
            case wire.Refused(id, code):
                self._answered(id, code)
            case wire.Busy(id, retry_ms):
                self._troubled(id, retry_ms / 1000)
            case wire.Unknown(id):
                self._troubled(id, UNKNOWN_SECONDS)
            case wire.Bye():
                self.bye = message
            case _:
                pass

    def _come_in(self, welcome: wire.Welcome, resumed: bool) -> None:
        if resumed and (self.welcome is None or welcome.stream != self.welcome.stream):
            self.record.faults.append(f"I3 {self.viewer} of {self.code}: resumed another stream")
        if self.is_live:
            self.record.resets += 1
        self.welcome = welcome
        if resumed:
            self._is_shown()

    def _is_shown(self) -> None:
        if self._lost_at is not None:
            self.record.away.append(time.monotonic() - self._lost_at)
            self._lost_at = None
        self.is_live, self._failures = True, 0

    def _note(self, n: int, is_whole: bool, body: bytes) -> None:
        assert self.welcome is not None, "nothing comes before welcome"
        self.record.frames.append(Frame(self.welcome.stream, n, is_whole, digest(body)))

    def _answered(self, id: int, answer: str) -> None:
        if self._pending is not None and self._pending.id == id and not self._pending.answer:
            self._pending.answered, self._pending.answer = time.monotonic(), answer

    def _troubled(self, id: int, retry_seconds: float) -> None:
        if self._pending is not None and self._pending.id == id:
            self._pending.troubles += 1
            self._pending.retry_seconds = retry_seconds

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    # What it asks.

    async def until(self, is_so: Callable[["Bot"], object], seconds: float = ANSWER_SECONDS) -> None:
        """Wait until something holds of this bot. TimeoutError after so many seconds."""
        async with asyncio.timeout(seconds), self._news:
            while not is_so(self):
                await self._news.wait()

    async def do(self, command: Json, *, is_sure: bool = False, seconds: float = ANSWER_SECONDS) -> Asked:
        """Ask for something until it is done or refused; AssertionError if it is neither in time."""
        asked = Asked(len(self.record.asked) + 1, command, time.monotonic(), is_sure)
        self.record.asked.append(asked)
        self._pending = asked
        until = time.monotonic() + seconds
        while not asked.answer:
            assert time.monotonic() < until, f"no answer to {command} in {seconds} s: {self.why_away()}"
            await asyncio.sleep(asked.retry_seconds)
            asked.tries, asked.retry_seconds = asked.tries + 1, 0.0
            line = self._line if self.is_live else None
            with suppress(WebSocketException, OSError):
                if line is not None:
                    body = {"type": "do", "id": asked.id, "command": command}
                    await line.send(msgspec.json.encode(body).decode())
            with suppress(TimeoutError):
                await self.until(partial(_is_settled, asked, line), RESEND_SECONDS)
        return asked

    def is_on_another(self, line: ClientConnection | None) -> bool:
        """Whether it has a line that is not this one."""
        return self.is_live and self._line is not line


def _is_settled(asked: Asked, line: ClientConnection | None, bot: Bot) -> bool:
    """Whether there is an answer, or a reason to ask once more."""
    return bool(asked.answer or asked.retry_seconds) or bot.is_on_another(line)
