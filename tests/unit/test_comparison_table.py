"""The table of a comparison: outcome, place and status stand in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lpipgeo.area_profile import read_profile
from lpipgeo.comparison import compare_profiles
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui.comparison_table import overview_html

SANDWELL, SOLIHULL, NEIGHBOURHOOD = "E08000028", "E08000029", "E01009989"
CATALOGUE = read_catalogue()


def draw(codes, indicator_id, *, by_place=False, against=""):
    profiles = [read_profile(code) for code in codes]
    found = compare_profiles(profiles, [CATALOGUE.find(indicator_id)])
    places = {code: place for place, code in enumerate(codes)}
    themes = CATALOGUE.themes.themes
    return overview_html(found, themes, places, by_place=by_place, against=against)


def test_outcomes_are_words_with_shapes():
    html = draw([SANDWELL, SOLIHULL], "no_qualifications")
    assert "<small>▼ worse</small>" in html
    assert "<small>▲ better</small>" in html


def test_the_benchmark_has_a_column_and_its_name_in_every_verdict():
    html = draw([SANDWELL, SOLIHULL], "no_qualifications", against="England")
    heads, row = html.split("</thead>")
    assert heads.count("<th ") == 4
    assert ">England<small>the others are compared with it</small></th>" in heads
    assert "colspan='4'" in row
    assert row.count("title='worse than England'") == 1
    assert "▼ worse<span class='lp-hidden'> than England</span>" in row
    assert "<td class='lp-against'><b>18.1\u202f%</b></td>" in row


@pytest.mark.parametrize(
    ("indicator_id", "words"),
    [
        ("income_deprivation", "no margin of error published"),
        ("business_births", "no margin of error published"),
    ],
)
def test_what_is_not_compared_says_why_in_a_few_words(indicator_id, words):
    html = draw([SANDWELL, SOLIHULL], indicator_id, against="England")
    assert html.count("<small>not tested</small>") == 2
    assert html.count(words) == 1  # all share it, so it stands under the title
    assert "not compared" not in html


@pytest.mark.parametrize(
    ("indicator_id", "words"),
    [
        ("no_qualifications", ["worst fifth", "middle"]),
        ("no_car", ["highest fifth", "middle"]),
    ],
)
def test_places_say_worst_only_where_something_is_better(indicator_id, words):
    html = draw([SANDWELL, SOLIHULL], indicator_id, by_place=True)
    assert [f"<small>{word}</small>" in html for word in words] == [True, True]


def test_what_is_not_ranked_has_no_fifth():
    html = draw([SANDWELL, SOLIHULL], "antisocial_behaviour", by_place=True)
    assert html.count("<small>not ranked</small>") == 2
    assert "fifth" not in html


def test_a_status_that_all_share_stands_under_the_title():
    assert "<small>2022 · modelled · no margin of error published</small>" in draw(
        [SANDWELL, SOLIHULL], "fuel_poverty"
    )


def test_an_area_without_a_figure_says_so():
    html = draw([SANDWELL, SOLIHULL, NEIGHBOURHOOD], "business_births")
    assert html.count("no figure of its own") == 1


def test_names_of_areas_are_no_markup():
    profile = read_profile(SANDWELL)
    odd = replace(profile, area=replace(profile.area, name="<b onclick=x>"))
    found = compare_profiles(
        [odd, read_profile(SOLIHULL)], [CATALOGUE.find("no_qualifications")]
    )
    places = {SANDWELL: 0, SOLIHULL: 1}
    html = overview_html(found, CATALOGUE.themes.themes, places, by_place=False)
    assert "<b onclick" not in html
    assert "&lt;b onclick=x&gt;" in html
