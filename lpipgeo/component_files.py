"""The scripts of Streamlit's components are kept by browsers, as its own ones are.

Streamlit 1.67 answers them with ``Cache-Control: public`` and without an age or a sign
by which a browser could ask again, so each visit fetched and compiled the map's again.
Their names change with what is in them.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT_FOR_EVER = "public, max-age=31536000, immutable"
_NAMED_BY_CONTENT = re.compile(r"/component/.+\.[0-9a-f]{8}(\.chunk)?\.(js|css)")


class KeepComponentFiles:
    """ASGI middleware that lets browsers keep a component's scripts and styles."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the headers of its answer."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["Cache-Control"] = KEPT_FOR_EVER
            await send(message)

        is_kept = scope["type"] == "http" and _NAMED_BY_CONTENT.search(scope["path"])
        await self.app(scope, receive, complete if is_kept else send)
