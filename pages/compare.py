"""The Compare page: up to ten areas side by side across the three themes."""

import streamlit as st

from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.ui import selection as selections
from lpipgeo.ui.association_view import show_association
from lpipgeo.ui.balance_view import show_balance
from lpipgeo.ui.choices import COMPARE_VIEWS, Selection, compared_codes
from lpipgeo.ui.comparison_set import choose_set
from lpipgeo.ui.comparison_view import show_figure, show_overview, title_of
from lpipgeo.ui.inside_view import show_inside
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.picking import open_tabs
from lpipgeo.ui.sharing import NAMED_THERE, show_title

SHOWN = {
    "overview": show_overview,
    "figure": show_figure,
    "inside": show_inside,
    "two": show_association,
    "balance": show_balance,
}


def show_page() -> None:
    """Read the selection, compare its areas in the view that is open."""
    with page_guard():
        catalogue = read_catalogue()
        selection = selections.current()
        selections.write_url()
        codes = compared_codes(selection)
        show_title(title_of(selection), NAMED_THERE, "compare")
        choose_set(selection, codes)
        show_notes(selections.notes())
        show_view(selection, catalogue, codes)


def show_view(
    selection: Selection, catalogue: Catalogue, codes: tuple[str, ...]
) -> None:
    """Draw the views as tabs, and the content of the one that is open."""

    def draw(name: str) -> None:
        SHOWN[name](selection, catalogue, codes)

    open_tabs("view", selection.view, COMPARE_VIEWS, draw, key="compare_tabs")


# A choice reruns this page only, not the frame around it.
st.fragment(show_page)()
