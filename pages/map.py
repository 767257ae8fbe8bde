"""The Map page: choose a figure and a level, see it, find a place, take the table."""

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui import selection as selections
from lpipgeo.ui.controls import choose_moment, choose_view
from lpipgeo.ui.details import show_details
from lpipgeo.ui.loaders import load_choropleth
from lpipgeo.ui.map_view import draw_map, show_title
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.place_panel import find_place, show_area, show_hint


@st.fragment  # a choice reruns this page only, not the frame around it
def show_page() -> None:
    """Read the selection, ask for its choropleth, show it."""
    with page_guard():
        catalogue = read_catalogue()
        selection = selections.current()
        choropleth = load_choropleth(*selections.view_key(selection, catalogue))
        head = st.container()
        map_column, side = st.columns([3, 1], gap="medium")
        with map_column:  # first, so that the map is not kept waiting by the rest
            draw_map(choropleth, selection)
            choose_moment(catalogue, selection)
        with head:
            show_title(choropleth, selection)
            choose_view(catalogue, selection)
            show_notes(selections.notes())
        with side:
            find_place()
            if selection.area:
                show_area(choropleth, read_areas().find(selection.area))
            else:
                show_hint()
        show_details(choropleth, selection.overlays)
        selections.write_url()


show_page()
