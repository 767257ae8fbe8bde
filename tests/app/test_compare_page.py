"""The Compare page without a browser: its tabs open, and odd sets are answered."""

from __future__ import annotations

import json
import re

import pytest
from coloraide import Color
from streamlit.testing.v1 import AppTest

from lpipgeo.paths import PROJECT

FRAME = PROJECT / "lpipgeo/ui/frame.py"
COMPARE = str(PROJECT / "pages/compare.py")
TRENDS = str(PROJECT / "pages/trends.py")
SANDWELL, SOLIHULL, NEIGHBOURHOOD = "E08000028", "E08000029", "E01009989"


def open_tab(view, page=COMPARE, **parameters):
    app = AppTest.from_file(FRAME, default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.query_params["view"] = view
    app.switch_page(page)
    app.run()
    assert list(app.exception) == []
    return app


def text_of(app):
    bodies = [element.proto.body for element in app.get("html")]
    infos = [info.value for info in app.info]
    return "\n".join([*bodies, *infos]).replace("\u202f", " ").replace("\\", "")


def test_the_inside_of_the_sub_regions_is_split_in_words():
    app = open_tab("inside", indicator="no_qualifications")
    assert (
        "17 % of the differences between neighbourhoods lie between these six "
        "sub-regions, 83 % within them." in text_of(app)
    )
    assert "each counts by its residents (Census 2021)" in text_of(app)
    table = app.dataframe[0].value
    assert table["count"].sum() == 3574


def test_what_has_nothing_inside_leads_to_what_has():
    app = open_tab("inside", indicator="employment_rate")
    assert "There are no figures of neighbourhoods or MSOAs." in text_of(app)
    app.button(key="inside_employed_16_plus").click().run()
    assert list(app.exception) == []
    assert "by neighbourhood inside each area" in text_of(app)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"indicator": "fuel_poverty"}, "differences between MSOAs lie between"),
        ({"indicator": "median_gas_use"}, "Each figure is a median"),
        (
            {"indicator": "pm25", "compare": f"{SANDWELL},WMS000002"},
            "Sandwell lies in The Black Country.",
        ),
        (
            {"indicator": "pm25", "compare": f"{SANDWELL},{NEIGHBOURHOOD}"},
            "It is itself one of the neighbourhoods.",
        ),
        (
            {"indicator": "pm25", "compare": NEIGHBOURHOOD},
            "None of these areas has smaller areas inside.",
        ),
        (
            {"indicator": "claimants_neighbourhood"},
            "How many are in England’s worst tenth is not known",
        ),
    ],
)
def test_what_is_not_worked_out_is_said(parameters, words):
    assert words in text_of(open_tab("inside", **parameters))


def test_one_figure_stands_among_all_areas_of_its_kind():
    app = open_tab(
        "figure",
        indicator="economic_inactivity",
        compare=f"{SANDWELL},{SOLIHULL},WMS000002",
    )
    assert "Among all areas of their kind" in text_of(app)
    assert "There is no figure of its own for The Black Country." in text_of(app)


def test_one_area_stands_beside_england_and_is_offered_company():
    app = open_tab("overview", compare=SANDWELL)
    text = text_of(app)
    assert "Sandwell beside England" in text
    assert "Residents with no qualifications" in text
    assert "None of these figures" not in text
    assert "Add a second place" in text
    assert not app.button(key="chip_0").disabled
    names = [button.label for button in app.button if "company" in (button.key or "")]
    assert names[:2] == ["The Black Country", "West Midlands Combined Authority"]
    app.button(key="company_0").click().run()
    assert list(app.exception) == []
    assert "Sandwell and The Black Country compared" in text_of(app)
    assert "Add a second place" not in text_of(app)


@pytest.mark.parametrize("view", ["figure", "inside", "two", "balance"])
def test_every_tab_opens_with_one_area(view):
    text = text_of(open_tab(view, compare=SANDWELL, indicator="no_qualifications"))
    assert "cannot be" not in text


def test_themes_are_balanced_with_the_weights_of_the_address():
    app = open_tab("balance", compare=f"{SANDWELL},{SOLIHULL}")
    plain = app.dataframe[0].value.set_index("Area")
    assert plain.loc["Sandwell", "Rank"].endswith(" of 30")
    assert "Our own summary, not an official statistic" in text_of(app)
    app = open_tab("balance", compare=f"{SANDWELL},{SOLIHULL}", weights="no_car:7")
    assert "'no_car:7' is no weight" in text_of(app)
    weights = "inclusive_growth:0,pride_in_place:0,green_economy:0"
    app = open_tab("balance", weights=weights)
    assert "All themes have the weight 0" in text_of(app)


def test_areas_of_a_rare_kind_are_placed_among_districts_without_a_rank():
    app = open_tab("balance", compare=f"{SANDWELL},E47000007")
    said = "West Midlands Combined Authority is placed among districts"
    assert said in text_of(app)
    table = app.dataframe[0].value.set_index("Area")
    authority = table.loc["West Midlands Combined Authority"]
    assert authority["Rank"] == "none"
    assert 0 < authority["Inclusive growth"] < 50


def words_in(spec):
    """Return the colours of axes and legends of a chart, and of words drawn in it."""
    config = spec["config"]
    colours = [config["axis"]["labelColor"], config["axis"]["titleColor"]]
    colours += [config["legend"]["labelColor"], config["legend"]["titleColor"]]
    text = json.dumps(spec)
    return colours + re.findall(r'"(?:label|title|subtitle)Color": "(#\w+)"', text)


@pytest.mark.parametrize("view", ["figure", "inside", "two", "balance", "trends"])
def test_the_words_of_every_chart_can_be_read(view):
    page = TRENDS if view == "trends" else COMPARE
    app = open_tab(view, page, indicator="no_car" if view == "two" else "good_health")
    if view == "trends":
        app = open_tab("overview", page, indicator="fuel_poverty")
    charts = app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")
    assert charts
    for chart in charts:
        colours = words_in(json.loads(chart.proto.spec))
        assert all(Color("#FFF").contrast(colour) >= 4.5 for colour in colours)
