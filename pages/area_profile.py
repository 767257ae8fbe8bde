"""The Area profile page: every indicator of one area beside its larger areas."""

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.ui import selection as selections
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.place_panel import find_place
from lpipgeo.ui.profile_view import show_heading, show_themes

with page_guard():
    selection = selections.current()
    show_notes(selections.notes())
    side, main = st.columns([1, 3], gap="large")
    with side:
        find_place()
    with main:
        area = read_areas().find(selection.area or "E12000005")
        show_heading(area)
        show_themes(area)
    selections.write_url()
