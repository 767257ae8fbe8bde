"""Streamlit's start page says where its server is, so that a page connects at once.

Opened on a page below the root, Streamlit 1.67 first asks for its server below that
page, is told that there is none, asks above it, and connects only then: two rounds, and
an error in the browser's console. It leaves them out where the page names its server
in ``window.__streamlit``, and asks for its settings while it connects.
"""

from __future__ import annotations

import gzip

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page from here is never as old as the file that it is made of.
_LEFT_OUT = ("accept-encoding", "if-none-match", "if-modified-since")
_STREAMLIT_STARTS = b"window.prerenderReady = false"  # on its start page only
# Its own files are named relative to the page, so its server is where they are.
_WHERE = b"""
      window.__streamlit = {
        BACKEND_BASE_URL: new URL(".", location.href).href,
        HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
      }"""


class ConnectAtOnce:
    """ASGI middleware that completes Streamlit's start page; all else is passed on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; ask Streamlit for a page uncompressed and complete it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if "text/html" not in asked.get("accept", ""):
            await self.app(scope, receive, send)
            return
        plain = MutableHeaders(raw=list(scope["headers"]))
        for name in _LEFT_OUT:
            del plain[name]
        page = _Page(send, "gzip" in asked.get("accept-encoding", ""))
        await self.app({**scope, "headers": plain.raw}, receive, page.take)


class _Page:
    """An answer that is held back until it is whole, if it is a page."""

    def __init__(self, send: Send, is_gzipped: bool) -> None:
        self._send = send
        self._is_gzipped = is_gzipped
        self._start: Message | None = None
        self._body = b""

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_whole(self._start)

    async def _send_whole(self, start: Message) -> None:
        headers = MutableHeaders(scope=start)
        body = self._body.replace(_STREAMLIT_STARTS, _STREAMLIT_STARTS + _WHERE, 1)
        if body != self._body:  # it is no longer the file that these are about
            del headers["etag"]
            del headers["last-modified"]
        if self._is_gzipped:
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        headers.add_vary_header("Accept-Encoding")
        headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _is_page(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] == 200 and kind.startswith("text/html")
