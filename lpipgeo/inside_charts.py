"""How the smaller areas in an area differ: one strip, or bars where they are many."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from lpipgeo.area_inside import Inside
from lpipgeo.formatting import format_value, unit_affixes
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.palettes import ACCENT, RULE, SECONDARY_TEXT, TEXT
from lpipgeo.statuses import STATUSES

MAX_STRIP = 250  # more strokes than this hide each other
BINS = 40
BAND = "#D5DAE1"
NARROW, TALL = 150, 260  # with the axis
LABEL_LANE = 17.0


def inside_chart(
    inside: Inside, indicator: Indicator, marks: dict[str, float]
) -> alt.LayerChart:
    """Return the spread of the smaller areas with their middle half as a pale band.

    Parameters
    ----------
    inside : with a summary
    marks : values of larger areas by name, drawn as thin dark lines; the first is the
        area's own and stands out
    """
    ranked = inside.table["status"].map(lambda status: STATUSES[status].is_ranked)
    known = inside.table[ranked & inside.table["value"].notna()]
    title = indicator.unit if unit_affixes(indicator.unit) != ("", "") else "Value"
    x = alt.X("value:Q", title=title, axis=alt.Axis(grid=False))
    x = x.scale(zero=False, nice=True)
    band = (
        alt.Chart(
            pd.DataFrame({"value": [inside.quarter_low], "to": [inside.quarter_high]})
        )
        .mark_rect(color=BAND)
        .encode(x=x, x2="to:Q")
    )
    few = len(known) <= MAX_STRIP
    areas = (
        _strip(known, indicator, inside.level, x) if few else _bars(known, inside, x)
    )
    names = pd.DataFrame({"value": list(marks.values()), "name": list(marks)})
    names["lane"] = [LABEL_LANE * lane for lane in range(len(names))]
    names["colour"] = [ACCENT, *[TEXT] * (len(names) - 1)] if marks else []
    rules = (
        alt.Chart(names)
        .mark_rule(strokeWidth=2)
        .encode(x=x, color=alt.Color("colour:N", scale=None))
    )
    labels = (
        alt.Chart(names)
        .mark_text(align="left", dx=5, baseline="top", fontSize=13)
        .encode(
            x=x,
            y=alt.Y("lane:Q", scale=None, axis=None),
            text="name:N",
            color=alt.Color("colour:N", scale=None),
        )
    )
    layers = alt.layer(band, areas, rules, labels).resolve_scale(y="independent")
    chart: alt.LayerChart = layers.properties(height=NARROW if few else TALL)
    sized: alt.LayerChart = chart.configure_axis(labelFontSize=13, titleFontSize=13)
    return sized


def _strip(
    known: pd.DataFrame, indicator: Indicator, level: str, x: alt.X
) -> alt.Chart:
    texts = [
        format_value(value, indicator, level, status)
        for value, status in known[["value", "status"]].itertuples(index=False)
    ]
    data = known[["value", "area_name"]].assign(text=texts)
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_tick(color=SECONDARY_TEXT, opacity=0.6, thickness=2, size=36, y=62)
        .encode(
            x=x,
            tooltip=[
                alt.Tooltip("area_name:N", title="Area"),
                alt.Tooltip("text:N", title="Figure"),
            ],
        )
    )
    return chart


def _bars(known: pd.DataFrame, inside: Inside, x: alt.X) -> alt.Chart:
    counts, edges = np.histogram(known["value"].to_numpy(float), bins=BINS)
    plural = LEVELS[inside.level].plural
    data = pd.DataFrame({"value": edges[:-1], "to": edges[1:], "count": counts})
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar(color=SECONDARY_TEXT, opacity=0.75, stroke="#FFFFFF", strokeWidth=0.5)
        .encode(
            x=x,
            x2="to:Q",
            y=alt.Y("count:Q", title=plural, axis=alt.Axis(gridColor=RULE)),
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("value:Q", title="From", format=",.2f"),
                alt.Tooltip("to:Q", title="To", format=",.2f"),
                alt.Tooltip("count:Q", title=plural),
            ],
        )
    )
    return chart
