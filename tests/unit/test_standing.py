"""Where an area stands: ranks with their range, spread and place in England."""

from __future__ import annotations

import numpy as np
import pytest

import lpipgeo
from lpipgeo.area_overview import FigureSource, read_figures
from lpipgeo.area_profile import read_profile
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import Figure
from lpipgeo.level_figures import Column, LevelFigures, read_level, spread_of
from lpipgeo.standing import find_standing, share_below
from tests import factories

CODES = ("A", "B", "C", "D", "E", "F")
VALUES = np.array([10.0, 20, 30, 40, 50, 60])
HALF = np.array([6.0, 6, 1, 1, 1, 1])  # A and B overlap, the others do not


def level_of(values=VALUES, half=HALF, level="lsoa21"):
    everyone = np.ones(len(values), dtype=bool)
    column = Column(
        factories.PERIOD, values, values - half, values + half, spread_of(values)
    )
    codes = np.array(CODES[: len(values)])
    return LevelFigures(level, codes, everyone, everyone, {"tiny_share": column})


def standing(place, data, figures=None, limits=True, **overrides):
    """Return the standing of the area at a place of the level."""
    level = figures or level_of()
    column = level.columns["tiny_share"]
    nan = float("nan")
    low, high = (column.lower[place], column.upper[place]) if limits else (nan, nan)
    fields = {"period": factories.PERIOD, "status": "published"}
    names = {name: overrides.pop(name) for name in fields if name in overrides}
    here = Figure(
        level.codes[place],
        value=float(column.value[place]),
        lower=low,
        upper=high,
        **{**fields, **names},
    )
    record = factories.make_indicator(**overrides)
    return find_standing(record, here, level, level, data=data)


@pytest.mark.parametrize(
    ("place", "rank", "low", "high"),
    [
        # By hand: A (4 to 16) and B (14 to 26) overlap, C to F stand apart.
        (0, 6, 5, 6),
        (1, 5, 5, 6),
        (2, 4, 4, 4),
        (5, 1, 1, 1),
    ],
)
def test_rank_has_the_range_that_the_margins_leave_open(
    tiny_data, place, rank, low, high
):
    found = standing(place, tiny_data)
    assert (found.rank, found.rank_low, found.rank_high) == (rank, low, high)
    assert (found.of, found.reason) == (6, "")


@pytest.mark.parametrize(
    ("polarity", "rank"),
    [
        ("higher_is_better", 1),
        ("no_judgement", 1),
        ("unknown", 1),
        ("lower_is_better", 6),
    ],
)
def test_rank_one_is_the_best_or_the_highest(tiny_data, polarity, rank):
    assert standing(5, tiny_data, polarity=polarity).rank == rank


def test_rank_range_turns_with_the_polarity(tiny_data):
    found = standing(1, tiny_data, polarity="lower_is_better")
    assert (found.rank, found.rank_low, found.rank_high) == (2, 1, 2)


def test_areas_with_the_same_value_share_a_rank(tiny_data):
    level = level_of(np.array([10.0, 50, 50, 50, 60, 70]))
    ranks = [standing(place, tiny_data, level).rank for place in (1, 2, 3)]
    assert ranks == [3, 3, 3]


def test_rank_without_limits_has_no_range(tiny_data):
    found = standing(2, tiny_data, limits=False)
    assert (found.rank, found.rank_low, found.rank_high) == (4, None, None)


def test_areas_without_a_figure_are_not_ranked(tiny_data):
    level = level_of(np.array([10.0, 20, np.nan, 40, 50, 60]))
    assert standing(0, tiny_data, level).of == 5


@pytest.mark.parametrize(
    ("overrides", "reason"),
    [
        (
            {"value_type": "count", "aggregation": "sum"},
            "It is a number, not a share: larger areas have more.",
        ),
        (
            {"bands": {"lsoa21": [0.0, 50.0, 100.0]}},
            "The publisher allows no exact figures here, so there is no rank.",
        ),
        ({"no_rank": "It is counted unlike."}, "It is counted unlike."),
        (
            {"status": "inherited"},
            "The figure of the larger area that this one lies in; it was not measured "
            "here.",
        ),
        (
            {"period": "2011-03-27/P1D"},
            "There are no figures of other areas to stand among.",
        ),
    ],
)
def test_reason_is_given_where_ranking_is_not_fair(tiny_data, overrides, reason):
    found = standing(2, tiny_data, **overrides)
    assert (found.rank, found.of, found.reason) == (None, None, reason)


def test_inherited_figure_has_no_place(tiny_data):
    found = standing(2, tiny_data, status="inherited")
    assert (found.place, found.england) == (None, None)


def test_spread_is_that_of_the_level(tiny_data):
    found = standing(2, tiny_data)
    spread = (found.minimum, found.quarter_low, found.quarter_high, found.maximum)
    assert spread == (10, 22.5, 47.5, 60)
    assert (found.peers, found.place) == (6, 33)


def test_place_in_england_is_that_of_the_percentiles(tiny_data):
    # In the tiny England one area in a hundred has 1 per cent, the next 2, and so on.
    assert standing(2, tiny_data).england == 29


def test_few_areas_are_placed_among_districts(tiny_data):
    few = level_of(VALUES[:2], HALF[:2], "subregion")
    column = few.columns["tiny_share"]
    here = Figure("A", factories.PERIOD, 30.5, column.lower[0], 40.0, "published")
    record = factories.make_indicator()
    found = find_standing(record, here, few, level_of(), data=tiny_data)
    assert (found.place, found.england, found.districts) == (None, None, 50)
    assert found.reason == "There are too few areas to rank."


@pytest.mark.parametrize(
    ("value", "share"), [(9.0, 0), (10.0, 0), (10.5, 16), (60.0, 83), (99.0, 99)]
)
def test_share_below_counts_lower_values(value, share):
    assert share_below(VALUES, value) == share


def test_value_that_many_share_has_no_place():
    assert share_below(np.array([0.0] * 50 + [1.0] * 50), 0.0) is None


def test_rank_and_range_of_a_district_are_those_worked_out_another_way():
    indicator = read_catalogue().find("employment_rate")
    table = lpipgeo.observations("employment_rate", level="lad24")
    table = table[table["status"] != "not_ranked"].set_index("area_code")
    own = table.loc["E08000028"]
    source = FigureSource("lad24", own["period"], "E08000028")
    figures = read_figures({indicator.id: source}, [])
    level = read_level("lad24")
    here = figures[indicator.id, "E08000028", own["period"]]
    found = find_standing(indicator, here, level, level)
    assert found.rank == table["value"].rank(ascending=False, method="min")["E08000028"]
    clearly_better = (table["lower_ci"] > own["upper_ci"]).sum()
    clearly_worse = (table["upper_ci"] < own["lower_ci"]).sum()
    assert found.rank_low == 1 + clearly_better
    assert found.rank_high == table["value"].notna().sum() - clearly_worse


def test_six_sub_regions_are_placed_among_districts():
    rows = read_profile("WMS000003", indicators=["no_qualifications"]).rows
    (standing,) = [row.standing for row in rows]
    assert standing.peers == 6
    districts = read_level("lad24").columns["no_qualifications"].value
    known = districts[~np.isnan(districts)]
    expected = 100 * int((known < rows[0].figure.value).sum()) // len(known)
    assert standing.districts == expected
