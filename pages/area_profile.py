"""The Area profile page: every indicator of one area, compared and ranked."""

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.levels import REGION
from lpipgeo.ui import selection as selections
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.place_panel import find_place
from lpipgeo.ui.profile_closer import show_closer
from lpipgeo.ui.profile_headlines import show_headlines
from lpipgeo.ui.profile_print import offer_print
from lpipgeo.ui.profile_view import (
    choose_benchmark,
    read,
    show_heading,
    show_methods,
    show_programmes,
    show_themes,
)
from lpipgeo.ui.similar_view import show_classes, show_similar

with page_guard():
    selection = selections.current()
    show_notes(selections.notes())
    area = read_areas().find(selection.area or REGION)
    heading, side = st.columns([3, 1], gap="medium")
    with heading, st.container(key="opening", gap="xsmall"):
        show_heading(area)
        show_classes(area)
        show_programmes(area)
    with side:
        find_place()
        benchmark = choose_benchmark(area, selection.benchmark)
        offer_print(area, benchmark)
    profile = read(area, benchmark)
    show_headlines(profile)
    show_methods()
    show_themes(profile)
    show_closer(profile, selection.indicator)
    show_similar(area)
    selections.write_url()
