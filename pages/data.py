"""The Data page: tables to take away, with what is needed to cite and rebuild them."""

import streamlit as st

from lpipgeo.table_query import title_of
from lpipgeo.ui import selection as selections
from lpipgeo.ui.choices import DATA_TABS, Selection
from lpipgeo.ui.custom_area_view import show_custom_area
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.own_figures_view import show_own_figures
from lpipgeo.ui.picking import open_tabs
from lpipgeo.ui.sharing import NAMED_THERE, show_title
from lpipgeo.ui.table_choice import query_of
from lpipgeo.ui.table_view import show_table

SHOWN = {"table": show_table, "own": show_own_figures, "area": show_custom_area}


def show_page() -> None:
    """Read the selection, draw the part of the page that is open."""
    with page_guard():
        selection = selections.current()
        selections.write_url()
        show_title(_title(selection), NAMED_THERE, "data")
        with st.container():  # fixed: a map below goes blank if elements move
            show_notes(selections.notes())

        def draw(name: str) -> None:
            SHOWN[name](selection)

        open_tabs("tab", selection.tab, DATA_TABS, draw, key="data_tabs")


def _title(selection: Selection) -> str:
    if selection.tab in (None, "table"):
        return title_of(query_of(selection))
    return DATA_TABS[selection.tab]


# A choice reruns this page only, not the frame around it.
st.fragment(show_page)()
