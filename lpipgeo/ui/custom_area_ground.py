"""Neighbourhoods taken by their ground: an outline that is drawn, a distance typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.custom_ground import (
    MAX_KM,
    MIN_KM,
    NEAR_RULE,
    POLYGON_RULE,
    Enclosed,
    codes_near,
    find_drawn,
    find_near,
)
from lpipgeo.errors import LpipgeoError
from lpipgeo.formatting import THIN_SPACE
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.place_panel import find_place

Keep = Callable[[Sequence[str]], bool]  # whether they are kept; what kept them out
FIRST_KM = 1.0
_CORNERS, _TAKEN = "custom_corners", "custom_taken"
_PLACE, _KM = "custom_near", "custom_near_km"


def drawn_corners() -> list[tuple[float, float]]:
    """Return the corners that were clicked so far, (longitude, latitude)."""
    corners: list[tuple[float, float]] = st.session_state.setdefault(_CORNERS, [])
    return corners


def forget_taken() -> None:
    """Take the sentence on the last drawing away, for another is begun."""
    st.session_state.pop(_TAKEN, None)


def show_drawing(codes: tuple[str, ...], keep: Keep) -> None:
    """Draw how an outline is drawn, and the buttons that close it or go back."""
    corners = drawn_corners()
    quiet(
        "Click on the map corner by corner, once around the area, then close the "
        f"outline. Corners lie inside the region. {POLYGON_RULE}"
    )
    _show_taken()
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


def _close(codes: tuple[str, ...], keep: Keep) -> None:
    try:
        drawn = find_drawn(st.session_state[_CORNERS])
    except LpipgeoError as error:
        st.session_state[_TAKEN] = str(error)
        return
    st.session_state[_CORNERS] = []
    if drawn.codes:
        _take(drawn, "the drawn ground", codes, keep)
    else:
        st.session_state[_TAKEN] = (
            "No neighbourhood's point lies inside the outline. Draw it larger, or pick "
            "neighbourhoods."
        )


def near_circle(selection: Selection) -> tuple[str, float]:
    """Return the place and the distance that are chosen; "" for no place."""
    place = st.session_state.setdefault(_PLACE, selection.area or "")
    return place, float(st.session_state.get(_KM, FIRST_KM))


def show_near(selection: Selection, codes: tuple[str, ...], keep: Keep) -> None:
    """Draw the choice of a place and a distance: all of it goes without a pointer."""
    where, how_far = st.columns([3, 1], gap="small")
    with where:
        find_place(_placed, "Around which place?", "custom_near_find")
    place, _ = near_circle(selection)
    km = how_far.number_input(
        "Distance in km",
        min_value=MIN_KM,
        max_value=MAX_KM,
        value=FIRST_KM,
        step=0.1,
        format="%.1f",
        key=_KM,
        on_change=forget_taken,
    )
    near = codes_near(place, km) if place else ()
    if not _show_taken():
        quiet(_near_text(place, km, len(near)))
    st.button(
        "Add these neighbourhoods",
        key="custom_near_add",
        icon=":material/add:",
        disabled=not near,
        on_click=_add_near,
        args=(place, km, codes, keep),
    )
    quiet(NEAR_RULE)


def _near_text(place: str, km: float, count: int) -> str:
    """Return in a sentence how many neighbourhoods are near, before they are taken."""
    if not place:
        return "Find a place first; a postcode stands for its neighbourhood."
    name = read_areas().find(place).name
    if not count:
        return f"No neighbourhood's point lies within {_ground(km, name)}. Go further."
    verb = "neighbourhood lies" if count == 1 else "neighbourhoods lie"
    return f"{count:,} {verb} within {_ground(km, name)}."


def _ground(km: float, name: str) -> str:
    return f"{km:.1f}{THIN_SPACE}km of {name}"


def _placed(code: str) -> None:
    st.session_state[_PLACE] = code
    forget_taken()


def _add_near(place: str, km: float, codes: tuple[str, ...], keep: Keep) -> None:
    ground = f"the ground within {_ground(km, read_areas().find(place).name)}"
    _take(find_near(place, km), ground, codes, keep)


def _take(found: Enclosed, ground: str, codes: tuple[str, ...], keep: Keep) -> None:
    """Add neighbourhoods; say how many, and how far they are that ground."""
    if not keep([*codes, *found.codes]):
        return
    noun = "neighbourhood" if len(found.codes) == 1 else "neighbourhoods"
    st.session_state[_TAKEN] = (
        f"{len(found.codes):,} {noun} taken. They cover "
        f"{100 * found.share_covered:.0f}{THIN_SPACE}% of {ground}; "
        f"{100 * found.share_inside:.0f}{THIN_SPACE}% of theirs lies inside it."
    )


def _show_taken() -> bool:
    """Say what was taken last; return whether there was something to say."""
    if _TAKEN in st.session_state:
        st.info(plain(st.session_state[_TAKEN]))
    return _TAKEN in st.session_state
