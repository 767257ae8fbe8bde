"""The frame around every page: settings, style and navigation. No shared controls."""

import streamlit as st

from lpipgeo.paths import PROJECT
from lpipgeo.ui.page_files import (
    AREA_PROFILE,
    COMPARE,
    DATA,
    HELP,
    MAP,
    OVERVIEW,
    SOURCES,
    TRENDS,
)

st.set_page_config(
    page_title="West Midlands places",
    page_icon=PROJECT / "static" / "lpipgeo" / "icon.svg",
    layout="wide",
    initial_sidebar_state="collapsed",
)
st.html(PROJECT / "static" / "lpipgeo" / "app.css")
page = st.navigation(
    [
        st.Page(OVERVIEW, title="Overview", default=True),
        st.Page(MAP, title="Map"),
        st.Page(AREA_PROFILE, title="Area profile"),
        st.Page(COMPARE, title="Compare"),
        st.Page(TRENDS, title="Trends"),
        st.Page(DATA, title="Data"),
        st.Page(SOURCES, title="Sources and methods"),
        st.Page(HELP, title="Help"),
    ],
    position="top",
)
page.run()
