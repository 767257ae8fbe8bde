"""Slides of a profile: what is on a screen, and going through them."""

from __future__ import annotations

import re

import pytest

from lpipgeo.area_profile import read_profile
from lpipgeo.headlines import find_headlines
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.slides import MAX_ROWS, Place, Slide, find_place, make_slides, step
from lpipgeo.ui.slide_html import slide_html

THEMES = read_catalogue().themes
SANDWELL = "E08000028"


def titles(slides):
    return [(slide.kind, slide.title) for slide in slides]


@pytest.fixture(scope="module")
def profile():
    return read_profile(SANDWELL)


def test_each_theme_has_one_screen(profile):
    assert titles(make_slides(profile, THEMES)) == [
        ("opening", ""),
        ("short", "In short"),
        ("rows", "Inclusive growth"),
        ("rows", "Pride in place"),
        ("rows", "Green economy"),
        ("rows", "Context"),
    ]


def test_what_is_not_tested_says_so_first_and_why_in_small_letters(profile):
    ward = read_profile("E05001283")
    slides = make_slides(ward, THEMES)
    drawn = slide_html(ward, next(s for s in slides if s.title == "Inclusive growth"))
    outcomes = re.findall(
        r"<td><span class='lp-none'>(.*?)</span><small>(.*?)</", drawn
    )
    assert ("not tested", "estimate (converted)") in outcomes
    assert {word for word, _ in outcomes} == {"not tested"}
    assert drawn.count("Converted: worked out from areas whose boundaries differ") == 1
    growth = next(s for s in make_slides(profile, THEMES) if s.kind == "rows")
    assert "Converted:" not in slide_html(profile, growth)


def test_who_guesses_first_hears_the_answers_last(profile):
    assert titles(make_slides(profile, THEMES, guess=True))[-1] == ("short", "In short")


def test_a_screen_has_one_figure_of_each_part_before_a_second(profile):
    growth = make_slides(profile, THEMES)[2]
    parts = [row.indicator.subtheme for row in growth.rows]
    theme = next(t for t in THEMES.themes if t.id == "inclusive_growth")
    assert parts == [part.id for part in theme.subthemes]  # it has five of them


def test_what_is_named_in_short_comes_before_other_figures_of_its_part(profile):
    named = {made.indicator_id for made in find_headlines(profile)}
    with_names = {
        row.indicator.subtheme
        for row in profile.rows
        if row.indicator.id in named and row.indicator.theme == "inclusive_growth"
    }
    growth = make_slides(profile, THEMES)[2]
    shown = {row.indicator.subtheme for row in growth.rows if row.indicator.id in named}
    assert with_names
    assert shown == with_names


def test_every_figure_is_shown_once_in_the_order_of_the_catalogue(profile):
    slides = make_slides(profile, THEMES, every=True)
    shown = [row.indicator.id for slide in slides for row in slide.rows]
    known = [r.indicator.id for r in profile.rows if r.figure.value == r.figure.value]
    assert shown == known
    assert max(len(slide.rows) for slide in slides) <= MAX_ROWS
    assert {slide.part for slide in slides} >= {"Work, 1 of 3", "Skills, 3 of 3"}


def test_figures_of_larger_areas_are_no_part_of_a_screen():
    neighbourhood = read_profile("E01009989")
    assert any(row.figure.status == "inherited" for row in neighbourhood.rows)
    shown = [row for s in make_slides(neighbourhood, THEMES) for row in s.rows]
    assert {row.figure.status for row in shown}.isdisjoint({"inherited"})


@pytest.fixture
def slides(profile):
    rows = profile.rows
    return (Slide("opening"), Slide("rows", "A", "", rows[:2]), Slide("short"))


def walk(slides, place, by, guess):
    found = []
    while (after := step(slides, place, by, guess=guess)) != place:
        place = after
        found.append(str(place))
    return found


def test_steps_go_from_the_first_to_the_last_slide_and_back(slides):
    assert walk(slides, Place(), 1, guess=False) == ["2", "3"]
    assert walk(slides, Place(2), -1, guess=False) == ["2", "1"]


def test_steps_reveal_one_row_after_the_other(slides):
    forwards = ["2", "2.1", "2.2", "3"]
    assert walk(slides, Place(), 1, guess=True) == forwards
    assert walk(slides, Place(2), -1, guess=True) == ["2.2", "2.1", "2", "1"]


@pytest.mark.parametrize("text", ["", "0", "00", "-1", "x", "1.", "2.11", "1e3", "２x"])
def test_what_is_no_place_is_refused(text):
    assert Place.parse(text) is None


def test_a_place_is_read_as_it_is_written():
    assert Place.parse("12.3") == Place(11, 3)
    assert [str(Place.parse(text)) for text in ("1", "4.2", "7.0")] == ["1", "4.2", "7"]


def test_a_place_beyond_the_end_is_the_last_one(slides):
    assert find_place(slides, Place(40, 2)) == Place(2, 0)
    assert find_place(slides, Place(1, 9)) == Place(1, 2)
