"""Streamlit's start page, as a browser gets it."""

from __future__ import annotations

import gzip
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse
from starlette.routing import Route

from lpipgeo.start_page import ConnectAtOnce
from tests.asking import ask

START_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
OWN = "<!DOCTYPE html><html><head></head><body>Ours</body></html>"
APP = Starlette(
    routes=[
        Route("/map", lambda _: FileResponse(START_PAGE)),
        Route("/embed", lambda _: HTMLResponse(OWN)),
    ],
    middleware=[Middleware(ConnectAtOnce)],
)
BROWSER = {"accept": "text/html,application/xhtml+xml", "accept_encoding": "gzip"}


def test_a_browser_learns_from_the_page_where_its_server_is():
    before = START_PAGE.read_text(encoding="utf-8")
    assert "BACKEND_BASE_URL" not in before
    answer = ask("/map", app=APP, **BROWSER)
    page = gzip.decompress(answer.body).decode()
    assert 'BACKEND_BASE_URL: new URL(".", location.href).href' in page
    assert page.index("BACKEND_BASE_URL") < page.index('type="module"')
    # All of Streamlit's own is there, around it.
    first, _, last = before.partition("window.prerenderReady = false")
    assert page.startswith(first)
    assert page.endswith(last)
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_browser_with_the_file_of_streamlit_gets_the_page_all_the_same():
    kept = ask("/map", app=APP).headers["etag"]
    answer = ask("/map", app=APP, if_none_match=kept, **BROWSER)
    assert answer.status == 200
    assert "etag" not in answer.headers


def test_a_client_without_compression_gets_the_page_plain():
    answer = ask("/map", app=APP, accept="text/html")
    assert b"BACKEND_BASE_URL" in answer.body
    assert "content-encoding" not in answer.headers


def test_pages_of_our_own_and_what_no_browser_asked_for_stay_as_they_are():
    assert gzip.decompress(ask("/embed", app=APP, **BROWSER).body).decode() == OWN
    assert ask("/map", app=APP).body == START_PAGE.read_bytes()
