"""Headers on every answer that keep a browser from trusting anything else.

The content security policy names no host but our own, so a script or an image that
slipped into a page could neither be fetched from elsewhere nor send anything there.
Inline scripts and `eval` stay allowed: Streamlit's start page, Vega's charts and the
map's frame are written with them. Other sites may show our pages in a frame only if
the environment's ``LPIPGEO_EMBED_ORIGINS`` names them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lpipgeo.errors import SettingError

EMBED_ORIGINS = "LPIPGEO_EMBED_ORIGINS"
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")
# Directive and what it allows; `data:` and `blob:` never leave the browser.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'self' blob: data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}


def embed_origins(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the sites that may show our pages in a frame, as "https://host[:port]".

    Raises
    ------
    SettingError
        A part of ``LPIPGEO_EMBED_ORIGINS`` is not the origin of a site.
    """
    origins = tuple(environ.get(EMBED_ORIGINS, "").split())
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingError(
                f"{EMBED_ORIGINS} has {origin!r}, which is not the address of a site. "
                "Please give sites without a path, with a space between them, for "
                "example: https://www.example.org https://intranet.example.org:8443"
            )
    return origins


def security_headers(origins: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the headers, for pages that `origins` may show in a frame."""
    ancestors = " ".join(("'self'", *origins))
    policy = {**_POLICY, "frame-ancestors": ancestors}
    headers = {
        "Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=()",
    }
    if not origins:
        # For browsers that do not know frame-ancestors; it cannot name other sites.
        headers["X-Frame-Options"] = "SAMEORIGIN"
    return headers


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer without them."""

    def __init__(self, app: ASGIApp, origins: tuple[str, ...] = ()) -> None:
        self.app = app
        self.headers = security_headers(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the headers of its answer."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, complete if scope["type"] == "http" else send)
