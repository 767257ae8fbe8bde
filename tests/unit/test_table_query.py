"""A table said in an address, a command and code: each gives the same table."""

from __future__ import annotations

import shlex

import pandas as pd
import pytest

import lpipgeo as lg
from lpipgeo.cli import main
from lpipgeo.column_dictionary import describe_columns
from lpipgeo.errors import LpipgeoError
from lpipgeo.table_query import (
    PARAMETERS,
    TableQuery,
    count_rows,
    drawn_level,
    explain_lacking,
    find_lacking,
    parse_query,
    read_long,
    read_query,
)

WMCA = (
    *("E08000025", "E08000026", "E08000027", "E08000028"),
    *("E08000029", "E08000030", "E08000031"),
)
QUERIES = {
    "districts": {"indicator": "fuel_poverty,no_qualifications", "level": "lad24"},
    "neighbourhoods of a district": {
        "indicator": "fuel_poverty",
        "level": "lsoa21",
        "within": "E08000028",
        "period": "all",
    },
    "areas of several levels": {
        "indicator": "no_qualifications",
        "area": "E08000028,E01009989,E12000005",
    },
    "wide, a range of years": {
        "indicator": "claimant_count_rate,employment_rate",
        "area": ",".join(WMCA),
        "level": "lad24",
        "period": "2015..2019",
        "shape": "wide",
    },
    "inherited only": {
        "indicator": "gva_per_hour",
        "level": "msoa21",
        "within": "E08000031",
        "inherit": "yes",
        "status": "inherited",
    },
}


@pytest.fixture(params=QUERIES.values(), ids=QUERIES)
def query(request):
    return parse_query(request.param)


def test_the_parameters_of_a_query_mean_the_query(query):
    assert parse_query(query.parameters()) == query


def test_the_command_of_a_query_writes_its_table(query, tmp_path):
    file = tmp_path / "table.parquet"
    words = shlex.split(query.command(str(file)))
    assert words[:3] == ["python", "-m", "lpipgeo"]
    assert main(words[3:]) == 0
    pd.testing.assert_frame_equal(
        pd.read_parquet(file), read_query(query), check_dtype=False
    )


def test_the_code_of_a_query_gives_its_table(query):
    names = {}
    exec(query.code(), names)
    pd.testing.assert_frame_equal(names["table"], read_query(query))


def test_rows_are_counted_without_making_the_table(query):
    assert count_rows(query) == len(read_query(query)) > 0


def test_a_wide_table_has_the_margins_of_error_that_there_are():
    asked = {"level": "utla", "indicator": "healthy_life_expectancy_female,no2"}
    query = parse_query({**asked, "shape": "wide"})
    long, wide = read_long(query), read_query(query).set_index("area_code")
    of = long[long["lower_ci"].notna()].set_index("area_code")
    column = next(name for name in wide if name.endswith("_lower_ci"))
    assert column.startswith("healthy_life_expectancy_female")
    assert wide[column].dropna().to_dict() == of["lower_ci"].to_dict() != {}
    upper = column.replace("_lower_ci", "_upper_ci")
    assert wide[upper].dropna().to_dict() == of["upper_ci"].to_dict()
    assert [name for name in wide if "no2" in name and name.endswith("_ci")] == []
    said = describe_columns(wide.reset_index(), long).set_index("column").loc[column]
    assert (said["type"], said["unit"]) == ("number", "years")
    assert "Lower 95 % limit" in said["meaning"]
    assert said["meaning"].startswith("Healthy life expectancy")


def test_a_wide_table_has_a_row_per_area_and_keeps_the_status():
    query = parse_query(QUERIES["wide, a range of years"])
    long, wide = read_long(query), read_query(query)
    assert list(wide["area_code"]) == sorted(WMCA)
    sandwell = wide.set_index("area_code").loc["E08000028"]
    rows = long[long["area_code"] == "E08000028"]
    for row in rows.itertuples():
        name = f"{row.indicator_id}_{row.period_label}"
        assert sandwell[name] == row.value
        assert sandwell[f"{name}_status"] == row.status
    assert set(long["period_label"]) == {str(year) for year in range(2015, 2020)}


def test_areas_inside_a_larger_one_are_those_and_no_others():
    query = parse_query(QUERIES["neighbourhoods of a district"])
    inside = lg.areas("lsoa21").query("lad24 == 'E08000028'")["area_code"]
    assert set(read_query(query)["area_code"]) == set(inside)


def test_only_the_statuses_asked_for_are_given():
    found = read_query(parse_query(QUERIES["inherited only"]))
    assert set(found["status"]) == {"inherited"}


def test_a_range_that_no_figure_lies_in_gives_headers():
    query = TableQuery(("no_qualifications",), "lad24", period=("1950..1960",))
    assert read_query(query).empty
    assert "area_code" in read_query(query)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "indicators"),
        ({"indicator": "fuel_povrty", "level": "lad24"}, "fuel_poverty"),
        ({"indicator": "fuel_poverty"}, "level=lad24"),
        ({"indicator": "fuel_poverty", "level": "lsoa"}, "lsoa21"),
        ({"indicator": "fuel_poverty", "area": "E99999999"}, "E99999999"),
        ({"indicator": "fuel_poverty", "within": "E08000028"}, "level=lsoa21"),
        ({"indicator": "fuel_poverty", "level": "lad24", "shape": "tall"}, "long"),
        ({"indicator": "fuel_poverty", "level": "lad24", "perod": "all"}, "period"),
        ({"indicator": "fuel_poverty", "level": "lad24", "inherit": "?"}, "yes or no"),
        ({"indicator": "fuel_poverty", "level": "lad24", "period": "2020..2015"}, ".."),
        ({"indicator": "fuel_poverty", "level": "lad24", "status": "made"}, "modelled"),
    ],
)
def test_what_cannot_be_asked_for_is_said_with_what_can(given, said):
    with pytest.raises(LpipgeoError, match=said.replace(".", r"\.")):
        parse_query(given)


def test_observations_come_with_polygons():
    found = lg.observations("no_qualifications", level="lad24", geometry=True)
    assert found.crs == "EPSG:4326"
    assert len(found) == 30
    assert found.geometry.is_valid.all()


def test_every_parameter_is_a_part_of_the_query():
    assert set(PARAMETERS) == set(TableQuery.__dataclass_fields__)


def test_indicators_without_rows_are_named_with_where_they_are_held():
    query = parse_query({"indicator": "no2,heat_risk", "level": "lad24"})
    lacking = find_lacking(query)
    assert lacking == ("heat_risk",)
    said = explain_lacking(query, lacking)
    assert said == "No rows for Heat risk class (held for MSOAs)."
    assert explain_lacking(query, ()) == ""


def test_outlines_are_those_of_the_one_level_that_all_areas_have():
    asked = {"indicator": "no2", "area": "E08000025,E08000028"}
    assert drawn_level(parse_query(asked)) == "lad24"
    asked["area"] += ",E01009989"
    assert drawn_level(parse_query(asked)) is None
