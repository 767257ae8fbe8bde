"""Constituencies: tables with two rows of headings, and seats that they lack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import constituencies
from lpipgeo.errors import SourceError
from tests.unit.reading import read

SEATS = ("E14900001", "E14900002")


@pytest.fixture
def seats(frame: Frame) -> Frame:
    rows = {"area_code": SEATS, "levels": "pcon24", "in_region": True, "area_km2": 50.0}
    return replace(frame, areas=pd.concat([frame.areas, pd.DataFrame(rows)]))


SPACE = "pcon24/space.csv"
TWO_ROWS = (
    "PCON24CD,PCON24NM,Scenario 3,Scenario 3,Scenario 4,Scenario 4\n"
    ",,Households,With access,Households,With access\n---,---,---,---,---,---\n"
    f"{SEATS[0]},A,100,90,100,20\nW07000001,B,100,90,100,30\n"
)
SCENARIO = {
    "file": SPACE,
    "period": "2024-01-01/P1Y",
    "numerator": ["Scenario 4.1", "With access"],
    "denominator": ["Scenario 4", "Households"],
}


def test_repeated_headings_are_told_apart(tmp_path: Path, seats: Frame) -> None:
    contents = {SPACE: TWO_ROWS.encode()}
    found = read(constituencies.read, tmp_path, seats, contents, **SCENARIO)
    row = found.loc[SEATS[0], ["level", "value", "numerator", "denominator"]]
    assert row.to_list() == ["pcon24", 20, 20, 100]


def test_absent_constituency_has_no_data_and_others_are_left_out(
    tmp_path: Path, seats: Frame
) -> None:
    contents = {SPACE: TWO_ROWS.encode()}
    found = read(constituencies.read, tmp_path, seats, contents, **SCENARIO)
    assert found["status"].to_dict() == {
        SEATS[0]: "published",
        SEATS[1]: "not_available",
    }


def test_moved_column_stops_the_build(tmp_path: Path, seats: Frame) -> None:
    contents = {SPACE: TWO_ROWS.replace("Households,With", "With,With").encode()}
    with pytest.raises(SourceError, match="other headings"):
        read(constituencies.read, tmp_path, seats, contents, **SCENARIO)


def test_sites_are_per_area_and_none_is_zero(tmp_path: Path, seats: Frame) -> None:
    text = f"PCON24CD,Type,Type\n,All,Battlefield\n---,---,---\n{SEATS[0]},4,1\n"
    text += f"{SEATS[1]},0,0\n"
    build = {
        "file": "h.csv",
        "period": "2025-01-01/P1Y",
        "numerator": ["Type", "All"],
        "denominator": "area_km2",
    }
    contents = {"h.csv": text.encode()}
    found = read(constituencies.read, tmp_path, seats, contents, **build)
    assert found["value"].to_list() == [8, 0]


def test_one_row_of_headings_needs_no_second(tmp_path: Path, seats: Frame) -> None:
    contents = {"t.csv": f"PCON24CD,Turnout\n{SEATS[0]},55.5\n".encode()}
    build = {"file": "t.csv", "period": "2024-07-04/P1D", "value": ["Turnout"]}
    found = read(constituencies.read, tmp_path, seats, contents, **build)
    assert found.loc[SEATS[0], ["value", "period"]].to_list() == [
        55.5,
        "2024-07-04/P1D",
    ]
