"""The check of areas: their hierarchy, the lookups beside them, and their classes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.factories import EAST, WEST
from tests.unit.breaking import (
    AREAS,
    PARENTS,
    SQUARE,
    Fault,
    assert_found,
    change,
    edit,
    remove,
    replace,
    rows_in_another_order,
    with_the_first_row_twice,
)

CLASS_NAMES = "areas/area_classification.csv"
FAULTS: dict[str, Fault] = {
    "areas out of order": (edit(AREAS, rows_in_another_order), AREAS, "area_code"),
    "area twice": (edit(AREAS, with_the_first_row_twice), AREAS, "area_code"),
    "strange level": (change(AREAS, SQUARE, "levels", "parish"), AREAS, "levels"),
    "point far away": (change(AREAS, SQUARE, "lat", 12.0), AREAS, "lat"),
    "two parents": (
        edit(
            PARENTS,
            lambda t: pd.concat([t, t.iloc[:1].assign(parent_code=EAST)]),
        ),
        PARENTS,
        "parent_code",
    ),
    "unknown parent": (
        change(PARENTS, SQUARE, "parent_code", "E07000999"),
        PARENTS,
        "parent_code",
    ),
    "orphan": (
        edit(PARENTS, lambda t: t.loc[t["area_code"] != SQUARE]),
        PARENTS,
        "lad24",
    ),
    "ways up that part": (
        edit(
            PARENTS,
            lambda t: t.assign(
                parent_code=t["parent_code"].mask(
                    (t["area_code"] == SQUARE) & (t["parent_level"] == "utla"), EAST
                )
            ),
        ),
        PARENTS,
        "lsoa21 → utla",
    ),
    "strange basis": (change(PARENTS, SQUARE, "basis", "guess"), PARENTS, "basis"),
    "successor unknown": (
        edit("areas/successors.parquet", lambda t: t.assign(new_code="E01000000")),
        "areas/successors.parquet",
        "new_code",
    ),
    "postcode in an unknown area": (
        edit("areas/postcodes.parquet", lambda t: t.assign(lsoa21="E01000000")),
        "areas/postcodes.parquet",
        "lsoa21",
    ),
    "neighbourhood without a class": (
        change(AREAS, SQUARE, "area_classification", None),
        AREAS,
        "area_classification",
    ),
    "larger area with a class": (
        change(AREAS, WEST, "area_classification", "4c2"),
        AREAS,
        "area_classification",
    ),
    "class that is none": (
        change(AREAS, SQUARE, "area_classification", "C4"),
        AREAS,
        "area_classification",
    ),
    "class without a name": (
        change(AREAS, SQUARE, "area_classification", "4b1"),
        CLASS_NAMES,
        "code",
    ),
    "class named twice": (
        replace(CLASS_NAMES, "4,Tiny", "4c,Tiny"),
        CLASS_NAMES,
        "code",
    ),
    "name of a class empty": (
        replace(CLASS_NAMES, "Tiny group", ""),
        CLASS_NAMES,
        "name",
    ),
    "names of classes gone": (remove(CLASS_NAMES), CLASS_NAMES, ""),
    "district in no sub-region": (
        replace("areas/subregions.csv", EAST, WEST),
        "areas/subregions.csv",
        "lad24_code",
    ),
    "record emptied by a broken copy": (
        lambda data: (data / "areas/subregions.csv").write_text(""),
        "areas/subregions.csv",
        "",
    ),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_rule_finds_its_fault(data: Path, rule: str) -> None:
    assert_found(data, FAULTS[rule])
