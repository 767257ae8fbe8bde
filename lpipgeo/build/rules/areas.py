"""Rules for areas, their hierarchy and the lookups beside them."""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.rules.common import check_schema, name_some, rows_breaking
from lpipgeo.errors import Problem
from lpipgeo.levels import LEVELS
from lpipgeo.tables import PARENT_BASES, PARENT_COLUMNS, PARENT_KEY, area_schema

AREAS = "areas/areas.parquet"
PARENTS = "areas/parents.parquet"
SUCCESSORS = "areas/successors.parquet"
POSTCODES = "areas/postcodes.parquet"
PLACES = "areas/places.parquet"

# Larger areas that every area of a level in the region must have.
_REQUIRED = {
    "lsoa21": ("msoa21", "ward25", "lad24", "utla", "subregion", "rgn"),
    "msoa21": ("lad24", "utla", "subregion", "rgn"),
    "ward25": ("lad24", "utla", "subregion", "rgn"),
    "lad24": ("utla", "subregion", "rgn"),
}
# (child, between, larger): both ways up must end in the same area.
_WAYS_UP = (
    ("lsoa21", "msoa21", "lad24"),
    ("lsoa21", "lad24", "utla"),
    ("lsoa21", "lad24", "subregion"),
    ("lsoa21", "lad24", "rgn"),
    ("msoa21", "lad24", "subregion"),
    ("ward25", "lad24", "subregion"),
)


def check_areas(areas: pd.DataFrame) -> list[Problem]:
    """Return breaches in the table of areas."""
    problems = check_schema(AREAS, areas, area_schema())
    if "area_code" in areas and not areas["area_code"].is_monotonic_increasing:
        found = "rows out of order"
        problems.append(Problem(AREAS, "area_code", found, "rows sorted by code"))
    return problems


def check_parents(parents: pd.DataFrame, areas: pd.DataFrame) -> list[Problem]:
    """Return breaches in the hierarchy: unknown codes, two parents, ways that part."""
    if list(parents.columns) != list(PARENT_COLUMNS):
        found, expected = ", ".join(parents.columns), ", ".join(PARENT_COLUMNS)
        return [Problem(PARENTS, "", found, expected)]
    key = list(PARENT_KEY)
    twice = parents.duplicated(key, keep=False)
    problems = rows_breaking(PARENTS, "parent_code", parents, twice, "one parent", key)
    levels = areas.set_index("area_code")["levels"].str.split(";")
    for code, level in (("area_code", "level"), ("parent_code", "parent_level")):
        held = parents[code].map(levels)
        fits = pd.Series(
            [
                isinstance(kinds, list) and wanted in kinds
                for kinds, wanted in zip(held, parents[level], strict=True)
            ],
            index=parents.index,
            dtype=bool,
        )
        expected = f"a code of the level in {level}"
        problems += rows_breaking(PARENTS, code, parents, ~fits, expected, key)
    strange = ~parents["basis"].isin(PARENT_BASES)
    problems += rows_breaking(
        PARENTS, "basis", parents, strange, f"one of {', '.join(PARENT_BASES)}", key
    )
    unknown = ~parents["parent_level"].isin(list(LEVELS))
    problems += rows_breaking(PARENTS, "parent_level", parents, unknown, "a level", key)
    if not twice.any():
        problems += _check_required(parents, areas) + _check_ways(parents)
    return problems


def _check_required(parents: pd.DataFrame, areas: pd.DataFrame) -> list[Problem]:
    held = areas.set_index("area_code")["levels"].str.split(";")
    inside = set(areas.loc[areas["in_region"], "area_code"])
    problems = []
    for level, required in _REQUIRED.items():
        codes = set(held.index[held.map(lambda kinds, level=level: level in kinds)])
        for parent_level in required:
            # An area that has the larger level itself needs no parent there.
            own = held.map(lambda kinds, level=parent_level: level in kinds)
            if not own.any():
                continue
            of_level = parents["parent_level"] == parent_level
            known = set(parents.loc[of_level, "area_code"]) | set(held.index[own])
            orphans = sorted((codes & inside) - known)
            if orphans:
                found = f"{len(orphans)} areas of {level} without: {name_some(orphans)}"
                expected = "a parent for each"
                problems.append(Problem(PARENTS, parent_level, found, expected))
    return problems


def _check_ways(parents: pd.DataFrame) -> list[Problem]:
    table = parents.pivot(
        index="area_code", columns="parent_level", values="parent_code"
    )
    level = parents.drop_duplicates("area_code").set_index("area_code")["level"]
    problems = []
    for child, between, larger in _WAYS_UP:
        if between not in table or larger not in table:
            continue
        rows = table.loc[level[level == child].index]
        straight, around = rows[larger], rows[between].map(table[larger])
        parted = straight.notna() & around.notna() & (straight != around)
        if parted.any():
            found = f"{parted.sum()} areas: {name_some(rows.index[parted])}"
            expected = f"the same {larger} straight and by way of {between}"
            problems.append(Problem(PARENTS, f"{child} → {larger}", found, expected))
    return problems


def check_lookups(
    lookups: dict[str, pd.DataFrame], areas: pd.DataFrame
) -> list[Problem]:
    """Return codes in successors, postcodes and places that no area has."""
    known = set(areas["area_code"])
    problems = []
    for file, columns in {
        SUCCESSORS: ("new_code",),
        POSTCODES: ("lsoa21", "ward25"),
        PLACES: ("area_code",),
    }.items():
        table = lookups.get(file)
        if table is None:
            continue
        for column in columns:
            if column not in table:
                found = ", ".join(map(str, table.columns))
                problems.append(Problem(file, column, found, f"a column {column!r}"))
                continue
            codes = set(table[column].dropna()) - known
            if codes:
                found = f"{len(codes)} codes: {name_some(sorted(codes))}"
                problems.append(Problem(file, column, found, "known codes"))
    return problems
