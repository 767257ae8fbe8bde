"""Contracts of the tables in ``data/``: columns, order, types and pandera schemas.

The app reads the tables without pandera; the schemas are made only when the build,
the check or a test asks for them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lpipgeo.levels import LEVELS
from lpipgeo.statuses import STATUSES

if TYPE_CHECKING:
    import pandera.pandas as pa

OBSERVATION_KEY = ("indicator_id", "area_code", "period")
OBSERVATION_NUMBERS = ("value", "numerator", "denominator", "lower_ci", "upper_ci")
OBSERVATION_COLUMNS = (*OBSERVATION_KEY, *OBSERVATION_NUMBERS, "status")
# All observations once more, the rows of an area together: a profile reads one file.
BY_AREA = "summaries/by_area.parquet"
BY_AREA_ORDER = ("area_code", "indicator_id", "period")

AREA_COLUMNS = (
    "area_code",
    "area_name",
    "code_name",
    "levels",
    "in_region",
    "lat",
    "lon",
    "area_km2",
    "residents",
    "rural_urban",
    "area_classification",
)
PARENT_KEY = ("area_code", "parent_level")
PARENT_COLUMNS = ("area_code", "level", "parent_code", "parent_level", "basis")
PARENT_BASES = ("exact", "best_fit", "population_overlap")
PEER_KINDS = ("global", "economic", "demographic")
PEERS_PER_KIND = 20
PEER_KEY = ("area_code", "kind", "rank")
PEER_COLUMNS = (*PEER_KEY, "peer_code", "peer_name")
CLUSTER_KEY = ("area_code", "kind")
CLUSTER_COLUMNS = ("area_code", "area_name", "kind", "cluster")
COVERAGE_KEY = ("indicator_id", "level", "period")
COVERAGE_COLUMNS = (*COVERAGE_KEY, "areas", "values", "minimum", "maximum")
ENGLAND_KEY = ("indicator_id", "level", "base", "period", "percentile")
ENGLAND_COLUMNS = (*ENGLAND_KEY, "value", "n")

AREA_CODE_PATTERN = r"^(E\d{8}|K\d{8}|WMS\d{6}|TL[C-N]\d{0,2})$"
# Peers may lie anywhere in the United Kingdom.
UK_DISTRICT_PATTERN = r"^[ENSW]\d{8}$"
SUBGROUP_PATTERN = r"^\d[a-z]\d$"
PERIOD_PATTERN = r"^\d{4}-\d{2}-\d{2}/P[1-9]\d?[YMD]$"
_OBSERVED = [status.id for status in STATUSES.values() if status.is_observed]


@lru_cache(maxsize=1)
def observation_schema() -> pa.DataFrameSchema:
    """Return the schema of one indicator's observations."""
    import pandera.pandas as pa  # noqa: PLC0415  slow, and only the build needs it

    numbers = {
        name: pa.Column(float, nullable=True, checks=_not_negative(name))
        for name in OBSERVATION_NUMBERS
    }
    return pa.DataFrameSchema(
        {
            "indicator_id": pa.Column(str, pa.Check.str_matches(r"^[a-z][a-z0-9_]*$")),
            "area_code": pa.Column(str, pa.Check.str_matches(AREA_CODE_PATTERN)),
            "period": pa.Column(str, pa.Check.str_matches(PERIOD_PATTERN)),
            **numbers,
            "status": pa.Column(str, pa.Check.isin(_OBSERVED)),
        },
        strict=True,
        ordered=True,
        unique=list(OBSERVATION_KEY),
    )


def _not_negative(name: str) -> list[pa.Check]:
    import pandera.pandas as pa  # noqa: PLC0415  slow, and only the build needs it

    if name == "denominator":
        return [pa.Check.gt(0)]
    return [pa.Check.ge(0)] if name == "numerator" else []


@lru_cache(maxsize=1)
def area_schema() -> pa.DataFrameSchema:
    """Return the schema of the areas table."""
    import pandera.pandas as pa  # noqa: PLC0415  slow, and only the build needs it

    level = "|".join(LEVELS)
    return pa.DataFrameSchema(
        {
            "area_code": pa.Column(str, pa.Check.str_matches(AREA_CODE_PATTERN)),
            "area_name": pa.Column(str, pa.Check.str_length(min_value=1)),
            "code_name": pa.Column(str, pa.Check.str_length(min_value=1)),
            "levels": pa.Column(
                str, pa.Check.str_matches(rf"^({level})(;({level}))*$")
            ),
            "in_region": pa.Column(bool),
            "lat": pa.Column(float, pa.Check.in_range(49, 61), nullable=True),
            "lon": pa.Column(float, pa.Check.in_range(-9, 3), nullable=True),
            "area_km2": pa.Column(float, pa.Check.gt(0), nullable=True),
            "residents": pa.Column(float, pa.Check.ge(0), nullable=True),
            "rural_urban": pa.Column(str, nullable=True),
            "area_classification": pa.Column(
                str, pa.Check.str_matches(SUBGROUP_PATTERN), nullable=True
            ),
        },
        strict=True,
        ordered=True,
        unique=["area_code"],
    )


@lru_cache(maxsize=1)
def peer_schema() -> pa.DataFrameSchema:
    """Return the schema of the nearest neighbours of districts."""
    import pandera.pandas as pa  # noqa: PLC0415  slow, and only the build needs it

    return pa.DataFrameSchema(
        {
            "area_code": pa.Column(str, pa.Check.str_matches(UK_DISTRICT_PATTERN)),
            "kind": pa.Column(str, pa.Check.isin(list(PEER_KINDS))),
            "rank": pa.Column(int, pa.Check.in_range(1, PEERS_PER_KIND)),
            "peer_code": pa.Column(str, pa.Check.str_matches(UK_DISTRICT_PATTERN)),
            "peer_name": pa.Column(str, pa.Check.str_length(min_value=1)),
        },
        strict=True,
        ordered=True,
        unique=list(PEER_KEY),
    )


@lru_cache(maxsize=1)
def cluster_schema() -> pa.DataFrameSchema:
    """Return the schema of the clusters of districts; null where ONS gives none."""
    import pandera.pandas as pa  # noqa: PLC0415  slow, and only the build needs it

    return pa.DataFrameSchema(
        {
            "area_code": pa.Column(str, pa.Check.str_matches(UK_DISTRICT_PATTERN)),
            "area_name": pa.Column(str, pa.Check.str_length(min_value=1)),
            "kind": pa.Column(str, pa.Check.isin(list(PEER_KINDS))),
            "cluster": pa.Column(str, pa.Check.str_matches(r"^[A-Z]$"), nullable=True),
        },
        strict=True,
        ordered=True,
        unique=list(CLUSTER_KEY),
    )
