"""People with browsers: a cookie, requests, and windows on a room that fold what they are told, as any client does.

A window believes nothing: it fails on a number out of turn, on a null, on a frame of no known kind.
"""

import asyncio
import itertools
import json
import secrets
from collections.abc import Callable
from typing import Any, Self, TypeVar

import httpx2
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from rules.view import View
from server.gateway import wire
from server.rooms import table as t
from tests.gateway.workers import Running

PATIENCE = 20.0
Json = dict[str, Any]
Answer = wire.Done | wire.Refused | wire.Busy | wire.Unknown
Kind = TypeVar("Kind")

_addresses = itertools.count(2)


def merged(target: Any, patch: Any) -> Any:
    """RFC 7396, as its text has it."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


class Window:
    """One connection to one room."""

    def __init__(self, line: ClientConnection, instance: str) -> None:
        self.line = line
        self.instance = instance
        self.frames: list[str] = []
        self.heard: list[wire.ServerMessage] = []
        self.answers: dict[int, Answer] = {}
        self.welcome: wire.Welcome | None = None
        self.presence: wire.Presence | None = None
        self.number: int | None = None
        self.document: Json = {}
        self.close_code: int | None = None
        self.bye: wire.Bye | None = None
        self._ids = itertools.count(1)
        self._fault: BaseException | None = None
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    def resumes(self, earlier: "Window") -> None:
        """Go on where an earlier window of this instance ended."""
        self.number, self.document, self._ids = earlier.number, earlier.document, earlier._ids

    @property
    def cursor(self) -> wire.Cursor:
        assert self.welcome is not None
        assert self.number is not None
        return wire.Cursor(self.welcome.stream, self.number)

    @property
    def table(self) -> t.Table:
        return msgspec.convert(self.document["table"], t.Table)

    @property
    def match(self) -> View:
        return msgspec.json.decode(msgspec.json.encode(self.document["match"]), type=View)

    async def _read(self) -> None:
        try:
            async for frame in self.line:
                assert isinstance(frame, str), "all frames are text"
                self.frames.append(frame)
                message = wire.decode_server(frame)
                self.heard.append(message)
                self._fold(message, json.loads(frame))
                await self._tell()
        except ConnectionClosed:
            pass
        except BaseException as fault:
            self._fault = fault
        self.close_code = self.line.close_code if self.line.close_code is not None else 1006
        await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    def _fold(self, message: wire.ServerMessage, plain: Json) -> None:
        match message:
            case wire.Welcome():
                self.welcome = message
            case wire.Whole(n):
                assert "null" not in json.dumps(plain), "what is hidden is absent"
                self.number, self.document = n, plain["document"]
            case wire.Change(n):
                assert n == (self.number or 0) + 1, f"{n} came after {self.number}"
                assert plain["patch"], "a change changes something"
                self.number, self.document = n, merged(self.document, plain["patch"])
            case wire.Presence():
                self.presence = message
            case wire.Bye():
                self.bye = message
            case wire.Done(id) | wire.Refused(id) | wire.Busy(id) | wire.Unknown(id):
                self.answers[id] = message
            case _:
                pass

    async def until(self, is_so: Callable[[Self], object]) -> Self:
        """Wait until something holds of this window. Fails if the connection ends before."""
        async with asyncio.timeout(PATIENCE), self._news:
            while not is_so(self):
                if self._fault is not None:
                    raise self._fault
                assert self.close_code is None, f"closed with {self.close_code} {self.bye}"
                await self._news.wait()
        return self

    async def shown(self) -> Self:
        """Wait until the document is there."""
        return await self.until(lambda window: window.number is not None and window.document)

    async def ended(self) -> tuple[int, str | None]:
        """Wait for the close: its code, and the reason that `bye` gave."""
        await self.until(lambda window: window.close_code is not None)
        if self._fault is not None:
            raise self._fault
        assert self.close_code is not None
        return self.close_code, self.bye.reason if self.bye is not None else None

    async def say(self, raw: str | bytes) -> None:
        """Send a frame as it is."""
        await self.line.send(raw)

    async def send(self, command: t.RoomCommand, id: int | None = None) -> int:
        """Ask for something; the id that it was asked under."""
        id = next(self._ids) if id is None else id
        await self.line.send(wire.encode(wire.Do(id, command)).decode())
        return id

    async def do(self, command: t.RoomCommand, id: int | None = None) -> Answer:
        """Ask for something, and wait for the answer."""
        id = await self.send(command, id)
        self.answers.pop(id, None)
        await self.until(lambda window: id in window.answers)
        return self.answers[id]

    async def done(self, command: t.RoomCommand) -> None:
        """Ask for something that is done."""
        answer = await self.do(command)
        assert isinstance(answer, wire.Done), (answer, command)

    async def refused(self, command: t.RoomCommand) -> str:
        """Ask for something that is refused; the code."""
        answer = await self.do(command)
        assert isinstance(answer, wire.Refused), (answer, command)
        return answer.code

    async def drop(self) -> None:
        """Go away as a closed lid does: no close frame."""
        self.line.transport.abort()
        await self._reading

    async def close(self) -> None:
        """Go away properly."""
        await self.line.close()
        await self._reading


class Guest:
    """A browser with its own cookie and its own address. `worker` is where it asks if it is not told otherwise."""

    def __init__(self, worker: Running) -> None:
        number = next(_addresses)
        self.address = f"127.{1 + number // 65_536}.{number // 256 % 256}.{number % 256}"
        self.worker = worker
        self.player = ""
        transport = httpx2.AsyncHTTPTransport(local_address=self.address, verify=False)
        self.http = httpx2.AsyncClient(transport=transport, timeout=PATIENCE)
        self.windows: list[Window] = []

    async def ask(self, method: str, path: str, body: Any = None, worker: Running | None = None) -> httpx2.Response:
        """One request to the API."""
        url = f"{(worker or self.worker).url}/api{path}"
        return await self.http.request(method, url, json=body)

    async def got(self, method: str, path: str, body: Any = None, worker: Running | None = None) -> Any:
        """The body of a request that succeeds."""
        answer = await self.ask(method, path, body, worker)
        assert answer.is_success, answer.text
        return answer.json()

    async def refused(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        """Status and code of a request that does not."""
        answer = await self.ask(method, path, body)
        assert not answer.is_success, answer.text
        return answer.status_code, answer.json()["code"]

    async def arrive(self) -> Self:
        """Become a guest."""
        self.player = (await self.got("POST", "/session"))["player"]
        return self

    async def open_room(self, nickname: str = "Host", **options: object) -> str:
        return str((await self.got("POST", "/rooms", {"nickname": nickname, **options}))["code"])

    async def sit(self, code: str, nickname: str, seat: str | None = None) -> str:
        wish = {"nickname": nickname} | ({"seat": seat} if seat else {})
        return str((await self.got("POST", f"/rooms/{code}/seat", wish))["seat"])

    async def ticket(self, code: str, worker: Running | None = None) -> str:
        return str((await self.got("POST", f"/rooms/{code}/ticket", worker=worker))["ticket"])

    async def dial(self, worker: Running | None = None, instance: str | None = None, **options: Any) -> Window:
        """A socket that has not entered."""
        where = (worker or self.worker).ws
        options = {"compression": None, "local_addr": (self.address, 0), **options}
        window = Window(await connect(where, **options), instance or secrets.token_hex(8))
        self.windows.append(window)
        return window

    async def enter(
        self, code: str, worker: Running | None = None, after: Window | None = None, instance: str | None = None
    ) -> Window:
        """A window on a room; `after`: the same page once more, with its cursor."""
        ticket = await self.ticket(code, worker)
        window = await self.dial(worker, after.instance if after is not None else instance)
        cursor = after.cursor if after is not None else None
        if after is not None:
            window.resumes(after)
        await window.say(wire.encode(wire.Enter(ticket, window.instance, cursor)).decode())
        await window.until(lambda window: window.welcome is not None or window.bye is not None)
        return window

    async def leave(self) -> None:
        """Close everything."""
        for window in self.windows:
            await window.close()
        await self.http.aclose()
