"""One figure of compared areas: dots, margins of error, who can be told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import altair as alt
import pandas as pd

from lpipgeo.area_index import Area, read_areas
from lpipgeo.comparison import ComparedRow, find_ties
from lpipgeo.formatting import format_value
from lpipgeo.palettes import COMPARED, RULE, SECONDARY_TEXT, TEXT

ROW_HEIGHT = 34
BAND = "#D5DAE1"
PLAIN = (SECONDARY_TEXT, "●")


def dot_chart(
    row: ComparedRow,
    areas: Sequence[Area],
    places: Mapping[str, int],
    benchmark: tuple[str, float] | None,
) -> alt.LayerChart:
    """Return a row per area: its sign at its value, whiskers for the margin of error.

    The best area is on top, or the highest where neither is better; worst is left. A
    pale band marks the range that areas share which cannot be told apart.

    Parameters
    ----------
    places : code to place in the set, which gives colour and sign; an area outside the
        set is a grey dot
    benchmark : name and value of a thin dark line, or None
    """
    turned = row.indicator.polarity == "lower_is_better"
    table = _table(row, areas, places).sort_values("value", ascending=turned)
    scale = alt.Scale(zero=False, nice=True, reverse=turned, padding=10)

    def x(field: str) -> alt.X:
        axis = alt.Axis(gridColor=RULE, tickCount=8)
        return alt.X(f"{field}:Q", title=row.indicator.unit, axis=axis, scale=scale)

    label = alt.Axis(
        labelLimit=260, labelFlush=False, ticks=False, domain=False, labelColor=TEXT
    )
    y = alt.Y("name:N", sort=table["name"].tolist(), title=None, axis=label)
    base = alt.Chart(table)
    tooltip = [
        alt.Tooltip("name:N", title="Area"),
        alt.Tooltip("text:N", title="Figure"),
        alt.Tooltip("limits:N", title="Margin of error"),
    ]
    colour = alt.Color("colour:N", scale=None)
    dots = base.mark_text(fontSize=20, baseline="middle")
    layers = [
        dots.encode(x=x("value"), y=y, text="sign:N", color=colour, tooltip=tooltip)
    ]
    limited = table.dropna(subset=["lower", "upper"])
    if len(limited):
        rule = alt.Chart(limited).mark_rule(color=TEXT, strokeWidth=1.5)
        layers = [rule.encode(x=x("lower"), x2="upper:Q", y=y), *layers]
    if benchmark is not None:
        layers = [*_line(benchmark, x("value")), *layers]
    shared = _shared(row, table)
    if len(shared):
        bars = alt.Chart(shared).mark_bar(color=BAND, opacity=0.7, size=ROW_HEIGHT)
        layers = [bars.encode(x=x("value"), x2="to:Q", y=y), *layers]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(height=alt.Step(ROW_HEIGHT), title=_title(row, table))
        .configure_axis(labelFontSize=14, titleFontSize=13)
    )
    return chart


def _title(row: ComparedRow, table: pd.DataFrame) -> alt.TitleParams:
    """Return the subject, and below it whose order is open."""
    ties = find_ties(row)
    known = table.set_index("code")["name"]
    told = []
    for tie in ties:
        *names, last = (known[code] for code in tie)
        told.append(f"{', '.join(names)} and {last} cannot be told apart.")
    if not told and table["lower"].isna().any():
        told = ["There are no margins of error, so the order may be chance."]
    return alt.TitleParams(
        row.indicator.title,
        subtitle=told,
        anchor="start",
        subtitleColor=SECONDARY_TEXT,
        subtitleFontSize=13,
    )


def _shared(row: ComparedRow, table: pd.DataFrame) -> pd.DataFrame:
    """Return, per tie and area, the range of values that all its margins hold."""
    by_code = table.set_index("code")
    records = []
    for tie in find_ties(row):
        tied = by_code.loc[list(tie)]
        ends = {"value": tied["lower"].max(), "to": tied["upper"].min()}
        records += [{"name": name, **ends} for name in tied["name"]]
    return pd.DataFrame(records)


def _line(benchmark: tuple[str, float], x: alt.X) -> list[alt.Chart]:
    name, value = benchmark
    data = pd.DataFrame({"value": [value], "name": [name]})
    rule = alt.Chart(data).mark_rule(color=TEXT, strokeWidth=1.5).encode(x=x)
    text = alt.Chart(data).mark_text(
        align="left", baseline="top", dx=5, y=0, color=TEXT, fontSize=12
    )
    return [rule, text.encode(x=x, text="name:N")]


def _table(
    row: ComparedRow, areas: Sequence[Area], places: Mapping[str, int]
) -> pd.DataFrame:
    names = read_areas().distinct_names([area.code for area in areas])
    records = []
    for area, name, cell in zip(areas, names, row.cells, strict=True):
        if cell is None:
            continue
        figure = cell.figure
        is_in_set = area.code in places
        colour, sign = COMPARED[places[area.code]] if is_in_set else PLAIN
        show = [
            format_value(value, row.indicator, cell.level, figure.status)
            for value in (figure.value, figure.lower, figure.upper)
        ]
        records.append(
            {
                "code": area.code,
                "name": name,
                "value": figure.value,
                "lower": figure.lower,
                "upper": figure.upper,
                "text": show[0],
                "limits": "none" if isnan(figure.lower) else f"{show[1]} to {show[2]}",
                "colour": colour,
                "sign": sign,
            }
        )
    return pd.DataFrame(records)
