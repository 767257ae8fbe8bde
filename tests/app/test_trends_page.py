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
