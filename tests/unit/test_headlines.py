"""In short: only sentences that the data carry, chosen by the stated rule."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import pytest

from lpipgeo.area_index import Area
from lpipgeo.area_profile import Profile, ProfileRow, read_profile
from lpipgeo.comparators import Comparator
from lpipgeo.headlines import MAX_EACH, MAX_PER_SUBTHEME, RULE, find_headlines
from lpipgeo.intervals import Figure
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.outcomes import Outcome, compare
from lpipgeo.standing import Standing
from lpipgeo.trends import Trend
from tests import factories

NAN = math.nan
HERE = Area("E01900001", "Square 1", "Square 1", ("lsoa21",), True, 52.5, -2.0)
WEST = Area(factories.WEST, "Westborough", "", ("lad24", "utla"), True, 52.5, -2.0)
COUNTRY = Area(ENGLAND, "England", "England", ("ctry",), False, NAN, NAN)


def figure(code, value, lower=NAN, upper=NAN, status="published"):
    return Figure(code, factories.PERIOD, value, lower, upper, status)


def make_row(here, district=None, england=None, standing=None, **overrides):
    """Return a row of the profile of Square 1, compared with England."""
    record = factories.make_indicator(**overrides)
    beside = {}
    if district:
        beside["lad24"] = district
    if england:
        beside["ctry"] = england
    outcomes = {
        level: compare(record, "lsoa21", here, beside.get(level))
        for level in ("lad24", "ctry")
    }
    return ProfileRow(
        indicator=record,
        level="lsoa21",
        figure=here,
        why="",
        beside=beside,
        outcomes=outcomes,
        benchmark=england,
        outcome=outcomes["ctry"],
        group=None,
        standing=standing or Standing(england=95),
        trend=Trend(""),
        history=(),
    )


def sentences(*rows, comparator=None):
    england = Comparator("England", ENGLAND)
    profile = Profile(HERE, comparator or england, (WEST, COUNTRY), rows)
    return [(made.kind, made.basis, made.sentence) for made in find_headlines(profile)]


TESTED = {
    "here": figure("E01900001", 31.0, 29.0, 33.0),
    "district": figure(WEST.code, 24.0, 23.0, 25.0),
    "england": figure(ENGLAND, 13.0, 12.9, 13.1),
}


def test_tested_difference_names_the_areas_that_it_was_tested_against():
    assert sentences(make_row(**TESTED, polarity="lower_is_better")) == [
        (
            "challenge",
            "tested",
            "Like squares: 31.0\u202f% here, higher than in Westborough (24.0\u202f%) "
            "and England (13.0\u202f%).",
        )
    ]


def test_area_whose_margin_overlaps_is_not_named():
    district = figure(WEST.code, 30.0, 28.0, 32.0)
    (found,) = sentences(make_row(**{**TESTED, "district": district}))
    assert found[0] == "strength"
    assert found[2].endswith("higher than in England (13.0\u202f%).")


def test_difference_that_is_not_tested_is_not_claimed():
    untested = {**TESTED, "here": figure("E01900001", 31.0)}
    (found,) = sentences(make_row(**untested, polarity="lower_is_better"))
    assert found == (
        "challenge",
        "position",
        "Like squares: 31.0\u202f% here, among the tenth of England's neighbourhoods "
        "with the highest figures.",
    )


def test_similar_figure_makes_no_sentence_however_far_out():
    wide = {**TESTED, "here": figure("E01900001", 31.0, 5.0, 50.0)}
    assert sentences(make_row(**wide)) == []


def test_difference_from_the_benchmark_in_the_middle_of_england_makes_none():
    assert sentences(make_row(**TESTED, standing=Standing(england=60))) == []


def test_difference_that_rounding_hides_makes_none():
    close = {**TESTED, "england": figure(ENGLAND, 30.98, 30.97, 30.985)}
    narrow = {**close, "here": figure("E01900001", 31.02, 31.0, 31.04)}
    row = make_row(**narrow)
    assert row.outcome.word == "better"
    assert sentences(row) == []


@pytest.mark.parametrize(
    ("quarters", "count"),
    [((20.0, 30.0), 1), ((0.0, 179.0), 1), ((0.0, 181.0), 0), ((NAN, NAN), 1)],
)
def test_trifling_difference_makes_none_however_sure_it_is(quarters, count):
    """31 here and 13 in England are 18 apart: a tenth of 180."""
    low, high = quarters
    standing = Standing(england=95, quarter_low=low, quarter_high=high)
    assert len(sentences(make_row(**TESTED, standing=standing))) == count


def test_the_rule_says_how_large_a_difference_must_be():
    assert "at least a tenth of the distance between the upper and lower" in RULE


@pytest.mark.parametrize(
    "overrides",
    [
        {"polarity": "no_judgement"},
        {"polarity": "unknown"},
        {"value_type": "index", "unit": "1 = most deprived"},
        {"value_type": "count", "aggregation": "sum", "unit": "people"},
        {"no_rank": "Councils count in different ways."},
    ],
)
def test_figures_that_carry_no_judgement_make_none(overrides):
    row = make_row(figure("E01900001", 31.0), **overrides)
    assert sentences(row) == []


def test_inherited_figure_makes_none():
    inherited = figure("E01900001", 31.0, status="inherited")
    row = make_row(inherited, TESTED["district"], TESTED["england"], Standing())
    assert sentences(row) == []


@pytest.mark.parametrize(
    ("place", "kind", "end"), [(3, "challenge", "lowest"), (96, "strength", "highest")]
)
def test_end_of_england_is_judged_by_the_polarity(place, kind, end):
    row = make_row(figure("E01900001", 31.0), standing=Standing(england=place))
    (found,) = sentences(row)
    assert found[0] == kind
    assert found[2].endswith(f"neighbourhoods with the {end} figures.")


def test_tenth_of_the_region_needs_twenty_areas():
    def found(peers):
        standing = Standing(peers=peers, place=95)
        return sentences(make_row(figure("E01900001", 31.0), standing=standing))

    assert found(19) == []
    assert "of the West Midlands' neighbourhoods" in found(20)[0][2]


@pytest.mark.parametrize(
    ("status", "note"), [("modelled", "by a model"), ("converted", "an estimate")]
)
def test_figure_that_was_not_counted_says_so(status, note):
    (found,) = sentences(make_row(figure("E01900001", 31.0, status=status)))
    assert f"31.0\u202f% here ({note})," in found[2]


def test_figure_worked_out_from_a_model_says_so():
    worked_out = figure("E01900001", 31.0, status="aggregated")
    (found,) = sentences(make_row(worked_out, value_status="modelled"))
    assert "here (by a model)," in found[2]
    (found,) = sentences(make_row(worked_out))
    assert "here, among" in found[2]


@pytest.mark.parametrize("name", ["similar neighbourhoods", "the comparison set"])
def test_group_is_named_with_its_middle_half(name):
    row = replace(
        make_row(**TESTED),
        benchmark=figure("", NAN, 12.0, 18.0),
        outcome=Outcome("better", "higher"),
    )
    group = Comparator(name, codes=("E01900002",))
    (found,) = sentences(row, comparator=group)
    assert found[2].endswith(
        f"higher than in the middle half of {name} (12.0 to 18.0\u202f%)."
    )


def test_tested_come_first_and_at_most_two_of_a_part():
    rows = [
        make_row(figure("E01900001", 31.0), id="far", standing=Standing(england=99)),
        make_row(**TESTED, id="near", standing=Standing(england=70)),
        make_row(**TESTED, id="nearer", standing=Standing(england=80)),
        make_row(**TESTED, id="elsewhere", subtheme="other"),
    ]
    england = Comparator("England", ENGLAND)
    found = find_headlines(Profile(HERE, england, (WEST, COUNTRY), tuple(rows)))
    assert [made.indicator_id for made in found] == ["elsewhere", "nearer", "near"]


@pytest.mark.parametrize(
    "code",
    ["E08000028", "E01010046", "E06000019", "E05001219", REGION, "WMS000002", ENGLAND],
)
def test_headlines_of_any_area_keep_the_rule(code):
    profile = read_profile(code)
    rows = {row.indicator.id: row for row in profile.rows}
    found = find_headlines(profile)
    for kind in ("strength", "challenge"):
        own = [made for made in found if made.kind == kind]
        parts = Counter(rows[made.indicator_id].indicator.subtheme for made in own)
        assert len(own) <= MAX_EACH
        assert max(parts.values(), default=0) <= MAX_PER_SUBTHEME
    for made in found:
        row = rows[made.indicator_id]
        good = {"strength": "better", "challenge": "worse"}[made.kind]
        assert row.figure.status != "inherited"
        if made.basis == "tested":
            assert row.outcome.word == good
        else:
            assert "than in" not in made.sentence


def test_sandwell_in_short():
    # ONS, Census 2021 (TS067): no qualifications, Sandwell 28.9 %, England 18.1 %.
    made = find_headlines(read_profile("E08000028"))
    found = {headline.indicator_id: headline for headline in made}
    assert found["no_qualifications"].sentence == (
        "No qualifications: 28.9\u202f% here, higher than in the Black Country "
        "(25.9\u202f%) and England (18.1\u202f%)."
    )


def test_rule_says_its_own_numbers():
    assert "Up to five strengths and five challenges" in RULE
    assert "at most two" in RULE
    assert "outer third" in RULE
    assert "outer tenth" in RULE
