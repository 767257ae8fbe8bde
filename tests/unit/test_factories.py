"""The tiny region keeps the library's own contracts, so tests may lean on it."""

from __future__ import annotations

import json

import lpipgeo
from lpipgeo.store import open_store
from lpipgeo.tables import area_schema, observation_schema
from tests import factories


def test_tiny_tables_keep_the_contracts(tiny_data):
    store = open_store(tiny_data)
    areas = area_schema().validate(store.table("areas/areas.parquet"))
    table = store.table("indicators/tiny_share.parquet")
    assert len(areas) == len(factories.make_areas())
    assert len(observation_schema().validate(table)) == len(factories.make_table())


def test_tiny_districts_add_up_to_the_region():
    table = factories.make_table().set_index("area_code")
    parts = table.loc[[factories.WEST, factories.EAST], "numerator"]
    assert parts.sum() == table.loc["E12000005", "numerator"]


def test_tiny_data_is_read_by_the_library(tiny_data):
    assert list(lpipgeo.catalogue(data=tiny_data)["indicator_id"]) == ["tiny_share"]
    found = lpipgeo.observations("tiny_share", level="lsoa21", data=tiny_data)
    assert len(found) == 6
    assert len(lpipgeo.boundaries("lad24", data=tiny_data)) == 2


def test_tiny_topology_has_every_area(tiny_data):
    path = next((tiny_data / "boundaries").glob("lsoa21*.topo.json"))
    geometries = json.loads(path.read_text())["objects"]["areas"]["geometries"]
    assert [item["id"] for item in geometries] == sorted(factories.SQUARES)
