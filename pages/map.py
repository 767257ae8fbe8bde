"""The Map page: choose a figure and a level, see it, find a place, take the table."""

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui import selection as selections
from lpipgeo.ui.comparison_set import offer_comparing
from lpipgeo.ui.controls import choose_view
from lpipgeo.ui.details import show_details
from lpipgeo.ui.map_view import draw_map, show_title
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.moments import advance, choose_moment, step_seconds
from lpipgeo.ui.picture import load_picture
from lpipgeo.ui.place_panel import find_place, show_area
from lpipgeo.ui.zoom import choose_zoom

HINT = (
    "<p class='lp-quiet'><span class='lp-by-pointer'>Point at the map to read a value, "
    "or click an area to keep it.</span><span class='lp-by-touch'>Tap an area on the "
    "map to read its value.</span></p>"
)


def show_page() -> None:
    """Read the selection, ask for its picture, show it."""
    with page_guard():
        catalogue = read_catalogue()
        advance(catalogue)
        selection = selections.current()
        selections.write_url()
        picture = load_picture(selection, catalogue)
        head = st.container()
        map_column, side = st.columns([3, 1], gap="medium")
        with map_column:  # first, so that the map is not kept waiting by the rest
            draw_map(picture)
            choose_moment(catalogue, selection)
        with head:
            show_title(picture)
            choose_view(catalogue, selection)
            show_notes(selections.notes())
        with side:
            find_place()
            choose_zoom(selection)
            if selection.area:
                area = read_areas().find(selection.area)
                show_area(picture, area)
                offer_comparing(area)
            else:
                st.html(HINT)
        show_details(picture)


# A choice reruns this page only, not the frame around it; while time is played, the
# page steps on by itself.
st.fragment(show_page, run_every=step_seconds())()
