"""The page Trends: a base holds for the indicator it was chosen for."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from lpipgeo.paths import PROJECT


def test_another_indicator_begins_without_the_base_of_the_one_before():
    app = AppTest.from_file(str(PROJECT / "pages/trends.py"), default_timeout=60)
    app.query_params["indicator"] = "healthy_life_expectancy_male"
    app.query_params["base"] = "2011-01-01/P3Y"
    app.run()
    assert app.selectbox(key="trends_base").value == "2011-01-01/P3Y"
    app.selectbox(key="trends_indicator").select("Claimant count").run()
    assert "base" not in app.query_params
    assert not app.exception
    assert not [e for e in app.get("html") if "cannot be set to 100" in e.proto.body]


def text_of(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def test_areas_without_a_line_are_named_together_and_districts_are_offered():
    app = AppTest.from_file(str(PROJECT / "pages/trends.py"), default_timeout=60)
    app.query_params["indicator"] = "modelled_unemployment"
    app.run()
    said = text_of(app)
    assert "<h1>Unemployment rate, modelled, through time</h1>" in said
    assert said.count("no line") == 1
    assert "They have no figures of their own." in said
    app.button(key="trends_districts").click().run()
    assert not app.exception
    assert "no line" not in text_of(app)
    assert len("".join(app.query_params["compare"]).split(",")) == 7


def test_one_area_without_a_line_is_told_so_in_the_singular():
    app = AppTest.from_file(str(PROJECT / "pages/trends.py"), default_timeout=60)
    app.query_params["indicator"] = "modelled_unemployment"
    app.query_params["compare"] = "E08000028,E02002057"
    app.run()
    assert "Tipton has no line. It has no figure of its own." in text_of(app)
