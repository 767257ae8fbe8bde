"""Tables to take away: named, with units, sources and statuses, in several formats.

The tidy table has codes only; here names, levels, units, words for the status and
the source are joined, so that a downloaded table can stand alone. CSV and JSON hold
rows only; the other formats also carry definition, caveats, licence and attribution.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from lpipgeo.area_index import AreaIndex, read_areas
from lpipgeo.boundary_sets import read_boundaries
from lpipgeo.change import change_record
from lpipgeo.column_dictionary import describe_columns
from lpipgeo.data_version import data_version
from lpipgeo.errors import SelectionError, UnknownNameError
from lpipgeo.formatting import band_text
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.observation_table import read_observations
from lpipgeo.paths import DataFolder
from lpipgeo.periods import AskedPeriods, period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.table_sources import sources_of
from lpipgeo.tables import OBSERVATION_NUMBERS
from lpipgeo.workbook import DATA, write_workbook

if TYPE_CHECKING:
    import geopandas as gpd

FORMATS = ("csv", "json", "parquet", "xlsx", "geojson", "gpkg")
BAND_CAUTION = (
    "The publisher advises against exact figures for areas this small: quote the band."
)
WORKBOOK = "Figures of West Midlands places"
_CONTROLS = re.compile(r"[\x00-\x1f]+")
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
    within: str | None = None,
    statuses: Iterable[str] | None = None,
    inherit: bool = False,
    all_england: bool = False,
    data: DataFolder = None,
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
        within=within,
        statuses=statuses,
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
    data: DataFolder = None,
) -> pd.DataFrame:
    """Return a tidy table with names, units, sources and licences joined.

    Parameters
    ----------
    earlier : where values are changes, the period that they are counted from; then
        there is a column `earlier_period`, and title and unit are those of the change
    """
    catalogue, index = read_catalogue(data), read_areas(data)
    ids, codes = observed["indicator_id"], observed["area_code"]
    records = {i: catalogue.find(i) for i in ids.unique()}
    if earlier:
        records = {i: change_record(record) for i, record in records.items()}
    of_id, texts = _Distinct(ids), _area_texts(index)
    places = texts.index.get_indexer(pd.Index(codes))
    of_area = {n: texts[n].array.take(places, allow_fill=True) for n in texts}
    columns = {
        "indicator_id": ids.array,
        "indicator": of_id.say(lambda i: records[i].title),
        "area_code": codes.array,
        "area_name": of_area["area_name"],
        "district": of_area["district"],
        "level": level or of_area["level"],
        "period": observed["period"].array,
        "period_label": _Distinct(observed["period"]).say(period_label),
        "value": observed["value"].array,
        "unit": of_id.say(lambda i: records[i].unit),
        **{n: observed[n].array for n in (*OBSERVATION_NUMBERS[1:], "status")},
        **_bands(observed, level or of_area["level"], data),
        "source": of_id.say(
            lambda i: "; ".join(f"{s.publisher}: {s.title}" for s in records[i].sources)
        ),
        "licence": of_id.say(lambda i: records[i].licences),
    }
    # As arrays: Series would be aligned one by one.
    table = pd.DataFrame(columns, index=observed.index)
    if earlier:
        place = list(table.columns).index("period")
        table.insert(place, "earlier_period", earlier)
    return table


class _Distinct:
    """The distinct values of a column, so that each is looked at only once."""

    def __init__(self, column: pd.Series[str]) -> None:
        found = column.to_numpy(dtype=object)
        self._places, self._values = pd.factorize(found)

    def say(self, of: Callable[[str], str | None]) -> ExtensionArray:
        """Return a text for each row; missing ones stay missing."""
        said = pd.array([of(value) for value in self._values], dtype="str")
        return said.take(self._places, allow_fill=True)


@lru_cache(maxsize=4)
def _area_texts(index: AreaIndex) -> pd.DataFrame:
    """Return name, district and level of every area, key code."""
    districts = (index.parent(code, "lad24") for code in index.by_code)
    columns = {
        "area_name": [area.name for area in index.by_code.values()],
        "district": [district.name if district else None for district in districts],
        "level": [area.level for area in index.by_code.values()],
    }
    return pd.DataFrame(columns, index=pd.Index(index.by_code), dtype="str")


def _bands(
    observed: pd.DataFrame, level: str | ExtensionArray, data: DataFolder
) -> dict[str, ExtensionArray]:
    """Return the columns `band` and `caution`, with nulls where exact figures stand."""
    catalogue = read_catalogue(data)
    bands = np.full(len(observed), None, dtype=object)
    cautions = bands.copy()
    ids = observed["indicator_id"].to_numpy(dtype=object)
    levels = pd.Series(level, index=observed.index)
    for indicator_id in observed["indicator_id"].unique():
        record = catalogue.find(indicator_id)
        if not (record.bands or record.class_names):
            continue
        rows = observed[ids == indicator_id]
        found = levels[ids == indicator_id]
        for held in found.unique():
            source = catalogue.source_level(indicator_id, held) or ""
            edges = record.bands.get(source, ())
            values = rows.loc[found == held, "value"].dropna()
            places = observed.index.get_indexer(values.index)
            bands[places] = _name_bands(values.to_numpy(), record.class_names, edges)
            if edges and not record.class_names:
                cautions[places] = BAND_CAUTION
    texts = {"band": bands, "caution": cautions}
    return {name: pd.array(found, dtype="str") for name, found in texts.items()}


def _name_bands(
    values: NDArray[np.float64], class_names: Sequence[str], edges: Sequence[float]
) -> NDArray[np.object_]:
    """Return the class or the band of each value, or None where it has neither."""
    if not (class_names or edges):
        return np.full(len(values), None, dtype=object)
    names: NDArray[np.object_]
    if class_names:
        names, places = np.array(class_names, dtype=object), values.astype(int) - 1
    else:
        names = np.array([band_text(low, edges) for low in edges[:-1]], dtype=object)
        places = np.searchsorted(edges[1:-1], values, side="right")
    named: NDArray[np.object_] = names[places]
    return named


def with_geometry(
    table: pd.DataFrame, level: str, *, data: DataFolder = None
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
            safe[column] = _Distinct(safe[column]).say(_safe_text)
    return safe


def _safe_text(value: object) -> str:
    text = _CONTROLS.sub(" ", str(value)).strip()
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def to_bytes(
    table: pd.DataFrame,
    file_format: str,
    *,
    level: str | None = None,
    long: pd.DataFrame | None = None,
    about: Mapping[str, str] | None = None,
    data: DataFolder = None,
) -> bytes:
    """Return a table in one of `FORMATS`.

    A table of observations takes its sources along (see `table_sources.sources_of`): a
    workbook as the sheet "source", Parquet and GeoPackage in their metadata, GeoJSON
    as the member "metadata"; CSV and JSON are rows only.

    Parameters
    ----------
    table : as `make_table` or `describe` return it, or any other table
    level : whose outlines to add, for GeoJSON and GeoPackage
    long : the long table that a wide one was made from; it knows the sources
    about : more for the cover of a workbook, by heading
    data : the data folder that the table came from

    Raises
    ------
    UnknownFormatError
    SelectionError : a format with geometry, but no level to take it from
    """
    if file_format not in FORMATS:
        hint = f"Formats: {', '.join(FORMATS)}."
        raise UnknownFormatError(file_format, FORMATS, hint)
    if file_format == "csv":
        return safe_cells(table).to_csv(index=False, lineterminator="\n").encode()
    if file_format == "json":
        rows = json.loads(table.to_json(orient="records", force_ascii=False))
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    observed = table if long is None else long
    if file_format == "xlsx":
        return _workbook(table, observed, about or {}, data)
    if file_format == "parquet":
        buffer = io.BytesIO()
        marked = table.copy(deep=False)
        marked.attrs = {"sources": _rows(sources_of(observed, data=data))}
        marked.to_parquet(buffer, index=False)
        return buffer.getvalue()
    if level is None:
        raise SelectionError(f"For {file_format}, say the level whose shapes to add.")
    shapes = with_geometry(table, level, data=data)
    sources = sources_of(observed, level, data=data)
    if file_format == "geojson":
        return _geojson(shapes, sources)
    return _geopackage(shapes, sources)


def _rows(sources: pd.DataFrame) -> list[dict[str, str]]:
    return [{str(k): v for k, v in row.items()} for row in sources.to_dict("records")]


def _joined(texts: pd.Series[str]) -> str:
    """Return different texts once each, as one."""
    return "; ".join(dict.fromkeys(texts))


def _geopackage(shapes: gpd.GeoDataFrame, sources: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    terms = {name: _joined(sources[name]) for name in ("licence", "attribution")}
    shapes.to_file(
        buffer,
        driver="GPKG",
        layer="areas",
        layer_metadata={**terms, "sources": json.dumps(_rows(sources))},
        DESCRIPTION=f"{_joined(sources['title'])}. {terms['attribution']}",
    )
    return buffer.getvalue()


def _geojson(shapes: gpd.GeoDataFrame, sources: pd.DataFrame) -> bytes:
    """Return GeoJSON with its sources as a member of the collection (RFC 7946, 6.1)."""
    buffer = io.BytesIO()
    shapes.to_file(buffer, driver="GeoJSON", layer="areas")
    opening = b'"type": "FeatureCollection",'
    metadata = json.dumps({"sources": _rows(sources)}, ensure_ascii=False).encode()
    written = opening + b'\n"metadata": ' + metadata + b","
    return buffer.getvalue().replace(opening, written, 1)


def _workbook(
    table: pd.DataFrame, long: pd.DataFrame, more: Mapping[str, str], data: DataFolder
) -> bytes:
    """Return a table as a workbook with its dictionary, sources and statuses."""
    meanings = [(s.id, s.label, s.about) for s in STATUSES.values()]
    statuses = pd.DataFrame(meanings, columns=["status", "label", "meaning"])
    sheets = {DATA: table, "source": sources_of(long, data=data), "statuses": statuses}
    about = dict(more)
    if {"indicator_id", "indicator", "period"} <= set(long.columns):
        sheets["dictionary"] = describe_columns(table, long, data=data)
        about["Indicators"] = "; ".join(dict.fromkeys(long["indicator"]))
        about["Version of the data"] = data_version(data)
    return write_workbook(sheets, WORKBOOK, about)
