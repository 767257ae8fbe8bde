"""TopoJSON of a coverage: every shared edge is stored once.

The `topojson` library finds the shared arcs (3,574 neighbourhoods take about four
seconds). Its own quantisation spans each file's bounding box, so levels would round
apart; the whole numbers of our lattice go in and come out instead, and the one
transform written here is the same in every file.
"""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import numpy as np
from topojson.core.topology import Topology

from lpipgeo.build.geography.polygons import ORIGIN_DEG, STEP_DEG, Coverage

OBJECT = "areas"


def encode_topojson(coverage: Coverage) -> bytes:
    """Return compact TopoJSON: object "areas", feature ids, no properties.

    Features are sorted by code; arcs are whole numbers, delta-encoded; outer rings
    run counter-clockwise, as in GeoJSON.
    """
    table = gpd.GeoDataFrame(
        {"area_code": list(coverage.codes)}, geometry=list(coverage.polygons)
    )
    found: dict[str, Any] = Topology(
        table,
        prequantize=False,
        topology=True,
        # Matching whole paths finds fewer, longer arcs than matching single points.
        shared_coords=False,
        winding_order="CCW_CW",
        object_name=OBJECT,
    ).to_dict()
    geometries = [
        {
            "type": item["type"],
            "id": item["properties"]["area_code"],
            "arcs": item["arcs"],
        }
        for item in found["objects"][OBJECT]["geometries"]
    ]
    west, south, east, north = coverage.in_degrees().total_bounds
    document = {
        "type": "Topology",
        "bbox": [float(value) for value in (west, south, east, north)],
        "transform": {"scale": [STEP_DEG] * 2, "translate": list(ORIGIN_DEG)},
        "objects": {OBJECT: {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_delta_encode(arc) for arc in found["arcs"]],
    }
    return json.dumps(document, separators=(",", ":")).encode("ascii")


def _delta_encode(arc: list[list[float]]) -> list[list[int]]:
    points = np.rint(np.asarray(arc)).astype(int)
    steps: list[list[int]] = np.diff(points, axis=0, prepend=[[0, 0]]).tolist()
    return steps
