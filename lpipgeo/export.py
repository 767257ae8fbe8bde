"""Tables to take away: named, with units, sources and statuses, in several formats.

The tidy table has codes only; here names, levels, units, words for the status and
the source are joined, so that a downloaded table can stand alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from lpipgeo.area_index import read_areas
from lpipgeo.boundary_sets import read_boundaries
from lpipgeo.errors import SelectionError, UnknownNameError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.observation_table import read_observations
from lpipgeo.periods import AskedPeriods, period_label
from lpipgeo.statuses import STATUSES

if TYPE_CHECKING:
    import geopandas as gpd

FORMATS = ("csv", "json", "parquet", "xlsx", "geojson", "gpkg")
_FORMULA_STARTS = ("=", "+", "-", "@")


class UnknownFormatError(UnknownNameError):
    """No table format has this name."""

    kind = "format"


def make_table(
    indicators: str | Iterable[str],
    level: str | None = None,
    areas: str | Iterable[str] | None = None,
    periods: AskedPeriods = "latest",
    *,
    inherit: bool = False,
    all_england: bool = False,
    data: str | Path | None = None,
) -> pd.DataFrame:
    """Return observations with everything that a reader of a file needs.

    Parameters are those of `read_observations`.

    Returns
    -------
    DataFrame, key (indicator_id, area_code, period): indicator_id, indicator,
    area_code, area_name, district, level, period, period_label, value, unit, numerator,
    denominator, lower_ci, upper_ci, status, source, licence. Missing values are null.
    """
    observed = read_observations(
        indicators,
        level,
        areas,
        periods,
        inherit=inherit,
        all_england=all_england,
        data=data,
    )
    return describe(observed, level, data=data)


def describe(
    observed: pd.DataFrame, level: str | None = None, *, data: str | Path | None = None
) -> pd.DataFrame:
    """Return a tidy table with names, units, sources and licences joined."""
    catalogue, index = read_catalogue(data), read_areas(data)
    records = {i: catalogue.find(i) for i in observed["indicator_id"].unique()}
    areas = {code: index.find(code) for code in observed["area_code"].unique()}
    ids, codes = observed["indicator_id"], observed["area_code"]
    places = {c: index.parent(c, "lad24") for c in areas}
    columns = {
        "indicator_id": ids,
        "indicator": ids.map({i: r.title for i, r in records.items()}),
        "area_code": codes,
        "area_name": codes.map({c: a.name for c, a in areas.items()}),
        "district": codes.map({c: p.name if p else None for c, p in places.items()}),
        "level": level or codes.map({c: a.level for c, a in areas.items()}),
        "period": observed["period"],
        "period_label": observed["period"].map(period_label),
        "value": observed["value"],
        "unit": ids.map({i: r.unit for i, r in records.items()}),
        "numerator": observed["numerator"],
        "denominator": observed["denominator"],
        "lower_ci": observed["lower_ci"],
        "upper_ci": observed["upper_ci"],
        "status": observed["status"],
        "source": ids.map(
            {
                i: "; ".join(f"{s.publisher}: {s.title}" for s in r.sources)
                for i, r in records.items()
            }
        ),
        "licence": ids.map(
            {
                i: "; ".join(dict.fromkeys(s.licence for s in r.sources))
                for i, r in records.items()
            }
        ),
    }
    return pd.DataFrame(columns)


def with_geometry(
    table: pd.DataFrame, level: str, *, data: str | Path | None = None
) -> gpd.GeoDataFrame:
    """Return a table as a GeoDataFrame (EPSG:4326) with the areas' polygons."""
    shapes = read_boundaries(level, data)
    return shapes.merge(table, on="area_code", how="right")


def safe_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Return a copy whose texts cannot act as formulas in a spreadsheet.

    A text that begins with ``= + - @`` gets a leading apostrophe, and control
    characters become spaces (an unquoted carriage return would begin a new cell);
    numbers stay numbers and missing texts stay missing.
    """
    safe = table.copy()
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            texts = safe[column].astype("string")
            texts = texts.str.replace(r"[\x00-\x1f]+", " ", regex=True).str.strip()
            risky = texts.str.startswith(_FORMULA_STARTS).fillna(False)
            safe[column] = texts.mask(risky, "'" + texts)
    return safe


def to_bytes(
    table: pd.DataFrame,
    file_format: str,
    *,
    level: str | None = None,
    data: str | Path | None = None,
) -> bytes:
    """Return a table in one of `FORMATS`.

    Raises
    ------
    UnknownFormatError
    SelectionError : a format with geometry, but no level to take it from
    """
    if file_format not in FORMATS:
        raise UnknownFormatError(
            file_format, FORMATS, f"Formats: {', '.join(FORMATS)}."
        )
    if file_format == "csv":
        return safe_cells(table).to_csv(index=False, lineterminator="\n").encode()
    if file_format == "json":
        rows = json.loads(table.to_json(orient="records", force_ascii=False))
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    buffer = io.BytesIO()
    if file_format == "parquet":
        table.to_parquet(buffer, index=False)
    elif file_format == "xlsx":
        _write_xlsx(table, buffer)
    else:
        if level is None:
            raise SelectionError(
                f"For {file_format}, say the level whose shapes to add."
            )
        shapes = with_geometry(table, level, data=data)
        driver = {"geojson": "GeoJSON", "gpkg": "GPKG"}[file_format]
        shapes.to_file(buffer, driver=driver, layer="areas")
    return buffer.getvalue()


def _write_xlsx(table: pd.DataFrame, buffer: io.BytesIO) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(
        buffer, engine="xlsxwriter", engine_kwargs={"options": options}
    ) as writer:
        table.to_excel(writer, sheet_name="data", index=False, freeze_panes=(1, 0))
        meanings = [(s.id, s.label, s.about) for s in STATUSES.values()]
        notes = pd.DataFrame(meanings, columns=["status", "label", "meaning"])
        notes.to_excel(writer, sheet_name="statuses", index=False, freeze_panes=(1, 0))
