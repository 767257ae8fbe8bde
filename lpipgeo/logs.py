"""Logs for whoever runs the dashboard: one JSON object a line, about nobody.

Written where the environment's ``LPIPGEO_LOG`` is "json". A request's line has its
kind of route, never its query, its address or its sender: what people look at and
where they sit is not our business.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lpipgeo.settings import read_choice

LOG = "LPIPGEO_LOG"
# Beginnings of paths, the longer first; an area's code or a typed path is cut off.
_ROUTES = re.compile(
    r"/(api/v1/[a-z]+|api/v1|geo|assets|component|embed|files|health/[a-z]+|locators"
    r"|media|rows|static|_stcore/[a-z-]+)(?=/|$|\.)"
)
_PAGE = re.compile(r"/[a-z_]{0,30}")
_log = logging.getLogger("lpipgeo.requests")


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON: time, level, logger, message and extras."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without an end of line."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def wants_json(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether logs are JSON.

    Raises
    ------
    SettingError
        ``LPIPGEO_LOG`` is neither "text" nor "json".
    """
    return read_choice(environ, LOG, ("text", "json")) == "json"


def set_up_json_logs() -> None:
    """Make our loggers, and those that Streamlit has by now, write JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    ours = logging.getLogger("lpipgeo")
    ours.handlers, ours.propagate = [handler], False
    ours.setLevel(logging.INFO)
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger) and logger is not ours:
            for other in logger.handlers:
                other.setFormatter(JsonFormatter())


def name_route(path: str) -> str:
    """Return the kind of a path, without what stands for a place or a person."""
    if found := _ROUTES.match(path):
        return found.group()
    return path if _PAGE.fullmatch(path) else "other"


class RequestLog:
    """ASGI middleware that writes a line for every answer, and for every visit's end.

    A visit is a page's connection: it has the seconds for which it was open.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write what became of it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        begin = time.perf_counter()
        facts: dict[str, object] = {"route": name_route(scope["path"])}
        is_visit = scope["type"] == "websocket"
        size = 0

        async def watch(message: Message) -> None:
            nonlocal size
            if message["type"] == "http.response.start":
                facts["status"] = message["status"]
            size += len(message.get("body") or message.get("bytes") or b"")
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            facts["seconds"] = round(time.perf_counter() - begin, 3)
            facts["bytes"] = size
            _log.info("visit" if is_visit else "request", extra={"facts": facts})
