"""A visitor without a browser: speaks Streamlit's own protocol over its websocket.

It sends what a browser sends when somebody chooses something, takes all that the
server answers, and knows which widgets the page has by what was answered. It draws
nothing, so one process can play fifty people beside the server that it asks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

SUBPROTOCOL = "streamlit"
# People come by a name, which the server compares with where the page came from;
# it lets "localhost" pass whatever a proxy makes of it.
NAME = "places.example.org"
PATIENCE_S = 60.0
LARGEST_MESSAGE = 50_000_000
SELECT_BOX, SEGMENTS, TEXT = "selectbox", "button_group", "text_input"


class VisitorError(RuntimeError):
    """The server showed an error, ended the connection or did not answer."""


@dataclass
class Widget:
    """A widget on the visitor's page.

    Attributes
    ----------
    id : the server's name for it
    options : texts that can be chosen; empty for a box to type in
    fragment : id of the part of the page that it redraws; empty for all of it
    """

    id: str
    options: tuple[str, ...]
    fragment: str


@dataclass
class Visitor:
    """One person with one open page. Use as an asynchronous context manager.

    Attributes
    ----------
    url : the server's address, without a slash at the end
    headers : to send with the connection, such as a cookie
    widgets : by kind and label, as of the last answer
    received : bytes of all answers
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    widgets: dict[tuple[str, str], Widget] = field(default_factory=dict)
    received: int = 0
    query: str = ""
    _pages: dict[str, str] = field(default_factory=dict)
    _page: str = ""
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        place = urlsplit(self.url)
        self._socket = await connect(
            f"ws://{NAME}/_stcore/stream",
            host=place.hostname,
            port=place.port,
            origin=f"http://{NAME}",  # type: ignore[arg-type]
            subprotocols=[SUBPROTOCOL],  # type: ignore[list-item]
            additional_headers=self.headers,
            max_size=LARGEST_MESSAGE,
            open_timeout=PATIENCE_S,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def open(self, page: str, query: str = "") -> float:
        """Open a page by its path, or follow the navigation to it; return seconds."""
        message = BackMsg()
        asked = message.rerun_script
        if page in self._pages:
            asked.page_script_hash = self._pages[page]
        else:
            asked.page_name = page
        self.query = asked.query_string = query
        self.widgets.clear()
        return await self._ask(message)

    async def choose(self, kind: str, label: str, option: str) -> float:
        """Choose an option, or type a text; return seconds until all is answered."""
        widget = self.widgets[kind, label]
        state = WidgetState(id=widget.id)
        if kind == SEGMENTS:
            at = widget.options.index(option)
            state.string_array_value.data.append(widget.options[at])
        else:
            state.string_value = option
        message = BackMsg()
        asked = message.rerun_script
        asked.widget_states.widgets.append(state)
        asked.query_string = self.query
        asked.page_script_hash = self._page
        asked.fragment_id = widget.fragment
        return await self._ask(message)

    async def _ask(self, message: BackMsg) -> float:
        if self._socket is None:
            raise VisitorError("The visitor has no connection.")
        begin = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            body = await self._socket.recv()
            self.received += len(body)
            answer = ForwardMsg()
            answer.ParseFromString(body if isinstance(body, bytes) else body.encode())
            if self._take(answer):
                return time.perf_counter() - begin

    def _take(self, answer: ForwardMsg) -> bool:
        """Learn from an answer; return whether it is the last."""
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            pages = answer.navigation.app_pages
            self._pages = {p.url_pathname: p.page_script_hash for p in pages}
            self._page = answer.navigation.page_script_hash
        elif kind == "new_session":
            self._page = answer.new_session.page_script_hash
        elif kind == "page_info_changed":
            self.query = answer.page_info_changed.query_string
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            self._learn(answer.delta)
        elif kind == "script_finished":
            status = ForwardMsg.ScriptFinishedStatus
            if answer.script_finished == status.FINISHED_WITH_COMPILE_ERROR:
                raise VisitorError("The page could not be compiled.")
            return answer.script_finished != status.FINISHED_EARLY_FOR_RERUN
        return False

    def _learn(self, delta: Delta) -> None:
        element = delta.new_element
        kind = str(element.WhichOneof("type"))
        if kind == "exception":
            raise VisitorError(f"The page showed: {element.exception.message}")
        if kind not in {SELECT_BOX, SEGMENTS, TEXT}:
            return
        proto = getattr(element, kind)
        options = tuple(_options(kind, proto))
        found = Widget(proto.id, options, delta.fragment_id)
        self.widgets[kind, proto.label] = found


def _options(kind: str, proto: Any) -> Iterator[str]:
    if kind == SELECT_BOX:
        yield from proto.options
    elif kind == SEGMENTS:
        yield from (option.content for option in proto.options)
