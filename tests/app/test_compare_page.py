"""The Compare page without a browser: its tabs open, and odd sets are answered."""

from __future__ import annotations

import json
import re

import pytest
from coloraide import Color

from tests.app.opening import (
    COMPARE,
    PROFILE,
    TRENDS,
    address,
    html_of,
    open_page,
    read_page,
    row_of,
    text_of,
)

SANDWELL, SOLIHULL, NEIGHBOURHOOD = "E08000028", "E08000029", "E01009989"


def test_a_first_visit_compares_the_sub_regions_on_three_themes():
    app = read_page(COMPARE)
    drawn = html_of(app)
    assert "<h1>The six sub-regions of the West Midlands compared</h1>" in drawn
    for theme in ("Inclusive growth", "Pride in place", "Green economy"):
        assert f"scope='rowgroup'>{theme}</th>" in drawn
    row = row_of(app, "no_qualifications")
    assert "▼ worse" in row
    assert "▲ better" in row


def test_the_order_follows_a_figure_and_the_shading_a_choice():
    app = open_page(COMPARE, compare=f"{SOLIHULL},{SANDWELL}")
    assert columns(app) == [SOLIHULL, SANDWELL]
    app.selectbox(key="compare_order").set_value("fuel_poverty").run()
    assert address(app)["order"] == "fuel_poverty"
    assert columns(app) == [SANDWELL, SOLIHULL]
    app.selectbox(key="compare_shade").set_value("place").run()
    assert list(app.exception) == []
    assert "worst fifth" in row_of(app, "no_qualifications")


def columns(app):
    """Return the codes of the compared areas, from left to right."""
    head = html_of(app).split("<thead>")[1].split("</thead>")[0]
    return re.findall(r"area_profile\?area=(\w+)", head)


def test_what_cannot_be_compared_is_named_with_its_reason():
    codes = f"{SANDWELL},{NEIGHBOURHOOD},nowhere"
    app = read_page(COMPARE, compare=codes, figures_of="context")
    assert "It is left out." in text_of(app)
    (folded,) = [e for e in app.expander if e.label.startswith("Not shown, and why")]
    assert "larger places have more of everything" in html_of(folded)


def test_a_profile_leads_to_its_area_beside_england():
    app = open_page(PROFILE, area=SANDWELL)
    app.button(key="add_to_comparison").click().run()
    assert list(app.exception) == []
    assert address(app)["compare"] == SANDWELL
    links = {link.proto.label: link.proto.page for link in app.get("page_link")}
    assert links["In your comparison (1)"] == "compare"


def test_an_area_of_the_set_is_a_benchmark_of_a_profile():
    app = open_page(PROFILE, area=SANDWELL, compare=f"{SOLIHULL},{SANDWELL}")
    app.selectbox(key=f"benchmark_{SANDWELL}").set_value(SOLIHULL).run()
    assert list(app.exception) == []
    assert "compared with Solihull" in html_of(app)
    assert address(app)["benchmark"] == SOLIHULL


def test_the_inside_of_the_sub_regions_is_split_in_words():
    app = read_page(COMPARE, view="inside", indicator="no_qualifications")
    assert (
        "17 % of the differences between neighbourhoods lie between these six "
        "sub-regions, 83 % within them." in text_of(app)
    )
    assert "each counts by its residents (Census 2021)" in text_of(app)
    table = app.dataframe[0].value
    assert table["count"].sum() == 3574


def test_what_has_nothing_inside_leads_to_what_has():
    app = open_page(COMPARE, view="inside", indicator="employment_rate")
    assert "There are no figures of neighbourhoods or MSOAs." in text_of(app)
    app.button(key="inside_employed_16_plus").click().run()
    assert list(app.exception) == []
    assert "by neighbourhood inside each area" in text_of(app)
    assert address(app)["indicator"] == "employed_16_plus"
    assert app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")


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
    assert words in text_of(read_page(COMPARE, view="inside", **parameters))


def test_one_figure_stands_among_all_areas_of_its_kind():
    app = read_page(
        COMPARE,
        view="figure",
        indicator="economic_inactivity",
        compare=f"{SANDWELL},{SOLIHULL},WMS000002",
    )
    assert "Among all areas of their kind" in text_of(app)
    assert "There is no figure of its own for The Black Country." in text_of(app)


def test_one_area_stands_beside_england_and_is_offered_company():
    app = open_page(COMPARE, view="overview", compare=SANDWELL)
    text = text_of(app)
    assert "Sandwell beside England" in text
    assert "▼ worse" in row_of(app, "no_qualifications")
    assert "None of these figures" not in text
    assert "Add a second place" in text
    assert not app.button(key="chip_0").disabled
    names = [button.label for button in app.button if "company" in (button.key or "")]
    assert names[:2] == ["The Black Country", "West Midlands Combined Authority"]
    app.button(key="company_0").click().run()
    assert list(app.exception) == []
    assert "Sandwell and The Black Country compared" in text_of(app)
    assert address(app)["compare"] == f"{SANDWELL},WMS000002"
    assert "Add a second place" not in text_of(app)


@pytest.mark.parametrize("view", ["figure", "inside", "two", "balance"])
def test_every_tab_opens_with_one_area(view):
    text = text_of(
        read_page(COMPARE, view=view, compare=SANDWELL, indicator="no_qualifications")
    )
    assert "cannot be" not in text


def test_themes_are_balanced_with_the_weights_of_the_address():
    app = read_page(COMPARE, view="balance", compare=f"{SANDWELL},{SOLIHULL}")
    plain = app.dataframe[0].value.set_index("Area")
    assert plain.loc["Sandwell", "Rank"].endswith(" of 30")
    assert "Our own summary, not an official statistic" in text_of(app)
    app = read_page(
        COMPARE, view="balance", compare=f"{SANDWELL},{SOLIHULL}", weights="no_car:7"
    )
    assert "'no_car:7' are no weights" in text_of(app)
    weights = "inclusive_growth:0,pride_in_place:0,green_economy:0"
    app = read_page(COMPARE, view="balance", weights=weights)
    assert "All themes have the weight 0" in text_of(app)


def test_a_heavier_theme_is_in_the_address_and_in_the_table():
    app = open_page(COMPARE, view="balance", compare=f"{SANDWELL},{SOLIHULL}")
    plain = app.dataframe[0].value
    for given in (app, open_page(COMPARE, view="balance", weights="green_economy:2")):
        given.session_state["balance_weights"] = True  # the popover is opened
        given.run()
    app.slider(key="weight_green_economy").set_value(2).run()
    assert list(app.exception) == []
    assert address(app)["weights"] == "green_economy:2"
    assert not app.dataframe[0].value.equals(plain)
    assert given.slider(key="weight_green_economy").value == 2


def test_areas_of_a_rare_kind_are_placed_among_districts_without_a_rank():
    app = read_page(COMPARE, view="balance", compare=f"{SANDWELL},E47000007")
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
    app = read_page(
        page, view=view, indicator="no_car" if view == "two" else "good_health"
    )
    if view == "trends":
        app = read_page(page, indicator="fuel_poverty")
    charts = app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")
    assert charts
    for chart in charts:
        colours = words_in(json.loads(chart.proto.spec))
        assert all(Color("#FFF").contrast(colour) >= 4.5 for colour in colours)
