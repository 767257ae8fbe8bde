"""Readers: what each makes of the quirks of its publisher's files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import READERS, census, els
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from lpipgeo.levels import ENGLAND, REGION
from tests.build_factories import (
    DISTRICT_ABROAD,
    OLD_DISTRICTS,
    ONE,
    TWO,
    as_parquet,
    write_sources,
)
from tests.factories import WEST, make_indicator

ELS = "ons_els/jobs/jobs.csv"
ELS_BUILD = {"reader": "els", "dataset": "jobs", "indicator": "Jobs", "measure": "%"}
ELS_HEADER = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,"
    "lci_95,uci_95,status,notes\n"
)


def read_els(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    """Read lines of: code, period, value, lower, upper, status, notes."""
    rows = []
    for line in lines:
        code, period, value, *rest = line.split(",")
        rows.append(f"{code},A,B,Jobs,{period},{value},%,%,{','.join(rest)}\n")
    text = "\ufeff" + ELS_HEADER + "".join(rows)
    sources = Sources(write_sources(folder, {ELS: text.encode()}))
    record = make_indicator(aggregation="none", build=ELS_BUILD)
    return els.read(record, sources, frame).set_index("area_code")


def test_els_reads_value_and_limits(tmp_path: Path, frame: Frame) -> None:
    row = read_els(tmp_path, frame, f"{WEST},2023-01-01/P1Y,5,4,6,,").loc[WEST]
    assert row[["value", "lower_ci", "upper_ci"]].to_list() == [5, 4, 6]
    assert row[["level", "status"]].to_list() == ["lad24", "published"]


def test_els_takes_itl_codes_for_regions_and_england(
    tmp_path: Path, frame: Frame
) -> None:
    lines = ("TLG,2023-01-01/P1Y,5,,,,", "TLB,2023-01-01/P1Y,6,,,,")
    assert read_els(tmp_path, frame, *lines)["value"].to_dict() == {
        REGION: 5,
        ENGLAND: 6,
    }


def test_els_leaves_out_areas_that_we_do_not_keep(tmp_path: Path, frame: Frame) -> None:
    lines = (f"{WEST},2023-01-01/P1Y,5,,,,", "S12000033,2023-01-01/P1Y,6,,,,")
    assert list(read_els(tmp_path, frame, *lines).index) == [WEST]


def test_els_day_becomes_a_period_of_one_day(tmp_path: Path, frame: Frame) -> None:
    found = read_els(tmp_path, frame, f"{WEST},2025-04-30,5,,,,")
    assert found.loc[WEST, "period"] == "2025-04-30/P1D"


@pytest.mark.parametrize("letter", ["x", "u"])
def test_els_blank_is_missing_with_a_status(
    tmp_path: Path, frame: Frame, letter: str
) -> None:
    row = read_els(tmp_path, frame, f"{WEST},2023-01-01/P1Y,,,,{letter},").loc[WEST]
    assert pd.isna(row["value"])
    assert row["status"] == "not_available"


def test_els_provisional_figures_say_so(tmp_path: Path, frame: Frame) -> None:
    line = f"{WEST},2023-01-01/P1Y,5,,,,Provisional figure"
    assert read_els(tmp_path, frame, line).loc[WEST, "status"] == "provisional"


def test_els_same_figure_twice_counts_once(tmp_path: Path, frame: Frame) -> None:
    line = f"{WEST},2023-01-01/P1Y,5,,,,"
    assert len(read_els(tmp_path, frame, line, line)) == 1


def test_els_two_figures_for_one_key_stop_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (f"{WEST},2023-01-01/P1Y,5,,,,", f"{WEST},2023-01-01/P1Y,6,,,,")
    with pytest.raises(SourceError, match="repeated keys"):
        read_els(tmp_path, frame, *lines)


def test_els_without_the_series_names_those_there(tmp_path: Path, frame: Frame) -> None:
    sources = Sources(write_sources(tmp_path, {ELS: (ELS_HEADER).encode()}))
    record = make_indicator(aggregation="none", build={**ELS_BUILD, "indicator": "Pay"})
    with pytest.raises(SourceError, match="'Pay' as '%'"):
        els.read(record, sources, frame)


@pytest.fixture
def census_sources(tmp_path: Path) -> Sources:
    counts = {"Health: Total": [100, 50], "Health: Good": [60, 20]}
    large = {"Health: Total": [10, 30, 80], "Health: Good": [5, 15, 40]}
    contents = {
        "ons_census2021/ts900_lsoa21_ew.parquet": as_parquet(
            {"lsoa21nm": ["A", "B"], "lsoa21cd": [ONE, TWO], **counts}
        ),
        "ons_census2021/ts900_ltla_rgn.parquet": as_parquet(
            {"geography": ["C", "D", "E"], "geography code": [*OLD_DISTRICTS, WEST]}
            | large  # type: ignore[operator]
        ),
    }
    return Sources(write_sources(tmp_path, contents))


def read_census(sources: Sources, frame: Frame, **build: object) -> pd.DataFrame:
    fields = {"reader": "census", "table": "ts900", "numerator": ["Good"], **build}
    record = make_indicator(build=fields)
    return census.read(record, sources, frame).set_index("area_code")


def test_census_shares_are_of_the_named_base(
    census_sources: Sources, frame: Frame
) -> None:
    found = read_census(census_sources, frame, denominator=["Total"])
    assert found.loc[[ONE, TWO, WEST], "value"].to_list() == [60, 40, 50]


def test_census_categories_may_be_taken_off_the_base(
    census_sources: Sources, frame: Frame
) -> None:
    found = read_census(
        census_sources, frame, denominator=["Total"], denominator_less=["Good"]
    )
    assert found.loc[ONE, "denominator"] == 40


def test_census_districts_abolished_since_are_added_up(
    census_sources: Sources, frame: Frame
) -> None:
    found = read_census(census_sources, frame, denominator=["Total"])
    row = found.loc[DISTRICT_ABROAD, ["numerator", "denominator", "status"]]
    assert row.to_list() == [20, 40, "aggregated"]
    assert found.loc[WEST, "status"] == "published"


def test_census_density_is_per_area(census_sources: Sources, frame: Frame) -> None:
    frame = replace(frame, areas=frame.areas.assign(area_km2=2.0))
    found = read_census(census_sources, frame, denominator="area_km2")
    assert found.loc[ONE, "denominator"] == 2.0


def test_census_category_that_is_missing_is_named(
    census_sources: Sources, frame: Frame
) -> None:
    with pytest.raises(SourceError, match="expected 'Splendid'"):
        read_census(census_sources, frame, numerator=["Splendid"])


def test_every_record_names_a_reader(data_dir: Path) -> None:
    named = {
        line.split('"')[1]
        for path in (data_dir / "indicators").glob("*.toml")
        for line in path.read_text().splitlines()
        if line.startswith("reader = ")
    }
    assert named == set(READERS)
