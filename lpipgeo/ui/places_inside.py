"""The way down from a profile: the smaller areas inside, to choose one by its name."""

from __future__ import annotations

import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.levels import LEVELS
from lpipgeo.ui.place_panel import go_to
from lpipgeo.ui.popovers import open_popover

SMALLER = ("subregion", "lad24", "ward25", "msoa21", "lsoa21")
MOST = 800  # names in one list; the next larger areas lead on


def offer_inside(area: Area) -> None:
    """Draw the choice of a place inside; nothing for the smallest areas."""
    if area.level == SMALLER[-1]:
        return
    popover = open_popover("Inside", "account_tree", "places_inside")
    if popover is None:
        return
    with popover:
        for level in SMALLER:
            codes = read_areas().codes_within(level, area.code)
            if level not in area.levels and 1 < len(codes) <= MOST:
                _choose(level, codes, f"inside_{level}_{area.code}")


def _choose(level: str, codes: list[str], key: str) -> None:
    names = dict(zip(codes, read_areas().distinct_names(codes), strict=True))

    def chosen() -> None:
        if st.session_state[key]:
            go_to(st.session_state[key])

    st.selectbox(
        f"{LEVELS[level].plural} ({len(codes)})",
        sorted(codes, key=lambda code: names[code]),
        index=None,
        format_func=lambda code: names[code],
        placeholder="Choose one",
        key=key,
        on_change=chosen,
    )
