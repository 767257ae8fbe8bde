"""Overlays: from the publishers' files to GeoJSON beside each overlay's record."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from lpipgeo.build.overlays import areas, shapes, sites, towns
from lpipgeo.build.overlays.context import Context
from lpipgeo.build.placing import POLYGONS
from lpipgeo.build.provenance import declared_files, overlay_user
from lpipgeo.build.sources import Sources, require_unique
from lpipgeo.errors import MetadataError, Problem
from lpipgeo.overlay_catalogue import FEATURE_COLUMNS, Overlay

READERS: dict[str, Callable[[Overlay, Sources, Context], gpd.GeoDataFrame]] = {
    "areas": areas.read,
    "shapes": shapes.read,
    "sites": sites.read,
    "towns": towns.read,
}
_DECIMALS = 5  # about a metre


def write_overlays(
    sources: Sources, records: Mapping[str, Overlay], data: Path
) -> None:
    """Write ``overlays/<id>.geojson`` for every record; the same bytes on every run.

    Parameters
    ----------
    data : the folder that is being written; its areas and boundaries are there

    Raises
    ------
    SourceError : a source is missing, altered or not as its reader expects
    MetadataError : a record does not name all its sources
    """
    folder = data / "overlays"
    folder.mkdir(parents=True, exist_ok=True)
    context = Context(data)
    undeclared: list[Problem] = []
    for record in records.values():
        user = overlay_user(record.id)
        with sources.on_behalf_of(user):
            features = READERS[record.build["reader"]](record, sources, context)
        missing = sources.used_by(user) - declared_files(record) - {POLYGONS}
        undeclared += [
            Problem(f"{record.id}.toml", "sources.files", "not named", file)
            for file in sorted(missing)
        ]
        require_unique(record.id, features, ["feature_id"])
        text = to_geojson(features)
        path = folder / f"{record.id}.geojson"
        path.write_text(text, encoding="utf-8", newline="\n")
    if undeclared:
        raise MetadataError("Overlays do not name all their sources:", undeclared)


def to_geojson(features: gpd.GeoDataFrame) -> str:
    """Return features as GeoJSON, a line each, in order of name and id.

    Coordinates have five decimals; columns that are absent and cells that are
    missing become null.
    """
    table = features.sort_values(["name", "feature_id"], ignore_index=True)
    shapes_in_degrees = table.geometry.to_crs("EPSG:4326")
    rounded = shapely.transform(
        shapes_in_degrees.to_numpy(), lambda xy: np.round(xy, _DECIMALS)
    )
    properties = table.reindex(columns=list(FEATURE_COLUMNS))
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    name: None if pd.isna(cell) else cell for name, cell in row.items()
                },
                "geometry": shapely.geometry.mapping(shape),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for row, shape in zip(properties.to_dict("records"), rounded, strict=True)
    ]
    inside = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{inside}\n]}}\n'
