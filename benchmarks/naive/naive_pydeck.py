"""A GeoJsonLayer with GeoJSON in the layer, shown by st.pydeck_chart."""

import json

import pydeck as pdk
import streamlit as st

from benchmarks.naive.colours import rgb
from benchmarks.naive.figures import HEIGHT, choose, load_areas

st.set_page_config(layout="wide")
areas = load_areas(choose())
geojson = json.loads(areas.to_json())
for feature in geojson["features"]:
    feature["properties"]["fill"] = rgb(feature["properties"]["colour"])
layer = pdk.Layer(
    "GeoJsonLayer",
    data=geojson,
    get_fill_color="properties.fill",
    get_line_color=[255, 255, 255],
    line_width_min_pixels=0.3,
    pickable=True,
)
st.pydeck_chart(
    pdk.Deck(
        layers=[layer],
        initial_view_state=pdk.ViewState(latitude=52.45, longitude=-2.1, zoom=7.3),
        map_provider=None,
        tooltip={"text": "{area_code}\n{value}"},
    ),
    height=HEIGHT,
)
