"""What stands under a map: the equal table, the distribution, and the sources."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from lpipgeo.choropleth import Choropleth
from lpipgeo.export import describe
from lpipgeo.formatting import works_line
from lpipgeo.levels import LEVELS
from lpipgeo.observation_table import explain_status
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.overlay_view import show_overlay_tables
from lpipgeo.ui.picture import Picture
from lpipgeo.ui.record_html import items_html, paragraph_html, source_html

TABS = ("Table", "Distribution", "About this figure", "Overlays")


def show_details(picture: Picture) -> None:
    """Draw the tabs; only the open one is worked out and sent."""
    figures = [c for c in (picture.first, picture.second) if c is not None]
    # The table of 3,574 rows is large, so it is sent only while it is open.
    tabs = st.tabs(list(TABS), key="details", on_change="rerun", default=TABS[2])
    table, distribution, about, above = tabs
    if table.open:
        with table:
            for number, choropleth in enumerate(figures):
                show_table(choropleth, f"equal_table_{number}")
    if distribution.open:
        with distribution:
            from lpipgeo.charts import distribution as draw  # noqa: PLC0415  heavy

            for choropleth in figures:
                show_chart(draw(choropleth))
                quiet(works_line(choropleth.indicator.sources))
    if about.open:
        with about:
            show_about(figures)
    if above.open:
        with above:
            show_overlay_tables(picture.selection.overlays)


def equal_table(choropleth: Choropleth) -> pd.DataFrame:
    """Return what the map shows, one row per area, in words and numbers."""
    named = describe(choropleth.table, choropleth.level)
    decimals = choropleth.indicator.decimals
    shown = pd.DataFrame({"Area": named["area_name"], "District": named["district"]})
    if choropleth.level in ("lad24", "utla", "subregion"):
        shown = shown.drop(columns="District")
    classes = choropleth.classes.class_of
    if choropleth.classes.scheme == "bands":
        lower = np.asarray(choropleth.classes.edges, dtype=float)[classes]
        name = "Class number" if choropleth.indicator.class_names else "From"
        shown[name] = np.where(classes >= 0, lower, np.nan)
    else:
        shown["Value"] = named["value"].round(decimals)
    if named["lower_ci"].notna().any():
        shown["Lower limit"] = named["lower_ci"].round(decimals)
        shown["Upper limit"] = named["upper_ci"].round(decimals)
    shown["Class"] = [choropleth.class_text(int(c)) if c >= 0 else "–" for c in classes]
    shown["Status"] = named["status"].map({s.id: s.label for s in STATUSES.values()})
    shown["Code"] = named["area_code"]
    return shown


def show_table(choropleth: Choropleth, key: str) -> None:
    """Draw the equal table, sortable by any column."""
    quiet(f"{choropleth.title}.")
    table = equal_table(choropleth)
    first = next(n for n in ("Value", "From", "Class number") if n in table)
    table = table.sort_values(first, ascending=False, na_position="last")
    unit = choropleth.indicator.unit
    decimals = choropleth.indicator.decimals if first == "Value" else 0
    config = {
        name: st.column_config.NumberColumn(f"{name} ({unit})", format=f"%.{decimals}f")
        for name in ("Value", "From", "Lower limit", "Upper limit")
        if name in table
    }
    st.dataframe(
        table,
        hide_index=True,
        lazy=len(table) > 1000,
        column_config=config,
        height=360,
        alt=f"Table: {choropleth.title}",
        key=key,
    )
    quiet(works_line(choropleth.indicator.sources))


def show_about(figures: Sequence[Choropleth]) -> None:
    """Draw definition, caveats, how larger areas are made, statuses and sources."""
    # One element: Streamlit lays out each of its own anew at every choice.
    parts = [about_html(choropleth) for choropleth in figures]
    if len(parts) > 1:
        titles = [f"<h2>{escape(c.indicator.title)}</h2>" for c in figures]
        parts = [title + part for title, part in zip(titles, parts, strict=True)]
    st.html("".join(parts))


def about_html(choropleth: Choropleth) -> str:
    """Return what a reader should know about the figures; all texts are escaped."""
    indicator = choropleth.indicator
    left = [
        ("What it is", paragraph_html(indicator.definition)),
        ("Why it matters", paragraph_html(indicator.why_it_matters)),
        ("How larger areas are made", paragraph_html(indicator.aggregation_note)),
        ("What we did", paragraph_html(indicator.processing.notes)),
    ]
    right = [
        ("Bear in mind", items_html([escape(caveat) for caveat in indicator.caveats])),
        ("How the figures on this map came about", items_html(_statuses(choropleth))),
        ("Source and licence", items_html([source_html(s) for s in indicator.sources])),
    ]
    columns = "".join(
        "<div>" + "".join(f"<h2>{h}</h2>{body}" for h, body in part if body) + "</div>"
        for part in (left, right)
    )
    return f"<section class='lp-about'>{columns}</section>"


def _statuses(choropleth: Choropleth) -> list[str]:
    level, source = choropleth.level, choropleth.source_level
    counted = LEVELS[level].counted
    return [
        f"<b>{escape(STATUSES[status].label)}</b>, {escape(counted(count))}: "
        f"{escape(explain_status(choropleth.indicator, status, level, source))}"
        for status, count in choropleth.status_counts.items()
    ]
