"""Tiny areas, boundaries, records and observations for tests, made in code.

Six unit squares (of a hundredth of a degree) are neighbourhoods in two districts:

    1 2 | 5        Westborough holds 1 2 3 4
    3 4 | 6        Eastborough holds 5 6

tests/tiny_data.py lays them out as a complete data folder that the library reads.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import Polygon, box
from shapely.ops import unary_union

from lpipgeo.corrections import Correction
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.metadata import Indicator
from lpipgeo.tables import CLUSTER_COLUMNS, PEER_COLUMNS, PEER_KINDS

SIZE = 0.01
ORIGIN = (-2.0, 52.5)
PERIOD = "2021-03-21/P1D"
WEST, EAST = "E07900001", "E07900002"
SUBREGION = "WMS000001"
SQUARES = {  # neighbourhood: column, row, district
    "E01900001": (0, 1, WEST),
    "E01900002": (1, 1, WEST),
    "E01900003": (0, 0, WEST),
    "E01900004": (1, 0, WEST),
    "E01900005": (2, 1, EAST),
    "E01900006": (2, 0, EAST),
}
NAMES = {
    WEST: "Westborough",
    EAST: "Eastborough",
    SUBREGION: "Tiny sub-region",
    REGION: "West Midlands",
    ENGLAND: "England",
}
# Districts of Wales, Scotland and Northern Ireland, of which there are no figures.
ABROAD = {
    **{f"W069000{n:02}": f"Welshborough {n}" for n in range(1, 18)},
    "S12900001": "Scotsborough",
    "N09900001": "Irishborough",
}
THEMES = {
    "themes": [
        {
            "id": "tiny_theme",
            "name": "Tiny theme",
            "about": "Something small to test with.",
            "ramp": ["#EAF1FA", "#0B2F6B"],
            "subthemes": [{"id": "tiny_part", "name": "Tiny part"}],
        }
    ],
    "priorities": [{"id": "tiny_priority", "name": "Tiny priority"}],
}
CLASSES = ("Low", "Middling", "High")
# A record of classes differs from the usual one in these fields.
OF_CLASSES: dict[str, Any] = {
    "value_type": "index",
    "unit": "class",
    "multiplier": 1,
    "valid_range": (1, 3),
    "finest_level": "msoa21",
    "aggregation": "none",
    "bands": {"msoa21": (1, 2, 3, 4)},
    "class_names": CLASSES,
}


def make_square(column: int, row: int) -> Polygon:
    """Return one unit square of the grid, WGS84."""
    west, south = ORIGIN[0] + column * SIZE, ORIGIN[1] + row * SIZE
    return box(west, south, west + SIZE, south + SIZE)


def make_boundaries(level: str = "lsoa21") -> gpd.GeoDataFrame:
    """Return the tiny boundaries of a level: area_code, geometry; EPSG:4326."""
    squares = {code: make_square(c, r) for code, (c, r, _) in SQUARES.items()}
    if level != "lsoa21":
        parent = {
            "lad24": lambda code: SQUARES[code][2],
            "utla": lambda code: SQUARES[code][2],
            "subregion": lambda code: SUBREGION,
            "rgn": lambda code: REGION,
        }[level]
        groups: dict[str, list[Polygon]] = {}
        for code, square in squares.items():
            groups.setdefault(parent(code), []).append(square)
        squares = {code: unary_union(parts) for code, parts in groups.items()}
    ordered = dict(sorted(squares.items()))
    return gpd.GeoDataFrame(
        {"area_code": list(ordered)}, geometry=list(ordered.values()), crs="EPSG:4326"
    )


def make_areas() -> pd.DataFrame:
    """Return the areas table of the tiny region; key area_code."""
    rows = [
        _area(code, f"Square {code[-1]}", "lsoa21", make_square(column, row), 1_500.0)
        for code, (column, row, _) in SQUARES.items()
    ]
    for level, levels in (
        ("lad24", "lad24;utla"),
        ("subregion", "subregion"),
        ("rgn", "rgn"),
    ):
        for code, shape in make_boundaries(level).itertuples(index=False):
            people = 1_500.0 * round(shape.area / SIZE**2)
            rows.append(_area(code, NAMES[code], levels, shape, people))
    rows.append(
        {
            **_area(ENGLAND, NAMES[ENGLAND], "ctry", make_square(0, 0), 56e6),
            "in_region": False,
            "lat": None,
            "lon": None,
        }
    )
    table = pd.DataFrame(rows).sort_values("area_code", ignore_index=True)
    return table.astype({"lat": float, "lon": float})


def _area(
    code: str, name: str, levels: str, shape: Polygon, people: float
) -> dict[str, Any]:
    inside = shape.representative_point()
    return {
        "area_code": code,
        "area_name": name,
        "code_name": name,
        "levels": levels,
        "in_region": True,
        "lat": inside.y,
        "lon": inside.x,
        "area_km2": shape.area / SIZE**2,
        "residents": people,
        "rural_urban": "Urban" if levels == "lsoa21" else None,
        "area_classification": "4c2" if levels == "lsoa21" else None,
    }


def make_parents() -> pd.DataFrame:
    """Return the parents table; key (area_code, parent_level)."""
    rows = []
    for code, (_, _, district) in SQUARES.items():
        chain = (("lad24", district), ("utla", district), ("subregion", SUBREGION))
        rows += [(code, "lsoa21", p, level) for level, p in (*chain, ("rgn", REGION))]
    for district in (WEST, EAST):
        chain = (("utla", district), ("subregion", SUBREGION), ("rgn", REGION))
        rows += [(district, "lad24", p, level) for level, p in chain]
    rows += [(SUBREGION, "subregion", REGION, "rgn"), (REGION, "rgn", ENGLAND, "ctry")]
    columns = ["area_code", "level", "parent_code", "parent_level"]
    return pd.DataFrame(rows, columns=columns).assign(basis="exact")


def make_successors() -> pd.DataFrame:
    """Return one old neighbourhood that was split into squares 1 and 2."""
    return pd.DataFrame(
        {
            "old_code": ["E01800001", "E01800001"],
            "new_code": ["E01900001", "E01900002"],
            "old_level": "lsoa11",
            "change": "S",
            "share": [0.6, 0.4],
        }
    )


def make_clusters() -> pd.DataFrame:
    """Return the clusters of both districts and those abroad."""
    names = {WEST: NAMES[WEST], EAST: NAMES[EAST], **ABROAD}
    rows = [
        # As in the source, an area may lack figures of one kind.
        (code, name, kind, None if (code, kind) == ("S12900001", "global") else "B")
        for code, name in sorted(names.items())
        for kind in sorted(PEER_KINDS)
    ]
    return pd.DataFrame(rows, columns=list(CLUSTER_COLUMNS))


def make_peers() -> pd.DataFrame:
    """Return twenty peers of both districts: the other one, then those abroad."""
    rows = []
    for code, other in ((WEST, EAST), (EAST, WEST)):
        peers = {other: NAMES[other], **ABROAD}
        for kind in sorted(PEER_KINDS):
            rows += [
                (code, kind, rank, peer, name)
                for rank, (peer, name) in enumerate(peers.items(), 1)
            ]
    return pd.DataFrame(rows, columns=list(PEER_COLUMNS))


def make_indicator(**overrides: Any) -> Indicator:
    """Return a valid record of a share; any field may be overridden."""
    inheritable = overrides.get("value_type") != "count"
    fields = {**indicator_fields(), "inheritable": inheritable, **overrides}
    return Indicator.model_validate(fields)


def indicator_fields(indicator_id: str = "tiny_share") -> dict[str, Any]:
    """Return the fields of a valid record, as its TOML holds them."""
    return {
        "id": indicator_id,
        "title": "People who like squares",
        "short_title": "Like squares",
        "theme": "tiny_theme",
        "subtheme": "tiny_part",
        "priorities": ["tiny_priority"],
        "definition": "People who like squares, as a share of all people.",
        "why_it_matters": "Squares are easy to check by hand.",
        "value_type": "proportion",
        "unit": "%",
        "multiplier": 100.0,
        "decimals": 1,
        "valid_range": [0.0, 100.0],
        "numerator_label": "people who like squares",
        "denominator_label": "people",
        "polarity": "higher_is_better",
        "finest_level": "lsoa21",
        "aggregation": "from_components",
        "aggregation_note": "Counts are added and divided.",
        "frequency": "once",
        "official_status": "other",
        "sources": [
            {
                "publisher": "Office for Tests",
                "title": "Squares 2021",
                "url": "https://example.org/squares",
                "files": ["squares.csv"],
                "licence": "Open Government Licence v3.0",
                "attribution": "Source: Office for Tests.",
                "accessed_on": date(2026, 1, 1),
            }
        ],
        "processing": {"level": "minor", "notes": "Nothing was changed."},
        "review": {
            "authored_by": "A",
            "reviewed_by": "B",
            "reviewed_on": date(2026, 1, 1),
            "next_review": date(2027, 1, 1),
        },
        "build": {"reader": "squares"},
    }


def overlay_fields(overlay_id: str = "tiny_posts") -> dict[str, Any]:
    """Return the fields of a valid overlay record, as its TOML holds them."""
    shared = ("theme", "priorities", "sources", "processing", "review")
    fields = indicator_fields()
    return {
        **{name: fields[name] for name in shared},
        "id": overlay_id,
        "title": "Signposts",
        "short_title": "Signposts",
        "shape": "points",
        "mark": "circle",
        "colour": "#E69F00",
        "definition": "Posts that tell the way.",
        "why_it_matters": "Without them one gets lost.",
        "one": "post",
        "many": "posts",
        "kind_label": "Material",
        "value_label": "Height",
        "unit": "m",
        "decimals": 1,
        "period": "2021-01-01/P1Y",
        "build": {"reader": "sites", "file": "posts.csv"},
    }


def correction_fields(**overrides: Any) -> dict[str, Any]:
    """Return the fields of a valid correction, as its TOML holds them."""
    return {
        "file": "squares.csv",
        "where": {"code": "E02"},
        "found": {"value": 7},
        "corrected": {"value": 2},
        "reason": "The square has the value of its neighbour.",
        "evidence": "The publisher's map says 2.",
        "noted_on": date(2026, 1, 1),
        **overrides,
    }


def make_correction(**overrides: Any) -> Correction:
    """Return a valid correction; any field may be overridden."""
    return Correction.model_validate(correction_fields(**overrides))


def make_table(
    indicator_id: str = "tiny_share",
    numerators: tuple[float | None, ...] = (100, 200, 300, 400, 500, None),
    period: str = PERIOD,
) -> pd.DataFrame:
    """Return observations: six squares, both districts, the region and England.

    Parameters
    ----------
    numerators : per square; None is a suppressed figure. Each square has 1,000 people.
    """
    rows = [
        (code, n, None if n is None else 1_000.0, "suppressed" if n is None else None)
        for code, n in zip(SQUARES, numerators, strict=True)
    ]
    for district in (WEST, EAST):
        inside = [row for row in rows if SQUARES.get(row[0], ("",))[-1] == district]
        known = [row[1] for row in inside if row[1] is not None]
        rows.append((district, sum(known), 1_000.0 * len(known), "aggregated"))
    both = [row for row in rows if row[0] in (WEST, EAST)]
    people = sum(row[2] or 0.0 for row in both)
    rows.append((REGION, sum(row[1] or 0.0 for row in both), people, "aggregated"))
    rows.append((ENGLAND, 25_000.0, 100_000.0, "published"))
    table = pd.DataFrame(
        rows, columns=["area_code", "numerator", "denominator", "status"]
    ).astype({"numerator": float, "denominator": float})
    table["status"] = table["status"].fillna("published")
    table["value"] = 100.0 * table["numerator"] / table["denominator"]
    table = table.assign(
        indicator_id=indicator_id,
        period=period,
        lower_ci=float("nan"),
        upper_ci=float("nan"),
    )
    columns = ["indicator_id", "area_code", "period", "value", "numerator"]
    columns += ["denominator", "lower_ci", "upper_ci", "status"]
    return table[columns].sort_values("area_code", ignore_index=True)


def make_coverage(observations: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the coverage summary that belongs to some observations."""
    levels = areas.assign(level=areas["levels"].str.split(";")).explode("level")
    levels = levels[levels["in_region"] | (levels["level"] == "ctry")]
    joined = observations.merge(levels[["area_code", "level"]], on="area_code")
    counts = levels.groupby("level")["area_code"].size().rename("areas")
    summary = (
        joined.groupby(["indicator_id", "level", "period"])["value"]
        .agg(values="count", minimum="min", maximum="max")
        .reset_index()
        .join(counts, on="level")
    )
    columns = ["indicator_id", "level", "period", "areas", "values"]
    return summary[[*columns, "minimum", "maximum"]]


def make_topology(boundaries: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return boundaries as TopoJSON, each ring an arc of its own, not quantized."""
    arcs: list[list[list[float]]] = []
    geometries = []
    for code, shape in boundaries[["area_code", "geometry"]].itertuples(index=False):
        geometries.append({"type": "Polygon", "id": code, "arcs": [[len(arcs)]]})
        arcs.append([list(point) for point in shape.exterior.coords])
    areas = {"type": "GeometryCollection", "geometries": geometries}
    return {"type": "Topology", "objects": {"areas": areas}, "arcs": arcs}
