"""The distribution chart: honest bars in the colours of the map."""

from __future__ import annotations

import pytest

from lpipgeo.charts import distribution
from lpipgeo.choropleth import make_choropleth


def spec(indicator, level, data=None):
    choropleth = make_choropleth(indicator, level, data=data)
    return choropleth, distribution(choropleth).to_dict()


def rows(chart, part):
    return chart["datasets"][part["data"]["name"]]


@pytest.fixture(scope="module")
def histogram():
    return spec("no2", "lsoa21")


def test_bars_start_at_zero(histogram):
    _, chart = histogram
    assert chart["layer"][0]["encoding"]["y2"] == {"datum": 0}


def test_bars_hold_every_area_with_a_value(tiny_data):
    _, chart = spec("tiny_share", "lsoa21", tiny_data)
    assert sum(bar["count"] for bar in rows(chart, chart["layer"][0])) == 5


def test_bars_have_the_colours_of_the_classes(histogram):
    choropleth, chart = histogram
    edges = choropleth.classes.edges
    for bar in rows(chart, chart["layer"][0]):
        middle = (bar["from"] + bar["to"]) / 2
        number = sum(middle > edge for edge in edges[1:-1])
        assert bar["colour"] == choropleth.colours[number]


def test_bars_meet_without_gaps(histogram):
    _, chart = histogram
    bars = rows(chart, chart["layer"][0])
    assert [bar["to"] for bar in bars[:-1]] == [bar["from"] for bar in bars[1:]]


def test_region_and_england_are_marked_where_they_stand(histogram):
    choropleth, chart = histogram
    found = rows(chart, chart["layer"][1])
    assert [(row["value"], row["label"]) for row in found] == [
        (mark.value, mark.text) for mark in choropleth.marks
    ]


def test_banded_figures_have_one_bar_per_band_and_no_finer():
    choropleth, chart = spec("fuel_poverty", "lsoa21")
    bars = rows(chart, chart)
    assert [bar["band"] for bar in bars][:2] == ["0 to 5", "5 to 10"]
    assert [bar["count"] for bar in bars] == list(choropleth.classes.counts)
    assert sum(bar["count"] for bar in bars) == 3574
    assert {*bars[0]} == {"band", "count", "colour"}


def test_bars_of_bands_are_measured_from_zero():
    _, chart = spec("fuel_poverty", "lsoa21")
    scale = chart["encoding"]["y"].get("scale", {})
    assert chart["mark"]["type"] == "bar"  # Vega-Lite starts bars of counts at zero
    assert scale.get("zero", True) is True


def test_title_says_what_differs(histogram):
    _, chart = histogram
    assert chart["title"]["text"] == (
        "How neighbourhoods differ: Nitrogen dioxide, annual mean"
    )


def test_total_has_no_marks_of_larger_areas():
    _, chart = spec("population", "lsoa21")
    assert rows(chart, chart["layer"][1]) == []
