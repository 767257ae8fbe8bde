"""Serve the naive folium app with the dashboard's route for Leaflet."""

from pathlib import Path

import streamlit as st

from lpipgeo.server import routes

app = st.App(Path(__file__).with_name("naive_folium.py"), routes=routes())
