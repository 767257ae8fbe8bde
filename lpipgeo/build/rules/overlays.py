"""Rules for overlays: records with features, features with records, all in place."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from lpipgeo.build.rules.common import name_some
from lpipgeo.errors import DataMissingError, MetadataError, Problem
from lpipgeo.overlay_catalogue import (
    FOLDER,
    Overlay,
    load_features,
    read_overlay_records,
)
from lpipgeo.record_reading import read_themes

_SHAPES = {"points": {"Point"}, "polygons": {"Polygon", "MultiPolygon"}}
# The region with a margin, in degrees.
_AROUND = box(-3.3, 51.8, -1.1, 53.3)


def check_overlays(data: Path, areas: pd.DataFrame) -> list[Problem]:
    """Return every breach in the overlays of a data folder."""
    folder = data / FOLDER
    try:
        records = read_overlay_records(folder, read_themes(data / "themes.toml"))
    except MetadataError as error:
        return list(error.problems)
    problems = [
        Problem(f"{FOLDER}/{path.name}", "", "features", "a record beside it")
        for path in sorted(folder.glob("*.geojson"))
        if path.stem not in records
    ]
    known = set(areas["area_code"])
    for record in records.values():
        path = folder / f"{record.id}.geojson"
        where = f"{FOLDER}/{path.name}"
        try:
            features = load_features(path)
        except (DataMissingError, FileNotFoundError) as error:
            problems.append(Problem(where, "", str(error), "readable features"))
            continue
        faults = _faults(features, record, known)
        problems += [Problem(where, *fault) for fault in faults]
    return problems


def _faults(
    features: gpd.GeoDataFrame, record: Overlay, known: set[str]
) -> list[tuple[str, str, str]]:
    """Return field, found and expected for every rule that is broken."""
    labels = {
        "kind": record.kind_label,
        "detail": record.detail_label,
        "value": record.value_label,
    }
    rules = [
        ("feature_id", features["feature_id"].duplicated(keep=False), "each id once"),
        ("name", features["name"].fillna("").str.strip() == "", "a name"),
        ("geometry", ~features.geometry.is_valid, "valid shapes"),
        (
            "geometry",
            ~features.geometry.geom_type.isin(_SHAPES[record.shape]),
            record.shape,
        ),
        (
            "geometry",
            ~features.geometry.within(_AROUND),
            "in or near the region",
        ),
        (
            "area_code",
            features["area_code"].notna() & ~features["area_code"].isin(known),
            "known codes",
        ),
        *(
            (name, features[name].notna(), "nothing, for the record has no label")
            for name, label in labels.items()
            if label is None
        ),
    ]
    found = [
        (field, name_some(features.loc[broken, "feature_id"]), expected)
        for field, broken, expected in rules
        if broken.any()
    ]
    if features.empty:
        found.append(("", "no feature", "at least one"))
    found += [
        (name, "nothing", f"{label}, for at least one feature")
        for name, label in labels.items()
        if label is not None and features[name].isna().all()
    ]
    return found
