"""A chart on a page, sent as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    import altair as alt


def show_chart(
    chart: alt.Chart | alt.LayerChart, key: str | None = None, **chosen: Any
) -> None:
    """Draw a chart as wide as there is room.

    `st.altair_chart` would check the whole chart against Vega-Lite's schema each time,
    which takes longer than all else; the tests check ours.

    Parameters
    ----------
    chart : of one panel, its words in `chart_look.in_our_look`
    chosen : `on_select` and `selection_mode` of `st.vega_lite_chart`
    """
    show_spec(to_spec(chart), key, **chosen)


def show_spec(spec: dict[str, Any], key: str | None = None, **chosen: Any) -> None:
    """Draw a chart that was made ready by `to_spec`; it may be drawn many times."""
    st.vega_lite_chart(spec=spec, width="stretch", key=key, **chosen)


def to_spec(chart: alt.Chart | alt.LayerChart) -> dict[str, Any]:
    """Return a chart in Vega-Lite's own words, with its rows where they are drawn."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    _put_rows_in(spec, spec.pop("datasets", {}))
    return spec


def _put_rows_in(part: dict[str, Any], rows: Mapping[str, Any]) -> None:
    """Write rows where they are drawn; Streamlit would send named ones as tables."""
    named = part.get("data", {}).get("name")
    if named in rows:
        part["data"] = {"values": rows[named]}
    for layer in part.get("layer", ()):
        _put_rows_in(layer, rows)
