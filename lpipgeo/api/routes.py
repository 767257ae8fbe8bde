"""The routes of the HTTP API, for the same process as the pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from lpipgeo.api.cache import AnswerCache, Finished
from lpipgeo.api.description import BASE, ROUTES, ApiRoute
from lpipgeo.api.openapi import describe_api
from lpipgeo.api.page import describe_page
from lpipgeo.api.validation import check_request, explain
from lpipgeo.errors import LpipgeoError, UnknownNameError, suggest

_OPEN = {"Access-Control-Allow-Origin": "*"}
_HOUR = "public, max-age=3600"
_EXPOSED = "ETag, Link, X-Total-Count"
_METHODS = ("GET", "HEAD")


def api_routes() -> list[Route]:
    """Return the routes, the description and the page about them."""
    cache = AnswerCache()
    found = [
        Route(f"{BASE}{one.path}", _handler(one, cache), methods=_METHODS)
        for one in ROUTES
    ]
    return [
        *(Route(path, _serve_page, methods=_METHODS) for path in (BASE, f"{BASE}/")),
        Route(f"{BASE}/openapi.json", _serve_description, methods=_METHODS),
        *found,
        Route(f"{BASE}/{{rest:path}}", _serve_unknown, methods=_METHODS),
    ]


def _handler(
    route: ApiRoute, cache: AnswerCache
) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        query = request.query_params
        try:
            given = check_request(route, request.path_params, query.multi_items())
            asked = (route.id, *sorted(given.items()))
            make = partial(route.make, given, None)
            made = await run_in_threadpool(cache.get, asked, make)
        except LpipgeoError as error:
            asked_for = request.path_params.values()
            is_lost = isinstance(error, UnknownNameError) and error.name in asked_for
            status = 404 if is_lost else 400
            return JSONResponse(explain(error, route, query), status, headers=_OPEN)
        return await _respond(request, made, given)

    return serve


async def _respond(request: Request, made: Finished, given: dict[str, str]) -> Response:
    headers = {
        **_OPEN,
        "Cache-Control": _HOUR,
        "ETag": made.etag,
        "Vary": "Accept-Encoding",
        "Access-Control-Expose-Headers": _EXPOSED,
    }
    if made.answer.rows is not None:
        headers["X-Total-Count"] = str(made.answer.rows)
    if made.answer.next_offset is not None:
        query = {n: t for n, t in given.items() if n not in request.path_params}
        query["offset"] = str(made.answer.next_offset)
        following = f"{request.url.path}?{urlencode(query, safe=',:/')}"
        headers["Link"] = f'<{following}>; rel="next"'
    known = request.headers.get("if-none-match", "")
    if made.etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]:
        return Response(status_code=304, headers=headers)
    body, packed = made.answer.body, None
    if "gzip" in request.headers.get("accept-encoding", ""):
        packed = await run_in_threadpool(lambda: made.gzipped)
    if packed is not None:
        body = packed
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=made.answer.media_type, headers=headers)


async def _serve_page(_: Request) -> Response:
    """Answer with the page for people."""
    return HTMLResponse(describe_page(), headers={**_OPEN, "Cache-Control": _HOUR})


async def _serve_description(_: Request) -> Response:
    """Answer with the description for programs."""
    body = json.dumps(describe_api(), ensure_ascii=False, indent=1)
    headers = {**_OPEN, "Cache-Control": _HOUR}
    return Response(body, media_type="application/json", headers=headers)


async def _serve_unknown(request: Request) -> Response:
    """Answer what is not there with what is."""
    paths = [f"{BASE}{one.path}" for one in ROUTES]
    message = (
        f"There is nothing at this address. Routes: {', '.join(paths)}. They are "
        f"explained at {BASE}."
    )
    near = suggest(request.url.path, paths)
    said = {"message": message, "parameter": None, "suggestions": near}
    return JSONResponse({"error": said}, 404, headers=_OPEN)
