"""Inside compared areas: their neighbourhoods, England's tenths, between and within."""

from __future__ import annotations

import math

import pytest

import lpipgeo
from lpipgeo.area_inside import read_inside
from lpipgeo.comparison import default_codes
from lpipgeo.comparison_inside import (
    describe_left_out,
    inside_table,
    read_inside_set,
)
from lpipgeo.inside_split import find_overlaps, split_inside, split_sentence
from lpipgeo.levels import ENGLAND
from tests import factories

SANDWELL, SOLIHULL, NEIGHBOURHOOD = "E08000028", "E08000029", "E01009989"
BLACK_COUNTRY = "WMS000002"


def test_the_six_sub_regions_hold_every_neighbourhood_once():
    found = read_inside_set(default_codes(), "no_qualifications")
    codes = [c for one in found.areas for c in one.inside.table["area_code"]]
    assert len(codes) == len(set(codes)) == 3574
    assert set(codes) == set(lpipgeo.areas("lsoa21")["area_code"])
    assert split_inside(found).count == 3574


def test_each_area_is_what_its_profile_says():
    found = read_inside_set([SANDWELL, SOLIHULL], "no_qualifications")
    table = inside_table(found).set_index("area_code")
    for code in (SANDWELL, SOLIHULL):
        inside = read_inside(code, "no_qualifications")
        assert table.loc[code, "gap"] == inside.gap
        assert table.loc[code, "count"] == inside.known
    own = lpipgeo.observations("no_qualifications", areas=SANDWELL)["value"].iloc[0]
    assert table.loc[SANDWELL, "own"] == own
    row = table.loc[SANDWELL]
    assert row["ratio"] == pytest.approx(row["ninetieth"] / row["tenth"])


def test_the_most_deprived_tenth_is_the_publishers_own():
    deciles = lpipgeo.inside(SANDWELL, "imd_decile")["value"]
    found = read_inside_set([SANDWELL], "imd_score")
    assert found.tenth == "most deprived tenth"
    assert found.areas[0].in_tenth == pytest.approx(100 * (deciles == 1).mean())
    assert math.isnan(inside_table(found)["ratio"].iloc[0])  # a score has no true zero


@pytest.mark.parametrize(
    ("indicator", "tenth"),
    [
        ("no_qualifications", "worst tenth"),
        ("good_health", "worst tenth"),
        ("ethnic_minority", "highest tenth"),
        ("claimants_neighbourhood", ""),  # held for the region only
    ],
)
def test_tenths_of_england_are_named_or_not_known(indicator, tenth):
    found = read_inside_set([SANDWELL], indicator)
    assert found.tenth == tenth
    assert math.isnan(found.areas[0].in_tenth) == (tenth == "")


def test_worst_is_the_lowest_tenth_where_higher_is_better():
    shares = {
        code: read_inside_set([code], "good_health").areas[0].in_tenth
        for code in (SANDWELL, SOLIHULL)
    }
    assert shares[SANDWELL] > shares[SOLIHULL]


def test_bands_of_neighbourhoods_give_way_to_msoas():
    found = read_inside_set([SANDWELL, SOLIHULL], "fuel_poverty")
    assert found.level == "msoa21"


@pytest.mark.parametrize(
    ("indicator", "reason"),
    [
        ("employment_rate", "There are no figures of neighbourhoods or MSOAs."),
        ("heat_risk", "The publisher allows no exact figures of MSOAs."),
        (
            "population",
            "It is a number, and larger places have more of everything.",
        ),
    ],
)
def test_why_there_is_nothing_inside(indicator, reason):
    found = read_inside_set([SANDWELL, SOLIHULL], indicator)
    assert (found.reason, found.areas) == (reason, ())


def test_areas_without_an_inside_are_named_with_the_reason():
    found = read_inside_set([SANDWELL, NEIGHBOURHOOD, ENGLAND], "no_qualifications")
    assert [one.area.code for one in found.areas] == [SANDWELL]
    told = describe_left_out(found)
    assert "Greets Green East 019C: It is itself one of the neighbourhoods." in told
    assert "England: We hold neighbourhoods of the West Midlands region only" in told
    assert (
        split_inside(found).reason == "That takes two areas with neighbourhoods inside."
    )


def test_split_by_hand_of_the_tiny_region(tiny_data):
    # Westborough 10, 20, 30, 40: average 25, variance 125. Eastborough has one figure
    # (the other is suppressed): with one there is nothing inside to split.
    codes = [factories.WEST, factories.EAST]
    found = read_inside_set(codes, "tiny_share", data=tiny_data)
    assert [len(one.inside.ranked) for one in found.areas] == [4, 1]
    split = split_inside(found, data=tiny_data)
    assert split.reason == "That takes two areas with neighbourhoods inside."


def test_split_is_that_of_the_residents_of_2021():
    found = read_inside_set(default_codes(), "no_qualifications")
    split = split_inside(found)
    # By pandas alone, from the public tables.
    table = lpipgeo.areas("lsoa21").set_index("area_code")
    x = lpipgeo.observations("no_qualifications", "lsoa21").set_index("area_code")
    table["x"] = x["value"]
    table["w"] = table["residents"] / table["residents"].sum()
    mean = (table["w"] * table["x"]).sum()
    groups = table.assign(wx=table["w"] * table["x"]).groupby("subregion")
    sizes = groups["w"].sum()
    means = groups["wx"].sum() / sizes
    between = (sizes * (means - mean) ** 2).sum()
    total = (table["w"] * (table["x"] - mean) ** 2).sum()
    assert split.variance.between == pytest.approx(between)
    assert split.variance.total == pytest.approx(total)
    assert split.variance.within == pytest.approx(total - between)
    assert split_sentence(split, found).replace("\u202f", " ") == (
        "17 % of the differences between neighbourhoods lie between these six "
        "sub-regions, 83 % within them."
    )


def test_areas_that_overlap_are_not_split_but_named():
    found = read_inside_set([SANDWELL, BLACK_COUNTRY, SOLIHULL], "no_qualifications")
    assert find_overlaps(found) == ["Sandwell lies in The Black Country."]
    assert split_inside(found).reason == "Sandwell lies in The Black Country."
    turned = read_inside_set([BLACK_COUNTRY, SANDWELL], "no_qualifications")
    assert find_overlaps(turned) == ["Sandwell lies in The Black Country."]


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("median_electricity_use", "Each figure is a median"),
        ("imd_rank", "They cannot be averaged"),
        ("household_income_after_housing", "They cannot be added up"),
    ],
)
def test_what_may_not_be_averaged_is_not_split(indicator, words):
    split = split_inside(read_inside_set([SANDWELL, SOLIHULL], indicator))
    assert split.variance is None
    assert words in split.reason


def test_theil_only_where_twice_the_figure_is_twice_as_much():
    score = split_inside(read_inside_set([SANDWELL, SOLIHULL], "imd_score"))
    share = split_inside(read_inside_set([SANDWELL, SOLIHULL], "no_qualifications"))
    assert score.variance is not None
    assert score.theil is None
    assert share.theil.between + share.theil.within == pytest.approx(share.theil.total)
