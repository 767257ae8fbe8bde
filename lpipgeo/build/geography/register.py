"""The boundary sets that the project ships: their files and their register."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from lpipgeo.build.geography.inputs import (
    DISTRICT_POLYGONS,
    HEXAGONS,
    LSOA_POLYGONS,
    WARD_POLYGONS,
)
from lpipgeo.build.geography.polygons import STEP_DEG, Coverage
from lpipgeo.build.geography.topology import encode_topojson
from lpipgeo.build.sources import SourceFile
from lpipgeo.build.writing import write_arrow

# pyproj words EPSG:4326 in two ways, by what else the process has loaded; a file of
# ours keeps the build the same to the byte.
_DEGREES_IN_WORDS = Path(__file__).with_name("epsg4326.projjson")
LSOA_TOLERANCE_M = 30.0
WARD_TOLERANCE_M = 30.0
CONTEXT_TOLERANCE_M = 400.0

_GEOPARQUET_VERSION = "1.1.0"
_DISSOLVED = (
    f"Joined from neighbourhoods simplified by shared edges ({LSOA_TOLERANCE_M:g} m)"
)


@dataclass(frozen=True)
class BoundaryRecipe:
    """How one set of boundaries is made.

    Attributes
    ----------
    level : id of the level, or "context" for the quiet background
    vintage : year of the boundaries
    source : the publisher's file that it comes from
    generalisation : what was done to the edges, in words
    is_table : whether it is written as GeoParquet too
    note : what readers of a map must know of its outlines; may be empty
    """

    level: str
    vintage: int
    source: str
    generalisation: str
    is_table: bool = True
    note: str = ""

    @property
    def stem(self) -> str:
        """Beginning of the file names."""
        return f"{self.level}_{self.vintage}"


BOUNDARY_RECIPES = (
    BoundaryRecipe(
        "lsoa21",
        2021,
        LSOA_POLYGONS,
        f"Simplified by shared edges ({LSOA_TOLERANCE_M:g} m)",
    ),
    *(
        BoundaryRecipe(level, vintage, LSOA_POLYGONS, _DISSOLVED)
        for level, vintage in (
            ("msoa21", 2021),
            ("lad24", 2024),
            ("utla", 2024),
            ("subregion", 2026),
            ("cauth", 2024),
            ("rgn", 2024),
            ("itl3", 2021),
            ("itl2", 2021),
        )
    ),
    BoundaryRecipe(
        "ward25",
        2025,
        WARD_POLYGONS,
        f"Simplified by shared edges ({WARD_TOLERANCE_M:g} m)",
    ),
    BoundaryRecipe(
        "pcon24",
        2024,
        LSOA_POLYGONS,
        _DISSOLVED,
        note="Constituencies are drawn by best fit of neighbourhoods, so an outline "
        "departs from the true one where it divides a neighbourhood.",
    ),
    *(
        BoundaryRecipe(
            f"{level}_hex",
            2021,
            HEXAGONS,
            "Hexagons of equal size, moved to where the region is",
            is_table=False,
        )
        for level in ("msoa21", "lad24", "subregion")
    ),
    BoundaryRecipe(
        "context",
        2024,
        DISTRICT_POLYGONS,
        f"English districts up to 60 km around the region, simplified by shared edges "
        f"({CONTEXT_TOLERANCE_M:g} m)",
        is_table=False,
    ),
)


def write_boundary_set(
    folder: Path, recipe: BoundaryRecipe, coverage: Coverage, source: SourceFile
) -> str:
    """Write one set's files and return its table in the register (TOML).

    Parameters
    ----------
    folder : data/boundaries
    source : the manifest's row of `recipe.source`: title, licence and attribution
    """
    content = encode_topojson(coverage)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{recipe.stem}.{digest[:10]}.topo.json"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    fields: dict[str, object] = {
        "level": recipe.level,
        "vintage": recipe.vintage,
        "file": name,
    }
    if recipe.is_table:
        fields["geoparquet"] = f"{recipe.stem}.parquet"
        _write_geoparquet(folder / f"{recipe.stem}.parquet", coverage)
    fields |= {
        "sha256": digest,
        "features": len(coverage.codes),
        "bbox": list(coverage.bounds),
        "generalisation": f"{recipe.generalisation}, on a lattice of {STEP_DEG:.5f}°.",
        "licence": source.licence,
        "attribution": source.attribution,
        "publisher": source.publisher,
        "source_title": source.title,
    }
    if recipe.note:
        fields["note"] = recipe.note
    # JSON's numbers, lists and strings are written as TOML writes them.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in fields.items()
    ]
    return "\n".join([f"[{recipe.level}]", *lines, ""])


def _write_geoparquet(path: Path, coverage: Coverage) -> None:
    table = coverage.in_degrees()
    arrow = pa.table(
        {
            "area_code": pa.array(list(coverage.codes), pa.string()),
            "geometry": pa.array(shapely.to_wkb(table.geometry.values), pa.binary()),
        }
    )
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(set(table.geom_type)),
        "crs": json.loads(_DEGREES_IN_WORDS.read_text(encoding="utf-8")),
        "orientation": "counterclockwise",
        "bbox": [float(value) for value in table.total_bounds],
    }
    geo = {
        "version": _GEOPARQUET_VERSION,
        "primary_column": "geometry",
        "columns": {"geometry": column},
    }
    write_arrow(arrow.replace_schema_metadata({"geo": json.dumps(geo)}), path)
