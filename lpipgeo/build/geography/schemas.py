"""Columns and types of the tables in data/areas, in their order."""

from __future__ import annotations

import pyarrow as pa

AREAS = pa.schema(
    [
        pa.field("area_code", pa.string(), nullable=False),
        pa.field("area_name", pa.string(), nullable=False),
        pa.field("code_name", pa.string(), nullable=False),
        pa.field("levels", pa.string(), nullable=False),
        pa.field("in_region", pa.bool_(), nullable=False),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("area_km2", pa.float64()),
        ("residents", pa.float64()),
        ("rural_urban", pa.string()),
        ("area_classification", pa.string()),
    ]
)
PARENTS = pa.schema(
    [
        pa.field(name, pa.string(), nullable=False)
        for name in ("area_code", "level", "parent_code", "parent_level", "basis")
    ]
)
SUCCESSORS = pa.schema(
    [
        *(
            pa.field(name, pa.string(), nullable=False)
            for name in ("old_code", "new_code", "old_level", "change")
        ),
        ("share", pa.float64()),
    ]
)
POSTCODES = pa.schema(
    [
        *(
            pa.field(name, pa.string(), nullable=False)
            for name in ("postcode", "lsoa21", "ward25")
        ),
        pa.field("lat", pa.float32(), nullable=False),
        pa.field("lon", pa.float32(), nullable=False),
    ]
)
PLACES = pa.schema(
    [
        pa.field("name", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("rank", pa.int64(), nullable=False),
        pa.field("lat", pa.float64(), nullable=False),
        pa.field("lon", pa.float64(), nullable=False),
        ("area_code", pa.string()),
    ]
)
PEERS = pa.schema(
    [
        pa.field("area_code", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("rank", pa.int64(), nullable=False),
        pa.field("peer_code", pa.string(), nullable=False),
        pa.field("peer_name", pa.string(), nullable=False),
    ]
)
CLUSTERS = pa.schema(
    [
        *(
            pa.field(name, pa.string(), nullable=False)
            for name in ("area_code", "area_name", "kind")
        ),
        ("cluster", pa.string()),
    ]
)

SCHEMAS = {
    "areas": AREAS,
    "parents": PARENTS,
    "successors": SUCCESSORS,
    "postcodes": POSTCODES,
    "places": PLACES,
    "peers": PEERS,
    "clusters": CLUSTERS,
}
