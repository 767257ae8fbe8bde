"""Zoom to a part of the region, and show only that."""

from __future__ import annotations

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.levels import LEVELS
from lpipgeo.ui.choices import ZOOM_LEVELS, Selection
from lpipgeo.ui.picking import tick
from lpipgeo.ui.place_panel import focus_on_part, place_in_view
from lpipgeo.ui.selection import change

_WHOLE, _AROUND = "", "around"


def choose_zoom(selection: Selection) -> None:
    """Draw the choice of a part, and whether the rest is left out.

    What it shows is what the map was moved to last, so that the whole region can be
    chosen after a place was found.
    """
    names = {_WHOLE: "The whole region"}
    chosen, place = selection.within or _WHOLE, place_in_view()
    if place and not chosen:
        names[_AROUND] = f"Around {read_areas().find(place).name}"
        chosen = _AROUND
    names |= larger_parts()
    st.session_state["within_choice"] = chosen
    st.selectbox(
        "Zoom to",
        list(names),
        format_func=lambda code: names[code],
        key="within_choice",
        on_change=_zoomed,
    )
    if not selection.within:
        return
    with st.container(horizontal=True, key="mask"):
        tick("only", "Show only this area", selection.only, key="only_choice")
        if selection.only:
            tick(
                "reclass",
                "Classes from it alone",
                selection.reclass,
                key="reclass_choice",
                help="Breaks are made from this area alone; else from the whole "
                "region, so that colours mean the same everywhere.",
            )


def _zoomed() -> None:
    chosen = st.session_state["within_choice"]
    if chosen == _AROUND:  # where the map is already
        return
    change(within=chosen or None)
    focus_on_part(chosen or None)


def larger_parts() -> dict[str, str]:
    """Return the parts by code, the larger levels first; each area once."""
    index = read_areas()
    found: dict[str, str] = {}
    for level in ZOOM_LEVELS:
        for area in sorted(index.of_level(level), key=lambda area: area.name):
            kind = "" if level == "lad24" else f" ({LEVELS[level].in_text})"
            if level != "utla" or "lad24" not in area.levels:
                found.setdefault(area.code, f"{area.name}{kind}")
    return found
