"""The page Trends without a browser: what changed, and from which base."""

from __future__ import annotations

import re

import pytest

from tests.app.opening import TRENDS, address, html_of, open_page, read_page


def test_trends_show_what_changed_for_the_set_the_region_and_england():
    app = read_page(
        TRENDS, indicator="healthy_life_expectancy_male", compare="E08000028,E08000029"
    )
    table = app.dataframe[0].value.set_index("Area")
    assert list(table.index) == [
        "Sandwell",
        "Solihull",
        "West Midlands region",
        "England",
    ]
    assert table.loc["Sandwell", "To"] == "52.7 years in 2022 to 2024"
    assert table.loc["Sandwell", "What may be said"] == "within the margins of error"
    assert table.loc["England", "What may be said"] == "clear fall, for the worse"
    assert address(app)["compare"] == "E08000028,E08000029"


def test_trends_of_one_period_say_so_and_offer_others():
    app = read_page(TRENDS, indicator="no_qualifications")
    assert "fewer than two periods" in app.info[0].value
    assert "Households in fuel poverty" in app.selectbox(key="trends_indicator").options


@pytest.mark.parametrize("base", ["soon", "1950-01-01/P1Y"])
def test_an_odd_base_is_explained_and_the_figures_are_shown(base):
    app = read_page(TRENDS, indicator="fuel_poverty", base=base)
    said = " ".join([html_of(app), *(note.value for note in app.info)])
    assert re.search("is no period|cannot be set to 100", said)
    assert len(app.dataframe[0].value) == 8


def test_another_indicator_begins_without_the_base_of_the_one_before():
    indicator, base = "healthy_life_expectancy_male", "2011-01-01/P3Y"
    app = open_page(TRENDS, indicator=indicator, base=base)
    assert app.selectbox(key="trends_base").value == base
    app.selectbox(key="trends_indicator").select("Claimant count").run()
    assert list(app.exception) == []
    assert "base" not in address(app)
    assert "cannot be set to 100" not in html_of(app)


def test_areas_without_a_line_are_named_together_and_districts_are_offered():
    app = open_page(TRENDS, indicator="modelled_unemployment")
    said = html_of(app)
    assert "<h1>Unemployment rate, modelled, through time</h1>" in said
    assert said.count("no line") == 1
    assert "They have no figures of their own." in said
    app.button(key="trends_districts").click().run()
    assert list(app.exception) == []
    assert "no line" not in html_of(app)
    assert len(address(app)["compare"].split(",")) == 7


def test_one_area_without_a_line_is_told_so_in_the_singular():
    two = "E08000028,E02002057"
    app = open_page(TRENDS, indicator="modelled_unemployment", compare=two)
    assert "Tipton has no line. It has no figure of its own." in html_of(app)
