"""Altair charts from a Choropleth, in the one grammar of all charts."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from lpipgeo.choropleth import Choropleth
from lpipgeo.levels import LEVELS
from lpipgeo.palettes import RULE, SECONDARY_TEXT, TEXT

BINS = 40


def histogram(choropleth: Choropleth) -> alt.LayerChart:
    """Return how many areas have which value, in the colours of the map's classes.

    Areas without a value are left out; the marks of region and England are thin
    dark lines with their names.
    """
    values = choropleth.values[~np.isnan(choropleth.values)]
    bins: int | tuple[float, ...] = min(BINS, max(5, len(values) // 3))
    if choropleth.classes.scheme == "bands":
        bins = choropleth.classes.edges  # no finer than the publisher allows
    counts, edges = np.histogram(values, bins=bins)
    middles = (edges[:-1] + edges[1:]) / 2
    inner = np.asarray(choropleth.classes.edges[1:-1])
    classes = np.searchsorted(inner, middles)
    bars = pd.DataFrame(
        {
            "from": edges[:-1],
            "to": edges[1:],
            "count": counts,
            "colour": [choropleth.colours[i] for i in classes],
        }
    )
    plural = LEVELS[choropleth.level].plural
    x = alt.X("from:Q", title=choropleth.indicator.unit, axis=alt.Axis(grid=False))
    chart = (
        alt.Chart(bars)
        .mark_bar(stroke="#FFFFFF", strokeWidth=0.5)
        .encode(
            x=x.scale(zero=False, nice=False),
            x2="to:Q",
            y=alt.Y("count:Q", title=plural, axis=alt.Axis(gridColor=RULE)),
            y2=alt.datum(0),
            color=alt.Color("colour:N", scale=None),
            tooltip=[
                alt.Tooltip("from:Q", title="From", format=",.2f"),
                alt.Tooltip("to:Q", title="To", format=",.2f"),
                alt.Tooltip("count:Q", title=plural),
            ],
        )
    )
    marks = pd.DataFrame(
        [{"value": m.value, "label": m.text} for m in choropleth.marks],
        columns=["value", "label"],
    )
    rules = alt.Chart(marks).mark_rule(color=TEXT, strokeWidth=1.5).encode(x="value:Q")
    labels = (
        alt.Chart(marks)
        .mark_text(align="left", dx=4, baseline="top", color=SECONDARY_TEXT)
        .encode(x="value:Q", y=alt.value(2), text="label:N")
    )
    title = f"How {LEVELS[choropleth.level].plural_in_text} differ: "
    title += choropleth.indicator.title
    return alt.layer(chart, rules, labels).properties(
        height=260, title=alt.TitleParams(title, anchor="start")
    )
