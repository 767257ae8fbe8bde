"""Traps of Census 2021 and the Indices of Deprivation 2025."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lpipgeo.build.aggregate import roll_up
from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import census, iod2025
from lpipgeo.build.rules.observations import check_observations
from lpipgeo.build.sources import Sources
from lpipgeo.errors import Problem, SourceError
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.tables import OBSERVATION_COLUMNS, OBSERVATION_KEY
from tests.build_factories import (
    ABROAD,
    DISTRICT_ABROAD,
    NEIGHBOURHOODS,
    ONE,
    TWO,
    as_parquet,
    make_native,
    write_sources,
)
from tests.factories import EAST, PERIOD, SUBREGION, WEST, make_indicator

WORKERS = "ons_census2021/ts900_lsoa21_ew.parquet"
PEOPLE = "ons_census2021/ts901_lsoa21_ew.parquet"
SUMS = "ons_census2021_oa_sums/ts902_lsoa21_ew.parquet"
SUMS_COLUMNS = "ons_census2021_oa_sums/_columns.csv"
SCORES = "mhclg_iod2025/iod2025_scores_ranks_deciles_lsoa21.parquet"
SUMMARIES = "mhclg_iod2025/iod2025_summaries_lad24.parquet"
UNDERLYING = "mhclg_iod2025/iod2025_underlying_indicators_lsoa21.parquet"


def read_share_of_people(
    folder: Path, frame: Frame, people_in: list[str]
) -> pd.DataFrame:
    """Read workers of ONE and TWO as a share of the people of another table."""
    contents = {
        WORKERS: as_parquet({"lsoa21cd": [ONE, TWO], "Job: Total: Workers": [30, 40]}),
        PEOPLE: as_parquet({"lsoa21cd": people_in, "Degree: Total: All": [50, 60]}),
    }
    build = {
        "reader": "census",
        "table": "ts900",
        "numerator": ["Total: Workers"],
        "denominator_table": "ts901",
        "denominator": ["Total: All"],
    }
    sources = Sources(write_sources(folder, contents))
    return census.read(make_indicator(build=build), sources, frame).set_index(
        "area_code"
    )


def test_census_base_of_another_table_is_matched_by_code(
    tmp_path: Path, frame: Frame
) -> None:
    found = read_share_of_people(tmp_path, frame, [TWO, ONE])
    assert found.loc[ONE, ["numerator", "denominator"]].to_list() == [30, 60]
    assert found.loc[TWO, "value"] == 80


def test_census_tables_of_different_areas_stop_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    with pytest.raises(SourceError, match="2 areas apart"):
        read_share_of_people(tmp_path, frame, [ONE, ABROAD])


def test_census_sums_of_output_areas_are_read_by_their_words(
    tmp_path: Path, frame: Frame
) -> None:
    """Columns there are numbers, and a label may end in a blank or hold a comma."""
    columns = (
        "Table_ID,Variable_Name,new_names\n"
        "ts901,Bus,ts9020002\n"
        "ts902,Total,ts9020001\n"
        'ts902,"Bus, minibus",ts9020002\n'
        "ts902,British Overseas ,ts9020003\n"
    )
    table = {
        "lsoa21cd": [ONE],
        "ts9020001": [40.0],
        "ts9020002": [5.0],
        "ts9020003": [3.0],
    }
    contents = {SUMS: as_parquet(table), SUMS_COLUMNS: columns.encode()}
    build = {
        "reader": "census",
        "table": "ts902",
        "numerator": ["Bus, minibus", "British Overseas "],
        "denominator": ["Total"],
    }
    sources = Sources(write_sources(tmp_path, contents))
    row = census.read(make_indicator(build=build), sources, frame).iloc[0]
    assert row[["value", "status"]].to_list() == [20, "aggregated"]


def read_iod(
    folder: Path, frame: Frame, name: str, values: dict[str, float], **build: Any
) -> pd.DataFrame:
    table: dict[str, list[Any]] = {
        "lsoa21_code": list(values),
        "rate": list(values.values()),
    }
    districts = {"ltla24_code": [WEST], "average": [-0.5]}
    contents = {name: as_parquet(table), SUMMARIES: as_parquet(districts)}
    record = make_indicator(
        aggregation="weighted_mean",
        aggregation_weight="population",
        build={"reader": "iod2025", "column": "rate", **build},
    )
    sources = Sources(write_sources(folder, contents))
    return iod2025.read(record, sources, frame).set_index("area_code")


def test_iod_scores_below_zero_are_values(tmp_path: Path, frame: Frame) -> None:
    """As in the crime domain, of which the average is 0."""
    found = read_iod(
        tmp_path,
        frame,
        SCORES,
        {ONE: -3.2, TWO: 0.0},
        file="scores",
        lad_column="average",
    )
    assert found["value"].to_dict() == {ONE: -3.2, TWO: 0.0, WEST: -0.5}
    assert set(found["status"]) == {"published"}


def test_iod_figures_of_districts_are_not_shown_as_of_neighbourhoods(
    tmp_path: Path, frame: Frame
) -> None:
    """As of core homelessness, which the source repeats for every neighbourhood."""
    codes = {
        code: 1.5 if row[2] == WEST else 2.5 for code, row in NEIGHBOURHOODS.items()
    }
    found = read_iod(tmp_path, frame, UNDERLYING, codes, file="underlying", is_lad=True)
    assert found["value"].to_dict() == {WEST: 1.5, EAST: 2.5}
    assert set(found["level"]) == {"lad24"}


def test_iod_figures_that_differ_within_a_district_stop_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    with pytest.raises(SourceError, match="repeated keys"):
        read_iod(
            tmp_path,
            frame,
            UNDERLYING,
            {ONE: 1.5, TWO: 1.6},
            file="underlying",
            is_lad=True,
        )


def test_means_of_districts_count_their_households(frame: Frame) -> None:
    """West has 1,150 households, east 850, and the district abroad 1,000."""
    record = make_indicator(
        finest_level="lad24",
        aggregation="weighted_mean",
        aggregation_weight="households",
        value_type="mean",
    )
    native = make_native("lad24", {WEST: 1.0, EAST: 2.0, DISTRICT_ABROAD: 3.0})
    found = roll_up(native, {"lad24"}, record, frame).set_index("area_code")
    region = (1_150 * 1 + 850 * 2) / 2_000
    assert found.loc[[SUBREGION, REGION], "value"].to_list() == [region, region]
    assert found.loc[ENGLAND, "value"] == (2_000 * region + 1_000 * 3) / 3_000
    assert found.loc[WEST, "status"] == "published"
    assert found.loc[REGION, "status"] == "aggregated"


def problems_of_sums(frame: Frame, region: float) -> list[Problem]:
    """Check districts of 1,000 workers each beside a region of another count."""
    counts = {WEST: 1_000.0, EAST: 1_000.0, REGION: region}
    rows = [(code, PERIOD, 100 * n / 9_000, n, 9_000.0) for code, n in counts.items()]
    columns = ["area_code", "period", "value", "numerator", "denominator"]
    table = pd.DataFrame(rows, columns=columns)
    table.loc[table["area_code"] == REGION, ["denominator"]] = 18_000.0
    table["value"] = 100 * table["numerator"] / table["denominator"]
    table = table.assign(
        indicator_id="tiny_share", lower_ci=None, upper_ci=None, status="published"
    ).sort_values(list(OBSERVATION_KEY))
    table = table[list(OBSERVATION_COLUMNS)].astype(
        {"lower_ci": float, "upper_ci": float}
    )
    found = check_observations("t", table, make_indicator(), frame.areas)
    return [problem for problem in found if problem.field == "numerator"]


@pytest.mark.parametrize(("region", "faults"), [(2_004.0, 0), (2_100.0, 1)])
def test_sums_of_perturbed_counts_may_differ_by_a_handful(
    frame: Frame, region: float, faults: int
) -> None:
    """As of energy, water and waste: 39,359 in the districts, 39,355 in the region."""
    assert len(problems_of_sums(frame, region)) == faults
