"""A Choropleth as a raised map: one column per area, offline, drawn by pydeck.

Columns stand at a point inside each area, so large empty areas do not dominate.
Heights start at zero; a missing value has no column.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pydeck as pdk
from numpy.typing import NDArray

from lpipgeo.area_index import read_areas
from lpipgeo.browser_files import RAISED_OUTLINE, outline_file
from lpipgeo.choropleth import Choropleth
from lpipgeo.palettes import rgb_of
from lpipgeo.paths import DataFolder

TALLEST_M = 24_000
_RADIUS_M = {"lsoa21": 260, "msoa21": 600, "ward25": 600, "lad24": 3000}
_WIDE_RADIUS_M = 5000


def make_deck(choropleth: Choropleth, data: DataFolder = None) -> pdk.Deck:
    """Return the raised map of a choropleth, with names and values on hover."""
    columns = _columns(choropleth, data)
    layers = [
        pdk.Layer(
            "GeoJsonLayer",
            id="outlines",
            data=outline_file(RAISED_OUTLINE, data).address,
            stroked=True,
            get_line_color=[154, 161, 171],
            line_width_min_pixels=1,
        ),
        pdk.Layer(
            "ColumnLayer",
            id="columns",
            data=columns,
            get_position=["lon", "lat"],
            get_elevation="height",
            elevation_scale=1,
            get_fill_color="colour",
            radius=_RADIUS_M.get(choropleth.level, _WIDE_RADIUS_M),
            disk_resolution=8,
            extruded=True,
            pickable=True,
            auto_highlight=True,
        ),
    ]
    return pdk.Deck(
        layers=layers,
        initial_view_state=pdk.ViewState(
            latitude=52.35, longitude=-2.15, zoom=7.55, pitch=48, bearing=-10
        ),
        # Without a style of our own: Streamlit 1.67 reads map_style=None as "take
        # CARTO's", and pydeck's default beside no provider as "none at all".
        map_provider=None,
        tooltip={"text": "{name}\n{text}\n" + choropleth.period_text},
    )


def _columns(choropleth: Choropleth, data: DataFolder) -> pd.DataFrame:
    index = read_areas(data)
    table = choropleth.table
    known = table["value"].notna().to_numpy() & (choropleth.classes.class_of >= 0)
    rows = table[known]
    values = rows["value"].to_numpy(dtype=float)
    classes = choropleth.classes.class_of[known]
    banded = choropleth.classes.scheme == "bands"
    # Where only bands may be read, a column tells its band and nothing finer.
    sizes = classes.astype(np.float64) + 1 if banded else values
    # A change is as tall as it is large, up or down; its colour says which.
    heights = _share_of_tallest(np.abs(sizes) if choropleth.earlier else sizes)
    areas = [index.by_code[code] for code in rows["area_code"]]
    rgb = [rgb_of(colour) for colour in choropleth.colours]
    level = choropleth.source_level
    return pd.DataFrame(
        {
            "lon": [round(area.lon, 4) for area in areas],
            "lat": [round(area.lat, 4) for area in areas],
            "height": np.round(heights * TALLEST_M).astype(int),
            "colour": [rgb[i] for i in classes],
            "name": [area.name for area in areas],
            "text": [choropleth.value_text(value, level) for value in values],
        }
    )


def _share_of_tallest(values: NDArray[np.float64]) -> NDArray[np.float64]:
    base = min(0.0, float(values.min(initial=0)))
    return (values - base) / (float(values.max(initial=0)) - base or 1.0)
