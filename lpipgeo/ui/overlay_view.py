"""The overlays on the Sources and methods page."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.maps.svg_map import svg_overlay
from lpipgeo.overlay_catalogue import (
    Overlay,
    find_overlay,
    overlay_frame,
    overlay_path,
    read_features,
)
from lpipgeo.periods import period_label
from lpipgeo.ui.download_button import offer_file
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.record_html import (
    image_html,
    items_html,
    paragraph_html,
    priority_names,
    record_html,
    source_html,
)


def show_overlays(catalogue: Catalogue) -> None:
    """Draw the list of overlays and the chosen one with a small map."""
    quiet("Places and programmes to draw over a map of figures. Choose a row.")
    frame = overlay_frame()
    shown = pd.DataFrame(
        {
            "Overlay": frame["title"],
            "Theme": frame["theme"].map(catalogue.themes.names),
            "Places": frame["features"],
            "Date": [_when(find_overlay(name).period) for name in frame["overlay_id"]],
            "Publisher": frame["publisher"],
        }
    )
    event = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="overlay_rows",
        alt="Overlays",
    )
    picked = event.selection.rows or [0]
    record = find_overlay(frame["overlay_id"].iloc[picked[0]])
    features = read_features(record.id)
    st.markdown(f"## {plain(record.title)}")
    text, picture = st.columns([2, 1], gap="large")
    many = record.one if len(features) == 1 else record.many
    facts = {
        "Places": f"{len(features):,} {many}",
        "Date": _when(record.period),
        "Each says": ", ".join(
            label.lower()
            for label in (record.kind_label, record.detail_label, record.value_label)
            if label
        ),
        "Unit": record.unit or "",
        "Priorities": priority_names(catalogue, record),
        "Id in tables": record.id,
    }
    with text:
        st.html(record_html(record, facts))
    with picture:
        title = f"Map: {record.title}"
        st.html(image_html(svg_overlay(features, title, 280), title))
        offer_file(
            "Download as GeoJSON",
            f"{record.id}.geojson",
            overlay_path(record.id).read_bytes(),
            icon=":material/download:",
        )
    with st.expander("The places as a table"):
        st.dataframe(
            places_table(record, features),
            hide_index=True,
            alt=f"Table: {record.title}",
        )


def show_overlay_tables(overlays: Sequence[str]) -> None:
    """Draw the equal tables of the overlays above a map, with their sources."""
    if not overlays:
        st.write("No overlay is drawn. Choose some under “Overlays” above the map.")
    for name in overlays:
        record = find_overlay(name)
        features = read_features(name)
        st.markdown(f"### {plain(record.title)}")
        about = paragraph_html(record.definition)
        sources = items_html([source_html(source) for source in record.sources])
        st.html(f"<section class='lp-record'>{about}{sources}</section>")
        st.dataframe(
            places_table(record, features),
            hide_index=True,
            height=240,
            alt=f"Table: {record.title}",
        )


def places_table(record: Overlay, features: pd.DataFrame) -> pd.DataFrame:
    """Return an overlay's features in words: name, where, what each says, page."""
    index = read_areas()
    lies_in = {
        code: index.place_line(code) for code in features["area_code"].dropna().unique()
    }
    table = pd.DataFrame({"Name": features["name"]})
    if lies_in:
        table["District"] = features["area_code"].map(lies_in)
    for column, label in (
        ("kind", record.kind_label),
        ("detail", record.detail_label),
        ("value", record.value_label),
    ):
        if label:
            unit = f" ({record.unit})" if column == "value" else ""
            table[f"{label}{unit}"] = features[column]
    if features["page"].notna().any():
        table["Page"] = features["page"]
    return table


def _when(period: str | None) -> str:
    return "Not stated" if not period else period_label(period)
