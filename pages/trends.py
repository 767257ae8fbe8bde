"""The Trends page: one indicator of the compared areas through time."""

import streamlit as st

from lpipgeo.formatting import publishers_of
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.ui import selection as selections
from lpipgeo.ui.choices import compared_codes
from lpipgeo.ui.comparison_set import choose_set
from lpipgeo.ui.messages import page_guard, show_notes
from lpipgeo.ui.series_view import (
    MIN_PERIODS,
    choose_base,
    choose_indicator,
    read_lines,
    show_changes,
    show_lines,
    show_without,
)
from lpipgeo.ui.sharing import show_title


def show_page() -> None:
    """Read the selection, draw its lines and what changed."""
    with page_guard():
        catalogue = read_catalogue()
        selection = selections.current()
        selections.write_url()
        codes = compared_codes(selection)
        shown = catalogue.find(selection.indicator)
        title = shown.title
        comma = "," if "," in title else ""
        show_title(f"{title}{comma} through time", publishers_of([shown]), "trends")
        choose_set(selection, codes)
        show_notes(selections.notes())
        with st.container(
            horizontal=True, vertical_alignment="bottom", key="trends_choices"
        ):
            indicator = choose_indicator(selection, catalogue)
            found = read_lines(indicator, codes)
            longest = max((len(one.figures) for one in found[0]), default=0)
            if longest >= MIN_PERIODS:
                base = choose_base(indicator, found[0], selection.base)
            download = st.container(width="content")
        show_without(catalogue, indicator, found[1])
        if longest < MIN_PERIODS:
            st.info(
                f"{title} has fewer than two periods for these areas, so there is no "
                "line to draw. Choose another indicator in the list: it holds those "
                "with several."
            )
        else:
            show_lines(indicator, found, codes, base, download)
            show_changes(indicator, found[0])


# A choice reruns this page only, not the frame around it.
st.fragment(show_page)()
