"""Pages for the frames of other sites: one map, or one figure of an area's profile.

Plain pages without controls, made from the parameters of the dashboard's own address,
so they show the same and go on doing so: level and period do not change with zooming.
Which sites may show them is set by ``LPIPGEO_EMBED_ORIGINS`` (security_headers.py).
"""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from lpipgeo.area_index import read_areas
from lpipgeo.browser_files import FONT, static_file
from lpipgeo.errors import LpipgeoError
from lpipgeo.formatting import publishers_of
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.maps.page_map import page_html
from lpipgeo.maps.views import ROOT
from lpipgeo.profile_files import make_row_file
from lpipgeo.typeface import FAMILY
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.fitting import fit
from lpipgeo.ui.picture import load_picture, page_text
from lpipgeo.ui.selection_url import READ, parse_selection

MAP, CHART = "/embed/map/", "/embed/chart/"
_HOUR = {"Cache-Control": "public, max-age=3600"}
_NOT_FOUND = 404
_CHART_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@font-face {{ font-family: "Source Sans 3"; font-weight: 200 900;
  src: url("{font}") format("woff2"); }}
body {{ font: 16px/1.5 {family}; color: #1C2330; margin: 14px 18px; }}
svg {{ width: 100%; max-width: 900px; height: auto; }}
footer {{ font-size: 14px; }}
a {{ color: #0B5A6E; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def embed_routes() -> list[Route]:
    """Return the routes of both kinds."""
    methods = ["GET", "HEAD"]
    return [
        Route(MAP, _serve_map, methods=methods),
        Route(CHART, _serve_chart, methods=methods),
    ]


async def _serve_map(request: Request) -> Response:
    given = dict(request.query_params)
    try:
        page = await run_in_threadpool(map_page, given)
    except LpipgeoError as error:
        return _refuse(error)
    return HTMLResponse(page, headers=_HOUR)


async def _serve_chart(request: Request) -> Response:
    asked = request.query_params
    given = [asked.get(name, "") for name in ("area", "indicator", "benchmark")]
    try:
        page = await run_in_threadpool(chart_page, *given)
    except LpipgeoError as error:
        return _refuse(error)
    return HTMLResponse(page, headers=_HOUR)


def map_page(given: dict[str, str]) -> str:
    """Return the page of a map.

    Parameters
    ----------
    given : the parameters of the Map page's address; odd ones are said under the map
    """
    catalogue = read_catalogue()
    given = {name: text for name, text in given.items() if name in READ}
    if given.get("drawing") == "3d":  # a picture is flat
        del given["drawing"]
    chosen, notes = parse_selection(given, Selection(), catalogue, read_areas())
    chosen, more = fit(chosen, catalogue)
    picture = load_picture(chosen, catalogue)
    said = " ".join(escape(note) for note in (*notes, *more))
    link = _link("map", chosen.parameters())
    below = f"{link} {said}".strip()
    return page_html(page_text(picture), picture.title, served=True, below=below)


def chart_page(area_code: str, indicator_id: str, benchmark: str) -> str:
    """Return the page of one figure of an area among its peers.

    Raises
    ------
    LpipgeoError : as `profile_files.make_row_file`
    """
    area = read_areas().find(area_code)
    indicator = read_catalogue().find(indicator_id)
    chart = make_row_file(area.code, indicator.id, "svg", benchmark or None)
    title = f"{indicator.title}: {area.name}"
    asked = {"benchmark": benchmark} if benchmark else {}
    query = f"?{urlencode(asked)}" if asked else ""
    file = f"{ROOT}files/{area.code}/{indicator.id}.csv{query}"
    body = (
        f'<div role="img" aria-label="{escape(title)}, drawn among the areas of its '
        f'kind. The figures are in the file below.">{chart.decode()}</div>'
        f'<footer><a href="{escape(file)}">The figures as CSV</a>. '
        f"Source: {escape(publishers_of([indicator]))}. "
        f"{_link('area_profile', {'area': area.code, **asked})}</footer>"
    )
    return _page(title, body)


def _page(title: str, body: str) -> str:
    font = ROOT + static_file(FONT).address
    return _CHART_PAGE.format(title=escape(title), body=body, font=font, family=FAMILY)


def _link(page: str, parameters: dict[str, str]) -> str:
    address = escape(f"{ROOT}{page}?{urlencode(parameters)}", quote=True)
    return (
        f'<a href="{address}" target="_blank" rel="noopener">'
        "Open in the place dashboard</a>."
    )


def _refuse(error: LpipgeoError) -> Response:
    page = _page("There is nothing to show", f"<p>{escape(str(error))}</p>")
    return HTMLResponse(page, _NOT_FOUND)
