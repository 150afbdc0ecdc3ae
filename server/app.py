"""The composition root: everything is put together here, and nowhere else. Settings in, an application out.

`server.app → server.gateway → server.rooms → rules`: imports run one way, and this module alone sees all of them.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from importlib import resources

import structlog
from fastapi import FastAPI, Response, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.routing import WebSocketRoute

from server import logs
from server.gateway import blocking, http, pages
from server.gateway.bounded_http import OFFENCES
from server.gateway.endings import Endings
from server.gateway.guard import Guard
from server.gateway.limits import Limits
from server.gateway.offences import Offences
from server.gateway.origins import is_own_origin
from server.gateway.presence_board import PresenceBoard
from server.gateway.socket import Sockets
from server.gateway.threshold import MOST, MOST_AN_ADDRESS, Threshold
from server.rooms.blocks import Blocks
from server.rooms.claims import Claims
from server.rooms.clock import Clock
from server.rooms.fanout import Fanout
from server.rooms.journal import StoredJournal
from server.rooms.keeper import Keeper
from server.rooms.limits import Limits as RoomLimits
from server.rooms.ports import StoreTrouble
from server.rooms.presence import Presence
from server.rooms.sign_outs import SignOuts
from server.rooms.store import Store
from server.rooms.tickets import Tickets
from server.rooms.verdicts import Entropy, fresh_entropy
from server.rooms.wrong_codes import WrongCodes
from server.settings import Settings

RESTART_SECONDS = 0.5
NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""What a request was about stays here, whatever the environment says: a path has a room's code in it."""

_log = structlog.get_logger(__name__)


class Worker:
    """The parts of one worker that live as long as it does."""

    def __init__(self, settings: Settings) -> None:
        if settings.redis_url is None:
            raise RuntimeError("a worker needs REDIS_URL; `nineteenth serve` starts a store and sets it")
        self.store = Store(settings.redis_url, replicas=settings.store_replicas)
        self.journal = StoredJournal(self.store, by_hand=settings.clock == "hand")
        self.fanout = Fanout(self.store, self.journal)
        most = RoomLimits(settings.most_rooms, commits=settings.most_commits, commands=settings.most_commands)
        self.keeper = Keeper(self.journal, self.fanout, _entropy_of(settings), most)
        presence_now = StoredJournal(self.store).now  # never by hand
        self.board = PresenceBoard(Presence(self.store, secrets.token_hex(8), presence_now))
        self.tickets = Tickets(self.store)
        self.limits = Limits(settings.leniency)
        self.wrong_codes = WrongCodes(self.store, settings.leniency)
        self.sign_outs = SignOuts(self.store, presence_now)
        threshold = Threshold(most_an_address=min(MOST, MOST_AN_ADDRESS * settings.leniency))
        self.sockets = Sockets(self.keeper, self.tickets, self.board, self.sign_outs, self.limits, threshold)
        self.endings = Endings(self.sign_outs, self.fanout, lambda player: self.sockets.sign_out(player))
        self.clock = Clock(self.journal, self.keeper.due, claim=Claims(self.store).take)
        self.is_going = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Hints, deadlines and presence, as background tasks; then everybody is sent to another worker."""
        parts = {"fanout": self.fanout.run, "clock": self.clock.run, "presence": self.board.beat}
        parts["endings"] = self.endings.sweep_for_ever
        tasks = [asyncio.create_task(keep_running(name, part)) for name, part in parts.items()]
        try:
            yield
        finally:
            await self.drain()
            await end(tasks)
            await self.store.aclose()

    async def drain(self) -> None:
        """Everybody is sent to another worker. To be called while the connections still stand."""
        self.is_going = True
        await self.sockets.drain()


def _entropy_of(settings: Settings) -> Callable[[], Entropy]:
    """Fresh for every deal; a seed that was set is believed in a rehearsal only, where the clock is moved by hand."""
    if settings.deal_seed is None:
        return fresh_entropy
    if settings.clock != "hand":
        raise RuntimeError("NINETEENTH_DEAL_SEED is for tests, with NINETEENTH_CLOCK=hand: it gives every secret away")
    known = Entropy(seed=bytes.fromhex(settings.deal_seed), salt=bytes(32))
    return lambda: known


async def keep_running(name: str, part: Callable[[], Awaitable[None]]) -> None:
    """Run a part for ever: one that ends would leave this worker lame. The kind of its error alone is logged."""
    while True:
        ended = "returned"
        try:
            await part()
        except Exception as error:
            ended = type(error).__name__
        _log.critical("worker_part_failed", part=name, error=ended)
        await asyncio.sleep(RESTART_SECONDS)


async def end(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel tasks until they have ended: one that waits for the store has been seen to lose a cancellation."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=RESTART_SECONDS)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application of one worker; without settings, by the environment."""
    settings = settings or Settings()
    logs.configure(settings.log_level)
    worker = Worker(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, Offences]]:
        async with worker.running():
            yield {OFFENCES: Offences(worker.limits)}

    app = FastAPI(
        title="The Nineteenth",
        summary="Rooms by HTTP; what happens in them over the socket, see /api/asyncapi.json.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        telemetry=NO_TELEMETRY,
        redirect_slashes=False,  # where it would lead stands in a header that anybody may write
        lifespan=lifespan,
        # By no included router, which would be searched twice; the socket by a route that has no dependencies.
        routes=[WebSocketRoute("/ws", _socket_of(worker, settings)), *http.router.routes, *blocking.router.routes],
    )
    parts = (worker.keeper, worker.tickets, Blocks(worker.store), worker.endings, worker.limits, worker.wrong_codes)
    app.state.gateway = http.Gateway(*parts)
    app.state.worker = worker
    app.add_exception_handler(http.Refusal, http.answer_refusal)
    app.add_exception_handler(StoreTrouble, http.answer_trouble)
    app.add_exception_handler(RequestValidationError, http.answer_invalid)
    app.add_exception_handler(HTTPException, http.answer_unserved)
    app.add_middleware(Guard, settings=settings, limits=worker.limits)
    app.add_middleware(pages.WithHeaders)
    _operate(app, worker)
    pages.serve_pages(app, settings.client_folder)
    return app


def _operate(app: FastAPI, worker: Worker) -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthz() -> JSONResponse:
        """This process answers."""
        return JSONResponse({"status": "ok"})

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        """This worker may be sent players: the store answers and it is not going away."""
        try:
            await worker.journal.now()
        except StoreTrouble:
            return JSONResponse({"status": "no store"}, status_code=503)
        status = "going" if worker.is_going else "ok"
        return JSONResponse({"status": status}, status_code=503 if worker.is_going else 200)

    @app.get("/api/asyncapi.json", include_in_schema=False)
    async def asyncapi() -> Response:
        """The contract of the socket."""
        text = resources.files("server.gateway").joinpath("generated/asyncapi.json").read_text(encoding="utf-8")
        return JSONResponse(json.loads(text))


def _socket_of(worker: Worker, settings: Settings) -> Callable[[WebSocket], Awaitable[None]]:
    async def ws(socket: WebSocket) -> None:
        if not is_own_origin(socket.headers.get("origin"), socket.headers, settings):
            await socket.close(code=4403)
            return
        await worker.sockets.serve(socket)

    return ws
