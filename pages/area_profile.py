"""The Area profile page: every indicator of one area, compared and ranked."""

import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.levels import REGION
from lpipgeo.ui import selection as selections
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.comparison_set import offer_comparing
from lpipgeo.ui.loaders import load_profile
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.page_files import PRODUCT
from lpipgeo.ui.place_panel import find_place
from lpipgeo.ui.places_inside import offer_inside
from lpipgeo.ui.presentation import offer_presentation, show_presentation
from lpipgeo.ui.profile_closer import show_closer
from lpipgeo.ui.profile_headlines import show_headlines
from lpipgeo.ui.profile_print import offer_print
from lpipgeo.ui.profile_sharing import share_profile
from lpipgeo.ui.profile_view import (
    choose_benchmark,
    find_themes,
    held_benchmark,
    let_browser_draw,
    show_heading,
    show_key,
    show_locator,
    show_methods,
    show_programmes,
    show_themes,
)
from lpipgeo.ui.read_ahead import read_ahead
from lpipgeo.ui.similar_view import (
    show_classes,
    show_classification,
    show_similar,
)
from lpipgeo.ui.tour import offer_tour


def show_page(area: Area, selection: Selection) -> None:
    """Draw the profile from its opening to similar places."""
    show_notes(selections.notes())
    heading, where, side = st.columns([10, 3, 4], gap="medium")
    with heading, st.container(key="opening", gap="xsmall"):
        show_heading(area)
        show_classes(area)
        show_programmes(area)
        ways = st.container(horizontal=True, gap="xsmall", key="profile_ways")
    with where:
        show_locator(area)
    with side:
        find_place()
        benchmark = choose_benchmark(area, selection.benchmark)
    with ways:
        offer_inside(area)
        offer_presentation()
        offer_print(area, benchmark)
        offer_comparing(area)
        share_profile(area, benchmark, selection.indicator)
        offer_tour("area_profile")
    profile = load_profile(area.code, benchmark)
    show_headlines(profile)
    show_methods()
    show_classification(area)
    themes = find_themes(profile)
    show_key(profile, themes)
    show_themes(profile, benchmark, themes[:1])
    let_browser_draw(area, benchmark)
    show_themes(profile, benchmark, themes[1:])
    show_closer(profile, selection.indicator)
    show_similar(area)
    read_ahead(area, selection.benchmark)


with page_guard():
    selection = selections.current()
    selections.write_url()
    area = read_areas().find(selection.area or REGION)
    st.set_page_config(page_title=f"{area.name} · {PRODUCT}")
    if selection.present:
        benchmark = held_benchmark(area, selection.benchmark)
        show_presentation(load_profile(area.code, benchmark))
    else:
        show_page(area, selection)
