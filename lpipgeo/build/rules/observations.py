"""Rules for the observations of one indicator."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from lpipgeo.build.rules.common import check_schema, rows_breaking
from lpipgeo.errors import PeriodError, Problem
from lpipgeo.levels import LEVELS, REGION
from lpipgeo.metadata import Indicator
from lpipgeo.periods import Period
from lpipgeo.statuses import STATUSES
from lpipgeo.tables import OBSERVATION_COLUMNS, OBSERVATION_KEY, observation_schema

# Publishers round a rate that they give beside its numerator and denominator; DESNZ
# cuts some off after the second decimal.
ROUNDING = 0.01
RELATIVE_ROUNDING = 1e-5
# Cells of the census are perturbed one by one, so that sums may differ a little: by
# one in ten thousand or, where few people are counted, by a handful.
SUM_TOLERANCE = 1e-4
SUM_SLACK = 5


def check_observations(
    where: str, table: pd.DataFrame, record: Indicator, areas: pd.DataFrame
) -> list[Problem]:
    """Return every breach of the rules in one indicator's table.

    Parameters
    ----------
    where : name of the file, for the problems
    areas : data/areas/areas.parquet
    """
    problems = check_schema(where, table, observation_schema())
    if list(table.columns) != list(OBSERVATION_COLUMNS):
        return problems
    problems += _check_identity(where, table, record)
    problems += _check_codes(where, table, record, areas)
    problems += _check_numbers(where, table, record)
    problems += _check_sums(where, table, record, areas)
    return problems


def _check_identity(
    where: str, table: pd.DataFrame, record: Indicator
) -> list[Problem]:
    problems = rows_breaking(
        where, "indicator_id", table, table["indicator_id"] != record.id, record.id
    )
    keys = list(map(tuple, table[list(OBSERVATION_KEY)].astype(str).to_numpy()))
    if any(first > second for first, second in pairwise(keys)):
        key = ", ".join(OBSERVATION_KEY)
        problems.append(Problem(where, key, "rows out of order", "rows sorted by key"))
    for text in sorted(set(table["period"].astype(str))):
        try:
            Period.parse(text)
        except PeriodError as error:
            problems.append(Problem(where, "period", text, str(error)))
    return problems


def allowed_levels(record: Indicator) -> set[str]:
    """Return the levels at which an indicator may have figures of its own."""
    finest = record.finest_level
    best_fit = {"ward25"} if finest == "lsoa21" else set()
    return {finest, *LEVELS[finest].nests_in, "ctry", *best_fit}


def _check_codes(
    where: str, table: pd.DataFrame, record: Indicator, areas: pd.DataFrame
) -> list[Problem]:
    levels = table["area_code"].map(areas.set_index("area_code")["levels"])
    problems = rows_breaking(where, "area_code", table, levels.isna(), "a known code")
    allowed = allowed_levels(record)
    fitting = {text: bool(allowed & set(text.split(";"))) for text in areas["levels"]}
    wrong = levels.notna() & ~levels.map(fitting).fillna(True).astype(bool)
    expected = f"areas of {', '.join(sorted(allowed))}"
    return problems + rows_breaking(where, "area_code", table, wrong, expected)


def _check_numbers(where: str, table: pd.DataFrame, record: Indicator) -> list[Problem]:
    low, high = record.valid_range
    value = table["value"]
    known = value.notna()
    outside = known & ~value.between(low, high)
    has_value = table["status"].map(
        {status.id: status.has_value for status in STATUSES.values()}
    )
    problems = rows_breaking(where, "value", table, outside, f"{low:g} to {high:g}")
    problems += rows_breaking(
        where,
        "status",
        table,
        has_value.notna() & (known != has_value),
        "a value, unless the status says that there is none",
    )
    too_low = table["lower_ci"] > value
    too_high = table["upper_ci"] < value
    problems += rows_breaking(
        where, "lower_ci", table, too_low | too_high, "lower_ci ≤ value ≤ upper_ci"
    )
    expected = record.multiplier * table["numerator"] / table["denominator"]
    apart = (value - expected).abs() > ROUNDING + RELATIVE_ROUNDING * expected.abs()
    return problems + rows_breaking(
        where, "value", table, apart, "multiplier × numerator / denominator"
    )


def _check_sums(
    where: str, table: pd.DataFrame, record: Indicator, areas: pd.DataFrame
) -> list[Problem]:
    """Compare the sum of the region's districts with the region.

    Where the publisher rounds each figure (`build.rounded_to`), the sum may be off by
    half of that for every district and for the region itself.
    """
    if record.aggregation not in ("sum", "from_components"):
        return []
    is_sum = record.aggregation == "sum"
    columns = ["value"] if is_sum else ["numerator", "denominator"]
    slack = 0 if is_sum else SUM_SLACK
    is_district = areas["levels"].str.startswith("lad24") & areas["in_region"]
    districts = areas.loc[is_district, "area_code"]
    rounding = record.build.get("rounded_to", 0) / 2 * (len(districts) + 1)
    problems = []
    for period, rows in table.groupby("period"):
        of_districts = rows.loc[rows["area_code"].isin(districts), columns]
        region = rows.loc[rows["area_code"] == REGION, columns]
        if len(of_districts) != len(districts) or len(region) != 1:
            continue
        for name in columns:
            total, whole = (
                of_districts[name].sum(min_count=len(districts)),
                region[name],
            )
            allowed = max(SUM_TOLERANCE * abs(whole.iloc[0]), slack) + rounding
            if abs(total - whole.iloc[0]) > allowed:
                found = f"{period}: districts add up to {total:g}"
                problems.append(Problem(where, name, found, f"{whole.iloc[0]:g}"))
    return problems
