"""Zoom to a part of the region, and show only that."""

from __future__ import annotations

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.levels import LEVELS
from lpipgeo.ui.choices import ZOOM_LEVELS, Selection
from lpipgeo.ui.picking import pick
from lpipgeo.ui.selection import change


def choose_zoom(selection: Selection) -> None:
    """Draw the choice of a part, and whether the rest is left out."""
    names = {"": "The whole region", **larger_parts()}
    pick("within", "Zoom to", selection.within, names, key="within_choice")
    if not selection.within:
        return
    with st.container(horizontal=True, key="mask"):
        _tick("only", "Show only this area", selection.only)
        if selection.only:
            _tick(
                "reclass",
                "Classes from it alone",
                selection.reclass,
                "Breaks are made from this area alone; else from the whole region, "
                "so that colours mean the same everywhere.",
            )


def _tick(name: str, label: str, value: str | None, about: str | None = None) -> None:
    key = f"{name}_choice"
    st.session_state[key] = value == "yes"
    st.checkbox(
        label,
        key=key,
        help=about,
        on_change=lambda: change(**{name: "yes" if st.session_state[key] else None}),
    )


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
