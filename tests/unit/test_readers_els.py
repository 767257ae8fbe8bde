"""Explore Local Statistics: traps of its series, each with a tiny file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lpipgeo.build.aggregate import fill_missing
from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import els
from lpipgeo.build.rules.observations import allowed_levels, check_observations
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import COMBINED_AUTHORITY, REGION
from lpipgeo.observation_table import read_observations
from tests.build_factories import (
    DISTRICT_ABROAD,
    make_native,
    write_sources,
)
from tests.factories import EAST, PERIOD, WEST, make_indicator, make_table

FILE = "ons_els/jobs/jobs.csv"
BUILD = {"reader": "els", "dataset": "jobs", "indicator": "Jobs", "measure": "%"}
HEADER = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,"
    "lci_95,uci_95,status,notes\n"
)
IN_2023, IN_2024 = "2023-01-01/P1Y", "2024-01-01/P1Y"
LIMITS = ["lower_ci", "upper_ci"]
# A district of the tiny region under a code that it got later.
WEST_LATER, COUNTY = "E08800001", "E10900001"
SMALL_SAMPLE = (
    "Estimate and confidence interval unreliable since the group sample size is small"
)


def read(
    folder: Path,
    frame: Frame,
    *lines: str,
    finest: str = "lad24",
    limits: str = ",",
    **build: Any,
) -> pd.DataFrame:
    """Read lines of: code, period, value, status letter, notes."""
    rows = []
    for line in lines:
        code, period, value, letter, notes = line.split(",")
        rows.append(f"{code},A,B,Jobs,{period},{value},%,%,{limits},{letter},{notes}\n")
    text = HEADER + "".join(rows)
    sources = Sources(write_sources(folder, {FILE: text.encode()}))
    record = make_indicator(
        aggregation="none", finest_level=finest, build={**BUILD, **build}
    )
    return els.read(record, sources, frame).set_index("area_code")


def test_new_code_of_a_district_is_read_under_the_known_one(
    tmp_path: Path, frame: Frame
) -> None:
    """As for Barnsley and Sheffield, which many files know by their codes of 2025."""
    found = read(tmp_path, frame, f"{WEST_LATER},{IN_2023},5,,")
    assert found["value"].to_dict() == {WEST: 5}
    assert found.loc[WEST, "level"] == "lad24"


def test_known_code_wins_over_the_new_one_period_by_period(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (
        f"{WEST_LATER},{IN_2023},6,,",
        f"{WEST},{IN_2023},5,,",
        f"{WEST_LATER},{IN_2024},7,,",
    )
    found = read(tmp_path, frame, *lines)
    values = found.set_index("period")["value"]
    assert values.to_dict() == {IN_2023: 5, IN_2024: 7}


def test_figure_withheld_for_small_numbers_is_suppressed(
    tmp_path: Path, frame: Frame
) -> None:
    line = f"{WEST},{IN_2023},,u,Observation suppressed due to a base of fewer than 5"
    row = read(tmp_path, frame, line).loc[WEST]
    assert pd.isna(row["value"])
    assert row["status"] == "suppressed"


def test_figure_that_the_publisher_calls_unreliable_is_not_ranked(
    tmp_path: Path, frame: Frame
) -> None:
    row = read(tmp_path, frame, f"{WEST},{IN_2023},7.3,,{SMALL_SAMPLE}").loc[WEST]
    assert (row["value"], row["status"]) == (7.3, "not_ranked")


def test_areas_named_as_misleading_are_not_ranked(tmp_path: Path, frame: Frame) -> None:
    lines = (f"{WEST},{IN_2023},4,,", f"{EAST},{IN_2023},40,,")
    found = read(tmp_path, frame, *lines, not_ranked=[WEST])
    assert found["status"].to_dict() == {WEST: "not_ranked", EAST: "published"}


def test_area_named_as_misleading_must_still_have_a_figure(
    tmp_path: Path, frame: Frame
) -> None:
    with pytest.raises(SourceError, match=f"not to be ranked.*\n?.*{WEST}"):
        read(tmp_path, frame, f"{WEST},{IN_2023},,x,", not_ranked=[WEST])


def test_provisional_periods_are_marked_for_every_area(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (f"{WEST},{IN_2023},4,,", f"{WEST},{IN_2024},5,,")
    found = read(tmp_path, frame, *lines, provisional=[IN_2024])
    assert found["status"].to_list() == ["published", "provisional"]


def test_day_may_stand_for_its_month(tmp_path: Path, frame: Frame) -> None:
    line = f"{WEST},2024-06-15,5,,"
    found = read(tmp_path, frame, line, days_are_months=True)
    assert found.loc[WEST, "period"] == "2024-06-01/P1M"


@pytest.mark.parametrize("limits", ["4,6", "5,5", ","])
def test_limits_are_read_as_published(
    tmp_path: Path, frame: Frame, limits: str
) -> None:
    row = read(tmp_path, frame, f"{WEST},{IN_2023},5,,", limits=limits).loc[WEST]
    shown = ["" if pd.isna(row[name]) else f"{row[name]:g}" for name in LIMITS]
    assert ",".join(shown) == limits


@pytest.mark.parametrize("limits", ["4,4", "6,7", "6,4", "4,", ",6"])
def test_limits_that_do_not_enclose_their_figure_stop_the_build(
    tmp_path: Path, frame: Frame, limits: str
) -> None:
    """As for engagement with the arts in six regions, which are corrected."""
    with pytest.raises(SourceError, match=f"{WEST} {IN_2023}.*corrections.toml"):
        read(tmp_path, frame, f"{WEST},{IN_2023},5,,", limits=limits)


def test_upper_tier_indicator_knows_unitary_districts_as_upper_tier_areas(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (f"{c},{IN_2023},60,," for c in (WEST, DISTRICT_ABROAD, REGION))
    found = read(tmp_path, frame, *lines, finest="utla")
    assert found["level"].to_dict() == {WEST: "utla", REGION: "rgn"}


def test_upper_tier_indicator_may_have_the_combined_authority() -> None:
    record = make_indicator(aggregation="none", finest_level="utla")
    assert allowed_levels(record) == {"utla", "subregion", "cauth", "rgn", "ctry"}
    assert COMBINED_AUTHORITY.startswith("E47")


def test_districts_of_a_county_are_not_missing_from_upper_tier_figures(
    frame: Frame,
) -> None:
    """East is made a district of a county, which has no figure."""
    levels = {EAST: "lad24", COUNTY: "utla"}
    county = frame.areas.loc[frame.areas["area_code"] == EAST]
    areas = pd.concat([frame.areas, county.assign(area_code=COUNTY)])
    named = areas["area_code"].map(levels)
    frame = replace(frame, areas=areas.assign(levels=named.fillna(areas["levels"])))
    rows = fill_missing(make_native("utla", {WEST: 60.0}), frame, "utla")
    assert set(rows["area_code"]) == {WEST, COUNTY}
    assert EAST in set(fill_missing(rows, frame, "lad24")["area_code"])


def write_as_upper_tier(tiny_data: Path, folder: Path) -> Path:
    """Copy the tiny data, its indicator made one of upper-tier areas."""
    copy = folder / "data"
    shutil.copytree(tiny_data, copy)
    path = copy / "indicators/tiny_share.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('finest_level = "lsoa21"', 'finest_level = "utla"'),
        encoding="utf-8",
    )
    return copy


def test_unitary_districts_do_not_make_districts_a_level_with_figures(
    tiny_data: Path, tmp_path: Path
) -> None:
    catalogue = read_catalogue(write_as_upper_tier(tiny_data, tmp_path))
    assert catalogue.source_level("tiny_share", "lad24") == "utla"
    assert "lad24" not in catalogue.levels("tiny_share")


def test_unitary_district_keeps_its_own_upper_tier_figure(
    tiny_data: Path, tmp_path: Path
) -> None:
    data = write_as_upper_tier(tiny_data, tmp_path)
    found = read_observations("tiny_share", level="lad24", inherit=True, data=data)
    by_code = read_observations("tiny_share", areas=[WEST, EAST], data=data)
    theirs = read_observations("tiny_share", level="utla", data=data)
    assert "inherited" not in set(found["status"])
    pd.testing.assert_frame_equal(found, theirs, check_dtype=False)
    pd.testing.assert_frame_equal(by_code, theirs, check_dtype=False)


@pytest.mark.parametrize(("rounded_to", "problems"), [(0, 1), (10, 0)])
def test_sums_of_rounded_counts_may_differ_by_the_rounding(
    frame: Frame, rounded_to: int, problems: int
) -> None:
    record = make_indicator(
        value_type="count",
        unit="nights",
        multiplier=1,
        valid_range=[0, 10_000],
        aggregation="sum",
        finest_level="lad24",
        build={**BUILD, "rounded_to": rounded_to},
    )
    values = {WEST: 500.0, EAST: 600.0, REGION: 1_110.0}
    table = make_table().iloc[: len(values)].copy()
    numbers = ["numerator", "denominator", "lower_ci", "upper_ci"]
    table = table.assign(
        area_code=list(values), period=PERIOD, value=list(values.values())
    )
    table[numbers] = float("nan")
    table["status"] = "published"
    table = table.sort_values("area_code", ignore_index=True)
    found = check_observations("table", table, record, frame.areas)
    assert len(found) == problems, [str(problem) for problem in found]


def test_neighbourhoods_inherit_upper_tier_figures(
    tiny_data: Path, tmp_path: Path
) -> None:
    data = write_as_upper_tier(tiny_data, tmp_path)
    found = read_observations("tiny_share", level="lsoa21", inherit=True, data=data)
    assert len(found) == 6
    assert set(found["status"]) == {"inherited"}
