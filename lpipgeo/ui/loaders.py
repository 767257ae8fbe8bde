"""What the pages read, cached by plain texts, and the warming up at start."""

from __future__ import annotations

import gc
import logging
import threading
import time
from dataclasses import astuple
from functools import partial
from importlib import import_module
from typing import Any

import pandas as pd
import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.area_inside import Inside, read_inside
from lpipgeo.area_profile import Profile, read_profile
from lpipgeo.area_programmes import find_programmes
from lpipgeo.area_scales import read_scales
from lpipgeo.association import associate
from lpipgeo.bivariate import Bivariate, in_thirds, make_bivariate
from lpipgeo.choropleth import make_choropleth
from lpipgeo.comparison_inside import read_inside_set
from lpipgeo.corrections import corrections_table, read_corrections, works_of_files
from lpipgeo.custom_ground import read_outline
from lpipgeo.custom_profile import custom_profile
from lpipgeo.errors import LpipgeoError, SelectionError
from lpipgeo.health import listens_when_warm, readiness
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.level_figures import read_level
from lpipgeo.levels import REGION
from lpipgeo.maps.views import make_bivariate_view, make_view
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.palettes import COMPARED
from lpipgeo.paths import data_dir
from lpipgeo.printed.locator import KeyMap, LocatorMap, draw_key_map, draw_locator
from lpipgeo.styles import Style
from lpipgeo.symbols import make_symbols
from lpipgeo.table_query import count_rows, find_lacking, parse_query_string, read_page
from lpipgeo.theme_balance import (
    balance_themes,
    parse_weights,
    place_among_districts,
    read_places,
)
from lpipgeo.ui.choices import DEFAULT_LEVEL, ViewKey, first_indicator

SECONDS_TO_FIRST_MAP = 8
PREVIEW = 50  # rows of a table that are shown
_log = logging.getLogger(__name__)
_kept = partial(st.cache_resource, show_spinner=False, hash_funcs={Style: astuple})

# What these return is shared between visitors, so it must not be changed.
load_choropleth = _kept(max_entries=96)(make_choropleth)
load_symbols = _kept(max_entries=96)(make_symbols)
load_profile = _kept(max_entries=96)(read_profile)
load_association = _kept(max_entries=48)(associate)
load_scales = _kept(max_entries=256)(read_scales)
load_inside_set = _kept(max_entries=32)(read_inside_set)
load_custom_profile = _kept(max_entries=48)(custom_profile)
load_custom_outline = _kept(max_entries=48)(read_outline)
load_programmes = _kept(max_entries=256)(find_programmes)


@_kept(max_entries=96)
def load_view(key: ViewKey, hexagons: bool) -> dict[str, Any]:
    """Return the browser's view of a choropleth, shared like it."""
    return make_view(load_choropleth(*key), hexagons=hexagons)


@_kept(max_entries=96)
def load_bivariate(across: ViewKey, up: ViewKey) -> Bivariate:
    """Return two figures crossed, whatever classes their keys ask for; shared."""
    parts = [
        load_choropleth(*k._replace(style=in_thirds(k.style))) for k in (across, up)
    ]
    return make_bivariate(*parts)


@_kept(max_entries=96)
def load_bivariate_view(across: ViewKey, up: ViewKey, hexagons: bool) -> dict[str, Any]:
    """Return the browser's view of two figures crossed, shared like them."""
    return make_bivariate_view(load_bivariate(across, up), hexagons=hexagons)


@_kept(max_entries=96)
def load_headlines(area_code: str, indicators: tuple[str, ...]) -> Profile:
    """Return the profile of an area with a few figures only; shared like the whole."""
    return read_profile(area_code, indicators=indicators)


@_kept(max_entries=32)
def load_balance(level: str, weights: str | None) -> pd.DataFrame:
    """Return the balance of themes of all areas of a level; shared, like the others.

    Raises
    ------
    SelectionError : the level has too few areas, or odd weights
    """
    chosen = parse_weights(weights or "", read_catalogue())
    return balance_themes(read_places(level), chosen)


@_kept(max_entries=32)
def load_balance_of(area_code: str, weights: str | None) -> pd.DataFrame:
    """Return the balance of one area placed among districts, without a rank; shared."""
    chosen = parse_weights(weights or "", read_catalogue())
    table = balance_themes(place_among_districts(area_code), chosen)
    return table.assign(rank=None, rank_low=None, rank_high=None)


@_kept(max_entries=64)
def count_table(query: str) -> int:
    """Return how many rows the long table of a query has; see `TableQuery`."""
    return count_rows(parse_query_string(query))


@_kept(max_entries=64)
def load_lacking(query: str) -> tuple[str, ...]:
    """Return the indicators of a query of which its table has no row."""
    return find_lacking(parse_query_string(query))


@_kept(max_entries=64)
def load_head(query: str) -> pd.DataFrame:
    """Return the first rows of a query's table; shared, so it must not be changed."""
    head, _, _ = read_page(parse_query_string(query), 0, PREVIEW)
    return head


@_kept(max_entries=4)
def load_key_map(area_codes: tuple[str, ...]) -> KeyMap:
    """Return the map of compared areas in their colours; shared between visitors."""
    areas = [read_areas().find(code) for code in area_codes]
    return draw_key_map(areas, [colour for colour, _ in COMPARED[: len(areas)]])


@_kept(max_entries=96)
def load_inside(area_code: str, indicator_id: str) -> Inside:
    """Return how the smaller areas of an area differ, by the finest usable figures.

    Shared between visitors. MSOAs stand in where neighbourhoods have no exact figures.
    """
    finest = read_inside(area_code, indicator_id)
    if not finest.reason or finest.level != "lsoa21":
        return finest
    try:
        larger = read_inside(area_code, indicator_id, "msoa21")
    except SelectionError:  # an MSOA has none inside
        return finest
    return finest if larger.reason else larger


@_kept(max_entries=96)
def load_locator(area_code: str) -> LocatorMap | None:
    """Return the map of where an area lies; None where its boundary is not held."""
    return draw_locator(read_areas().find(area_code))


@_kept()
def load_corrections() -> pd.DataFrame:
    """Return the corrections to publishers' files; shared, so not to be changed."""
    data = data_dir()
    records = [*read_catalogue().indicators.values(), *read_overlays().values()]
    works = works_of_files(data, records)
    return corrections_table(read_corrections(data), works)


def warm_up() -> None:
    """Read what the pages need before the first visitor does: the map's part first."""
    threading.Thread(target=_warm_up, name="lpipgeo-warm-up", daemon=True).start()


def _warm_up() -> None:
    try:
        _read_needed()
    except LpipgeoError as error:
        readiness.problem = str(error)
        _log.error("the dashboard cannot serve: %s", error)
    finally:
        gc.collect()
        gc.freeze()  # what every visitor needs is kept: it is never looked through
        readiness.ended.set()


def _read_needed() -> None:
    read_areas()
    catalogue = read_catalogue()
    first = first_indicator(catalogue, DEFAULT_LEVEL)
    period = catalogue.latest(first, DEFAULT_LEVEL)
    make_view(make_choropleth(first, DEFAULT_LEVEL, period))
    readiness.is_warm = True
    import_module("folium.plugins")  # slow, and the first map needs them
    if not listens_when_warm():
        time.sleep(SECONDS_TO_FIRST_MAP)  # statsmodels would slow it down
    read_profile(REGION)
    read_level(DEFAULT_LEVEL)
    find_programmes(REGION)
