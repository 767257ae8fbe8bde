"""What the pages read, cached by plain texts, and the warming up at start."""

from __future__ import annotations

import threading
from dataclasses import astuple
from typing import Any

import pandas as pd
import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import Choropleth, Style, make_choropleth
from lpipgeo.corrections import corrections_table, read_corrections, works_of_files
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.maps.folium_map import make_view
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.paths import data_dir
from lpipgeo.ui.selection import DEFAULT_INDICATOR, DEFAULT_LEVEL


@st.cache_resource(max_entries=96, show_spinner=False, hash_funcs={Style: astuple})
def load_choropleth(
    indicator: str, level: str, period: str, style: Style
) -> Choropleth:
    """Return a choropleth; shared between visitors, so it must not be changed."""
    return make_choropleth(indicator, level, period, style=style)


@st.cache_resource(max_entries=96, show_spinner=False, hash_funcs={Style: astuple})
def load_view(
    indicator: str, level: str, period: str, style: Style, hexagons: bool
) -> dict[str, Any]:
    """Return the browser's view of a choropleth, shared like it."""
    choropleth = load_choropleth(indicator, level, period, style)
    return make_view(choropleth, hexagons=hexagons)


@st.cache_data(show_spinner=False)
def load_corrections() -> pd.DataFrame:
    """Return the corrections to publishers' files as `corrections_table` does."""
    data = data_dir()
    records = [*read_catalogue().indicators.values(), *read_overlays().values()]
    works = works_of_files(data, records)
    return corrections_table(read_corrections(data), works)


def warm_up() -> None:
    """Read areas, catalogue and class methods before the first visitor needs them."""

    def work() -> None:
        read_areas()
        catalogue = read_catalogue()
        period = catalogue.latest(DEFAULT_INDICATOR, DEFAULT_LEVEL)
        make_view(make_choropleth(DEFAULT_INDICATOR, DEFAULT_LEVEL, period))

    threading.Thread(target=work, name="lpipgeo-warm-up", daemon=True).start()
