"""Open pages without a browser, and read what they say."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape

from streamlit.testing.v1 import AppTest

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.paths import PROJECT

FRAME = PROJECT / "lpipgeo/ui/frame.py"
PATIENCE = 60  # seconds, on a busy machine


def script(name: str) -> str:
    """Return the script of a page, by which it is opened."""
    return str(PROJECT / f"pages/{name}.py")


OVERVIEW, MAP, PROFILE = script("overview"), script("map"), script("area_profile")
COMPARE, TRENDS, DATA = script("compare"), script("trends"), script("data")
SOURCES, HELP = script("sources_and_methods"), script("help")


def open_page(page: str, /, **parameters: str) -> AppTest:
    """Return the app as it stands after a visit, to act on."""
    app = AppTest.from_file(FRAME, default_timeout=PATIENCE)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.switch_page(page)
    app.run()
    assert list(app.exception) == []
    return app


@cache
def read_page(page: str, /, **parameters: str) -> AppTest:
    """Return a visit that all tests share which only read: do not act on it."""
    return open_page(page, **parameters)


def html_of(app: AppTest) -> str:
    """Return all that the page drew as HTML."""
    return "\n".join(element.proto.body for element in app.get("html"))


def text_of(app: AppTest) -> str:
    """Return HTML and notes, with plain spaces and without markdown's escapes."""
    said = "\n".join([html_of(app), *(note.value for note in app.info)])
    return said.replace("\u202f", " ").replace("\\", "")


def headings(app: AppTest) -> list[str]:
    return [text.value for text in app.markdown if text.value.startswith("#")]


def title_of(app: AppTest) -> str:
    """Return the heading of a page that draws it as one HTML element."""
    return next(line for line in html_of(app).splitlines() if line.startswith("<h1>"))


def row_of(app: AppTest, indicator: str) -> str:
    """Return the row of an indicator in a page's table, as a reader sees it."""
    title = read_catalogue().find(indicator).title
    rows = re.findall(r"<tr\b.*?</tr>", html_of(app))
    starts = (f"<summary>{escape(title)}<", f"<th scope='row'>{escape(title)}<")
    return unescape(next(row for row in rows if any(text in row for text in starts)))


def address(app: AppTest) -> dict[str, str]:
    """Return the URL's parameters as the visitor sees them."""
    found = {name: app.query_params[name] for name in app.query_params}
    return {k: v[0] if isinstance(v, list) else v for k, v in found.items()}
