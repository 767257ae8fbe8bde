"""The rows of the Area profile page: what is drawn where, and what is left out."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from lpipgeo.area_inside import read_inside
from lpipgeo.area_profile import read_profile
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.inside_charts import inside_chart
from lpipgeo.outcomes import OUTCOMES, Outcome
from lpipgeo.paths import PROJECT
from lpipgeo.trend_lines import draw_trend_line, say_trend_line
from lpipgeo.ui.profile_closer import gap_text
from lpipgeo.ui.profile_marks import line_html, spine_html
from lpipgeo.ui.profile_more import unfold
from lpipgeo.ui.profile_rows import SHAPES, ordinal, row_html
from lpipgeo.ui.profile_view import facts_text

DUDLEY = read_profile("E08000027")


def row_of(indicator, profile=DUDLEY):
    return next(row for row in profile.rows if row.indicator.id == indicator)


def places_of(html):
    """Return where the marks of a spine begin and end, in hundredths of its width."""
    told = re.findall(r"--([a-z-]+):(-?[\d.]+)%", html)
    return {name: float(place) for name, place in told}


@pytest.mark.parametrize(
    ("indicator", "is_left"),
    [
        ("no_qualifications", True),  # more is worse, and Dudley has more
        ("level_4_plus", True),  # less is worse, and Dudley has less
        ("overcrowded_households", False),  # less is better
    ],
)
def test_worse_than_the_benchmark_is_left_of_its_line(indicator, is_left):
    row = row_of(indicator)
    places = places_of(spine_html(row, row.outcome.word))
    assert places["line"] == 50
    assert (places["dot"] < 50) == is_left


def test_spine_stays_inside_its_track():
    for row in DUDLEY.rows:
        places = places_of(spine_html(row, "similar"))
        assert all(0 <= place <= 100 for place in places.values())
        for name in {"all", "half", "group", "whisker"} & places.keys():
            assert places[name] <= places[f"{name}-end"]


def with_margin(row, low, high):
    return replace(row, figure=replace(row.figure, lower=low, upper=high))


def test_margin_of_error_is_drawn_whole_though_it_reaches_beyond_the_other_areas():
    sandwell = read_profile("E08000028")
    for indicator in ("healthy_life_expectancy_male", "modelled_unemployment"):
        row = row_of(indicator, sandwell)
        drawn = spine_html(row, "worse")
        places = places_of(drawn)
        assert places["whisker"] < places["dot"] < places["whisker-end"]
        before = places["dot"] - places["whisker"]
        assert places["whisker-end"] - places["dot"] == pytest.approx(before, rel=0.05)
        assert "lp-cut" not in drawn


def test_margin_of_error_that_would_leave_no_room_ends_in_an_arrow_and_says_so():
    row = row_of("no_qualifications")
    low = row.standing.minimum - 100
    cut = spine_html(with_margin(row, low, row.figure.upper), "worse")
    assert "lp-cut-right" in cut  # lower is better, and better is right
    assert "lp-cut-left" not in cut
    assert "The margin of error reaches beyond the drawing." in cut
    assert places_of(cut)["all-end"] - places_of(cut)["all"] >= 25


def test_every_mark_of_a_spine_is_drawn_by_the_style_sheet():
    rows = [*DUDLEY.rows, *read_profile("E08000027", "similar").rows]
    named = {name for row in rows for name in places_of(spine_html(row, "similar"))}
    style = (PROJECT / "static/lpipgeo/app.css").read_text()
    assert {"all", "half", "line", "group", "whisker", "dot"} <= named
    assert {name for name in named if f"var(--{name})" not in style} == set()


def test_numbers_that_are_no_shares_have_no_spine():
    row = row_of("population")
    assert row.indicator.value_type == "count"
    assert spine_html(row, "similar") == ""


def test_missing_figure_is_said_and_not_drawn():
    row = row_of("no_qualifications")
    gone = replace(row.figure, value=math.nan, status="suppressed")
    drawn = row_html(DUDLEY, replace(row, figure=gone))
    assert "<b>Suppressed</b>" in drawn
    assert "lp-spine" not in drawn


@pytest.mark.parametrize("word", [word for word in OUTCOMES if word != "not_compared"])
def test_every_outcome_has_a_shape_and_its_word(word):
    row = replace(row_of("no_qualifications"), outcome=Outcome(word))
    assert f"{SHAPES[word]} {word}</b>" in row_html(DUDLEY, row)


def test_row_that_is_not_compared_says_why():
    outcome = Outcome("not_compared", reason="Nobody <knows> it.")
    row = replace(row_of("no_qualifications"), outcome=outcome)
    drawn = row_html(DUDLEY, row)
    assert 'title="Nobody &lt;knows&gt; it.">not tested</span>' in drawn
    assert "Not tested: Nobody <knows> it." in unfold(DUDLEY, row)["facts"]
    assert "<knows>" not in drawn


def test_caveats_are_told_under_one_heading():
    row = row_of("no_qualifications")
    more = unfold(DUDLEY, row)
    assert more["caveats"] == list(row.indicator.caveats)
    assert not set(more["facts"]) & set(more["caveats"])
    script = (PROJECT / "static/lpipgeo/unfold.html").read_text()
    assert script.count("Bear in mind:") == 1


def test_first_slide_names_one_kind_of_place():
    area = DUDLEY.area
    assert facts_text(area).startswith("District and county or unitary · E08000027")
    assert facts_text(area, every_kind=False).startswith("District · E08000027 · ")


def test_texts_of_a_record_are_shown_and_never_obeyed():
    row = row_of("no_qualifications")
    record = row.indicator.model_copy(
        update={"title": "<script>x</script>", "short_title": "<b onclick=y>z</b>"}
    )
    drawn = row_html(DUDLEY, replace(row, indicator=record))
    assert "<script" not in drawn
    assert "<b onclick" not in drawn


def test_line_through_time_says_where_it_begins_and_ends():
    row = row_of("employment_rate")
    drawn = line_html(row)
    assert f'alt="{say_trend_line(row)}"' in drawn
    drawn_line = draw_trend_line(row, says=False).replace('"', "'")
    assert f'src="data:image/svg+xml,{drawn_line}"' in unquote(drawn)
    assert line_html(replace(row, history=row.history[:2])) == ""


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (11, "11th"),
        (112, "112th"),
        (1022, "1,022nd"),
    ],
)
def test_places_are_written_as_people_do(number, text):
    assert ordinal(number) == text


def test_gap_inside_is_told_in_words():
    indicator = read_catalogue().find("no_qualifications")
    inside = read_inside("E08000027", indicator.id)
    text = gap_text(inside, indicator)
    low, high = f"{inside.tenth:.1f}\u202f%", f"{inside.ninetieth:.1f}\u202f%"
    assert f"one in ten has {low} or less, and one in ten {high} or more" in text
    assert f"a gap of {inside.gap:.1f} percentage points" in text


@pytest.mark.parametrize(
    ("code", "mark"), [("E08000027", "rule"), ("E12000005", "area")]
)
def test_strokes_of_a_few_areas_and_a_hill_of_many_with_the_worst_left(code, mark):
    indicator = read_catalogue().find("no_qualifications")
    inside = read_inside(code, indicator.id)
    spec = inside_chart(inside, indicator, ("Here", 20.0), ("England", 18.1)).to_dict()
    values = [layer for layer in spec["layer"] if "tooltip" in layer["encoding"]]
    assert values[0]["mark"]["type"] == mark
    assert values[0]["encoding"]["x"]["scale"]["reverse"]
    rows = [row for data in spec["datasets"].values() for row in data]
    assert [row["name"] for row in rows if row.get("sign") and "name" in row] == [
        "Here"
    ]
    assert "England 18.1\u202f%" in [row.get("name") for row in rows]


def test_an_area_without_a_figure_of_its_own_says_so():
    indicator = read_catalogue().find("no_qualifications")
    inside = read_inside("E08000027", indicator.id)
    spec = inside_chart(inside, indicator, ("Here", float("nan"))).to_dict()
    rows = [row for data in spec["datasets"].values() for row in data]
    labels = [row["label"] for row in rows if "label" in row]
    assert labels == ["Here: no figure of its own"]
    assert not [row for row in rows if row.get("sign") and "value" in row]
