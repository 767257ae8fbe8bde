"""District figures on the environment: one file of many series, with its blanks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import lad_environment
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from tests.build_factories import (
    DISTRICT_ABROAD,
    OLD_DISTRICTS,
    as_parquet,
    write_sources,
)
from tests.factories import EAST, WEST, make_indicator

TOPIC = "gov_lad_environment/topic.csv"
HOUSEHOLDS = "ons_census2021/ts041_ltla_rgn.parquet"


def read_topic(
    folder: Path, frame: Frame, lines: list[str], **build: Any
) -> pd.DataFrame:
    """Read lines of: code, indicator, period, value, group."""
    header = "area_code,area_name,indicator,period,measure,unit,value,group\n"
    rows = []
    for line in lines:
        code, indicator, period, value, group = line.split(",")
        rows.append(f'{code},"A, B",{indicator},{period},M,U,{value},{group}\n')
    households = pd.DataFrame(
        {
            "geography": ["A", "B", "C", "D"],
            "geography code": [WEST, EAST, *OLD_DISTRICTS],
            "Number of households: Number of households": [200, 400, 30, 70],
        }
    )
    contents = {
        TOPIC: (header + "".join(rows)).encode(),
        HOUSEHOLDS: as_parquet(households),
    }
    record = make_indicator(
        finest_level="lad24",
        build={
            "reader": "lad_environment",
            "file": "topic",
            "rows": {"indicator": "Jam"},
            "blank": "not_available",
            **build,
        },
    )
    sources = Sources(write_sources(folder, contents))
    return lad_environment.read(record, sources, frame).set_index("area_code")


@pytest.mark.parametrize(
    ("period", "interval"),
    [("2023/24", "2023-04-01/P1Y"), ("2023", "2023-01-01/P1Y")],
)
def test_topic_periods_are_years_from_april_or_january(
    tmp_path: Path, frame: Frame, period: str, interval: str
) -> None:
    found = read_topic(tmp_path, frame, [f"{WEST},Jam,{period},5,x"])
    assert found.loc[WEST, "period"] == interval


def test_topic_takes_only_the_rows_asked_for(tmp_path: Path, frame: Frame) -> None:
    lines = [f"{WEST},Jam,2023,5,x", f"{WEST},Honey,2023,9,x"]
    assert read_topic(tmp_path, frame, lines).loc[WEST, "value"] == 5


def test_topic_leaves_out_other_nations_and_former_districts(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{code},Jam,2023,5,x" for code in (WEST, "W06000022", *OLD_DISTRICTS)]
    assert list(read_topic(tmp_path, frame, lines).index) == [WEST]


@pytest.mark.parametrize("status", ["suppressed", "not_available"])
def test_topic_blank_is_null_with_the_status_of_the_record(
    tmp_path: Path, frame: Frame, status: str
) -> None:
    """As withheld grants, and green belt where the source is silent: never nought."""
    lines = [f"{WEST},Jam,2023,NA,x", f"{EAST},Jam,2023,0,x"]
    found = read_topic(tmp_path, frame, lines, blank=status, denominator="households")
    assert pd.isna(found.loc[WEST, "value"])
    assert found["status"].to_dict() == {WEST: status, EAST: "published"}
    assert found.loc[EAST, "value"] == 0


def test_topic_other_texts_stop_the_build(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match=r"found '\[c\]'"):
        read_topic(tmp_path, frame, [f"{WEST},Jam,2023,[c],x"])


def test_topic_rates_are_of_households_of_the_census(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{WEST},Jam,2023,5,x", f"{DISTRICT_ABROAD},Jam,2023,5,x"]
    found = read_topic(tmp_path, frame, lines, denominator="households")
    assert found["denominator"].to_dict() == {WEST: 200, DISTRICT_ABROAD: 100}
    assert found.loc[WEST, "value"] == 2.5


def test_topic_base_may_stand_in_the_same_file(tmp_path: Path, frame: Frame) -> None:
    lines = [f"{WEST},Jam,2023,5,x", f"{WEST},Bread,2023,20,x"]
    found = read_topic(tmp_path, frame, lines, denominator={"indicator": "Bread"})
    assert found.loc[WEST, ["value", "numerator", "denominator"]].to_list() == [
        25,
        5,
        20,
    ]


def test_topic_total_leaves_out_withheld_parts_but_is_never_nought_for_them(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{WEST},Jam,2023,5,sun", f"{WEST},Jam,2023,NA,wind"]
    lines += [f"{EAST},Jam,2023,NA,sun", f"{EAST},Jam,2023,NA,wind"]
    found = read_topic(tmp_path, frame, lines, adds_up="group", blank="suppressed")
    assert found.loc[WEST, "value"] == 5
    assert pd.isna(found.loc[EAST, "value"])
    assert found.loc[EAST, "status"] == "suppressed"


def test_topic_two_figures_for_one_key_stop_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{WEST},Jam,2023,5,sun", f"{WEST},Jam,2023,6,wind"]
    with pytest.raises(SourceError, match="repeated keys"):
        read_topic(tmp_path, frame, lines)


def test_topic_fleet_districts_keep_their_figure_unranked(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{WEST},Jam,2023,5,x", f"{EAST},Jam,2023,6,x"]
    found = read_topic(tmp_path, frame, lines, not_ranked=[WEST])
    assert found["status"].to_dict() == {WEST: "not_ranked", EAST: "published"}
    assert found.loc[WEST, "value"] == 5


def test_topic_without_the_series_says_so(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match="series is not in its file"):
        read_topic(tmp_path, frame, [f"{WEST},Honey,2023,5,x"])
