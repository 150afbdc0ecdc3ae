"""The client's pages: built files with a strict content policy, and the one page for every path that is not a file.

It must not know rooms: a page learns everything by /api and /ws.
"""

from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # positions on the map and progress rings are set on elements
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types svelte-trusted-html",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
FOR_EVER = "public, max-age=31536000, immutable"


class WithHeaders:
    """Around the application: every answer says what its page may do. Files named by a digest may be kept for ever."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one socket, which has no headers of ours."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = _kept(scope["path"], message["status"])
                message["headers"] = [*message["headers"], *_RAW_HEADERS, (b"cache-control", kept.encode())]
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


def _kept(path: str, status: int) -> str:
    if path.startswith("/api/"):
        return "no-store"
    return FOR_EVER if path.startswith("/assets/") and status == 200 else "no-cache"


def serve_pages(app: FastAPI, folder: Path) -> None:
    """Mount the built client; without one, say how to build it."""
    index = folder / "index.html"
    if (folder / "assets").is_dir():
        app.mount("/assets", StaticFiles(directory=folder / "assets"), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str) -> Response:
        if path.startswith("api/"):
            raise HTTPException(404)
        if not index.is_file():
            return Response("The client is not built: run `make client`.", status_code=503, media_type="text/plain")
        file = (folder / path).resolve()
        inside = path and file.is_relative_to(folder.resolve()) and file.is_file()
        return FileResponse(file if inside else index)
