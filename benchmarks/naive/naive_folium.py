"""folium.GeoJson with a style function, shown by st_folium."""

import folium
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.naive.figures import HEIGHT, choose, load_areas
from lpipgeo.maps.folium_map import LocalMap

st.set_page_config(layout="wide")
areas = load_areas(choose())
# Leaflet comes from this machine, as in the dashboard: without network there is
# no other. All else is folium's own.
region = LocalMap(location=(52.45, -2.1), zoom_start=8, tiles=None)
folium.GeoJson(
    areas,
    style_function=lambda feature: {
        "fillColor": feature["properties"]["colour"],
        "fillOpacity": 1,
        "color": "white",
        "weight": 0.3,
    },
    tooltip=folium.GeoJsonTooltip(["area_code", "value"]),
).add_to(region)
st_folium(region, height=HEIGHT, use_container_width=True)
