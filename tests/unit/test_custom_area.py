"""Custom areas: which neighbourhoods, how large, kept in a text and in a file."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpipgeo.area_index import read_areas
from lpipgeo.custom_area import (
    MAX_NEIGHBOURHOODS,
    Draft,
    make_area,
    make_draft,
    plain_name,
    read_codes,
)
from lpipgeo.custom_ground import codes_near, find_drawn, find_near, read_circle
from lpipgeo.custom_packing import from_file, pack, to_file, unpack
from lpipgeo.custom_profile import custom_profile, why_refused
from lpipgeo.errors import LpipgeoError, SelectionError, UnknownAreaError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.observation_table import read_observations
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.custom_area_table import figures_html

SANDWELL, SOLIHULL = "E08000028", "E08000029"
ALL = read_areas().codes("lsoa21")


@pytest.fixture(scope="module")
def sandwell():
    return custom_profile(read_codes(SANDWELL).codes, "All of Sandwell")


def rows_of(profile):
    return {row.indicator.id: row for row in profile.rows}


def district_rows():
    ids = list(read_catalogue().indicators)
    table = read_observations(ids, "lad24", SANDWELL, "all")
    return table.set_index(["indicator_id", "period"])


def test_all_neighbourhoods_of_a_district_give_the_district(sandwell):
    """What the build worked out from neighbourhoods comes out to the last digit."""
    district, compared = district_rows(), 0
    for row in sandwell.rows:
        key = (row.indicator.id, row.figure.period)
        if row.share_covered < 1 or key not in district.index:
            continue
        theirs = district.loc[key]
        if theirs["status"] == "aggregated":
            assert row.figure.value == pytest.approx(theirs["value"], rel=1e-6), key
            compared += 1
    assert compared >= 15


def test_a_figure_of_some_of_the_residents_says_of_how_many(sandwell):
    themes = read_catalogue().themes.themes
    drawn = figures_html(sandwell, themes)
    claimants = rows_of(sandwell)["claimants_neighbourhood"]
    assert 0.96 <= claimants.share_covered < 0.97
    assert (
        "of 96\u202f% of the residents</small>" in drawn.split("aria-label='Claim")[1]
    )
    shares = [row.share_covered for row in sandwell.rows]
    partly = sum(share < 1 for share in shares)
    assert 0 < partly < len(shares)
    assert drawn.count("% of the residents</small>") == partly


@pytest.mark.parametrize(
    ("indicator_id", "published"),
    [("no_qualifications", 28.9), ("good_health", 79.0), ("no_car", 29.2)],
)
def test_the_census_percentage_is_that_which_ons_publishes(
    sandwell, indicator_id, published
):
    """ONS alters counts a little; to the published decimal the shares agree.

    Census 2021, TS067, TS037 and TS045, Sandwell: districts as published by ONS.
    """
    row = rows_of(sandwell)[indicator_id]
    theirs = district_rows().loc[(indicator_id, row.figure.period)]
    assert theirs["status"] == "published"
    assert round(row.figure.value, 1) == published == round(theirs["value"], 1)
    assert row.figure.limits == "wilson"
    assert row.figure.lower < theirs["value"] < row.figure.upper


def test_a_share_is_made_from_added_parts_not_averaged():
    codes = read_codes("E02002077").codes
    row = rows_of(custom_profile(codes))["no_car"]
    parts = read_observations("no_car", "lsoa21", codes)
    assert row.numerator == parts["numerator"].sum()
    assert row.figure.value == pytest.approx(
        100 * parts["numerator"].sum() / parts["denominator"].sum()
    )
    assert "divided by" in row.rule


def test_no_figure_of_a_custom_area_is_called_published(sandwell):
    assert {row.figure.status for row in sandwell.rows} <= {
        "aggregated",
        "converted",
        "modelled",
        "provisional",
        "not_ranked",
    }
    assert rows_of(sandwell)["fuel_poverty"].figure.status == "modelled"


def test_what_is_partly_covered_is_an_estimate_and_not_compared(sandwell):
    row = rows_of(sandwell)["claimants_neighbourhood"]
    assert 0.9 < row.share_covered < 1
    assert row.figure.status == "converted"
    assert "the others are left out" in row.rule
    assert {one.outcome.word for one in row.beside} == {"not_compared"}


def test_too_little_cover_gives_no_figure_but_the_reason():
    table = read_observations("claimants_neighbourhood", "lsoa21")
    inherited = table.loc[table["status"] == "inherited", "area_code"][:6]
    profile = custom_profile(inherited)
    assert "claimants_neighbourhood" not in rows_of(profile)
    (refused,) = (
        one for one in profile.refused if one.indicator.id == "claimants_neighbourhood"
    )
    assert "None of its neighbourhoods" in refused.reason


@pytest.mark.parametrize(
    ("indicator_id", "words"),
    [
        ("median_gas_use", "median"),
        ("imd_score", "score, rank or index"),
        ("imd_decile", "score, rank or index"),
        ("daytime_buses", "cannot be added up"),
        ("burglary", "weighted by households"),
        ("no2", "model that gives no counts"),
        ("employment_rate", "finest are of districts"),
    ],
)
def test_what_cannot_be_combined_is_refused_with_its_reason(indicator_id, words):
    catalogue = read_catalogue()
    assert words in why_refused(catalogue.find(indicator_id), catalogue)


def test_every_active_indicator_has_a_figure_or_a_reason(sandwell):
    shown = {row.indicator.id for row in sandwell.rows}
    refused = {one.indicator.id for one in sandwell.refused}
    active = {i for i, r in read_catalogue().indicators.items() if r.state == "active"}
    assert shown | refused == active
    assert not shown & refused
    assert all(one.reason.endswith(".") for one in sandwell.refused)


def test_no_median_index_or_class_is_ever_given(sandwell):
    for row in sandwell.rows:
        assert row.indicator.value_type not in ("median", "index")
        assert not row.indicator.class_names


def test_an_area_of_msoa_size_or_less_keeps_to_the_bands():
    codes = ALL[:2]
    assert make_area(codes).residents < 5_000
    table = custom_profile(codes).frame()
    table = table[table["indicator_id"] == "fuel_poverty"]
    assert "to" in table["band"].item()
    assert table[["value", "numerator", "denominator"]].isna().all(axis=None)


def test_a_difference_is_said_only_where_margins_do_not_overlap(sandwell):
    for row in sandwell.rows:
        for one in row.beside:
            if one.outcome.direction in ("higher", "lower") and one.figure:
                low, high = one.figure.value, one.figure.value
                if one.figure.has_limits:
                    low, high = one.figure.lower, one.figure.upper
                assert row.figure.lower > high or row.figure.upper < low


def test_the_table_says_rule_status_and_source(sandwell):
    table = sandwell.frame()
    assert table["indicator_id"].is_unique
    assert table[["rule", "source", "licence", "period"]].notna().all(axis=None)
    assert set(table["status"]) <= set(STATUSES)
    assert table["residents"].eq(341_849).all()


def test_codes_of_all_kinds_are_read_and_the_rest_is_said():
    found = read_codes("b66 4bh; e01009989\nE02002077 E01008884X rubbish E06000001")
    assert "E01009989" in found.codes
    assert len(found.codes) > 4
    said = " ".join(found.notes)
    assert "RUBBISH" in said
    assert "Hartlepool (E06000001)" in said


def test_old_codes_are_answered_with_those_of_today():
    index = read_areas()
    table = index.successors_table
    old = table.loc[table["old_level"] == "lsoa11", "old_code"]
    code = next(c for c in old if c not in index.by_code and index.successors(c))
    found = read_codes(code)
    assert found.codes == ()
    assert "old codes" in found.notes[0]
    assert index.successors(code)[0] in found.notes[0]


def test_a_district_is_its_neighbourhoods():
    inside = read_areas().codes_within("lsoa21", SANDWELL)
    assert list(read_codes(SANDWELL).codes) == inside
    area = make_area(inside, "x")
    assert area.districts == ((SANDWELL, "Sandwell", 190),)
    assert area.area_km2 == pytest.approx(85.6, abs=0.1)


@pytest.mark.parametrize("codes", [[], ["E01009989"]])
def test_too_small_an_area_is_refused_with_the_reason(codes):
    with pytest.raises(SelectionError, match=r"too small.*say more about chance"):
        make_area(codes)


def test_too_large_and_foreign_areas_are_refused():
    with pytest.raises(SelectionError, match="up to 1,500 neighbourhoods"):
        make_area(ALL[: MAX_NEIGHBOURHOODS + 1])
    with pytest.raises(SelectionError, match="no neighbourhood of the West Midlands"):
        make_area([SANDWELL])
    with pytest.raises(UnknownAreaError):
        make_area(["E01999999"])


def test_a_drawn_outline_takes_neighbourhoods_by_their_points():
    west, south, east, north = -2.0, 52.48, -1.95, 52.52
    square = [(west, south), (east, south), (east, north), (west, north)]
    drawn = find_drawn(square)
    for code in ALL:
        area = read_areas().by_code[code]
        is_inside = west < area.lon < east and south < area.lat < north
        assert (code in drawn.codes) == is_inside
    assert 0.8 < drawn.share_covered < 1
    assert 0.8 < drawn.share_inside < 1


@pytest.mark.parametrize(
    "corners",
    [
        [(0, 52), (1, 52)],
        [(-2, 52), (-1, 53), (-1, 52), (-2, 53)],
        [(-2, 52), (-1, 52), (-1.5, 52)],
        [(math.nan, 52), (-1, 52), (-1.5, 53)],
        [(-2, 520), (-1, 52), (-1.5, 53)],
    ],
)
def test_an_odd_outline_gets_a_sentence(corners):
    with pytest.raises(SelectionError):
        find_drawn(corners)


def test_an_outline_elsewhere_holds_nothing():
    assert find_drawn([(0, 51), (1, 51), (1, 52)]).codes == ()


def metres(one, other):
    """Return the length of a great circle by the haversine, on a sphere."""
    north, south = math.radians(one.lat), math.radians(other.lat)
    across = math.radians(other.lon - one.lon)
    half = math.sin((south - north) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * 6_371_009 * math.asin(math.sqrt(half))


@pytest.mark.parametrize(
    ("place", "km"), [("E01009989", 1.5), (SANDWELL, 4.0), ("E02002077", 0.8)]
)
def test_neighbourhoods_near_a_place_are_those_whose_points_are(place, km):
    """All but those within 1 % of the edge, where a sphere and a grid differ."""
    index = read_areas()
    near = codes_near(place, km)
    far = {code: metres(index.find(place), index.by_code[code]) for code in ALL}
    inside = {code for code, there in far.items() if there < 990 * km}
    reached = {code for code, there in far.items() if there < 1010 * km}
    assert len(inside) > 2
    assert inside <= set(near) <= reached
    assert list(near) == sorted(near)


def test_what_is_near_is_measured_as_a_drawing_is():
    near = find_near("E01009989", 2.0)
    circle = [(lon, lat) for lat, lon in read_circle("E01009989", 2.0)]
    drawn = find_drawn(circle)
    assert near.codes == drawn.codes
    assert near.share_covered == pytest.approx(drawn.share_covered, abs=1e-3)
    assert near.share_inside == pytest.approx(drawn.share_inside, abs=1e-3)
    assert 0.7 < near.share_covered < 1


def test_a_place_of_one_neighbourhood_is_always_near_itself():
    assert "E01009989" in codes_near(" e01009989 ", 0.3)


def test_no_point_near_the_middle_of_a_large_place_is_an_empty_answer():
    index = read_areas()
    empty = next(
        area.code for area in index.of_level("ward25") if not codes_near(area.code, 0.3)
    )
    near = find_near(empty, 0.3)
    assert near.codes == ()
    assert near.share_covered == 0
    assert math.isnan(near.share_inside)


@pytest.mark.parametrize("km", [0, 0.2, 10.1, -1, math.nan, math.inf])
def test_another_distance_is_refused_with_those_that_are_taken(km):
    with pytest.raises(SelectionError, match=r"0\.3 to 10\Wkm"):
        find_near("E01009989", km)


def test_a_place_that_is_unknown_or_elsewhere_is_refused():
    with pytest.raises(SelectionError, match="outside the West Midlands region"):
        find_near("E06000001", 1)
    with pytest.raises(UnknownAreaError):
        find_near("E01999999", 1)


codes_of_areas = st.lists(st.sampled_from(ALL), max_size=40)


@given(codes_of_areas, st.text(max_size=100))
def test_an_area_survives_address_and_file(codes, name):
    draft = make_draft(codes, name)
    assert unpack(pack(draft)) == draft
    assert from_file(to_file(draft)) == draft
    assert draft.name == plain_name(name)


def test_a_hundred_scattered_neighbourhoods_make_a_short_address():
    assert len(pack(make_draft(ALL[::35][:100], "Around the High Street"))) < 300
    assert len(pack(make_draft(ALL[::2][:MAX_NEIGHBOURHOODS]))) < 2_000


@given(st.text() | st.text(alphabet="aeNrjdi4tLsnPVUg_-0").map(lambda t: f"a{t}"))
def test_any_text_is_an_area_or_gets_a_sentence(text):
    try:
        assert isinstance(unpack(text), Draft)
    except LpipgeoError as error:
        assert str(error)  # noqa: PT017


@given(st.binary() | st.recursive(st.none() | st.text(), st.lists).map(
    lambda codes: json.dumps({"format": "lpipgeo custom area", "version": 1,
                              "name": "x", "lsoa21": codes}).encode()))  # fmt: skip
def test_any_file_is_an_area_or_gets_a_sentence(content):
    try:
        assert isinstance(from_file(content), Draft)
    except LpipgeoError as error:
        assert str(error)  # noqa: PT017


@given(st.text(max_size=300))
def test_any_pasted_text_is_read(text):
    assert set(read_codes(text).codes) <= set(ALL)


def test_a_text_cut_short_or_changed_is_not_another_area():
    whole = pack(make_draft(ALL[10:40], "Here"))
    for place in range(1, len(whole)):
        with pytest.raises(SelectionError, match="cannot be read"):
            unpack(whole[:place])


def test_a_name_is_one_short_line():
    assert plain_name("  a\n\tb\x00\u202e ") == "a b"
    assert plain_name(" \n ") == "Custom area"
    assert len(plain_name("x" * 500)) == 80
