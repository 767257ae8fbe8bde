"""The geography half of the build: from publishers' files to areas and boundaries.

A pure function of the sources and the hand-kept records; a second run gives the same
bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import box

from lpipgeo.build.geography import schemas
from lpipgeo.build.geography.agreement import check_agreement
from lpipgeo.build.geography.areas import make_areas
from lpipgeo.build.geography.hexagons import make_hexagons
from lpipgeo.build.geography.hierarchy import (
    make_members,
    make_parents,
    region_of_districts,
)
from lpipgeo.build.geography.inputs import (
    DISTRICT_POLYGONS,
    LSOA_POLYGONS,
    SUBREGIONS,
    WARD_POLYGONS,
    Inputs,
    read_inputs,
)
from lpipgeo.build.geography.peers import make_clusters, make_peers
from lpipgeo.build.geography.places import make_places
from lpipgeo.build.geography.polygons import (
    Coverage,
    dissolve,
    make_coverage,
    points_inside,
)
from lpipgeo.build.geography.register import (
    BOUNDARY_RECIPES,
    CONTEXT_TOLERANCE_M,
    LSOA_TOLERANCE_M,
    WARD_TOLERANCE_M,
    write_boundary_set,
)
from lpipgeo.build.geography.successors import make_successors
from lpipgeo.build.geography.wards import (
    best_fit,
    district_of_wards,
    points_of,
    ward_of_points,
)
from lpipgeo.build.sources import Sources, open_sources
from lpipgeo.build.writing import write_table

_CONTEXT_MARGIN_M = 60_000
_NESTED = ("msoa21", "lad24", "utla", "subregion", "cauth", "rgn", "itl3", "itl2")
# The publisher's constituencies are so coarse that they leave out neighbourhoods, so
# they are drawn as the neighbourhoods that fit them best.
_DISSOLVED = (*_NESTED, "pcon24")


def build_geography(sources: Sources | Path, out: Path, records: Path) -> None:
    """Write data/areas and data/boundaries; the same bytes on every run.

    Parameters
    ----------
    sources : the publishers' files, or the folder that holds them
    out : the data folder that is being written
    records : the folder with the hand-kept records (areas/subregions.csv); may be
        the same as `out`

    Raises
    ------
    SourceError : files are missing or altered, lack columns or values, or disagree
        about areas; names everything found wrong
    BoundaryError : polygons cannot be made to fit together
    """
    opened = open_sources(sources, records) if isinstance(sources, Path) else sources
    inputs = read_inputs(opened, records)
    check_agreement(inputs)
    wards = inputs.ward_polygons
    postcodes = inputs.postcodes.assign(
        ward25=ward_of_points(points_of(inputs.postcodes), wards)
    )
    inside = inputs.lsoa_polygons.set_index("area_code").representative_point()
    ward_of_lsoa = best_fit(postcodes, ward_of_points(inside, wards))
    members = make_members(inputs.lsoas, inputs.subregions, ward_of_lsoa)
    coverages = _make_coverages(inputs, members)
    tables = _make_tables(inputs, members, coverages)
    folder = out / "areas"
    for name, table in {**tables, "postcodes": postcodes}.items():
        write_table(table, folder / f"{name}.parquet", schema=schemas.SCHEMAS[name])
    content = (records / SUBREGIONS).read_bytes()
    (out / SUBREGIONS).write_bytes(content)
    _write_boundaries(opened, coverages, out / "boundaries")


def _make_coverages(inputs: Inputs, members: pd.DataFrame) -> dict[str, Coverage]:
    lsoas = make_coverage(inputs.lsoa_polygons, LSOA_TOLERANCE_M, LSOA_POLYGONS)
    parents = members.set_index("lsoa21")
    found = {"lsoa21": lsoas}
    found |= {level: dissolve(lsoas, parents[level]) for level in _DISSOLVED}
    found["ward25"] = make_coverage(
        inputs.ward_polygons, WARD_TOLERANCE_M, WARD_POLYGONS
    )
    others = inputs.district_polygons
    others = others[~others["area_code"].isin(set(members["lad24"]))]
    outwards = np.array([-1, -1, 1, 1]) * _CONTEXT_MARGIN_M
    near = box(*(inputs.lsoa_polygons.total_bounds + outwards))
    around = others[others.intersects(near)]  # whole, so that no outline is cut
    hexagons = make_hexagons(
        inputs.hexagons, set(members["msoa21"]), found["rgn"].bounds
    )
    district_of = members.drop_duplicates("msoa21").set_index("msoa21")
    found["msoa21_hex"] = hexagons
    for level in ("lad24", "subregion"):
        found[f"{level}_hex"] = dissolve(hexagons, district_of[level])
    found["context"] = make_coverage(around, CONTEXT_TOLERANCE_M, DISTRICT_POLYGONS)
    return found


def _make_tables(
    inputs: Inputs, members: pd.DataFrame, coverages: Mapping[str, Coverage]
) -> dict[str, pd.DataFrame]:
    drawn = ("lsoa21", *_DISSOLVED, "ward25")
    points = {level: points_inside(coverages[level]) for level in drawn}
    areas = make_areas(inputs, members, points)
    residents = areas.set_index("area_code")["residents"]
    districts = _join_districts(inputs, members)
    parents = make_parents(
        members,
        district_of_wards(inputs.ward_polygons, districts),
        region_of_districts(inputs.district_polygons, inputs.region_polygons),
    )
    old_wards = inputs.lsoas[["lsoa21", "ward24"]].merge(members[["lsoa21", "ward25"]])
    is_current = old_wards["ward24"].isin(inputs.ward_polygons["area_code"])
    old_wards = old_wards[~is_current]
    old_wards = old_wards.assign(residents=old_wards["lsoa21"].map(residents))
    successors = make_successors(
        inputs.lsoa_changes, inputs.msoa_changes, old_wards, residents
    )
    inside = inputs.lsoa_polygons.representative_point()
    people = inputs.lsoa_polygons["area_code"].map(residents)
    places = make_places(
        inputs.town_polygons,
        districts.merge(areas[["area_code", "area_name"]], on="area_code"),
        gpd.GeoDataFrame({"residents": people}, geometry=inside),
        areas[areas["levels"] == "msoa21"],
    )
    clusters = make_clusters(inputs.clusters)
    return {
        "areas": areas,
        "parents": parents,
        "successors": successors,
        "places": places,
        "peers": make_peers(inputs.neighbours, clusters, set(members["lad24"])),
        "clusters": clusters,
    }


def _join_districts(inputs: Inputs, members: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the region's districts unsimplified: area_code, geometry; EPSG:27700."""
    district_of = members.set_index("lsoa21")["lad24"]
    polygons = inputs.lsoa_polygons
    joined = polygons[["geometry"]].dissolve(
        by=polygons["area_code"].map(district_of), method="coverage"
    )
    return joined.rename_axis("area_code").reset_index()


def _write_boundaries(
    sources: Sources, coverages: Mapping[str, Coverage], folder: Path
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # Names hold a hash of the content: what an earlier build left would stay for ever.
    for path in sorted(folder.glob("*.topo.json")):
        path.unlink()
    tables = [
        write_boundary_set(
            folder, recipe, coverages[recipe.level], sources.files[recipe.source]
        )
        for recipe in BOUNDARY_RECIPES
    ]
    register = folder / "boundaries.toml"
    register.write_text("\n".join(tables), encoding="utf-8", newline="\n")
