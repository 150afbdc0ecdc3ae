"""The client's pages: built files with a strict content policy, and the one page for every path that is not a file.

It must not know rooms: a page learns everything by /api and /ws.
"""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException
from starlette.middleware.base import RequestResponseEndpoint
from starlette.staticfiles import StaticFiles

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
FOR_EVER = "public, max-age=31536000, immutable"


async def with_headers(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """For the app: every answer says what its page may do. Files whose names hold a digest may be kept for ever."""
    response = await call_next(request)
    response.headers.update(HEADERS)
    is_built = request.url.path.startswith("/assets/") and response.status_code == 200
    response.headers["Cache-Control"] = FOR_EVER if is_built else "no-cache"
    if request.url.path.startswith("/api/"):
        response.headers["Cache-Control"] = "no-store"
    return response


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
