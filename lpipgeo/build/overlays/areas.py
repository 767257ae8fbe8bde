"""Areas that a programme covers or a flag marks: outlines of our own levels."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from lpipgeo.build.overlays.context import Context
from lpipgeo.build.sources import Sources, read_csv, read_parquet, require_unique
from lpipgeo.errors import Problem, SourceError
from lpipgeo.overlay_catalogue import Overlay


def read(record: Overlay, sources: Sources, context: Context) -> gpd.GeoDataFrame:
    """Read the codes of areas and give them our outlines.

    `[build]`: `file`, `code` (column), `level`. May be left out: `name` (column; our
    name of the area otherwise), `flag` (column that is true for the areas meant).
    Areas outside the region are left out.

    Raises
    ------
    SourceError : no area of the region is named
    """
    build = record.build
    file: str = build["file"]
    columns = [build[key] for key in ("code", "name", "flag") if key in build]
    is_parquet = file.endswith(".parquet")
    table = (read_parquet if is_parquet else read_csv)(sources, file, columns)
    if "flag" in build:
        table = table.loc[table[build["flag"]].astype(bool)]
    require_unique(file, table, [build["code"]])
    polygons = context.polygons(build["level"])
    table = table.loc[table[build["code"]].isin(polygons["area_code"])]
    if table.empty:
        problem = Problem(file, build["code"], "none", f"codes of {build['level']}")
        raise SourceError(f"{record.id}: no area lies in the region:", [problem])
    codes = table[build["code"]].astype(object)
    ours = context.areas.set_index("area_code")["area_name"]
    names = table[build["name"]].str.strip() if "name" in build else codes.map(ours)
    found = pd.DataFrame({"feature_id": codes, "name": names, "area_code": codes})
    return polygons.merge(found, on="area_code")
