"""Grants to towns: one point in the middle of the town for each."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lpipgeo.build.overlays.context import Context
from lpipgeo.build.placing import place
from lpipgeo.build.sources import Sources, read_csv
from lpipgeo.errors import Problem, SourceError
from lpipgeo.overlay_catalogue import Overlay


def read(record: Overlay, sources: Sources, context: Context) -> gpd.GeoDataFrame:
    """Read one grant per row.

    `[build]`: `file`; `id`, `name`, `kind`, `value` (columns); `towns` (name in the
    file → name of the town in areas/places.parquet, where they differ).

    Raises
    ------
    SourceError : a town is not among our places
    """
    build = record.build
    file = build["file"]
    columns = {build[key]: key for key in ("id", "name", "kind", "value")}
    table = read_csv(sources, file, list(columns)).rename(columns=columns)
    towns = table["name"].map(lambda name: build["towns"].get(name, name))
    middle = context.places.drop_duplicates("name").set_index("name")
    unknown = sorted(set(towns) - set(middle.index))
    if unknown:
        problem = Problem(file, build["name"], ", ".join(unknown), "towns we know")
        raise SourceError(f"{record.id}: towns cannot be placed:", [problem])
    points = gpd.GeoSeries(
        gpd.points_from_xy(towns.map(middle["lon"]), towns.map(middle["lat"])),
        crs="EPSG:4326",
    )
    found = pd.DataFrame(
        {
            "feature_id": table["id"],
            "name": table["name"],
            "kind": table["kind"],
            "value": table["value"].astype(float),
            "area_code": place(file, table["name"], points, sources),
        }
    )
    return gpd.GeoDataFrame(found, geometry=points)
