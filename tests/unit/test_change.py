"""Change between two periods: only where they can be compared, and never overstated."""

from __future__ import annotations

import json

import pytest

import lpipgeo
from lpipgeo.change import comparable_periods, has_changes, why_not_compared
from lpipgeo.choropleth import make_choropleth
from lpipgeo.classify import NO_CLASS
from lpipgeo.errors import SelectionError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.maps.deck_map import make_deck
from lpipgeo.palettes import diverging
from lpipgeo.periods import Period


def reason(indicator_id: str, level: str, earlier: str, later: str) -> str | None:
    return why_not_compared(read_catalogue().find(indicator_id), level, earlier, later)


@pytest.mark.parametrize(
    ("indicator", "level", "earlier", "later", "said"),
    [
        ("fuel_poverty", "lsoa21", "2021-01-01/P1Y", "2022-01-01/P1Y", "bands"),
        ("imd_rank", "lsoa21", "2019-01-01/P1Y", "2025-01-01/P1Y", "editions"),
        (
            "healthy_life_expectancy_male",
            "utla",
            "2020-01-01/P3Y",
            "2021-01-01/P3Y",
            "share some time",
        ),
        (
            "short_term_let_guest_nights",
            "lad24",
            "2024-01-01/P1M",
            "2024-08-01/P1M",
            "same month",
        ),
        (
            "gcse_english_maths",
            "lad24",
            "2021-09-01/P1Y",
            "2022-09-01/P1Y",
            "without exams",
        ),
        ("employment_rate", "lad24", "2020-01-01/P1M", "2021-01-01/P1Y", "long"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused_with_the_reason(
    indicator, level, earlier, later, said
):
    assert said in reason(indicator, level, earlier, later)


def test_periods_on_one_side_of_a_break_can_be_compared():
    assert (
        reason("gcse_english_maths", "lad24", "2016-09-01/P1Y", "2021-09-01/P1Y")
        is None
    )


def test_a_month_is_compared_with_the_same_month_only():
    catalogue = read_catalogue()
    latest = catalogue.latest("short_term_let_guest_nights", "lad24")
    offered = comparable_periods("short_term_let_guest_nights", "lad24", latest)
    assert {Period.parse(p).start.month for p in offered} == {12}


def test_bands_and_index_scores_have_no_changes_at_all():
    assert not has_changes("fuel_poverty", "lsoa21")
    assert not has_changes("imd_decile", "lsoa21")
    assert has_changes("fuel_poverty", "lad24")


def test_change_is_the_later_published_figure_minus_the_earlier_one():
    """Fuel poverty of Dudley 2021 and 2022, as DESNZ publishes them."""
    both = lpipgeo.observations(
        "fuel_poverty",
        areas="E08000027",
        periods=["2021-01-01/P1Y", "2022-01-01/P1Y"],
    ).set_index("period")["value"]
    drawn = make_choropleth("fuel_poverty", "lad24", earlier="2021-01-01/P1Y")
    row = drawn.table.set_index("area_code").loc["E08000027"]
    assert row["value"] == pytest.approx(
        both["2022-01-01/P1Y"] - both["2021-01-01/P1Y"]
    )
    assert drawn.value_text(row["value"], "lad24")[0] in "+−"
    assert drawn.indicator.unit == "percentage points"
    assert drawn.title.startswith("Change in households in fuel poverty, 2021 to 2022")


def test_change_within_the_limits_is_not_called_one():
    """A survey of districts: a change of a point lies far inside its limits."""
    drawn = make_choropleth(
        "employment_rate", "lad24", "2023-01-01/P1Y", earlier="2022-01-01/P1Y"
    )
    figures = lpipgeo.observations(
        "employment_rate", "lad24", periods=["2022-01-01/P1Y", "2023-01-01/P1Y"]
    )
    for code, rows in figures.groupby("area_code"):
        before, after = rows.sort_values("period").to_dict("records")
        apart = (
            before["upper_ci"] < after["lower_ci"]
            or after["upper_ci"] < before["lower_ci"]
        )
        status = drawn.table.set_index("area_code").loc[code, "status"]
        assert (status == "unclear_change") == (not apart)
    unclear = (drawn.table["status"] == "unclear_change").to_numpy()
    assert set(drawn.classes.class_of[unclear]) <= {NO_CLASS}


def test_limits_that_follow_from_counts_hold_for_changes_too():
    """Claimants of a neighbourhood are few, so most of their changes may be chance."""
    drawn = make_choropleth(
        "claimants_neighbourhood", "lsoa21", earlier="2013-01-01/P1Y"
    )
    assert drawn.status_counts["unclear_change"] > drawn.status_counts["change"]


def test_no_change_lies_in_the_middle_of_the_colours():
    drawn = make_choropleth(
        "claimants_neighbourhood", "lsoa21", earlier="2013-01-01/P1Y"
    )
    edges = drawn.classes.edges
    assert [-edge for edge in reversed(edges)] == pytest.approx(list(edges))
    assert edges[2] < 0 < edges[3]
    assert drawn.colours == diverging(5, 2)[::-1]  # more claimants is worse: orange


def test_change_keeps_what_was_not_measured_here():
    drawn = make_choropleth(
        "claimants_neighbourhood", "lsoa21", earlier="2013-01-01/P1Y"
    )
    figures = make_choropleth("claimants_neighbourhood", "lsoa21")
    for status in ("converted", "inherited"):
        codes = figures.table.loc[figures.table["status"] == status, "area_code"]
        kept = drawn.table.set_index("area_code").loc[codes, "status"]
        assert set(kept) <= {status, "not_available"}


def test_refused_change_says_why():
    with pytest.raises(SelectionError, match="bands have no difference"):
        make_choropleth("fuel_poverty", "lsoa21", earlier="2021-01-01/P1Y")


@pytest.mark.parametrize(
    ("indicator", "earlier"),
    [
        ("claimants_neighbourhood", "2013-01-01/P1Y"),
        ("employment_rate", "2022-01-01/P1Y"),  # no change of any district is clear
    ],
)
def test_raised_map_has_a_column_for_each_clear_change(indicator, earlier):
    drawn = make_choropleth(indicator, "lad24", earlier=earlier)
    columns = json.loads(make_deck(drawn).to_json())["layers"][1]["data"]
    assert len(columns) == drawn.status_counts.get("change", 0)
