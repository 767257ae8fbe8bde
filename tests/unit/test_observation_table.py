"""Observations: what is asked for is what comes, marked where it is not measured."""

from __future__ import annotations

import math
import shutil

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lpipgeo.area_index import read_areas
from lpipgeo.errors import (
    SelectionError,
    UnknownAreaError,
    UnknownIndicatorError,
    UnknownLevelError,
    UnknownPeriodError,
)
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.observation_table import (
    explain_status,
    read_observations,
    read_values,
)
from lpipgeo.tables import OBSERVATION_COLUMNS
from tests import factories
from tests.example_counts import examples
from tests.tiny_data import write_tiny_data

KEY = ["indicator_id", "area_code", "period"]
OLD, NEW = "2020-01-01/P1Y", factories.PERIOD


@pytest.fixture(scope="module")
def two_periods(tmp_path_factory):
    """The tiny data with a second, older period of lower figures."""
    folder = write_tiny_data(tmp_path_factory.mktemp("two"))
    older = factories.make_table(numerators=(10, 20, 30, 40, 50, 60), period=OLD)
    table = pd.concat([factories.make_table(), older])
    table = table.sort_values(KEY, ignore_index=True)
    table.to_parquet(folder / "indicators/tiny_share.parquet", index=False)
    coverage = factories.make_coverage(table, factories.make_areas())
    coverage.to_parquet(folder / "summaries/coverage.parquet", index=False)
    return folder


@pytest.mark.parametrize(
    "asked", [2022, np.int64(2022), "2022", ["2022"], (2022, "2022-01-01/P1Y")]
)
def test_period_may_be_a_year(asked):
    table = read_observations("fuel_poverty", areas="e08000028", periods=asked)
    assert table["area_code"].tolist() == ["E08000028"]
    assert table["period"].tolist() == ["2022-01-01/P1Y"]


def test_area_named_twice_comes_once():
    codes = ["E08000028", "e08000028"]
    assert len(read_observations("fuel_poverty", "lad24", codes)) == 1


def test_latest_is_the_newest_period(two_periods):
    table = read_observations("tiny_share", "lad24", data=two_periods)
    assert table["period"].unique().tolist() == [NEW]


def test_all_gives_every_period_oldest_first_within_an_area(two_periods):
    table = read_observations("tiny_share", "lad24", periods="all", data=two_periods)
    assert table[["area_code", "period"]].to_numpy().tolist() == [
        [factories.WEST, OLD],
        [factories.WEST, NEW],
        [factories.EAST, OLD],
        [factories.EAST, NEW],
    ]


def test_one_period_gives_that_one(two_periods):
    table = read_observations("tiny_share", "rgn", periods=OLD, data=two_periods)
    assert table[["area_code", "value"]].to_numpy().tolist() == [[REGION, 3.5]]


def test_several_periods_give_those(two_periods):
    table = read_observations("tiny_share", "rgn", periods=[NEW, OLD], data=two_periods)
    assert table["period"].tolist() == [OLD, NEW]


def test_missing_is_null_with_the_reason(tiny_data):
    table = read_observations("tiny_share", "lsoa21", data=tiny_data)
    last = table.iloc[-1]
    assert math.isnan(last["value"])
    assert last["status"] == "suppressed"


def test_areas_without_a_level_come_at_their_own(tiny_data):
    codes = [REGION, "E01900003", factories.WEST]
    table = read_observations("tiny_share", areas=codes, data=tiny_data)
    assert table["area_code"].tolist() == sorted(codes)


def test_one_area_may_be_a_text(tiny_data):
    table = read_observations("tiny_share", areas=REGION, data=tiny_data)
    assert table["area_code"].tolist() == [REGION]


def test_area_of_another_level_is_left_out(tiny_data):
    codes = [REGION, factories.WEST]
    table = read_observations("tiny_share", "lad24", codes, data=tiny_data)
    assert table["area_code"].tolist() == [factories.WEST]


def test_an_area_named_twice_comes_once(tiny_data):
    codes = [factories.WEST, factories.WEST]
    for inherit in (False, True):
        table = read_observations(
            "tiny_share", "lad24", codes, inherit=inherit, data=tiny_data
        )
        assert table["area_code"].tolist() == [factories.WEST]


def test_country_needs_no_flag():
    table = read_observations("fuel_poverty", "ctry")
    assert ENGLAND in table["area_code"].tolist()


def test_all_england_reaches_beyond_the_region():
    ours = read_observations("employment_rate", "lad24")
    all_of_them = read_observations("employment_rate", "lad24", all_england=True)
    assert len(ours) == 30
    assert len(all_of_them) > 280


@pytest.mark.parametrize("inherit", [False, True])
def test_unknown_indicator_is_refused_with_the_nearest(inherit):
    with pytest.raises(UnknownIndicatorError, match="Did you mean 'fuel_poverty'"):
        read_observations("fuel_povrty", "lad24", inherit=inherit)


def test_unknown_area_is_refused_with_the_nearest():
    with pytest.raises(UnknownAreaError, match="'E08000025'"):
        read_observations("no2", areas=["E0800025"])


@pytest.mark.parametrize("areas", [None, ["E08000025"]])
def test_unknown_level_is_refused_with_the_nearest(areas):
    with pytest.raises(UnknownLevelError, match="'lad24'"):
        read_observations("no2", "lad2", areas)


@pytest.mark.parametrize("text", ["1999-01-01/P1Y", "newest", ""])
def test_unknown_period_is_refused_with_the_known_ones(text):
    with pytest.raises(UnknownPeriodError, match="2021-01-01/P3Y"):
        read_observations("no2", "lad24", periods=text)


def test_neither_level_nor_areas_is_refused():
    with pytest.raises(SelectionError, match="which level or which areas"):
        read_observations("no2")


@pytest.mark.parametrize(
    ("indicators", "level", "areas"),
    [
        ("employment_rate", "lsoa21", None),
        ("employment_rate", "lad24", []),
        ([], "lad24", None),
    ],
)
def test_empty_answer_has_all_columns(indicators, level, areas):
    table = read_observations(indicators, level, areas)
    assert (len(table), tuple(table.columns)) == (0, OBSERVATION_COLUMNS)


def test_inherited_rows_carry_the_larger_areas_value_without_its_counts():
    districts = read_observations("employment_rate", "lad24")
    theirs = districts.set_index("area_code")["value"]
    index = read_areas()
    table = read_observations("employment_rate", "msoa21", inherit=True)
    assert len(table) == 736
    assert table["status"].unique().tolist() == ["inherited"]
    expected = [theirs[index.parent(c, "lad24").code] for c in table["area_code"]]
    assert table["value"].tolist() == expected
    counts = table[["numerator", "denominator", "lower_ci", "upper_ci"]]
    assert counts.notna().sum().to_dict() == dict.fromkeys(counts.columns, 0)


def test_inherited_gap_keeps_its_own_reason(tiny_data, tmp_path):
    folder = shutil.copytree(tiny_data, tmp_path / "data")
    table = factories.make_table()
    table = table[table["area_code"].isin([factories.WEST, factories.EAST])]
    gap = table["area_code"] == factories.EAST
    table.loc[gap, ["value", "numerator", "denominator"]] = float("nan")
    table.loc[gap, "status"] = "suppressed"
    table.to_parquet(folder / "indicators/tiny_share.parquet", index=False)
    coverage = factories.make_coverage(table, factories.make_areas())
    coverage.to_parquet(folder / "summaries/coverage.parquet", index=False)
    found = read_observations("tiny_share", "lsoa21", inherit=True, data=folder)
    assert found["status"].tolist() == ["inherited"] * 4 + ["suppressed"] * 2


def test_nothing_is_inherited_unless_asked():
    assert len(read_observations("employment_rate", "msoa21")) == 0


def test_own_figures_are_never_replaced_by_inherited_ones():
    plain = read_observations("fuel_poverty", "msoa21")
    asked = read_observations("fuel_poverty", "msoa21", inherit=True)
    pd.testing.assert_frame_equal(plain, asked)


SOME = st.lists(
    st.sampled_from(["no2", "epc_a_to_c", "employment_rate", "fuel_poverty"]),
    min_size=1,
    max_size=3,
)
CODES = st.lists(
    st.sampled_from(["E01008881", "E01009137", "E02001827", "E08000025", REGION]),
    min_size=1,
    max_size=4,
)


@settings(max_examples=examples(15))
@given(indicators=SOME, codes=CODES, inherit=st.booleans())
def test_answer_is_sorted_by_a_unique_key(indicators, codes, inherit):
    table = read_observations(indicators, areas=codes, inherit=inherit)
    keys = list(table[KEY].itertuples(index=False, name=None))
    assert keys == sorted({*keys})


def test_several_indicators_come_in_one_table():
    table = read_observations(["no2", "fuel_poverty"], "rgn")
    assert table["indicator_id"].tolist() == ["fuel_poverty", "no2"]


def test_values_are_read_for_areas_of_any_level(tiny_data):
    codes = [REGION, factories.WEST, "E01900006", "E99999999"]
    found = read_values("tiny_share", codes, NEW, data=tiny_data)
    missing = found.pop("E01900006")
    assert found == {REGION: (30.0, "aggregated"), factories.WEST: (25.0, "aggregated")}
    assert math.isnan(missing[0])
    assert missing[1] == "suppressed"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("inherited", "lsoa21", "msoa21"), "The figure of the MSOA that"),
        (("inherited", "lsoa21", "lsoa21"), "was split from a larger one"),
        (("inherited", "lsoa21"), "was split from a larger one"),
        (("converted", "ward25"), "fit this ward best"),
        (("converted", "msoa21"), "boundaries differ"),
        (("suppressed", "lsoa21"), "Withheld by the publisher"),
        (("aggregated", "lad24"), "from the publisher's figures of the smaller areas"),
    ],
)
def test_status_is_explained_for_the_level(arguments, words):
    assert words in explain_status(factories.make_indicator(), *arguments)


@pytest.mark.parametrize(
    "indicator_id", ["no2", "pm25", "loneliness_modelled", "fuel_poverty"]
)
def test_what_is_worked_out_from_a_models_figures_says_so(indicator_id):
    record = read_catalogue().find(indicator_id)
    assert explain_status(record, "aggregated", "subregion") == (
        "Worked out by us from modelled figures of the smaller areas inside."
    )


def test_every_covered_level_of_every_indicator_can_be_read():
    catalogue = read_catalogue()
    empty = [
        (indicator, level)
        for indicator, level in catalogue.periods_by_level
        if read_observations(indicator, level)["value"].notna().sum() == 0
    ]
    assert empty == []
