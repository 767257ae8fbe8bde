"""The printed profile as a web page: one file that needs no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from lpipgeo.paths import PROJECT
from lpipgeo.printed.content import Sheet, document_title

_FOLDER = PROJECT / "lpipgeo/printed"
_FONT = PROJECT / "static/vendor/source-sans-3/source-sans-3-latin-wght-normal.woff2"
_TEMPLATE = "profile.html.jinja"


def make_web_page(sheets: Sequence[Sheet]) -> str:
    """Return printed profiles as one HTML document.

    Texts are escaped; pictures are SVG inside the page, and nothing is fetched.
    """
    page = _template().render(title=document_title(sheets), sheets=sheets, font=_font())
    return page + "\n"


@lru_cache(maxsize=1)
def _font() -> str:
    return b64encode(_FONT.read_bytes()).decode()


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["picture"] = _picture
    return environment.get_template(_TEMPLATE)


def _picture(svg: str) -> Markup:
    """Return one of our pictures as it is: its texts were escaped when it was made."""
    return Markup(svg)
