"""The answers of the HTTP API: a table, a page of it, or polygons, as bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

import lpipgeo
from lpipgeo.area_index import read_areas
from lpipgeo.area_profile import read_profile
from lpipgeo.boundary_sets import read_boundaries
from lpipgeo.errors import SelectionError, explain_unknown
from lpipgeo.export import to_bytes
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.media_types import MEDIA_TYPES
from lpipgeo.overlay_catalogue import overlay_frame, overlay_path
from lpipgeo.paths import DataFolder
from lpipgeo.table_parameters import PARAMETERS
from lpipgeo.table_query import (
    drawn_level,
    explain_lacking,
    find_lacking,
    parse_query,
    read_page,
)

MAX_ROWS = 50_000
Given = Mapping[str, str]  # checked texts by the name of the parameter


@dataclass(frozen=True)
class Answer:
    """A body with what its headers say.

    Attributes
    ----------
    body, media_type : the answer
    rows : how many there are in all; None where the answer is no table
    next_offset : where the next page begins; None for the last
    """

    body: bytes
    media_type: str
    rows: int | None = None
    next_offset: int | None = None


def catalogue(given: Given, data: DataFolder) -> Answer:
    """Return the indicators, of one theme or all."""
    found = read_catalogue(data)
    frame = found.frame()
    if "theme" in given:
        themes = found.themes.names
        if given["theme"] not in themes:
            raise SelectionError(explain_unknown("theme", given["theme"], themes))
        frame = frame[frame["theme"] == given["theme"]]
    return _table(frame, given)


def areas(given: Given, data: DataFolder) -> Answer:
    """Return the areas, of one level or all, inside one or anywhere."""
    is_wide = given.get("all_england") == "yes"
    found = lpipgeo.areas(given.get("level"), all_england=is_wide, data=data)
    if "within" in given:
        larger = read_areas(data).find(given["within"])
        found = found[found["area_code"].isin(_inside(found, larger.code))]
    return _table(found, given)


def _inside(frame: pd.DataFrame, larger: str) -> set[str]:
    """Return the codes of a table of areas that have a larger area."""
    is_in = (frame.astype("string") == larger).any(axis="columns")
    return set(frame.loc[is_in.fillna(False), "area_code"])


def observations(given: Given, data: DataFolder) -> Answer:
    """Return figures as the library's `table` does, page by page."""
    asked = {name: text for name, text in given.items() if name in PARAMETERS}
    query = parse_query(asked, data=data)
    offset, limit = _paging(given)
    table, rows, long = read_page(query, offset, limit, data=data)
    file_format = given.get("format", "json")
    if file_format == "geojson":
        level = drawn_level(query, data=data)
        body = to_bytes(table, "geojson", level=level, long=long, data=data)
        return _paged(body, "geojson", rows, offset, len(table))
    note = ""
    if not rows:
        note = explain_lacking(query, find_lacking(query, data=data), data=data)
    body = _body(table, file_format, rows, offset, note)
    return _paged(body, file_format, rows, offset, len(table))


def profile(given: Given, data: DataFolder) -> Answer:
    """Return every indicator of an area as the library's `profile` does."""
    found = read_profile(given["code"], given.get("benchmark"), data=data)
    return _table(found.frame(), given)


def boundaries(given: Given, data: DataFolder) -> Answer:
    """Return the polygons of a level, all or those inside a larger area."""
    shapes = read_boundaries(given["level"], data)
    if "within" in given:
        larger = read_areas(data).find(given["within"])
        codes = read_areas(data).codes_within(given["level"], larger.code)
        shapes = shapes[shapes["area_code"].isin(codes)]
    names = {code: area.name for code, area in read_areas(data).by_code.items()}
    named = shapes.assign(area_name=shapes["area_code"].map(names))
    return Answer(named.to_json(drop_id=True).encode(), MEDIA_TYPES["geojson"])


def overlays(given: Given, data: DataFolder) -> Answer:
    """Return the overlays: what each shows, and its source."""
    return _table(overlay_frame(data), given)


def overlay(given: Given, data: DataFolder) -> Answer:
    """Return the features of an overlay, as the build wrote them."""
    body = overlay_path(given["overlay"], data).read_bytes()
    return Answer(body, MEDIA_TYPES["geojson"])


def _table(frame: pd.DataFrame, given: Given) -> Answer:
    """Return a page of a table in the format asked for."""
    offset, limit = _paging(given)
    page = frame.iloc[offset : offset + limit]
    file_format = given.get("format", "json")
    body = _body(page, file_format, len(frame), offset)
    return _paged(body, file_format, len(frame), offset, len(page))


def _paging(given: Given) -> tuple[int, int]:
    return int(given.get("offset", 0)), int(given.get("limit", MAX_ROWS))


def _paged(body: bytes, file_format: str, rows: int, offset: int, here: int) -> Answer:
    reached = offset + here
    following = reached if here and reached < rows else None
    return Answer(body, MEDIA_TYPES[file_format], rows, following)


def _body(
    page: pd.DataFrame, file_format: str, rows: int, offset: int, note: str = ""
) -> bytes:
    if file_format == "csv":
        return to_bytes(page, "csv")
    written = page.to_json(orient="records", force_ascii=False)
    about = {"count": rows, "offset": offset, **({"note": note} if note else {})}
    head = json.dumps(about, ensure_ascii=False)[:-1]
    return f'{head}, "rows": {written}}}\n'.encode()
