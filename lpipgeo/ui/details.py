"""What stands under a map: the equal table, the distribution, and the sources."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from lpipgeo.charts import distribution as distribution_chart
from lpipgeo.choropleth import Choropleth
from lpipgeo.export import describe, to_bytes
from lpipgeo.levels import LEVELS
from lpipgeo.observation_table import explain_status
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.messages import plain

TABS = ("Table", "Distribution", "About this figure")


def show_details(choropleth: Choropleth) -> None:
    """Draw the tabs; only the open one is worked out and sent."""
    # The table of 3,574 rows is large, so it is sent only while it is open.
    tabs = st.tabs(list(TABS), key="details", on_change="rerun", default=TABS[-1])
    table, distribution, about = tabs
    if table.open:
        with table:
            show_table(choropleth)
    if distribution.open:
        with distribution:
            st.altair_chart(distribution_chart(choropleth), width="stretch")
            st.caption(_source_line(choropleth))
    if about.open:
        with about:
            show_about(choropleth)


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
        shown["From"] = np.where(classes >= 0, lower, np.nan)
    else:
        shown["Value"] = named["value"].round(decimals)
    if named["lower_ci"].notna().any():
        shown["Lower limit"] = named["lower_ci"].round(decimals)
        shown["Upper limit"] = named["upper_ci"].round(decimals)
    shown["Class"] = [choropleth.class_text(int(c)) if c >= 0 else "–" for c in classes]
    shown["Status"] = named["status"].map({s.id: s.label for s in STATUSES.values()})
    shown["Code"] = named["area_code"]
    return shown


def show_table(choropleth: Choropleth) -> None:
    """Draw the equal table, sortable by any column."""
    table = equal_table(choropleth)
    first = "Value" if "Value" in table else "From"
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
        key="equal_table",
    )
    st.caption(_source_line(choropleth))


def _source_line(choropleth: Choropleth) -> str:
    sources = choropleth.indicator.sources
    said = dict.fromkeys(f"{s.publisher}, {s.title}" for s in sources)
    return plain("Source: " + "; ".join(said) + ".")


def show_about(choropleth: Choropleth) -> None:
    """Draw definition, caveats, how larger areas are made, statuses and sources."""
    indicator = choropleth.indicator
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**What it is.** {plain(indicator.definition)}")
        st.markdown(f"**Why it matters.** {plain(indicator.why_it_matters)}")
        st.markdown(f"**Larger areas.** {plain(indicator.aggregation_note)}")
        st.markdown(f"**What we did.** {plain(indicator.processing.notes)}")
    with right:
        if indicator.caveats:
            st.markdown("**Bear in mind**")
            st.markdown("\n".join(f"- {plain(c)}" for c in indicator.caveats))
        st.markdown("**Where the figures on this map come from**")
        level, source = choropleth.level, choropleth.source_level
        plural = LEVELS[level].plural_in_text
        for status, count in choropleth.status_counts.items():
            words = explain_status(status, level, source)
            st.markdown(
                f"- {STATUSES[status].label}: {count:,} {plural}. {plain(words)}"
            )
        for source_record in indicator.sources:
            st.caption(
                f"[{plain(source_record.publisher)}: {plain(source_record.title)}]"
                f"({source_record.url}). {plain(source_record.licence)}. "
                f"{plain(source_record.attribution)}"
            )


def csv_of(choropleth: Choropleth) -> bytes:
    """Return exactly what the map shows as CSV, with names, units and sources."""
    return to_bytes(describe(choropleth.table, choropleth.level), "csv")
