"""The address says what was chosen before anything is drawn."""

from __future__ import annotations

import pytest
import streamlit as st

from lpipgeo.ui import selection
from tests.app.opening import (
    COMPARE,
    DATA,
    MAP,
    PROFILE,
    SOURCES,
    TRENDS,
    address,
    open_page,
)


@pytest.mark.parametrize("script", [MAP, PROFILE, COMPARE, TRENDS, DATA, SOURCES])
def test_a_page_that_is_left_while_it_is_drawn_has_its_address(script, monkeypatch):
    # Else a click on what is there already sends the address of before with it.
    monkeypatch.setattr(selection, "notes", st.stop)
    found = address(open_page(script, area="E08000028"))
    assert found["area"] == "E08000028"
    assert {"indicator", "level"} <= set(found)
