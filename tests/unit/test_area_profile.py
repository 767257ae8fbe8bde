"""The profile of an area: every indicator with comparison, standing and trend."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

import lpipgeo
from lpipgeo.area_profile import PROFILE_COLUMNS, read_profile
from lpipgeo.errors import UnknownAreaError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.outcomes import OUTCOMES
from tests import factories
from tests.tiny_data import write_tiny_data, write_toml


@pytest.fixture(scope="module")
def counted_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny region, with margins of error from its counts."""
    folder = write_tiny_data(tmp_path_factory.mktemp("counted"))
    fields = {**factories.indicator_fields(), "limits": "counts"}
    write_toml(folder / "indicators/tiny_share.toml", fields)
    return folder


def row_of(code, indicator="tiny_share", benchmark=None, data=None):
    table = lpipgeo.profile(code, benchmark, data=data)
    return table.set_index("indicator_id").loc[indicator]


def test_profile_has_a_row_for_every_indicator_that_reaches_the_area():
    table, catalogue = lpipgeo.profile("E01008881"), read_catalogue()
    known = [i for i in catalogue.indicators if catalogue.source_level(i, "lsoa21")]
    assert table["indicator_id"].tolist() == known
    assert tuple(table.columns) == PROFILE_COLUMNS
    assert set(table["outcome"]) <= set(OUTCOMES)


def test_figures_of_larger_areas_stand_beside(counted_data):
    row = row_of("E01900001", data=counted_data)
    found = row[["value", "district", "subregion", "region", "england"]].tolist()
    assert found[0] == 10.0
    assert found[1] == 25.0  # of Westborough: 1,000 of 4,000 people
    assert math.isnan(found[2])  # the tiny sub-region has no figure
    assert found[3:] == [30.0, 25.0]


@pytest.mark.parametrize(
    ("benchmark", "value", "outcome"),
    [(None, 25.0, "worse"), ("rgn", 30.0, "worse"), ("E01900005", 50.0, "worse")],
)
def test_outcome_is_against_the_chosen_benchmark(
    counted_data, benchmark, value, outcome
):
    row = row_of("E01900001", benchmark=benchmark, data=counted_data)
    assert (row["benchmark"], row["outcome"]) == (value, outcome)
    assert row["outcome_reason"] == ""


def test_figures_that_overlap_are_similar(counted_data):
    # 30 per cent of 1,000 people (27.2 to 32.9), and 30 of the region's.
    row = row_of("E01900003", benchmark=REGION, data=counted_data)
    assert (row["value"], row["benchmark"], row["outcome"]) == (30, 30, "similar")


def test_figure_without_limits_is_not_compared(tiny_data):
    row = row_of("E01900001", data=tiny_data)
    assert row["outcome"] == "not_compared"
    assert row["outcome_reason"] == "No margin of error is known for this figure."


def test_benchmark_without_a_figure_is_told(counted_data):
    row = row_of("E01900001", benchmark="subregion", data=counted_data)
    assert math.isnan(row["benchmark"])
    assert row["outcome_reason"] == "The benchmark has no figure."


def test_missing_figure_has_no_outcome_rank_or_place(counted_data):
    row = row_of("E01900006", data=counted_data)
    reason = "Withheld by the publisher because the numbers are small."
    assert row[["outcome_reason", "rank_reason"]].tolist() == [reason, reason]
    assert row[["rank", "place", "england_place"]].isna().all()


def test_rank_has_the_range_that_margins_leave_open(counted_data):
    # Shares of 10, 20, 30, 40 and 50 per cent of 1,000 people each stand apart.
    ranks = ["rank", "rank_low", "rank_high", "rank_of"]
    assert row_of("E01900005", data=counted_data)[ranks].tolist() == [1, 1, 1, 5]
    assert row_of("E01900001", data=counted_data)[ranks].tolist() == [5, 5, 5, 5]


def test_england_itself_is_compared_with_nothing(counted_data):
    row = row_of(ENGLAND, data=counted_data)
    assert row["outcome_reason"] == "There is nothing to compare with."


def test_inherited_figure_is_marked_and_neither_compared_nor_ranked():
    row = row_of("E01008881", "employment_rate")
    assert (row["status"], row["level"], row["limits"]) == ("inherited", "lad24", "")
    reasons = row[["why", "outcome_reason", "rank_reason", "trend_reason"]].tolist()
    assert all("was not measured here" in reason for reason in reasons)
    assert math.isnan(row["lower_ci"])


def test_modelled_share_gets_no_limits_of_ours():
    table = read_profile("E01008881").rows
    poverty = next(row for row in table if row.indicator.id == "fuel_poverty")
    assert poverty.figure.limits == ""
    assert "only bands" in poverty.outcome.reason


def test_estimate_for_a_ward_is_not_compared():
    row = row_of("E05001219", "no_qualifications")
    assert (row["status"], row["outcome"]) == ("converted", "not_compared")
    assert "so it is an estimate" in row["outcome_reason"]


def test_comparison_of_a_district_is_that_of_the_published_figures():
    # LI01 of ONS, 2023: Sandwell 69.8 (64.6 to 75.0), England 76.0 (75.6 to 76.4);
    # economically inactive: Sandwell 25.7 (20.7 to 30.7), England 21.0.
    rate = row_of("E08000028", "employment_rate")
    assert rate[["value", "lower_ci", "upper_ci"]].tolist() == [69.8, 64.6, 75.0]
    assert (rate["limits"], rate["benchmark"]) == ("publisher", 76.0)
    assert rate["outcome"] == "worse"
    assert row_of("E08000028", "economic_inactivity")["outcome"] == "similar"


def test_benchmark_of_another_year_is_not_compared():
    for row in read_profile("E08000028", REGION).rows:
        if row.benchmark is not None and row.benchmark.period != row.figure.period:
            assert row.outcome.word == "not_compared"


def test_similar_districts_are_compared_by_their_middle_half():
    row = row_of("E08000028", "no_qualifications", "similar")
    peers = lpipgeo.peers("E08000028").query("in_data")["peer_code"]
    figures = lpipgeo.observations("no_qualifications", areas=list(peers))["value"]
    assert math.isnan(row["benchmark"])
    assert row["benchmark_low"] == pytest.approx(figures.quantile(0.25))
    assert row["benchmark_high"] == pytest.approx(figures.quantile(0.75))
    assert (row["outcome"], row["compared"]) == ("worse", len(peers))
    assert row["better"] == (figures < row["value"]).sum()  # narrow census margins
    assert row["better"] + row["worse"] <= row["compared"]


def test_uk_figure_is_shown_where_england_has_none():
    row = row_of("E08000028", "children_in_poverty")
    assert math.isnan(row["england"])
    assert row["uk"] > 0


def test_trend_is_of_the_own_figures():
    row = row_of("E08000028", "ghg_per_head")
    assert (row["trend"], row["trend_verdict"]) == ("falling", "better")
    assert (row["trend_first"][:4], row["trend_last"][:4]) == ("2019", "2023")
    assert "inflation" in row_of("E08000028", "gdhi_per_head")["trend_reason"]


@pytest.mark.parametrize(
    "code", ["WMS000002", REGION, "E47000007", "E10000028", "E14001092", "E02001827"]
)
def test_every_kind_of_area_has_a_profile(code):
    table = lpipgeo.profile(code)
    assert not table.empty
    has_reason = table["outcome_reason"] != ""
    pd.testing.assert_series_equal(
        has_reason, table["outcome"] == "not_compared", check_names=False
    )
    no_rank = table["rank"].isna()
    assert (table.loc[no_rank, "rank_reason"] != "").all()
    unstated = table["trend"].isin(["", "no_clear_change"])
    assert (table.loc[unstated, "trend_reason"] != "").all()


def test_district_outside_the_region_has_a_place_in_england_only():
    row = row_of("E08000003", "no_qualifications")  # Manchester
    assert row["rank_reason"] == "It lies outside the West Midlands."
    assert row[["rank", "place"]].isna().all()
    assert 0 <= row["england_place"] <= 99


def test_area_of_a_level_without_figures_has_an_empty_profile():
    table = lpipgeo.profile("TLG11")
    assert table.empty
    assert tuple(table.columns) == PROFILE_COLUMNS


def test_unknown_area_is_refused():
    with pytest.raises(UnknownAreaError):
        lpipgeo.profile("E99999999")


def test_comparison_set_is_compared_by_its_middle_half():
    codes = ["E08000025", "E08000028", "E08000030", "E08000031"]
    row = row_of("E08000027", "no_qualifications", ",".join(["E08000027", *codes]))
    figures = lpipgeo.observations("no_qualifications", areas=codes)["value"]
    assert len(figures) == 4
    assert math.isnan(row["benchmark"])
    assert row["benchmark_low"] == pytest.approx(figures.quantile(0.25))
    assert row["benchmark_high"] == pytest.approx(figures.quantile(0.75))
    # Census margins are narrow: Dudley stands clearly below the middle half.
    assert row["upper_ci"] < row["benchmark_low"]
    assert (row["outcome"], row["compared"]) == ("better", 4)
    assert (row["better"], row["worse"]) == (0, 4)


def test_set_of_which_too_few_have_a_figure_is_not_compared():
    # Counties and unitaries: of these, only Herefordshire and Telford have figures.
    districts = "E07000193,E07000194,E06000019,E06000020,E07000192"
    rows = {r.indicator.id: r for r in read_profile("E06000051", districts).rows}
    row = rows["healthy_life_expectancy_male"]
    assert row.outcome.reason == "Too few of these areas have a figure."
    assert (row.group, math.isnan(row.benchmark.lower)) == (None, True)
