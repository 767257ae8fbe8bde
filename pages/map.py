"""The Map page: choose a figure and a level, see it, find a place, take the table."""

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui import selection as selections
from lpipgeo.ui.controls import choose_view
from lpipgeo.ui.details import show_details
from lpipgeo.ui.loaders import load_choropleth
from lpipgeo.ui.map_view import draw_map, show_title
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.place_panel import find_place, show_area


@st.fragment  # a choice reruns this page only, not the frame around it
def show_page() -> None:
    """Read the selection, ask for its choropleth, show it."""
    with page_guard():
        catalogue = read_catalogue()
        selection = selections.current()
        choropleth = load_choropleth(*selections.view_key(selection, catalogue))
        show_title(choropleth)
        choose_view(catalogue, selection)
        show_notes(selections.notes())
        map_column, side = st.columns([3, 1], gap="medium")
        with map_column:
            draw_map(choropleth, selection)
        with side:
            find_place()
            if selection.area:
                show_area(choropleth, read_areas().find(selection.area))
            else:
                st.caption(
                    "Point at the map to read a value, or click an area to keep it."
                )
        show_details(choropleth)
        selections.write_url()


show_page()
