"""Choices made before the browser has the URL of the choice before them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def choose_and_say():
    """Offer two choices and say the selection, as every page does."""
    from functools import partial  # noqa: PLC0415  the script runs on its own

    import streamlit as st  # noqa: PLC0415

    from lpipgeo.ui import selection as selections  # noqa: PLC0415

    chosen = selections.current()
    for name in ("1", "2", "3"):
        change = partial(selections.change, present=name)
        st.button(name, key=name, on_click=change)
    st.button("Nothing", key="nothing")
    st.text(chosen.present)
    selections.write_url()


@pytest.fixture
def app():
    return AppTest.from_function(choose_and_say, default_timeout=30).run()


def press(app, name, *, with_url_of=None):
    """Press a button; the browser still shows an older URL where one is given."""
    if with_url_of is not None:
        app.query_params.clear()
        for key, value in with_url_of.items():
            app.query_params[key] = value
    return app.button(key=name).click().run()


def url(app):
    found = {key: app.query_params[key] for key in app.query_params}
    return {k: v if isinstance(v, str) else v[0] for k, v in found.items()}


def shown(app):
    return app.text[0].value


def test_a_choice_with_the_url_of_the_one_before_is_kept(app):
    press(app, "1")
    first = url(app)
    press(app, "2")
    press(app, "3", with_url_of=first)
    assert shown(app) == "3"
    assert url(app)["present"] == "3"


def test_a_run_without_a_choice_and_an_older_url_changes_nothing(app):
    press(app, "1")
    first = url(app)
    press(app, "2")
    press(app, "nothing", with_url_of=first)
    assert shown(app) == "2"


def test_the_first_choice_can_come_before_the_first_url(app):
    press(app, "2", with_url_of={"present": "1"})
    press(app, "3", with_url_of={"present": "1"})
    assert shown(app) == "3"


def test_going_back_to_a_url_that_the_browser_had_left_is_followed(app):
    press(app, "1")
    first = url(app)
    press(app, "2")
    press(app, "nothing")  # the browser has the URL of the second choice by now
    press(app, "nothing", with_url_of=first)
    assert shown(app) == "1"
