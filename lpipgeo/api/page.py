"""The HTTP API explained to people: one page, made from its description."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from lpipgeo.api.answers import MAX_ROWS
from lpipgeo.api.description import BASE, ROUTES, ApiRoute, Parameter
from lpipgeo.browser_files import FONT, static_file
from lpipgeo.formatting import capital

_STYLE = """
@font-face { font-family: "Source Sans 3"; src: url("FONT") format("woff2");
  font-weight: 200 900; }
body { font: 400 1.0625rem/1.5 "Source Sans 3", sans-serif; color: #1C2330;
  max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1, h2 { font-weight: 600; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.25rem; font-size: 1.25rem; }
code { font-size: 0.9375em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 0.75rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0;
  border-top: 1px solid #E3E6EA; font-weight: 400; }
th { white-space: nowrap; }
thead th { font-weight: 600; }
a { color: #0B5A6E; }
a:focus-visible { outline: 3px solid #0B5A6E; outline-offset: 2px; }
"""
_PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>HTTP API · West Midlands places</title><style>{style}</style></head>
<body><main>
<p><a href="/">West Midlands places</a></p>
<h1>HTTP API</h1>
<p>The same figures as on the pages, for programs. The same words as on the command
line and in the library; no key is needed. The figures belong to their publishers: name
them in the words that the column <code>source</code> and the catalogue give.</p>
<p>Answers are JSON or CSV, polygons are GeoJSON (EPSG:4326). A table has up to
{most:,} rows in one answer; <code>X-Total-Count</code> says how many there are, and
<code>Link</code> leads to the next ones. <code>ETag</code> and
<code>If-None-Match</code> spare what you have already. What cannot be answered is said
in words, with status 400 or 404. For larger tables there are Parquet files by the
command line. A description for programs: <a href="{base}/openapi.json">openapi.json</a>
(OpenAPI 3.1).</p>
{routes}
</main></body></html>
"""


@lru_cache(maxsize=1)
def describe_page() -> str:
    """Return the page as HTML that asks nothing of other hosts."""
    style = _STYLE.replace("FONT", f"/{static_file(FONT).address}")
    routes = "".join(_route(route) for route in ROUTES)
    return _PAGE.format(style=style, base=BASE, routes=routes, most=MAX_ROWS)


def example_of(route: ApiRoute) -> str:
    """Return the address of a request that works."""
    path = route.path
    for one in route.parameters:
        if one.in_path:
            path = path.replace(f"{{{one.name}}}", one.example)
    return f"{BASE}{path}?{route.example}"


def _route(route: ApiRoute) -> str:
    rows = "".join(_row(one) for one in route.all_parameters)
    address = escape(example_of(route), quote=True)
    return (
        f"<section><h2 id='{route.id}'><code>{escape(BASE + route.path)}</code></h2>"
        f"<p>{escape(route.summary)}.</p>"
        f"<table><thead><tr><th scope='col'>Parameter</th><th scope='col'>What it is"
        f"</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<p>For example <a href='{address}'><code>{address}</code></a></p></section>"
    )


def _row(one: Parameter) -> str:
    words = [one.description]
    if one.enum:
        words.append(f"One of: {', '.join(one.enum)}")
    if one.required:
        words.append("Needed")
    text = ". ".join(map(capital, words))
    return (
        f"<tr><th scope='row'><code>{escape(one.name)}</code></th>"
        f"<td>{escape(text)}.</td></tr>"
    )
