"""Trends of five years, against another program, and each reason for none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import linregress

from lpipgeo.intervals import Figure
from lpipgeo.trends import NO_CLEAR_CHANGE, find_trend
from tests import factories

SHARE = factories.make_indicator(frequency="annual")
STEADY = (20.0, 22.0, 23.5, 26.0, 27.5)


def series(values, half_widths=None, first=2019, form="{}-01-01/P1Y", **overrides):
    """Return yearly figures; `half_widths` of their margins, none when left out."""
    widths = half_widths or [math.nan] * len(values)
    fields = {"area_code": "HERE", "status": "published", **overrides}
    return [
        Figure(
            period=form.format(first + year),
            value=value,
            lower=value - width,
            upper=value + width,
            **fields,
        )
        for year, (value, width) in enumerate(zip(values, widths, strict=True))
    ]


def trend(figures, record=SHARE, level="lad24"):
    return find_trend(record, level, figures)


def test_slope_is_that_of_another_program():
    found = trend(series(STEADY))
    other = linregress(range(5), STEADY)
    assert other.pvalue < 0.05
    assert_allclose(found.slope, other.slope)
    assert (found.word, found.reason) == ("rising", "")
    assert (found.first, found.last) == ("2019-01-01/P1Y", "2023-01-01/P1Y")


def test_slope_without_evidence_by_another_program_is_no_clear_change():
    values = (20.0, 26.0, 21.0, 27.0, 25.0)
    assert linregress(range(5), values).pvalue > 0.05
    found = trend(series(values))
    assert found.word == NO_CLEAR_CHANGE
    assert found.reason.startswith("The figures go up and down")


def test_weights_are_those_of_the_margins():
    # By hand: weights 1/width², slope = Σw(x−x̄)(y−ȳ) / Σw(x−x̄)², means weighted.
    widths = [0.5, 0.5, 1.0, 2.0, 2.0]
    found = trend(series(STEADY, widths))
    years, values = np.arange(5.0), np.array(STEADY)
    weights = 1 / np.square(widths)
    years = years - np.average(years, weights=weights)
    values = values - np.average(values, weights=weights)
    by_hand = (weights * years * values).sum() / (weights * years**2).sum()
    assert_allclose(found.slope, by_hand)


def test_wide_margins_hide_a_line_that_looks_clear():
    assert trend(series(STEADY, [1.0] * 5)).word == "rising"
    # By hand: the slope is 1.9, and with margins of 7 on either side its standard error
    # is (7 / 1.96) / √10 = 1.13: less than 1.96 of these from none.
    assert trend(series(STEADY, [7.0] * 5)).word == NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("polarity", "rising", "falling"),
    [
        ("higher_is_better", "better", "worse"),
        ("lower_is_better", "worse", "better"),
        ("no_judgement", "", ""),
        ("unknown", "", ""),
    ],
)
def test_verdict_follows_the_polarity(polarity, rising, falling):
    record = factories.make_indicator(frequency="annual", polarity=polarity)
    up, down = trend(series(STEADY), record), trend(series(STEADY[::-1]), record)
    assert (up.word, up.verdict) == ("rising", rising)
    assert (down.word, down.verdict) == ("falling", falling)


def test_direction_that_hangs_on_one_year_is_no_clear_change():
    found = trend(series((20.0, 20.0, 20.1, 20.0, 30.0)))
    assert found.word == NO_CLEAR_CHANGE
    assert trend(series((21.0, 20.5, 20.0, 19.5, 30.0))).reason == (
        "The direction hangs on a single year."
    )


def test_figures_that_never_change_are_no_clear_change():
    assert trend(series((20.0,) * 5)).word == NO_CLEAR_CHANGE
    assert trend(series((0.0,) * 5)).word == NO_CLEAR_CHANGE


def test_straight_line_is_a_trend():
    assert trend(series((1.0, 2.0, 3.0, 4.0, 5.0))).word == "rising"


def test_only_the_last_five_years_count():
    earlier = series((90.0, 70.0, 50.0), first=2016)
    assert trend([*series(STEADY), *earlier]).word == "rising"


@pytest.mark.parametrize("form", ["{}-04-01/P1Y", "{}-11-01/P1M", "{}-03-21/P1D"])
def test_yearly_figures_may_be_years_months_or_days(form):
    assert trend(series(STEADY, form=form)).word == "rising"


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (series(STEADY[:4]), "There are fewer than five yearly figures."),
        ([], "There are fewer than five yearly figures."),
        (
            series(STEADY, form="{}-01-01/P3Y"),
            "Each figure covers several years and shares some with the next.",
        ),
        (
            series((20.0, math.nan, 23.5, 26.0, 27.5)),
            "One of the last five figures is missing.",
        ),
        (
            series(STEADY, status="inherited"),
            "The figure of the larger area that this one lies in; it was not measured "
            "here.",
        ),
        (
            series(STEADY, status="not_ranked"),
            "One of the last five figures does not describe the people here.",
        ),
        (
            [*series(STEADY[:2], first=2016), *series(STEADY[2:])],
            "A year among the last five has no figure.",
        ),
        (
            [
                *series(STEADY[:2], form="{}-04-01/P1Y"),
                *series(STEADY[2:], first=2021, form="{}-04-01/P6M"),
            ],
            "The last five figures cover times of different length.",
        ),
        (
            [
                *series(STEADY[:3], form="{}-01-01/P1M"),
                *series(STEADY[3:], first=2021, form="{}-07-01/P1M"),
            ],
            "The figures are not a year apart.",
        ),
    ],
)
def test_reason_is_given_where_no_trend_can_be_stated(figures, reason):
    found = trend(figures)
    assert (found.word, found.verdict, found.reason) == ("", "", reason)
    assert math.isnan(found.slope)


def test_record_may_say_why_no_trend_is_stated():
    record = factories.make_indicator(frequency="annual", no_trend="Prices rise.")
    assert trend(series(STEADY), record).reason == "Prices rise."


def test_band_has_no_trend():
    bands = {"lsoa21": [0.0, 50.0, 100.0]}
    record = factories.make_indicator(frequency="annual", bands=bands)
    assert "only bands" in trend(series(STEADY), record, "lsoa21").reason


def test_monthly_figures_have_no_trend():
    record = factories.make_indicator(frequency="monthly")
    assert trend(series(STEADY), record).word == ""
