"""Overlays: points, outlines and programmes that are drawn over a choropleth.

Each has a record of its own in ``data/overlays/`` and, beside it, its features as
GeoJSON, which the build writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import pandas as pd
from pydantic import Field, StringConstraints, field_validator

from lpipgeo.errors import (
    DataMissingError,
    MetadataError,
    Problem,
    UnknownOverlayError,
)
from lpipgeo.metadata import Catalogued, Line, Themes
from lpipgeo.paths import DataFolder, data_dir
from lpipgeo.periods import Period
from lpipgeo.record_reading import check_names, read_record, read_themes
from lpipgeo.store import once_per_folder, open_store

if TYPE_CHECKING:
    import geopandas as gpd

FOLDER = "overlays"
PointMark = Literal["circle", "square", "diamond", "triangle", "star", "cross"]
PolygonMark = Literal["outline", "dashed", "dotted", "hatched"]
FEATURE_COLUMNS = (
    "feature_id",
    "name",
    "kind",
    "detail",
    "value",
    "page",
    "area_code",
)


class Overlay(Catalogued):
    """One set of places; see `Catalogued` for the fields that are not named here.

    Attributes
    ----------
    shape : whether its features are points or polygons
    programme : whether it says that a public programme or flag covers an area, so
        that an area's profile names it
    mark, colour : how a feature is drawn: a sign for points, a line or texture for
        polygons, so that overlays differ by more than colour
    one, many : what a feature is called in text: "library", "libraries"
    kind_label, detail_label, value_label : what a feature's `kind`, `detail` and
        `value` say, in words; None where the overlay has none
    unit, decimals : of the values
    period : when the features were so, as an ISO interval; None where the publisher
        does not say
    """

    shape: Literal["points", "polygons"]
    programme: bool = False
    mark: PointMark | PolygonMark
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-F]{6}$")]
    one: Line
    many: Line
    kind_label: Line | None = None
    detail_label: Line | None = None
    value_label: Line | None = None
    unit: Line | None = None
    decimals: int = Field(default=0, ge=0, le=4)
    period: str | None = None

    @field_validator("period")
    @classmethod
    def _is_interval(cls, text: str | None) -> str | None:
        return None if text is None else str(Period.parse(text))

    def _rules(self) -> Iterable[tuple[bool, str]]:
        yield from super()._rules()
        both = (self.value_label is None) == (self.unit is None)
        yield both, "unit: needed with a value_label, and only there"
        fitting = get_args(PointMark if self.shape == "points" else PolygonMark)
        yield self.mark in fitting, f"mark: for {self.shape} one of {list(fitting)}"


def read_overlay_records(folder: Path, themes: Themes) -> dict[str, Overlay]:
    """Read all records of a folder, in the order of themes and titles.

    Raises
    ------
    MetadataError : with every problem of every file
    """
    found: list[Overlay] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        record, faults = read_record(path, Overlay)
        problems += faults
        if record is not None:
            found.append(record)
            problems += check_names(path, record, themes)
    if problems:
        raise MetadataError("Overlay records have problems:", problems)
    order = [theme.id for theme in themes.themes]
    found.sort(key=lambda record: (order.index(record.theme), record.title))
    return {record.id: record for record in found}


@once_per_folder
def read_overlays(data: DataFolder = None) -> dict[str, Overlay]:
    """Return the overlays of a data folder by id, read once per process."""
    folder = data_dir(data)
    return read_overlay_records(folder / FOLDER, read_themes(folder / "themes.toml"))


def find_overlay(overlay_id: str, data: DataFolder = None) -> Overlay:
    """Return an overlay; raise UnknownOverlayError with suggestions."""
    overlays = read_overlays(data)
    try:
        return overlays[overlay_id]
    except KeyError:
        titles = {name: record.title for name, record in overlays.items()}
        raise UnknownOverlayError(overlay_id, titles) from None


def overlay_path(overlay_id: str, data: DataFolder = None) -> Path:
    """Return the path of an overlay's features."""
    record = find_overlay(overlay_id, data)
    return open_store(data).path(f"{FOLDER}/{record.id}.geojson")


def load_features(path: Path) -> gpd.GeoDataFrame:
    """Read features from a file of ours; raise DataMissingError if it is damaged."""
    import geopandas as gpd  # noqa: PLC0415  heavy, and only needed here

    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise DataMissingError(
            f"The data file {path.name} cannot be read: {error}. "
            "Restore it with git checkout, or rebuild the data."
        ) from error
    columns = [*FEATURE_COLUMNS, "geometry"]
    return gpd.GeoDataFrame.from_features(features, crs="EPSG:4326", columns=columns)


@once_per_folder
def _features(overlay_id: str, data: DataFolder) -> gpd.GeoDataFrame:
    return load_features(overlay_path(overlay_id, data))


def read_features(overlay_id: str, data: DataFolder = None) -> gpd.GeoDataFrame:
    """Return the features of an overlay.

    Returns
    -------
    GeoDataFrame, EPSG:4326, key `feature_id` (the publisher's, or our running
    number): name, kind, detail, value (in the record's unit), page (address of the
    publisher's page on it), area_code (the neighbourhood that a point lies in, or the
    area that a programme covers), geometry. What is not known is null.

    Raises
    ------
    UnknownOverlayError, DataMissingError
    """
    return _features(overlay_id, data).copy()


def overlay_frame(data: DataFolder = None) -> pd.DataFrame:
    """Return one row per overlay, for reading and filtering.

    Returns
    -------
    DataFrame, key `overlay_id`: title, theme, priorities, shape, programme, features
    (how many), period, unit, definition, publisher, licence, attribution
    """
    rows = [
        {
            "overlay_id": record.id,
            "title": record.title,
            "theme": record.theme,
            "priorities": ";".join(record.priorities),
            "shape": record.shape,
            "programme": record.programme,
            "features": len(_features(record.id, data)),
            "period": record.period,
            "unit": record.unit,
            "definition": record.definition,
            "publisher": "; ".join(source.publisher for source in record.sources),
            "licence": "; ".join(source.licence for source in record.sources),
            "attribution": " ".join(source.attribution for source in record.sources),
        }
        for record in read_overlays(data).values()
    ]
    return pd.DataFrame(rows)
