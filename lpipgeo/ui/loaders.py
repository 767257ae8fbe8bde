"""What the pages read, cached by plain texts, and the warming up at start."""

from __future__ import annotations

import threading
from dataclasses import astuple
from typing import Any

import pandas as pd
import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.bivariate import Bivariate, in_thirds, make_bivariate
from lpipgeo.choropleth import Choropleth, make_choropleth
from lpipgeo.corrections import corrections_table, read_corrections, works_of_files
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.maps.views import make_bivariate_view, make_view
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.paths import data_dir
from lpipgeo.styles import Style
from lpipgeo.symbols import Symbols, make_symbols
from lpipgeo.ui.choices import DEFAULT_INDICATOR, DEFAULT_LEVEL, ViewKey

_cached = st.cache_resource(
    max_entries=96, show_spinner=False, hash_funcs={Style: astuple}
)


@_cached
def load_choropleth(
    indicator: str,
    level: str,
    period: str,
    style: Style,
    within: str | None = None,
    earlier: str | None = None,
) -> Choropleth:
    """Return a choropleth; shared between visitors, so it must not be changed."""
    return make_choropleth(
        indicator, level, period, style=style, within=within, earlier=earlier
    )


@_cached
def load_view(key: ViewKey, hexagons: bool) -> dict[str, Any]:
    """Return the browser's view of a choropleth, shared like it."""
    return make_view(load_choropleth(*key), hexagons=hexagons)


@_cached
def load_bivariate(across: ViewKey, up: ViewKey) -> Bivariate:
    """Return two figures crossed, whatever classes their keys ask for; shared."""
    parts = [
        load_choropleth(*k._replace(style=in_thirds(k.style))) for k in (across, up)
    ]
    return make_bivariate(*parts)


@_cached
def load_bivariate_view(across: ViewKey, up: ViewKey, hexagons: bool) -> dict[str, Any]:
    """Return the browser's view of two figures crossed, shared like them."""
    return make_bivariate_view(load_bivariate(across, up), hexagons=hexagons)


@_cached
def load_symbols(
    indicator: str, level: str, period: str, within: str | None = None
) -> Symbols:
    """Return circles for a figure; shared between visitors."""
    return make_symbols(indicator, level, period, within=within)


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
