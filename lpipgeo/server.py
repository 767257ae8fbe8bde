"""HTTP routes beside the pages: geometry, scripts, rows of profiles, health, API.

Geometry and scripts have names that change with them, so browsers keep them for ever.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lpipgeo.api.routes import api_routes
from lpipgeo.browser_files import find_file
from lpipgeo.component_files import KEPT_FOR_EVER, KeepComponentFiles
from lpipgeo.errors import LpipgeoError
from lpipgeo.health import health_routes, listens_when_warm, readiness
from lpipgeo.logs import RequestLog, set_up_json_logs, wants_json
from lpipgeo.media_types import MEDIA_TYPES
from lpipgeo.profile_files import make_row_file
from lpipgeo.security_headers import SecurityHeaders, embed_origins
from lpipgeo.start_page import ConnectAtOnce

_NOT_KEPT = "no-cache"  # of the figures that the page shows, never of older ones


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
    headers = {"Cache-Control": KEPT_FOR_EVER, "Vary": "Accept-Encoding"}
    body = file.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = await run_in_threadpool(lambda: file.gzipped)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=file.content_type, headers=headers)


async def serve_row(request: Request) -> Response:
    """Answer with one row of a profile: its figures, or its chart."""
    area, name = request.path_params["area"], request.path_params["name"]
    indicator, _, ending = name.rpartition(".")
    benchmark = request.query_params.get("benchmark")
    try:
        body = await run_in_threadpool(
            make_row_file, area, indicator, ending, benchmark
        )
    except LpipgeoError as error:
        return PlainTextResponse(str(error), status_code=404)
    filename = re.sub(r"[^\w.-]", "", f"{area}_{indicator}.{ending}")
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "Cache-Control": _NOT_KEPT,
    }
    return Response(body, media_type=MEDIA_TYPES[ending], headers=headers)


def routes() -> list[Route]:
    """Return the routes that the app serves beside Streamlit's own."""
    return [
        Route("/geo/{name}", serve_geometry, methods=["GET", "HEAD"]),
        Route("/assets/{name}", serve_asset, methods=["GET", "HEAD"]),
        Route("/files/{area}/{name}", serve_row, methods=["GET", "HEAD"]),
        *health_routes(),
        *api_routes(),
    ]


def middleware() -> list[Middleware]:
    """Return what every answer passes through, Streamlit's own included.

    Raises
    ------
    SettingError
        ``LPIPGEO_EMBED_ORIGINS`` is not a list of sites, or ``LPIPGEO_LOG`` odd.
    """
    passed = [
        Middleware(SecurityHeaders, origins=embed_origins()),
        Middleware(KeepComponentFiles),
        Middleware(ConnectAtOnce),
    ]
    return [Middleware(RequestLog), *passed] if wants_json() else passed


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    """Set up what the process needs once all loggers are there; it listens after."""
    if wants_json():
        set_up_json_logs()
    if listens_when_warm():
        await run_in_threadpool(readiness.ended.wait)
    yield
