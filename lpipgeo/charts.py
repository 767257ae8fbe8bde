"""Altair charts from a Choropleth, in the one grammar of all charts."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from lpipgeo.chart_look import in_our_look
from lpipgeo.choropleth import Choropleth
from lpipgeo.levels import LEVELS
from lpipgeo.palettes import RULE, TEXT

BINS = 40


def distribution(choropleth: Choropleth) -> alt.Chart | alt.LayerChart:
    """Return how many areas have which value, in the colours of the map's classes.

    Areas without a value are left out. Where the publisher allows only bands, there
    is one bar per band.
    """
    title = f"How {LEVELS[choropleth.level].plural_in_text} differ: "
    title += choropleth.indicator.title
    banded = choropleth.classes.scheme == "bands"
    chart = _bands(choropleth) if banded else _histogram(choropleth)
    heading = alt.TitleParams(title, anchor="start", color=TEXT)
    sized = chart.properties(height=260, title=heading)
    if isinstance(sized, alt.LayerChart):
        return in_our_look(sized)
    return in_our_look(sized)


def _bands(choropleth: Choropleth) -> alt.Chart:
    classes = choropleth.classes
    bars = pd.DataFrame(
        {
            "band": [choropleth.class_text(i) for i in range(classes.k)],
            "count": classes.counts,
            "colour": choropleth.colours,
        }
    )
    plural = LEVELS[choropleth.level].plural
    axis = alt.Axis(labelAngle=0, grid=False)
    chart: alt.Chart = (
        alt.Chart(bars)
        .mark_bar()
        .encode(
            x=alt.X("band:N", sort=None, title=choropleth.indicator.unit, axis=axis),
            y=alt.Y("count:Q", title=plural, axis=alt.Axis(gridColor=RULE)),
            color=alt.Color("colour:N", scale=None),
            tooltip=[
                alt.Tooltip("band:N", title="Band"),
                alt.Tooltip("count:Q", title=plural),
            ],
        )
    )
    return chart


def _histogram(choropleth: Choropleth) -> alt.LayerChart:
    """Bars from zero; region and England are thin dark lines with their names."""
    values = choropleth.values[~np.isnan(choropleth.values)]
    counts, edges = np.histogram(values, bins=min(BINS, max(5, len(values) // 3)))
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
    x = alt.X(
        "from:Q",
        title=choropleth.indicator.unit,
        axis=alt.Axis(grid=False, tickCount=7),
    )
    chart = (
        alt.Chart(bars)
        .mark_bar(stroke="#FFFFFF", strokeWidth=0.5)
        .encode(
            x=x.scale(zero=False, nice=False),
            x2=alt.X2("to:Q"),
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
    rows = [
        {"value": mark.value, "label": mark.text, "lane": 2 + 15 * lane}
        for lane, mark in enumerate(choropleth.marks)
    ]
    marks = pd.DataFrame(rows, columns=["value", "label", "lane"])
    rules = (
        alt.Chart(marks)
        .mark_rule(color=TEXT, strokeWidth=1.5)
        .encode(x=alt.X("value:Q"))
    )
    labels = (
        alt.Chart(marks)
        .mark_text(align="left", dx=5, baseline="top", color=TEXT, fontSize=12)
        .encode(
            x=alt.X("value:Q"),
            y=alt.Y("lane:Q", scale=None, axis=None),
            text=alt.Text("label:N"),
        )
    )
    layers = alt.layer(rules, labels).resolve_scale(y="independent")
    both: alt.LayerChart = alt.layer(chart, layers).resolve_scale(y="independent")
    return both
