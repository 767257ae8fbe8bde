"""Ask the app's routes as an ASGI server would, without a server or a client."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.applications import Starlette

from lpipgeo.server import middleware, routes
from lpipgeo.ui.embed_pages import embed_routes
from lpipgeo.ui.profile_more import more_routes

APP = Starlette(
    routes=[*routes(), *more_routes(), *embed_routes()], middleware=middleware()
)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(path, method="GET", app=APP, **headers):
    """Return the app's answer to one request, without a server or a client."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    path, _, query = path.partition("?")
    named = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},  # as uvicorn says
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": named,
        "scheme": "http",
        "server": ("test", 80),
    }
    # In a thread of its own: Playwright's loop may be running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    body = b"".join(message.get("body", b"") for message in sent)
    answered = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return Answer(sent[0]["status"], answered, body)
