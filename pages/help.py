"""The Help page: how common tasks are done, words, accessibility, privacy."""

import streamlit as st

from lpipgeo.ui.help_view import (
    show_accessibility,
    show_answers,
    show_privacy,
    show_words,
)
from lpipgeo.ui.messages import page_guard
from lpipgeo.ui.tour import offer_again

TABS = {
    "How to": show_answers,
    "Words": show_words,
    "Accessibility": show_accessibility,
    "Privacy": show_privacy,
}

with page_guard():
    st.html("<h1>Help</h1>")
    offer_again()
    for tab, draw in zip(st.tabs(list(TABS), key="help"), TABS.values(), strict=True):
        with tab:
            draw()
