"""Figures of small areas of 2011: children in low income, and rates of a file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.convert import to_areas_of_2021
from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import low_income_families, small_areas
from lpipgeo.errors import SourceError
from tests.build_factories import MSOAS, ONE, TWO, as_parquet, make_native
from tests.factories import make_indicator
from tests.unit.reading import read


def children(folder: Path, frame: Frame, years: list[str]) -> pd.DataFrame:
    table = {"msoa11cd": [MSOAS[0]] * len(years), "year": years}
    table["children_relative_low_income_bhc"] = [10.0] * len(years)  # type: ignore[assignment]
    file = "dwp/children_relative_low_income_msoa11_2014_2022.parquet"
    return read(low_income_families.read, folder, frame, {file: as_parquet(table)})


def test_year_marked_p_is_provisional(tmp_path: Path, frame: Frame) -> None:
    found = children(tmp_path, frame, ["2020/21", "2021/22 (p)"])
    assert found.set_index("period")["status"].to_dict() == {
        "2020-04-01/P1Y": "published",
        "2021-04-01/P1Y": "provisional",
    }


def test_year_written_otherwise_stops_the_build(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match="Years"):
        children(tmp_path, frame, ["2021"])


def test_parts_of_a_split_area_share_its_children_out(frame: Frame) -> None:
    """A number is not inherited: the parts would count every child twice."""
    record = make_indicator(aggregation="sum", value_type="count")
    native = make_native("lsoa11", {"E01800001": 100.0})
    found = to_areas_of_2021(native, record, frame).set_index("area_code")
    assert found["value"].to_dict() == {ONE: 60, TWO: 40}
    assert set(found["status"]) == {"converted"}


def test_small_areas_read_england_and_keep_zero(tmp_path: Path, frame: Frame) -> None:
    contents = {"runs.csv": f"code,rate\n{ONE},0.0\n{TWO},\nW01000001,2\n".encode()}
    build = {
        "file": "runs.csv",
        "level": "lsoa11",
        "code": "code",
        "column": "rate",
        "period": "2017-01-01/P2Y",
    }
    found = read(small_areas.read, tmp_path, frame, contents, **build)
    assert found["status"].to_dict() == {ONE: "published", TWO: "not_available"}
    assert found.loc[ONE, "value"] == 0


def test_small_areas_read_limits_of_a_parquet_file(
    tmp_path: Path, frame: Frame
) -> None:
    table = {"code": [ONE, TWO], "rate": [2.0, 5.0], "low": [1.0, 4.0], "up": [3.0, 6]}
    build = {
        "file": "rates.parquet",
        "level": "lsoa21",
        "code": "code",
        "column": "rate",
        "lower": "low",
        "upper": "up",
        "period": "2019-04-01/P1Y",
    }
    contents = {"rates.parquet": as_parquet(table)}
    found = read(small_areas.read, tmp_path, frame, contents, **build)
    numbers = found.loc[ONE, ["value", "lower_ci", "upper_ci"]]
    assert numbers.tolist() == [2, 1, 3]
