"""Outlines from a file of polygons, drawn as such or by a point inside them."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd

from lpipgeo.build.overlays.context import Context
from lpipgeo.build.placing import place
from lpipgeo.build.sources import Sources, readable, require_columns
from lpipgeo.overlay_catalogue import Overlay

_METRES = "EPSG:27700"
_SMALL_WORDS = {"and", "at", "by", "de", "in", "le", "of", "on", "the", "upon", "with"}


def read(record: Overlay, sources: Sources, _context: Context) -> gpd.GeoDataFrame:
    """Read one feature per row.

    `[build]`: `file`; `tolerance_m` (outlines are simplified by that much). May be left
    out: `id`, `name`, `kind`, `page` (columns; without names, each feature has the
    record's short title). An overlay of points has a point inside each
    outline; that point's neighbourhood is its area.
    """
    build = record.build
    path = sources.path(build["file"])
    with readable(build["file"], "polygons"):
        table = gpd.read_file(path)
    table = sources.correct(build["file"], table).to_crs(_METRES)
    columns = {
        key: build[key] for key in ("id", "name", "kind", "page") if key in build
    }
    require_columns(build["file"], table.columns, columns.values())
    columns_read = {key: table[name] for key, name in columns.items()}
    found = pd.DataFrame(columns_read, index=table.index)
    found = found.rename(columns={"id": "feature_id"})
    if "name" in found:
        found["name"] = found["name"].map(in_title_case)
    else:
        found["name"] = record.short_title
        found["feature_id"] = [str(number) for number in range(1, len(table) + 1)]
    valid = table.geometry.make_valid()
    if record.shape == "points":
        inside = valid.representative_point()
        found["area_code"] = place(build["file"], found["name"], inside, sources)
        return gpd.GeoDataFrame(found, geometry=inside)
    simple = valid.simplify(build["tolerance_m"]).make_valid()
    return gpd.GeoDataFrame(found, geometry=simple)


def in_title_case(name: str) -> str:
    """Return a name that is all in capitals as people write it; others as they are.

    >>> in_title_case("LADY HERBERT'S GARDEN")
    "Lady Herbert's Garden"
    """
    if not name.isupper():
        return " ".join(name.split())
    words = [
        word if position and word in _SMALL_WORDS else word.capitalize()
        for position, word in enumerate(name.lower().split())
    ]
    return re.sub(r"[-(](\w)", lambda found: found[0].upper(), " ".join(words))
