"""What both naive apps show: the region's LSOAs in five classes of an indicator.

Outlines, figures and classes are those of the dashboard and kept in Streamlit's
cache, so that only the way of drawing differs.
"""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from benchmarks.naive.colours import MISSING, RAMPS
from lpipgeo.boundary_sets import read_boundaries
from lpipgeo.classify import classify_values
from lpipgeo.observation_table import read_observations

HEIGHT = 430


@st.cache_data
def load_areas(indicator: str) -> gpd.GeoDataFrame:
    """Return one row per LSOA: area_code, geometry, value, colour."""
    figures = read_observations(indicator, "lsoa21")[["area_code", "value"]]
    classes = classify_values(figures["value"].to_numpy(), "quantiles", 5)
    ramp = [*RAMPS[indicator], MISSING]  # the class of a missing value is -1
    figures["colour"] = [ramp[number] for number in classes.class_of]
    return read_boundaries("lsoa21").merge(figures, on="area_code")


def choose() -> str:
    """Draw the list of indicators and return the chosen one."""
    return st.selectbox("Indicator", list(RAMPS))
