"""HTTP routes beside the pages: geometry and scripts, kept by browsers for ever."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lpipgeo.browser_files import find_file

_FOR_EVER = "public, max-age=31536000, immutable"


async def serve_geometry(request: Request) -> Response:
    """Answer with boundaries, names or labels."""
    return await _serve("geo", request)


async def serve_asset(request: Request) -> Response:
    """Answer with a script or style of the map frame."""
    return await _serve("assets", request)


async def _serve(folder: str, request: Request) -> Response:
    address = f"{folder}/{request.path_params['name']}"
    file = await run_in_threadpool(find_file, address)
    if file is None:
        return PlainTextResponse("There is no such file.", status_code=404)
    headers = {
        "Cache-Control": _FOR_EVER,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    body = file.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = await run_in_threadpool(lambda: file.gzipped)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=file.content_type, headers=headers)


def routes() -> list[Route]:
    """Return the routes that the app serves beside Streamlit's own."""
    return [
        Route("/geo/{name}", serve_geometry, methods=["GET", "HEAD"]),
        Route("/assets/{name}", serve_asset, methods=["GET", "HEAD"]),
    ]
