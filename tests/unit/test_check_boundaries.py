"""The check of boundaries: the register, the drawn files, and the codes they draw."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lpipgeo.build.check import check
from tests import factories
from tests.unit.breaking import Fault, assert_found, remove, replace, write

REGISTER = "boundaries/boundaries.toml"


def topology(folder: Path, level: str = "lsoa21") -> Path:
    return next((folder / "boundaries").glob(f"{level}_*.topo.json"))


def draw_without_a_square(folder: Path) -> None:
    path = topology(folder)
    shapes = factories.make_boundaries("lsoa21").iloc[1:]
    path.write_text(json.dumps(factories.make_topology(shapes)))


def move_the_crs(folder: Path) -> None:
    factories.make_boundaries("lad24").to_crs("EPSG:27700").to_parquet(
        folder / "boundaries/lad24_2021.parquet"
    )


FAULTS: dict[str, Fault] = {
    "register gone": (remove(REGISTER), REGISTER, ""),
    "boundaries without a licence": (
        replace(REGISTER, '"Open Government Licence v3.0"', '""'),
        REGISTER,
        "lsoa21.licence",
    ),
    "boundaries in another system": (
        move_the_crs,
        "boundaries/lad24_2021.parquet",
        "crs",
    ),
    "boundary file that nobody lists": (
        write("boundaries/old.topo.json", b"{}"),
        "boundaries/old.topo.json",
        "",
    ),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_rule_finds_its_fault(data: Path, rule: str) -> None:
    assert_found(data, FAULTS[rule])


@pytest.mark.parametrize("field", ["id", "features", "sha256", "name"])
def test_polygon_that_is_not_drawn_is_found(data: Path, field: str) -> None:
    draw_without_a_square(data)
    where = f"boundaries/{topology(data).name}"
    assert (where, field) in {(p.where, p.field) for p in check(data)}
