"""Tables to take away: named, with units, sources and statuses, in several formats.

The tidy table has codes only; here names, levels, units, words for the status and
the source are joined, so that a downloaded table can stand alone. CSV and JSON hold
rows only; the other formats also carry definition, caveats, licence and attribution.
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
from lpipgeo.change import change_record
from lpipgeo.errors import SelectionError, UnknownNameError
from lpipgeo.formatting import band_text
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.observation_table import read_observations
from lpipgeo.periods import AskedPeriods, period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.table_sources import sources_of

if TYPE_CHECKING:
    import geopandas as gpd

FORMATS = ("csv", "json", "parquet", "xlsx", "geojson", "gpkg")
BAND_CAUTION = (
    "The publisher advises against exact figures for areas this small: quote the band."
)
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
    denominator, lower_ci, upper_ci, status, band, caution, source, licence. Missing
    values are null. Where the publisher advises against exact figures, `band` says
    what to quote and `caution` why; where it publishes classes, `band` names the class.
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
    observed: pd.DataFrame,
    level: str | None = None,
    *,
    earlier: str | None = None,
    data: str | Path | None = None,
) -> pd.DataFrame:
    """Return a tidy table with names, units, sources and licences joined.

    Parameters
    ----------
    earlier : where values are changes, the period that they are counted from; then
        there is a column `earlier_period`, and title and unit are those of the change
    """
    catalogue, index = read_catalogue(data), read_areas(data)
    records = {i: catalogue.find(i) for i in observed["indicator_id"].unique()}
    if earlier:
        records = {i: change_record(record) for i, record in records.items()}
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
        **_bands(observed, level or {c: a.level for c, a in areas.items()}, data),
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
    table = pd.DataFrame(columns)
    if earlier:
        place = list(table.columns).index("period")
        table.insert(place, "earlier_period", earlier)
    return table


def _bands(
    observed: pd.DataFrame, level: str | dict[str, str], data: str | Path | None
) -> dict[str, list[str | None]]:
    """Return the columns `band` and `caution`, with nulls where exact figures stand."""
    catalogue = read_catalogue(data)
    bands: list[str | None] = []
    cautions: list[str | None] = []
    columns = observed[["indicator_id", "area_code", "value"]]
    for indicator_id, code, value in columns.itertuples(index=False):
        record = catalogue.find(indicator_id)
        of_area = level if isinstance(level, str) else level[code]
        edges = record.bands.get(catalogue.source_level(indicator_id, of_area) or "")
        named = bool(record.class_names)
        if pd.isna(value) or not (edges or named):
            bands.append(None)
            cautions.append(None)
            continue
        name = record.class_names[int(value) - 1] if named else None
        bands.append(name or band_text(value, edges or ()))
        cautions.append(None if named else BAND_CAUTION)
    return {"band": bands, "caution": cautions}


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

    A table of observations takes its sources along (see `table_sources.sources_of`): a
    workbook as the sheet "source", Parquet and GeoPackage in their metadata, GeoJSON
    as the member "metadata"; CSV and JSON are rows only.

    Parameters
    ----------
    table : as `make_table` or `describe` return it, or any other table
    level : whose outlines to add, for GeoJSON and GeoPackage
    data : the data folder that the table came from

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
        marked = table.copy(deep=False)
        marked.attrs = {"sources": _rows(sources_of(table, data=data))}
        marked.to_parquet(buffer, index=False)
    elif file_format == "xlsx":
        _write_xlsx(table, sources_of(table, data=data), buffer)
    else:
        if level is None:
            raise SelectionError(
                f"For {file_format}, say the level whose shapes to add."
            )
        shapes = with_geometry(table, level, data=data)
        sources = sources_of(table, level, data=data)
        if file_format == "geojson":
            return _geojson(shapes, sources)
        terms = {name: _joined(sources[name]) for name in ("licence", "attribution")}
        shapes.to_file(
            buffer,
            driver="GPKG",
            layer="areas",
            layer_metadata={**terms, "sources": json.dumps(_rows(sources))},
            DESCRIPTION=f"{_joined(sources['title'])}. {terms['attribution']}",
        )
    return buffer.getvalue()


def _rows(sources: pd.DataFrame) -> list[dict[str, str]]:
    return [{str(k): v for k, v in row.items()} for row in sources.to_dict("records")]


def _joined(texts: pd.Series[str]) -> str:
    """Return different texts once each, as one."""
    return "; ".join(dict.fromkeys(texts))


def _geojson(shapes: gpd.GeoDataFrame, sources: pd.DataFrame) -> bytes:
    """Return GeoJSON with its sources as a member of the collection (RFC 7946, 6.1)."""
    buffer = io.BytesIO()
    shapes.to_file(buffer, driver="GeoJSON", layer="areas")
    opening = b'"type": "FeatureCollection",'
    metadata = json.dumps({"sources": _rows(sources)}, ensure_ascii=False).encode()
    written = opening + b'\n"metadata": ' + metadata + b","
    return buffer.getvalue().replace(opening, written, 1)


def _write_xlsx(table: pd.DataFrame, sources: pd.DataFrame, buffer: io.BytesIO) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(
        buffer, engine="xlsxwriter", engine_kwargs={"options": options}
    ) as writer:
        table.to_excel(writer, sheet_name="data", index=False, freeze_panes=(1, 0))
        if len(sources):
            sources.to_excel(
                writer, sheet_name="source", index=False, freeze_panes=(1, 0)
            )
            wrapped = writer.book.add_format({"text_wrap": True, "valign": "top"})
            writer.sheets["source"].set_column(0, len(sources.columns), 40, wrapped)
        meanings = [(s.id, s.label, s.about) for s in STATUSES.values()]
        notes = pd.DataFrame(meanings, columns=["status", "label", "meaning"])
        notes.to_excel(writer, sheet_name="statuses", index=False, freeze_panes=(1, 0))
