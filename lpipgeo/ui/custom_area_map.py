"""The map on which a custom area is put together: areas picked, or corners drawn."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from lpipgeo.area_index import read_areas
from lpipgeo.custom_area import (
    MAX_CORNERS,
    NEIGHBOURHOOD,
    POLYGON_RULE,
    find_drawn,
)
from lpipgeo.errors import LpipgeoError
from lpipgeo.formatting import THIN_SPACE
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.maps.folium_map import OutlineLayer, base_map, layer_group
from lpipgeo.maps.views import Focus, view_json
from lpipgeo.styles import Style
from lpipgeo.ui.choices import (
    DEFAULT_LEVEL,
    Selection,
    ViewKey,
    first_indicator,
    usable_levels,
)
from lpipgeo.ui.loaders import load_choropleth, load_custom_outline, load_view
from lpipgeo.ui.messages import quiet

MODES = {"pick": "Pick neighbourhoods", "draw": "Draw an outline"}
MAP_HEIGHT = 460
_CLICK, _CORNERS, _FOCUS = "custom_click", "custom_corners", "custom_focus"
_NOTE = "custom_drawn"
_ROOM = 0.02  # degrees around the area that is brought into view


def look_at(codes: Sequence[str]) -> None:
    """Bring some neighbourhoods into view when the map is next drawn."""
    if not codes:
        return
    table = read_areas().table.loc[list(codes)]
    west, east = table["lon"].min() - _ROOM, table["lon"].max() + _ROOM
    south, north = table["lat"].min() - _ROOM, table["lat"].max() + _ROOM
    box = (float(west), float(south), float(east), float(north))
    st.session_state[_FOCUS] = Focus(f"custom-{time.time()}", box)


def choose_on_map(
    selection: Selection,
    codes: tuple[str, ...],
    keep: Callable[[Sequence[str]], None],
) -> None:
    """Draw the map with the chosen neighbourhoods outlined, and take its clicks.

    Parameters
    ----------
    codes : the chosen neighbourhoods
    keep : called with the new ones after a click or a drawing
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
    corners: list[tuple[float, float]] = st.session_state.setdefault(_CORNERS, [])
    with st.container():  # always one, for a map that changes its place starts anew
        if mode == "draw":
            _show_drawing(corners, codes, keep)
        else:
            quiet("Click a neighbourhood to add it, and again to take it out.")
    key = _view_key(selection)
    above = []
    if codes:
        above.append(OutlineLayer(load_custom_outline(codes)))
    if mode == "draw" and corners:
        line = [(lat, lon) for lon, lat in corners]
        above.append(OutlineLayer(line, is_open=True))
    text = view_json(load_view(key, False), focus=st.session_state[_FOCUS])
    with st.container(key="custom_map"):
        answer = st_folium(
            base_map(),
            key="custom_area_map",
            feature_group_to_add=layer_group(text, *above),
            returned_objects=[],
            height=MAP_HEIGHT,
            use_container_width=True,
        )
    quiet(f"Coloured by: {load_choropleth(*key).title}.")
    _take_click(answer, mode == "draw", codes, keep)


def _view_key(selection: Selection) -> ViewKey:
    """Return the selection's figure by neighbourhood, or the first one of all."""
    catalogue, indicator = read_catalogue(), selection.indicator
    if NEIGHBOURHOOD not in usable_levels(catalogue, indicator):
        indicator = first_indicator(catalogue, NEIGHBOURHOOD)
    period = catalogue.latest(indicator, DEFAULT_LEVEL)
    return ViewKey(indicator, DEFAULT_LEVEL, period, Style())


def _show_drawing(
    corners: list[tuple[float, float]],
    codes: tuple[str, ...],
    keep: Callable[[Sequence[str]], None],
) -> None:
    quiet(
        "Click on the map corner by corner, once around the area, then close the "
        f"outline. Corners lie inside the region. {POLYGON_RULE}"
    )
    if _NOTE in st.session_state:
        st.info(st.session_state[_NOTE])
    with st.container(horizontal=True):
        st.button(
            "Close the outline",
            key="custom_close",
            icon=":material/done:",
            disabled=len(corners) < 3,
            on_click=_close,
            args=(codes, keep),
        )
        st.button(
            "Take the last corner back",
            key="custom_back",
            disabled=not corners,
            on_click=_take_back,
        )
    quiet(f"{len(corners)} corners so far." if corners else "No corner yet.")


def _take_back() -> None:
    if st.session_state[_CORNERS]:
        st.session_state[_CORNERS].pop()


def _close(codes: tuple[str, ...], keep: Callable[[Sequence[str]], None]) -> None:
    corners = st.session_state[_CORNERS]
    try:
        drawn = find_drawn(corners)
    except LpipgeoError as error:
        st.session_state[_NOTE] = str(error)
        return
    st.session_state[_CORNERS] = []
    if not drawn.codes:
        st.session_state[_NOTE] = (
            "No neighbourhood's point lies inside the outline. Draw it larger, or pick "
            "neighbourhoods."
        )
        return
    noun = "neighbourhood" if len(drawn.codes) == 1 else "neighbourhoods"
    st.session_state[_NOTE] = (
        f"{len(drawn.codes):,} {noun} taken. They cover "
        f"{100 * drawn.share_covered:.0f}{THIN_SPACE}% of the drawn ground; "
        f"{100 * drawn.share_inside:.0f}{THIN_SPACE}% of theirs lies inside it."
    )
    keep([*codes, *drawn.codes])


def _take_click(
    answer: dict[str, Any] | None,
    is_drawing: bool,
    codes: tuple[str, ...],
    keep: Callable[[Sequence[str]], None],
) -> None:
    """Take one click once: a corner, or a neighbourhood in or out."""
    found = answer or {}
    click, code = found.get("click"), found.get("area_code")
    if click is None or click == st.session_state.get(_CLICK):
        return
    st.session_state[_CLICK] = click
    lat, lon = found.get("lat"), found.get("lon")
    if is_drawing:
        corners = st.session_state[_CORNERS]
        if not isinstance(lat, int | float) or not isinstance(lon, int | float):
            return  # chosen by a key: it has no place of its own
        st.session_state.pop(_NOTE, None)
        if len(corners) < MAX_CORNERS:
            corners.append((float(lon), float(lat)))
    elif isinstance(code, str) and code in read_areas().by_code:
        keep([c for c in codes if c != code] if code in codes else [*codes, code])
    st.rerun()
