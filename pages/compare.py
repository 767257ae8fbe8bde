"""The Compare page: up to ten areas side by side across the three themes."""

from html import escape

import streamlit as st

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui import selection as selections
from lpipgeo.ui.comparison_set import choose_set, compared_codes
from lpipgeo.ui.comparison_view import (
    choose_figures,
    read_comparison,
    show_figure,
    show_overview,
    title_of,
)
from lpipgeo.ui.inside_view import show_inside
from lpipgeo.ui.messages import page_guard, show_notes


def show_page() -> None:
    """Read the selection, compare its areas, show the table."""
    with page_guard():
        catalogue = read_catalogue()
        selection = selections.current()
        comparison = read_comparison(selection, catalogue)
        st.html(f"<h1>{escape(title_of(comparison))}</h1>")
        choose_set(selection)
        show_notes(selections.notes())
        overview, figure, inside = st.tabs(
            ["Overview", "One figure", "Inside the areas"],
            key="compare_tabs",
            on_change="rerun",
        )
        if overview.open:
            with overview:
                choose_figures(selection, catalogue, comparison)
                show_overview(selection, catalogue, comparison)
        if figure.open:
            with figure:
                show_figure(selection, catalogue, compared_codes(selection))
        if inside.open:
            with inside:
                show_inside(selection, catalogue, compared_codes(selection))
        selections.write_url()


# A choice reruns this page only, not the frame around it.
st.fragment(show_page)()
