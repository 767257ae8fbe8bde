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
    PRODUCT,
    SOURCES,
    TRENDS,
)

_STATIC = PROJECT / "static" / "lpipgeo"

st.set_page_config(
    page_title=PRODUCT,
    page_icon=_STATIC / "icon.svg",
    layout="wide",
    initial_sidebar_state="collapsed",
)
st.html(_STATIC / "app.css")
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
with st.container(key="wordmark"):
    st.page_link(OVERVIEW, label=PRODUCT)
    st.html(_STATIC / "menu.html", unsafe_allow_javascript=True)
if page.url_path:  # several tabs are told apart by their titles
    st.set_page_config(page_title=f"{page.title} · {PRODUCT}")
page.run()
