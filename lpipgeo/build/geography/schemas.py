"""Columns and types of the tables in data/areas, in their order."""

from __future__ import annotations

import pyarrow as pa


def _schema(*fields: str | pa.Field | tuple[str, pa.DataType]) -> pa.Schema:
    """Return a schema; a plain name is a text that is never null."""
    texts = pa.string()
    return pa.schema([_given(f, texts) if isinstance(f, str) else f for f in fields])


def _given(name: str, kind: pa.DataType) -> pa.Field:
    """Return a field that is never null."""
    return pa.field(name, kind, nullable=False)


AREAS = _schema(
    "area_code",
    "area_name",
    "code_name",
    "levels",
    _given("in_region", pa.bool_()),
    ("lat", pa.float64()),
    ("lon", pa.float64()),
    ("area_km2", pa.float64()),
    ("residents", pa.float64()),
    ("rural_urban", pa.string()),
    ("area_classification", pa.string()),
)
PARENTS = _schema("area_code", "level", "parent_code", "parent_level", "basis")
SUCCESSORS = _schema(
    "old_code", "new_code", "old_level", "change", ("share", pa.float64())
)
POSTCODES = _schema(
    "postcode",
    "lsoa21",
    "ward25",
    _given("lat", pa.float32()),
    _given("lon", pa.float32()),
)
PLACES = _schema(
    "name",
    "kind",
    _given("rank", pa.int64()),
    _given("lat", pa.float64()),
    _given("lon", pa.float64()),
    ("area_code", pa.string()),
)
PEERS = _schema(
    "area_code", "kind", _given("rank", pa.int64()), "peer_code", "peer_name"
)
CLUSTERS = _schema("area_code", "area_name", "kind", ("cluster", pa.string()))

SCHEMAS = {
    "areas": AREAS,
    "parents": PARENTS,
    "successors": SUCCESSORS,
    "postcodes": POSTCODES,
    "places": PLACES,
    "peers": PEERS,
    "clusters": CLUSTERS,
}
