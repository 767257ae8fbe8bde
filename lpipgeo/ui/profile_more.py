"""What a profile asks for later: its locator map, and what its rows unfold to.

The latter is two thirds of a profile, and most of it is never opened. The page's script
(static/lpipgeo/unfold.html) asks for it and puts it in as text, never as HTML.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from lpipgeo.area_index import read_areas
from lpipgeo.area_profile import Profile, ProfileRow
from lpipgeo.errors import LpipgeoError
from lpipgeo.formatting import THIN_SPACE, range_text, unit_affixes
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.profile_files import find_row
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.loaders import load_locator, load_profile
from lpipgeo.ui.profile_rows import benchmark_query

_FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}
# What a row unfolds to must be of the figures that the page shows: never an older one.
_NOT_KEPT = {"Cache-Control": "no-cache"}
_NOT_FOUND = 404


def more_routes() -> list[Route]:
    """Return the routes of both."""
    methods = ["GET", "HEAD"]
    return [
        Route("/rows/{area}/{indicator}.json", _serve, methods=methods),
        Route("/locators/{area}.svg", _serve_locator, methods=methods),
    ]


async def _serve_locator(request: Request) -> Response:
    try:
        area = read_areas().find(request.path_params["area"])
        drawn = await run_in_threadpool(load_locator, area.code)
    except LpipgeoError as error:
        return PlainTextResponse(str(error), _NOT_FOUND)
    if drawn is None:
        return PlainTextResponse("Its boundary is not held.", _NOT_FOUND)
    return Response(drawn.svg, media_type="image/svg+xml", headers=_FOR_AN_HOUR)


async def _serve(request: Request) -> Response:
    area, indicator = (request.path_params[name] for name in ("area", "indicator"))
    benchmark = request.query_params.get("benchmark")
    try:
        found = await run_in_threadpool(_read, area, indicator, benchmark)
    except LpipgeoError as error:
        return JSONResponse({"message": str(error)}, _NOT_FOUND)
    return JSONResponse(found, headers=_NOT_KEPT)


def _read(area_code: str, indicator_id: str, benchmark: str | None) -> dict[str, Any]:
    profile = load_profile(read_areas().find(area_code).code, benchmark)
    return unfold(profile, find_row(profile, indicator_id))


def unfold(profile: Profile, row: ProfileRow) -> dict[str, Any]:
    """Return definition, reasons, larger areas, caveats, sources and ways on.

    Returns
    -------
    `texts`, `facts` and `caveats`: plain texts; `sources`: text, href and terms;
    `links`: text, href, and whether it is a file to take
    """
    record = row.indicator
    return {
        "texts": [record.definition, record.why_it_matters],
        "facts": _facts(profile, row),
        "caveats": list(record.caveats),
        "sources": [
            {
                "text": f"{source.publisher}: {source.title}",
                "href": str(source.url),
                "terms": f"{source.licence}. {source.attribution}",
            }
            for source in record.sources
        ],
        "links": [*_to_map(profile, row), *_files(profile, row)],
    }


def _to_map(profile: Profile, row: ProfileRow) -> list[dict[str, Any]]:
    if row.level not in MAPPED_LEVELS or row.figure.status == "inherited":
        return []
    query = {
        "indicator": row.indicator.id,
        "level": row.level,
        "area": profile.area.code,
    }
    return [{"text": "On the map", "href": f"./map?{urlencode(query)}"}]


def _files(profile: Profile, row: ProfileRow) -> list[dict[str, Any]]:
    """Return links to the row as a table, and to its chart where there is one."""
    endings = {"csv": "Table (CSV)"}
    if row.can_be_drawn:
        endings |= {"svg": "Chart (SVG)", "png": "Chart (PNG)"}
    address = f"./files/{profile.area.code}/{row.indicator.id}"
    query = benchmark_query(profile)
    return [
        {"text": label, "href": f"{address}.{ending}{query}", "is_file": True}
        for ending, label in endings.items()
    ]


def _facts(profile: Profile, row: ProfileRow) -> list[str]:
    figure, standing = row.figure, row.standing
    facts = [f"{STATUSES[figure.status].label}: {row.why}"] if row.why else []
    if figure.has_limits and row.is_exact:
        facts.append(f"Margin of error (95{THIN_SPACE}%): {_limits_text(row)}")
    beside = [
        f"{parent.name} {row.text(row.beside[parent.level])}"
        for parent in profile.larger
        if parent.level in row.beside
    ]
    if beside:
        facts.append(f"At the same time: {'; '.join(beside)}.")
    if standing.england is not None and row.is_exact:
        plural = LEVELS[row.level].plural_in_text
        place = f"{standing.england}{THIN_SPACE}%"
        facts.append(f"{place} of England's {plural} have a lower figure.")
    reasons = (
        ("Not tested", row.outcome.reason),
        ("No rank", standing.reason),
        ("Trend", row.trend.reason),
    )
    said = row.why
    for name, reason in reasons:
        if reason and reason != said and row.figure.status != "inherited":
            facts.append(f"{name}: {reason}")
    return facts


def _limits_text(row: ProfileRow) -> str:
    span = range_text(row.figure.lower, row.figure.upper, row.indicator)
    _, suffix = unit_affixes(row.indicator.unit)
    whose = {
        "wilson": "worked out from the counts",
        "byar": "worked out from the counts",
    }
    return f"{span}{suffix}, {whose.get(row.figure.limits, 'as published')}."
