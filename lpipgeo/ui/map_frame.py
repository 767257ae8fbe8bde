"""A map in its frame, as every page draws one, and the click that it answers with."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from lpipgeo.maps.folium_map import OutlineLayer, base_map, layer_group

MAP_HEIGHT = 430


def draw_view(
    key: str, text: str, *above: OutlineLayer, height: int = MAP_HEIGHT
) -> dict[str, Any]:
    """Draw a view, with lines above it; return a click once, else nothing in it.

    Parameters
    ----------
    text : JSON as `view_json` returns it
    """
    answer = st_folium(
        base_map(),
        key=key,
        feature_group_to_add=layer_group(text, *above),
        returned_objects=[],
        height=height,
        use_container_width=True,
    )
    click, taken = (answer or {}).get("click"), f"{key}_click"
    if click is None or click == st.session_state.get(taken):
        return {}
    st.session_state[taken] = click
    return dict(answer)
