"""The Sources and methods page: where every figure comes from and how it was made."""

from collections.abc import Callable

import streamlit as st

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui import selection as selections
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.overlay_view import show_overlays
from lpipgeo.ui.sharing import NAMED_THERE, show_title
from lpipgeo.ui.sources_view import (
    show_catalogue,
    show_changes,
    show_coverage,
    show_licences,
    show_priorities,
)

TABS = (
    "Indicators",
    "Overlays",
    "Coverage",
    "Priorities",
    "Licences",
    "Changes in the data",
)

with page_guard():
    catalogue = read_catalogue()
    selection = selections.current()
    selections.write_url()
    show_title("Sources and methods", NAMED_THERE, "sources")
    show_notes(selections.notes())
    tabs = st.tabs(TABS, key="sources_tabs", on_change="rerun")
    drawers: tuple[Callable[[], None], ...] = (
        lambda: show_catalogue(catalogue, selection),
        lambda: show_overlays(catalogue),
        lambda: show_coverage(catalogue),
        lambda: show_priorities(catalogue),
        lambda: show_licences(catalogue),
        show_changes,
    )
    for tab, draw in zip(tabs, drawers, strict=True):
        if tab.open:
            with tab:
                draw()
