"""The first page: what this is, a way to your place, and the region at a glance."""

import streamlit as st

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui.first_page import (
    find_a_place,
    show_headlines,
    show_map,
    show_news,
    show_opening,
    show_questions,
)
from lpipgeo.ui.messages import page_guard
from lpipgeo.ui.page_files import MAP
from lpipgeo.ui.selection_url import READ
from lpipgeo.ui.tour import offer_tour


def show_page() -> None:
    """Draw what a first visitor sees; it reads no selection and makes none."""
    with page_guard():
        catalogue = read_catalogue()
        ways, where = st.columns([7, 5], gap="large")
        with ways:
            show_opening(catalogue)
            find_a_place()
            show_questions(catalogue.themes.questions)
            offer_tour("overview")
        with where:
            show_map()
        show_headlines(catalogue)
        show_news(catalogue)


# Links made when the map was the first page have its choices at the root.
if any(name in st.query_params for name in READ):
    st.switch_page(MAP, query_params=st.query_params.to_dict())
show_page()
