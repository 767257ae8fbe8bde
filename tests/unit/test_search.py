"""Finding a place: by name, code or postcode; other text is harmless."""

from __future__ import annotations

from itertools import groupby
from statistics import mode
from time import perf_counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lpipgeo.area_index import read_areas
from lpipgeo.paths import data_dir
from lpipgeo.search import (
    MAX_ALL,
    MAX_HITS,
    OTHER_NAMES,
    fold,
    search_places,
    suggest_names,
)


def names(query):
    return [hit.area.name for hit in search_places(query).hits]


def labels(query):
    return [hit.label for hit in search_places(query).hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Sandwell", "Sandwell · District, West Midlands"),
        ("  sandwell ", "Sandwell · District, West Midlands"),
        ("stoke on trent", "Stoke-on-Trent · District, West Midlands"),
        ("Smethwick East", "Smethwick East · MSOA, Sandwell"),
        ("Soho and Victoria", "Soho and Victoria · Ward, Sandwell"),
        ("black country", "The Black Country · Sub-region, West Midlands"),
        ("Yardley 067A", "Yardley 067A · Neighbourhood, Birmingham"),
        ("Herefordshire, County of", "Herefordshire · District, West Midlands"),
        ("Birmingham 067A", "Yardley 067A · Neighbourhood, Birmingham"),
        ("E08000025", "Birmingham · District, West Midlands"),
        ("e08000025", "Birmingham · District, West Midlands"),
        ("E01008881", "Yardley 067A · Neighbourhood, Birmingham"),
        ("WMS000001", "Birmingham and Solihull · Sub-region, West Midlands"),
        ("West Midlands", "West Midlands · Region"),
    ],
)
def test_place_is_found_first_and_says_where_it_lies(query, first):
    assert labels(query)[0] == first


@pytest.mark.parametrize(
    "query", ["B66 4BH", "B664BH", "b66 4bh", " b 6 6 4 b h ", "b664bh"]
)
def test_postcode_is_found_however_it_is_typed(query):
    found = search_places(query)
    assert found.is_exact
    assert found.hits[0].label == (
        "Bearwood & Warley Woods 034F · Neighbourhood, Sandwell"
    )


def test_larger_and_better_known_places_come_first():
    levels = [hit.area.level for hit in search_places("Birmingham").hits]
    assert levels == ["lad24", "subregion"]


def test_half_a_postcode_gives_its_areas():
    found = search_places("b66")
    assert found.message == "B66 covers these areas:"
    assert {hit.area.level for hit in found.hits} == {"msoa21"}
    assert found.hits[0].area.name.startswith("Smethwick")


def test_short_half_does_not_mean_the_longer_ones():
    assert {*names("B1")}.isdisjoint(names("B17"))


@pytest.mark.parametrize(
    ("query", "outward", "message"),
    [
        ("B66 4", "B66", "B66 4 covers these areas:"),
        ("b664", "B66", "B66 4 covers these areas:"),
        (" b66  4b ", "B66", "B66 4B covers these areas:"),
        ("WV1 1", "WV1", "WV1 1 covers these areas:"),
        ("WV11 1", "WV11", "WV11 1 covers these areas:"),
        ("DY1 2", "DY1", "DY1 2 covers these areas:"),
        ("WV11", "WV11", "WV11 covers these areas:"),
        ("WV1 8", "WV1", "No postcode in our list begins with WV1 8. WV1 covers:"),
    ],
)
def test_begun_postcode_leads_to_its_own_postcode_district(query, outward, message):
    """A postcode sector is what stands before the last two letters of a postcode."""
    found = search_places(query)
    table = pd.read_parquet(data_dir() / "areas/postcodes.parquet")
    theirs = table[table["postcode"].str[:-3] == outward]
    msoas = {read_areas().parent(code, "msoa21").code for code in theirs["lsoa21"]}
    assert found.message == message
    assert found.hits
    assert {hit.area.code for hit in found.hits} <= msoas


def test_sector_gives_only_areas_with_postcodes_of_its_own():
    table = pd.read_parquet(data_dir() / "areas/postcodes.parquet")
    sector = table[table["postcode"].str.fullmatch("WV11[A-Z]{2}")]
    msoas = [read_areas().parent(code, "msoa21").code for code in sector["lsoa21"]]
    assert search_places("wv1 1").hits[0].area.code == mode(msoas)
    assert {hit.area.code for hit in search_places("wv1 1").hits} <= set(msoas)


def test_begun_postcode_of_elsewhere_is_said():
    found = search_places("SW1A 1")
    assert found.hits == ()
    assert found.message == (
        "No postcode in our list (2024) of the West Midlands region begins with SW1A 1."
    )


def test_split_area_gives_its_parts():
    found = search_places("E01008914")
    assert found.message == "E01008914 is an old code. Today it is:"
    assert [hit.area.code for hit in found.hits] == ["E01034930", "E01034929"]


def test_one_successor_is_still_told_to_be_new():
    found = search_places("E05008136")
    assert not found.is_exact
    assert [hit.area.code for hit in found.hits] == ["E05016011"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Manchester", "Manchester"),
        ("E06000060", "Buckinghamshire"),
        ("E12000007", "London"),
        ("E07000026", "Cumberland"),  # Allerdale until 2023
        ("Bristol, City of", "Bristol"),
    ],
)
def test_place_outside_the_region_is_said(query, name):
    found = search_places(query)
    assert found.hits == ()
    assert found.message == (
        f"{name} is outside the West Midlands region, which this dashboard is about."
    )


@pytest.mark.parametrize("query", ["england", "England", "united kingdom"])
def test_whole_country_is_not_taken_for_a_part_of_it(query):
    found = search_places(query)
    assert found.hits == ()
    assert found.message == (
        f"{query.title()} is larger than the region. Where it has a figure, this "
        "stands beside those of every area."
    )


def test_exact_name_of_elsewhere_is_said_before_names_that_hold_it():
    found = search_places("Swindon")
    assert found.message == "Swindon is outside the West Midlands region. Inside it:"
    assert found.hits[0].area.name == "Wombourne Outer, Swindon & Seisdon"


@pytest.mark.parametrize(
    ("query", "start"),
    [
        ("E99999999", "No area of the region has the code E99999999."),
        ("sw1a 1aa", "SW1A 1AA is not in our list of postcodes (2024) of the West"),
        ("zzzqqq", "Nothing in the region is called “zzzqqq”."),
        ("", "Type at least two letters"),
        ("   ", "Type at least two letters"),
        ("x", "Type at least two letters"),
        ("!!!", "Type a place, an area code or a postcode."),
    ],
)
def test_nothing_found_is_said_with_a_way_on(query, start):
    found = search_places(query)
    assert found.hits == ()
    assert found.message.startswith(start)


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        "' OR 1=1; --",
        "%_%",
        "../../etc/passwd",
        "a" * 10_000,
        "E" * 10_000,
        "x\x00y\x1b[31m",
        "🦊🦊🦊",
    ],
)
def test_other_text_finds_nothing_and_is_not_repeated_at_length(query):
    found = search_places(query)
    assert found.hits == ()
    assert len(found.message) < 250


@given(st.text(max_size=60))
def test_any_text_is_answered_in_the_region_or_in_words(query):
    found = search_places(query)
    assert found.hits or found.message
    assert len(found.hits) <= MAX_HITS
    assert [hit.label for hit in found.hits if not hit.area.in_region] == []


def test_long_list_says_that_it_was_cut_and_gives_all_when_asked():
    found = search_places("Sutton Coldfield")
    assert len(found.hits) == MAX_HITS
    assert found.message == f"The best 8 of {found.total}:"
    everything = search_places("Sutton Coldfield", most=MAX_ALL)
    assert len(everything.hits) == found.total
    assert everything.message == ""
    assert {*found.hits} < {*everything.hits}


def test_places_of_a_kind_stand_together_the_best_first():
    levels = [h.area.level for h in search_places("Smethwick", most=MAX_ALL).hits]
    assert levels[0] == "ward25"  # the one that is called so
    assert len([*groupby(levels)]) == len({*levels})


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("WMCA", "West Midlands Combined Authority"),
        ("brum", "Birmingham"),
        ("B'ham", "Birmingham"),
        ("Sandwell council", "Sandwell"),
        ("Sandwell MBC", "Sandwell"),
        ("city of Coventry", "Coventry"),
        ("The City of Wolverhampton Council", "Wolverhampton"),
        ("Metropolitan Borough of Dudley", "Dudley"),
        ("Newcastle-under-Lyme Borough Council", "Newcastle-under-Lyme"),
        ("Staffordshire County Council", "Staffordshire"),
        ("Stratford-upon-Avon", "Stratford-on-Avon"),
    ],
)
def test_places_are_found_by_what_people_call_them(query, name):
    found = search_places(query)
    assert found.is_exact
    assert found.hits[0].area.name == name


def test_words_around_a_name_count_where_a_place_is_called_so():
    assert all("City" in name for name in names("city"))


def test_other_names_are_of_areas_of_the_region_and_of_no_other_area():
    rows = pd.read_csv(data_dir() / OTHER_NAMES)
    index = read_areas()
    assert all(index.by_code[code].in_region for code in rows["area_code"])
    official = {fold(area.name) for area in index.by_code.values()}
    assert official.isdisjoint(map(fold, rows["other_name"]))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Smethick", "Smethwick"),
        ("Wensbury", "Wednesbury"),
        ("Birmigham", "Birmingham"),
        ("Wolverhamton council", "Wolverhampton"),
        ("Brierly Hil", "Brierley Hill"),
        ("stok on trnt", "Stoke-on-Trent"),
    ],
)
def test_misspelt_place_is_asked_about(query, name):
    found = search_places(query)
    assert found.hits == ()
    assert found.suggestions[0] == name
    assert len(found.suggestions) <= 3
    assert f"Did you mean {name}" in found.message
    assert search_places(name).hits


def test_text_like_no_place_brings_no_suggestion():
    assert search_places("zzzqqq").suggestions == ()


def test_asking_back_takes_no_time():
    suggest_names("Birmigham")  # the names are read once
    began = perf_counter()
    suggest_names("Wolverhamton")
    assert perf_counter() - began < 0.05


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("St Peter's", "st peters"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("  CAFÉ  &  Bar ", "cafe bar"),
        ("…", ""),
    ],
)
def test_names_are_compared_without_case_accents_and_signs(text, folded):
    assert fold(text) == folded
