"""Two figures of the same areas: how far they go together, and what may be said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import spearmanr

from lpipgeo.association import _correlate, associate, associated_levels
from lpipgeo.association_charts import CROWD, PICKED, Mark, association_chart
from lpipgeo.errors import SelectionError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.observation_table import read_values


def test_areas_with_both_figures_are_read_and_the_others_counted():
    found = associate("no_qualifications", "income_deprivation", "lsoa21")
    assert len(found.table) + found.left_out == 3574
    codes = found.table["area_code"].head(20).tolist()
    values = read_values("no_qualifications", codes, found.across_period)
    assert [values[code][0] for code in codes] == found.table["across"].head(
        20
    ).tolist()


def test_correlation_is_spearmans_with_the_interval_of_bonett_and_wright():
    found = associate("no_qualifications", "income_deprivation", "lad24")
    expected = spearmanr(found.table["across"], found.table["up"]).statistic
    assert found.correlation == pytest.approx(expected)
    # r = 0.5 of 30 areas: z = 0.5493, its error √((1 + 0.125) / 27) = 0.2041, so
    # tanh(0.5493 ± 1.96 × 0.2041) = 0.148 to 0.739.
    x = np.arange(30.0)
    rng = np.random.default_rng(7)
    y = next(
        shuffled
        for shuffled in (rng.permutation(x) * 0.6 + x * 0.4 for _ in range(10_000))
        if abs(spearmanr(x, shuffled).statistic - 0.5) < 0.002
    )
    r, lower, upper, reason = _correlate(x, y, "lad24")
    assert reason == ""
    assert (r, lower, upper) == pytest.approx((0.5, 0.148, 0.739), abs=0.006)


def test_a_link_is_stated_only_where_the_range_excludes_none():
    linked = associate("no_qualifications", "income_deprivation", "lsoa21")
    assert linked.lower > 0
    assert linked.finding.startswith("Neighbourhoods with a higher figure for ")
    x = np.arange(12.0)
    y = np.array([5, 2, 9, 11, 1, 7, 3, 10, 0, 6, 8, 4.0])
    r, lower, upper, _ = _correlate(x, y, "lad24")
    assert lower < r < upper
    assert lower < 0 < upper


def test_few_areas_have_no_correlation():
    found = associate("no_qualifications", "income_deprivation", "subregion")
    assert math.isnan(found.correlation)
    assert found.finding == "With 6 sub-regions, a link cannot be told from chance."


def test_levels_with_bands_are_not_offered_and_refused_by_name():
    levels = associated_levels("fuel_poverty", "no_qualifications", read_catalogue())
    assert "lsoa21" not in levels
    assert "lad24" in levels
    with pytest.raises(SelectionError, match="do not both have exact figures"):
        associate("fuel_poverty", "no_qualifications", "lsoa21")
    with pytest.raises(SelectionError, match="two different figures"):
        associate("no_qualifications", "no_qualifications", "lad24")


def test_every_area_is_a_point_or_counted_in_a_square():
    found = associate("no_qualifications", "income_deprivation", "lsoa21")
    spec = association_chart(found, [], None).to_dict()
    squares, points = (
        spec["datasets"][layer["data"]["name"]] for layer in spec["layer"]
    )
    counts = [square["count"] for square in squares]
    assert min(counts) >= CROWD
    assert sum(counts) + len(points) == len(found.table)


def test_few_areas_are_all_points_that_can_be_chosen():
    found = associate("no_qualifications", "income_deprivation", "lad24")
    marks = [Mark("E08000028", "Sandwell", 28.9, 24.0, "#0072B2", "●")]
    spec = association_chart(found, marks, (18.1, 12.9)).to_dict()
    assert {p["name"] for p in spec["params"]} == {PICKED}
    drawn = [row for rows in spec["datasets"].values() for row in rows]
    names = [row.get("name") for row in drawn]
    assert names.count("Sandwell") == 3  # the point, the sign above it, its name
    assert "England" in names
