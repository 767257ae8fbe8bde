"""The Help page: how common tasks are done, words, accessibility, privacy."""

from functools import partial

import streamlit as st

from lpipgeo.ui.help_view import show_answers, show_document, show_words
from lpipgeo.ui.messages import page_guard
from lpipgeo.ui.tour import offer_again

TABS = {
    "How to": show_answers,
    "Words": show_words,
    "Accessibility": partial(show_document, "accessibility.md"),
    "Privacy": partial(show_document, "privacy.md"),
}

with page_guard():
    st.html("<h1>Help</h1>")
    offer_again()
    for tab, draw in zip(st.tabs(list(TABS), key="help"), TABS.values(), strict=True):
        with tab:
            draw()
