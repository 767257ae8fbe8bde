"""Whether this process can serve: for a proxy, a container engine and a person.

``/health/live`` answers while the process runs. ``/health/ready`` answers 200 once the
first map can be drawn at once, 503 before that and where the data cannot be read; its
JSON says why, and which indicators are set aside for damaged files.

A process listens at once, so that one person's browser can fetch scripts while figures
are read. Where ``LPIPGEO_LISTEN`` is "warm" it listens once nothing is left to read: a
proxy passes over a replica that does not answer, not over one that answers slowly.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

import lpipgeo
from lpipgeo.data_version import data_version
from lpipgeo.errors import LpipgeoError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.settings import read_choice

LISTEN = "LPIPGEO_LISTEN"
_FRESH = {"Cache-Control": "no-store"}
_OK, _UNAVAILABLE = 200, 503


class Readiness:
    """What the warming up has come to; one for a process.

    Attributes
    ----------
    is_warm : whether the first map can be drawn at once
    problem : why it failed; empty where it did not
    ended : set once nothing is left to read, or it failed
    """

    def __init__(self) -> None:
        self.is_warm = False
        self.problem = ""
        self.ended = threading.Event()


readiness = Readiness()


def listens_when_warm(environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether the process waits for its warming up before it listens.

    Raises
    ------
    SettingError
        ``LPIPGEO_LISTEN`` is neither "at once" nor "warm".
    """
    return read_choice(environ, LISTEN, ("at once", "warm")) == "warm"


def health_routes() -> list[Route]:
    """Return the two routes."""
    return [
        Route("/health/live", _serve_live, methods=["GET", "HEAD"]),
        Route("/health/ready", _serve_ready, methods=["GET", "HEAD"]),
    ]


async def _serve_live(_: Request) -> Response:
    return PlainTextResponse("alive", headers=_FRESH)


async def _serve_ready(_: Request) -> Response:
    status, said = await run_in_threadpool(describe_readiness)
    return JSONResponse(said, status, headers=_FRESH)


def describe_readiness() -> tuple[int, dict[str, object]]:
    """Return the HTTP status and what it says."""
    said: dict[str, object] = {"version": lpipgeo.__version__}
    if readiness.problem:
        return _UNAVAILABLE, {**said, "state": "failed", "why": readiness.problem}
    if not readiness.is_warm:
        return _UNAVAILABLE, {**said, "state": "starting"}
    try:
        set_aside = sorted(read_catalogue().set_aside)
        said["data_version"] = data_version()
    except LpipgeoError as error:
        return _UNAVAILABLE, {**said, "state": "failed", "why": str(error)}
    return _OK, {**said, "state": "ready", "set_aside": set_aside}
