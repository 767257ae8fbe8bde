"""Better, similar, worse – each polarity, and each reason for not comparing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpipgeo.intervals import Figure
from lpipgeo.outcomes import (
    NO_LIMITS,
    NOT_COMPARED,
    compare,
    compare_with_middle,
    in_short,
)
from lpipgeo.statuses import STATUSES
from tests import factories

SHARE = factories.make_indicator()
PERIOD = factories.PERIOD


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (NO_LIMITS, "no margin of error published"),
        (
            "It is a number, not a share: larger areas have more.",
            "a number, not a share",
        ),
        (
            "The figures are of different times: 2021 here, 2022 there.",
            "different years",
        ),
        ("The benchmark has no figure: suppressed.", "nothing to compare with"),
        (STATUSES["converted"].about, "estimate (converted)"),
        (STATUSES["inherited"].about, "figure of a larger area"),
        ("Something new.", ""),
        ("", ""),
    ],
)
def test_reasons_are_short_in_a_table(reason, words):
    assert in_short(reason) == words


def figure(value, lower=math.nan, upper=math.nan, **overrides):
    fields = {"area_code": "HERE", "period": PERIOD, "status": "published"}
    return Figure(value=value, lower=lower, upper=upper, **{**fields, **overrides})


def there(value, lower=math.nan, upper=math.nan, **overrides):
    return figure(value, lower, upper, **{"area_code": "THERE", **overrides})


def words(polarity, here, other):
    record = factories.make_indicator(polarity=polarity)
    found = compare(record, "lsoa21", here, other)
    return found.word, found.direction


@pytest.mark.parametrize(
    ("polarity", "above", "below"),
    [
        ("higher_is_better", "better", "worse"),
        ("lower_is_better", "worse", "better"),
        ("no_judgement", "higher", "lower"),
        ("unknown", "higher", "lower"),
    ],
)
def test_word_follows_the_polarity(polarity, above, below):
    benchmark = there(30, 29, 31)
    assert words(polarity, figure(40, 38, 42), benchmark) == (above, "higher")
    assert words(polarity, figure(20, 18, 22), benchmark) == (below, "lower")
    assert words(polarity, figure(31, 29, 33), benchmark) == ("similar", "similar")


def test_margins_that_overlap_are_similar_though_the_benchmark_lies_outside():
    # 30 is outside 31 to 39, but 30's own margin reaches up to 32.
    assert words("higher_is_better", figure(35, 31, 39), there(30, 28, 32)) == (
        "similar",
        "similar",
    )


def test_margins_that_touch_are_similar():
    found = words("higher_is_better", figure(35, 31, 39), there(30, 29, 31))
    assert found == ("similar", "similar")


def test_benchmark_without_a_margin_must_lie_outside_that_of_the_area():
    assert words("higher_is_better", figure(35, 31, 39), there(30))[0] == "better"
    assert words("higher_is_better", figure(35, 31, 39), there(32))[0] == "similar"


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3), st.integers(0, 100))
def test_outcome_flips_when_polarity_flips(ends, benchmark):
    lower, value, upper = sorted(ends)
    flipped = {"better": "worse", "worse": "better", "similar": "similar"}
    here, other = figure(value, lower, upper), there(benchmark)
    up, down = (
        words(polarity, here, other)[0]
        for polarity in ("higher_is_better", "lower_is_better")
    )
    assert down == flipped[up]


@pytest.mark.parametrize(
    ("here", "other", "reason"),
    [
        (figure(35), there(30, 29, 31), NO_LIMITS),
        (figure(35, 31, 39), None, "The benchmark has no figure."),
        (figure(35, 31, 39), figure(35, 31, 39), "It is the same area."),
        (
            figure(35, 31, 39),
            there(30, period="2011-03-27/P1D"),
            "The figures are of different times: 21 March 2021 here, "
            "27 March 2011 there.",
        ),
        (
            figure(math.nan, status="suppressed"),
            there(30),
            "Withheld by the publisher because the numbers are small.",
        ),
        (
            figure(35, status="inherited"),
            there(30),
            "The figure of the larger area that this one lies in; it was not measured "
            "here.",
        ),
        (
            figure(35, 31, 39, status="converted"),
            there(30),
            "Worked out from areas whose boundaries differ from this one, so it is an "
            "estimate.",
        ),
        (
            figure(35, 31, 39, status="not_ranked"),
            there(30),
            "The figure does not describe the people here.",
        ),
        (
            figure(35, 31, 39),
            there(math.nan, status="suppressed"),
            "The benchmark has no figure: suppressed.",
        ),
        (
            figure(35, 31, 39),
            there(30, status="not_ranked"),
            "The benchmark's figure is not ranked.",
        ),
    ],
)
def test_reason_is_given_where_nothing_is_compared(here, other, reason):
    found = compare(SHARE, "lsoa21", here, other)
    assert (found.word, found.direction, found.reason) == (NOT_COMPARED, "", reason)


def test_zero_is_a_figure_like_any_other():
    assert words("lower_is_better", figure(0, 0, 0.4), there(3, 2, 4))[0] == "better"


def test_count_is_not_compared():
    count = factories.make_indicator(value_type="count", aggregation="sum")
    found = compare(count, "lsoa21", figure(35, 31, 39), there(900))
    assert found.reason == "It is a number, not a share: larger areas have more."


def test_band_is_not_compared_at_its_level_only():
    banded = factories.make_indicator(bands={"lsoa21": [0.0, 50.0, 100.0]})
    here, other = figure(35, 31, 39), there(30)
    assert "only bands" in compare(banded, "lsoa21", here, other).reason
    assert compare(banded, "lad24", here, other).word == "better"


def test_group_is_compared_by_its_middle_half():
    def against(here):
        return compare_with_middle(SHARE, "lsoa21", here, 20.0, 30.0).word

    assert against(figure(35, 31, 39)) == "better"
    assert against(figure(35, 29, 41)) == "similar"
    assert against(figure(15, 11, 19)) == "worse"


def test_group_with_few_figures_is_not_compared():
    found = compare_with_middle(SHARE, "lsoa21", figure(35, 31, 39), math.nan, math.nan)
    assert found.reason == "Too few of these areas have a figure."
