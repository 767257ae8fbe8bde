"""The least that a page of Streamlit can be: what its frame alone takes to appear."""

import streamlit as st

st.write("hello")
