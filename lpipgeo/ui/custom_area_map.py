"""The map on which a custom area is put together: picked, drawn, or around a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.custom_area import NEIGHBOURHOOD
from lpipgeo.custom_ground import MAX_CORNERS, read_circle
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.maps.folium_map import OutlineLayer
from lpipgeo.maps.views import Focus, view_json
from lpipgeo.styles import Style
from lpipgeo.ui.choices import (
    DEFAULT_LEVEL,
    Selection,
    ViewKey,
    first_indicator,
    usable_levels,
)
from lpipgeo.ui.custom_area_ground import (
    Keep,
    drawn_corners,
    forget_taken,
    near_circle,
    show_drawing,
    show_near,
)
from lpipgeo.ui.loaders import load_choropleth, load_custom_outline, load_view
from lpipgeo.ui.map_frame import draw_view
from lpipgeo.ui.messages import quiet

MODES = {
    "pick": "Pick areas",
    "draw": "Draw an outline",
    "near": "Around a place",
}
MAP_HEIGHT = 460
_FOCUS, _CIRCLE = "custom_focus", "custom_circle"
_ROOM = 0.02  # degrees around the area that is brought into view


def look_at(codes: Sequence[str]) -> None:
    """Bring some neighbourhoods into view when the map is next drawn."""
    if not codes:
        return
    table = read_areas().table.loc[list(codes)]
    _look_around(list(zip(table["lat"], table["lon"], strict=True)), _ROOM)


def _look_around(points: Sequence[tuple[float, float]], room: float) -> None:
    """Bring points (latitude, longitude) into view, with room around in degrees."""
    lats, lons = zip(*points, strict=True)
    west, east = float(min(lons)) - room, float(max(lons)) + room
    south, north = float(min(lats)) - room, float(max(lats)) + room
    box = (west, south, east, north)
    st.session_state[_FOCUS] = Focus(uuid4().hex, box)


def choose_on_map(
    selection: Selection,
    codes: tuple[str, ...],
    keep: Keep,
) -> None:
    """Draw the map with the chosen neighbourhoods outlined, and take its clicks.

    Parameters
    ----------
    codes : the chosen neighbourhoods
    keep : called with the new ones after a click, a drawing or a distance
    """
    if _FOCUS not in st.session_state:
        st.session_state[_FOCUS] = None
        look_at(codes)
    mode = st.segmented_control(
        "On the map",
        list(MODES),
        default="pick",
        format_func=lambda name: MODES[name],
        key="custom_mode",
        required=True,
    )
    with st.container():  # always one, for a map that changes its place starts anew
        if mode == "draw":
            show_drawing(codes, keep)
        elif mode == "near":
            show_near(selection, codes, keep)
        else:
            quiet("Click a neighbourhood to add it, and again to take it out.")
    key = _view_key(selection)
    above = []
    if codes:
        above.append(OutlineLayer(load_custom_outline(codes)))
    if mode == "draw" and drawn_corners():
        line = [(lat, lon) for lon, lat in drawn_corners()]
        above.append(OutlineLayer(line, is_open=True))
    if mode == "near":
        above += _circle(selection)
    text = view_json(load_view(key, False), focus=st.session_state[_FOCUS])
    with st.container(key="custom_map"):
        click = draw_view("custom_area_map", text, *above, height=MAP_HEIGHT)
    quiet(f"Coloured by: {load_choropleth(*key).title}.")
    if click:
        _take_click(click, mode == "draw", codes, keep)


def _circle(selection: Selection) -> list[OutlineLayer]:
    """Return the circle around the chosen place; a new one is brought into view."""
    place, km = near_circle(selection)
    if not place:
        return []
    circle = read_circle(place, km)
    if st.session_state.get(_CIRCLE) != (place, km):
        st.session_state[_CIRCLE] = (place, km)
        _look_around(circle, 0)
    return [OutlineLayer(circle, is_dashed=True)]


def _view_key(selection: Selection) -> ViewKey:
    """Return the selection's figure by neighbourhood, or the first one of all."""
    catalogue, indicator = read_catalogue(), selection.indicator
    if NEIGHBOURHOOD not in usable_levels(catalogue, indicator):
        indicator = first_indicator(catalogue, NEIGHBOURHOOD)
    period = catalogue.latest(indicator, DEFAULT_LEVEL)
    return ViewKey(indicator, DEFAULT_LEVEL, period, Style())


def _take_click(
    click: dict[str, Any],
    is_drawing: bool,
    codes: tuple[str, ...],
    keep: Keep,
) -> None:
    """Take a click: a corner, or a neighbourhood in or out."""
    code, lat, lon = (click.get(name) for name in ("area_code", "lat", "lon"))
    if is_drawing:
        corners = drawn_corners()
        if not isinstance(lat, int | float) or not isinstance(lon, int | float):
            return  # chosen by a key: it has no place of its own
        forget_taken()
        if len(corners) < MAX_CORNERS:
            corners.append((float(lon), float(lat)))
    elif isinstance(code, str) and code in read_areas().by_code:
        keep([c for c in codes if c != code] if code in codes else [*codes, code])
    st.rerun()
