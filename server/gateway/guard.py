"""What every request passes before its route: a count for its address, its size, where its page came from.

And what went wrong behind it leaves as a code alone: an error's text may hold what only one player knows.
"""

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.gateway import limits as of_limits
from server.gateway.addresses import address_of
from server.gateway.bodies import is_too_large
from server.gateway.http import problem
from server.gateway.limits import Limits
from server.gateway.origins import is_own_origin
from server.gateway.refusals import GatewayCode
from server.settings import Settings

_log = structlog.get_logger(__name__)


class Guard:
    """Around the application. Sockets pass: they have their own threshold."""

    def __init__(self, app: ASGIApp, settings: Settings, limits: Limits) -> None:
        self._app = app
        self._settings = settings
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif code := self._why_not(Request(scope)):
            await problem(code)(scope, receive, send)
        else:
            await self._served(scope, receive, send)

    def _why_not(self, request: Request) -> GatewayCode | None:
        if not self._limits.may_often(of_limits.REQUESTS_AN_ADDRESS, "requests", address_of(request)):
            return GatewayCode.TOO_MANY
        if is_too_large(request.headers):
            return GatewayCode.TOO_LARGE
        origin = request.headers.get("origin")
        if request.method not in ("GET", "HEAD") and not is_own_origin(origin, request.headers, self._settings):
            return GatewayCode.FOREIGN_ORIGIN
        return None

    async def _served(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def sending(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            _log.error("request_failed", error=type(error).__name__)
            if not has_begun:
                await problem(GatewayCode.FAILED)(scope, receive, send)
