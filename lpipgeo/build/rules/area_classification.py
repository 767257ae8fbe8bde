"""Rules for the area classification: every neighbourhood has a class with a name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lpipgeo.build.rules.areas import AREAS
from lpipgeo.build.rules.common import name_some, read_record, rows_breaking
from lpipgeo.errors import Problem

NAMES = "areas/area_classification.csv"
_COLUMNS = ("code", "name")
# A supergroup, or a group: subgroups are kept as codes only.
_NAMED_CODE = r"\d[a-z]?"


def check_area_classification(data: Path, areas: pd.DataFrame) -> list[Problem]:
    """Return neighbourhoods without a class, and classes that occur without a name.

    Parameters
    ----------
    data : the data folder, with the hand-kept names
    areas : see data/areas/areas.parquet
    """
    problems = _check_areas(areas)
    names, faults = read_record(data, NAMES, _COLUMNS)
    if names is None:
        return problems + faults
    return problems + _check_names(names, areas["area_classification"].dropna())


def _check_areas(areas: pd.DataFrame) -> list[Problem]:
    is_neighbourhood = areas["levels"] == "lsoa21"
    apart = is_neighbourhood != areas["area_classification"].notna()
    expected = "a subgroup for every neighbourhood and for no other area"
    field = "area_classification"
    return rows_breaking(AREAS, field, areas, apart, expected, ("area_code",))


def _check_names(names: pd.DataFrame, subgroups: pd.Series[str]) -> list[Problem]:
    key = ("code",)
    code = names["code"].fillna("")
    strange = ~code.str.fullmatch(_NAMED_CODE) | code.duplicated(keep=False)
    expected = "each supergroup or group once"
    problems = rows_breaking(NAMES, "code", names, strange, expected, key)
    nameless = names["name"].isna()
    problems += rows_breaking(NAMES, "name", names, nameless, "a name", key)
    occurring = set(subgroups.str[:1]) | set(subgroups.str[:2])
    lacking = sorted(occurring - set(code))
    if lacking:
        found = f"no row for {name_some(lacking)}"
        expected = "a name for every supergroup and group that occurs"
        problems.append(Problem(NAMES, "code", found, expected))
    return problems
