"""Lines through time for compared areas, broken where figures cannot be joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lpipgeo.chart_look import in_our_look
from lpipgeo.comparators import full_name
from lpipgeo.formatting import format_value
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.metadata import Indicator
from lpipgeo.palettes import COMPARED, RULE, SECONDARY_TEXT, TEXT
from lpipgeo.periods import Period, period_label
from lpipgeo.time_series import Series, middle_of

HEIGHT = 400
MAX_BANDS = 3  # lines whose margins are drawn as bands; more would hide each other
MAX_YEARS = 14  # with a tick for each
APART = 15  # pixels between the names at the ends of lines
# Areas for orientation: colour and width of their lines.
BESIDE = {ENGLAND: (TEXT, 1.1), REGION: (SECONDARY_TEXT, 1.1)}
_OTHER, _SIGN, _WIDTH = SECONDARY_TEXT, "", 2.4


def series_chart(
    indicator: Indicator,
    series: Sequence[Series],
    places: Mapping[str, int],
    base_period: str = "",
) -> alt.LayerChart:
    """Return a line per area with its sign at the end, and margins of error.

    Margins are pale bands for up to three areas, upright strokes for more. A dotted
    upright line marks where the series was broken, and no line leads across it.

    Parameters
    ----------
    series : of `read_series` or `set_to_base`; with a base no margins are left
    places : code to place in the set, which gives colour and sign; England and the
        region, which are not in it, are thin lines
    base_period : that is 100, where `set_to_base` made the series
    """
    unit = indicator.unit
    if base_period:
        unit = f"{period_label(base_period)} = 100"
        indicator = indicator.model_copy(update={"unit": "index"})  # written bare
    table = _table(indicator, series, places)
    years = (table["day"].max() - table["day"].min()).days / 365
    axis = alt.Axis(grid=False, format="%Y", tickCount=10)
    if years <= MAX_YEARS:
        axis = alt.Axis(grid=False, format="%Y", tickCount="year")
    x = alt.X("day:T", title=None, axis=axis)
    span = _span(table)
    scale = alt.Scale(domain=list(span), nice=False, zero=False)
    grid = alt.Axis(gridColor=RULE, tickCount=6)
    y = alt.Y("value:Q", title=unit, scale=scale, axis=grid)
    colour = alt.Color("colour:N", scale=None)
    tooltip = [
        alt.Tooltip("name:N", title="Area"),
        alt.Tooltip("label:N", title="Period"),
        alt.Tooltip("text:N", title="Figure"),
        alt.Tooltip("limits:N", title="Margin of error"),
    ]
    layers: list[alt.Chart] = [*_breaks(indicator, table)]
    margins = table.dropna(subset=["lower", "upper"])
    if len(margins):
        layers.append(_margins(margins, x, colour, y))
    base = alt.Chart(table)
    layers += [
        base.mark_line().encode(
            x=x, y=y, color=colour, detail=alt.Detail("part:N"),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        ),
        base.mark_circle(size=42, opacity=1).encode(
            x=x, y=y, color=colour, tooltip=tooltip
        ),
        *_ends(table, span, x, y, colour),
    ]  # fmt: skip
    return in_our_look(alt.LayerChart(layer=layers, height=HEIGHT))


def _table(
    indicator: Indicator, series: Sequence[Series], places: Mapping[str, int]
) -> pd.DataFrame:
    records = []
    for one in series:
        code = one.area.code
        colour, sign, width = _OTHER, _SIGN, _WIDTH
        if code in places:
            colour, sign = COMPARED[places[code]]
        elif code in BESIDE:
            colour, width = BESIDE[code]
        for number, part in enumerate(one.parts):
            for figure in part:
                ends = [
                    format_value(v, indicator, one.level, figure.status)
                    for v in (figure.value, figure.lower, figure.upper)
                ]
                records.append(
                    {
                        "code": code,
                        "name": full_name(one.area),
                        "part": f"{code} {number}",
                        "day": pd.Timestamp(middle_of(figure.period)),
                        "label": period_label(figure.period),
                        "value": figure.value,
                        "lower": figure.lower,
                        "upper": figure.upper,
                        "text": ends[0],
                        "limits": f"{ends[1]} to {ends[2]}"
                        if figure.has_limits
                        else "none",
                        "colour": colour,
                        "sign": sign,
                        "width": width,
                    }
                )
    return pd.DataFrame(records)


def _breaks(indicator: Indicator, table: pd.DataFrame) -> list[alt.Chart]:
    """Return a dotted line where a break lies among the figures."""
    first, last = table["day"].min(), table["day"].max()
    found = [
        {"day": pd.Timestamp(b.starts), "why": b.why}
        for b in indicator.series_breaks
        if first < pd.Timestamp(b.starts) <= last
    ]
    if not found:
        return []
    rule = alt.Chart(pd.DataFrame(found)).mark_rule(
        color=SECONDARY_TEXT, strokeDash=[2, 3], strokeWidth=1.5
    )
    return [
        rule.encode(x=alt.X("day:T"), tooltip=[alt.Tooltip("why:N", title="Break")])
    ]


def _margins(margins: pd.DataFrame, x: alt.X, colour: alt.Color, y: alt.Y) -> alt.Chart:
    own = margins[~margins["code"].isin(list(BESIDE))]
    drawn = own if len(own) else margins
    low = y.copy()
    low.shorthand = "lower:Q"
    chart = alt.Chart(drawn)
    marked = (
        chart.mark_area(opacity=0.14)
        if drawn["code"].nunique() <= MAX_BANDS
        else chart.mark_rule(opacity=0.45, strokeWidth=1.5)
    )
    band: alt.Chart = marked.encode(
        x=x, y=low, y2=alt.Y2("upper:Q"), color=colour, detail=alt.Detail("part:N")
    )
    return band


def _span(table: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the upright scale: all figures and margins, and some air."""
    every = table[["value", "lower", "upper"]].to_numpy(float)
    low, high = float(np.nanmin(every)), float(np.nanmax(every))
    air = 0.05 * (high - low) or 1.0
    return (0.0 if 0 <= low < air else low - air), high + air


def _ends(
    table: pd.DataFrame,
    span: tuple[float, float],
    x: alt.X,
    y: alt.Y,
    colour: alt.Color,
) -> list[alt.Chart]:
    """Return signs at the ends of lines, and every name, moved apart where need be."""
    last = table.sort_values("day").groupby("code", sort=False).tail(1)
    low, high = span
    pixels = (last["value"].to_numpy() - low) / (high - low) * HEIGHT
    heights = low + spread(pixels, APART) / HEIGHT * (high - low)
    last = last.assign(
        height=heights,
        ink=[SECONDARY_TEXT if code in BESIDE else TEXT for code in last["code"]],
    )
    signs = alt.Chart(last[last["sign"] != ""]).mark_text(
        fontSize=18, baseline="middle", stroke="#FFFFFF", strokeWidth=0.6
    )
    names = alt.Chart(last).mark_text(align="left", dx=12, fontSize=13,
                                      baseline="middle")  # fmt: skip
    at = y.copy()
    at.shorthand = "height:Q"
    ink = alt.Color("ink:N", scale=None)
    return [
        signs.encode(x=x, y=y, text=alt.Text("sign:N"), color=colour),
        names.encode(x=x, y=at, text=alt.Text("name:N"), color=ink),
    ]


def spread(heights: NDArray[np.float64], apart: float) -> NDArray[np.float64]:
    """Return heights that keep a distance, each as near to its own as that allows.

    Neighbours that are too close become a group around their mean, which may meet the
    next one and grow.
    """
    order = np.argsort(heights, kind="stable")
    groups: list[list[float]] = []  # the middle of each, and how many it holds
    for height in heights[order]:
        groups.append([float(height), 1])
        while len(groups) > 1:
            (below, n), (above, m) = groups[-2:]
            if above - below >= apart * (n + m) / 2:
                break
            groups[-2:] = [[(below * n + above * m) / (n + m), n + m]]
    placed = [
        middle + apart * (place - (count - 1) / 2)
        for middle, count in groups
        for place in range(int(count))
    ]
    moved = np.empty(len(heights))
    moved[order] = placed
    return moved


def break_lines(indicator: Indicator, periods: Sequence[str]) -> list[str]:
    """Return, for breaks among some periods, when and why in a sentence each."""
    starts = sorted(Period.parse(period).start for period in periods)
    return [
        f"From {period_label(f'{b.starts.isoformat()}/P1M')}: {b.why}"
        for b in indicator.series_breaks
        if starts and starts[0] < b.starts <= starts[-1]
    ]
