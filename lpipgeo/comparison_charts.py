"""One figure of compared areas: dots, margins of error, who can be told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from textwrap import wrap
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from lpipgeo.area_index import Area, read_areas
from lpipgeo.chart_look import (
    BAND,
    ROWS_KEEP_THEIR_HEIGHT,
    WHITE,
    ends_of,
    in_our_look,
    name_ends,
    names_above,
    unit_title,
    y_at,
)
from lpipgeo.comparison import ComparedRow, find_ties
from lpipgeo.formatting import format_value
from lpipgeo.palettes import COMPARED, RULE, SECONDARY_TEXT, TEXT

ROW_HEIGHT, TOP_LANE = 50, 22
NAME, MARK, BAND_FROM, BAND_TO = 0.2, 0.66, 0.38, 0.94  # within a row of height 1
NEAR_END = 0.84  # of the width: a figure beyond has no room on that side
TITLE_LETTERS = 48  # in one line, so that a phone has room for it
PLAIN = (SECONDARY_TEXT, "●")


def dot_chart(
    row: ComparedRow,
    areas: Sequence[Area],
    places: Mapping[str, int],
    benchmark: tuple[str, float] | None,
) -> alt.LayerChart:
    """Return a row per area: its name, then its sign, figure and margin of error.

    The best area is on top, or the highest where neither is better; worst is left, and
    words at both ends of the axis say so. A pale band marks the range that areas share
    which cannot be told apart.

    Parameters
    ----------
    places : code to place in the set, which gives colour and sign; an area outside the
        set is a grey dot
    benchmark : name and value of a thin dark line, or None
    """
    turned = row.indicator.polarity == "lower_is_better"
    table = _table(row, areas, places).sort_values("value", ascending=turned)
    table = _place_texts(table, benchmark, turned=turned)
    axis = alt.Axis(gridColor=RULE, tickCount=6)
    unit = unit_title(row.indicator.unit)
    scale = alt.Scale(zero=False, nice=True, reverse=turned, padding=10)
    top = -TOP_LANE / ROW_HEIGHT

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=unit, axis=axis, scale=scale)

    def y(field: str) -> alt.Y:
        span = alt.Scale(domain=[len(table), top], nice=False)
        return alt.Y(f"{field}:Q", axis=None, scale=span)

    layers = [*_bands(row, table, x, y)]
    if benchmark is not None:
        layers += _line(benchmark, table, x, turned=turned)
    layers += [
        *names_above(table, y("above")),
        *_whiskers(table, x, y),
        *_figures(table, x, y),
        *name_ends(*ends_of(row.indicator)),
        _signs(table, x, y),
    ]
    height = ROW_HEIGHT * len(table) + TOP_LANE
    chart = alt.LayerChart(
        layer=layers,
        height=height,
        autosize=ROWS_KEEP_THEIR_HEIGHT,
        title=_title(row, areas),
    )
    return in_our_look(chart)


def _signs(
    table: pd.DataFrame, x: Callable[[str], alt.X], y: Callable[[str], alt.Y]
) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_text(fontSize=20, baseline="middle")
        .encode(
            x=x("value"),
            y=y("y"),
            text=alt.Text("sign:N"),
            color=alt.Color("colour:N", scale=None),
            tooltip=[
                alt.Tooltip("name:N", title="Area"),
                alt.Tooltip("text:N", title="Figure"),
                alt.Tooltip("limits:N", title="Margin of error"),
            ],
        )
    )
    return chart


def _whiskers(
    table: pd.DataFrame, x: Callable[[str], alt.X], y: Callable[[str], alt.Y]
) -> list[alt.Chart]:
    """Return the margins of error; no layer where there are none."""
    limited = table.dropna(subset=["lower", "upper"])
    if not len(limited):
        return []
    rule = alt.Chart(limited).mark_rule(color=TEXT, strokeWidth=1.5)
    return [rule.encode(x=x("lower"), x2=alt.X2("upper:Q"), y=y("y"))]


def _place_texts(
    table: pd.DataFrame, benchmark: tuple[str, float] | None, *, turned: bool
) -> pd.DataFrame:
    """Return the rows with their heights, and where each figure has room.

    Figures stand right of sign and whisker, else left, else behind the name.
    """
    ends = table[["lower", "upper"]].to_numpy(float)
    ends = np.where(np.isnan(ends), table[["value"]].to_numpy(float), ends)
    every = np.append(ends, [benchmark[1]] if benchmark else [])
    span = (every.max() - every.min()) or 1.0
    right, left = (ends[:, 0], ends[:, 1]) if turned else (ends[:, 1], ends[:, 0])
    low = every.max() if turned else every.min()
    has_right = np.abs(right - low) / span < NEAR_END
    has_left = np.abs(left - low) / span > 1 - NEAR_END
    side = np.select([has_right, has_left], ["right", "left"], "")
    names = [
        name if where else f"{name}: {text}"
        for name, where, text in zip(table["name"], side, table["text"], strict=True)
    ]
    rows = np.arange(len(table))
    return table.assign(
        side=side,
        end=np.where(side == "left", left, right),
        label=names,
        above=rows + NAME,
        y=rows + MARK,
    )


def _figures(
    table: pd.DataFrame, x: Callable[[str], alt.X], y: Callable[[str], alt.Y]
) -> list[alt.Chart]:
    charts: list[alt.Chart] = []
    look: dict[str, Any]
    at: dict[str, Any]
    sides: tuple[tuple[Literal["left", "right"], str, int], ...]
    sides = (("left", "right", 12), ("right", "left", -12))
    for align, side, dx in sides:
        rows = table[table["side"] == side]
        if len(rows):
            look = {"align": align, "dx": dx, "fontSize": 13, "baseline": "middle"}
            chart, at = (
                alt.Chart(rows),
                {"x": x("end"), "y": y("y"), "text": alt.Text("text:N")},
            )
            # White below, so that the benchmark's line does not run through a figure.
            halo = chart.mark_text(**look, **WHITE, strokeWidth=4)
            charts += [
                halo.encode(**at),
                chart.mark_text(**look, color=TEXT).encode(**at),
            ]
    return charts


def _title(row: ComparedRow, areas: Sequence[Area]) -> alt.TitleParams:
    """Return the subject, and below it whose order is open."""
    told = [part for line in tell_ties(row, areas) for part in wrap(line, 55)]
    return alt.TitleParams(
        wrap(row.indicator.title, TITLE_LETTERS),
        subtitle=told,
        anchor="start",
        color=TEXT,
        subtitleColor=SECONDARY_TEXT,
        subtitleFontSize=13,
    )


def tell_ties(row: ComparedRow, areas: Sequence[Area]) -> list[str]:
    """Return in sentences which areas cannot be told apart."""
    known = {area.code: area.name for area in areas}
    told = []
    for tie in find_ties(row):
        *names, last = (known[code] for code in tie)
        told.append(f"{', '.join(names)} and {last} cannot be told apart.")
    shown = [cell.figure for cell in row.cells if cell]
    if len(shown) > 1 and not told and not all(f.has_limits for f in shown):
        told = ["There are no margins of error, so the order may be chance."]
    return told


def _bands(
    row: ComparedRow,
    table: pd.DataFrame,
    x: Callable[[str], alt.X],
    y: Callable[[str], alt.Y],
) -> list[alt.Chart]:
    """Return, per tie and area, the range of values that all its margins hold."""
    by_code = table.set_index("code")
    records = []
    for tie in find_ties(row):
        tied = by_code.loc[list(tie)]
        ends = {"value": tied["lower"].max(), "to": tied["upper"].min()}
        for middle in tied["y"]:
            start = middle - MARK
            edges = {"band": start + BAND_FROM, "bottom": start + BAND_TO}
            records.append({**ends, **edges})
    bars = alt.Chart(pd.DataFrame(records)).mark_rect(color=BAND, opacity=0.7)
    drawn = bars.encode(
        x=x("value"), x2=alt.X2("to:Q"), y=y("band"), y2=alt.Y2("bottom:Q")
    )
    return [drawn] if records else []


def _line(
    benchmark: tuple[str, float],
    table: pd.DataFrame,
    x: Callable[[str], alt.X],
    *,
    turned: bool,
) -> list[alt.Chart]:
    name, value = benchmark
    data = pd.DataFrame({"value": [value], "name": [name]})
    rule = alt.Chart(data).mark_rule(color=TEXT, strokeWidth=1.5)
    # The name stands on the side where there is room.
    is_left = (value < table["value"].mean()) != turned
    text = alt.Chart(data).mark_text(
        align="left" if is_left else "right",
        baseline="top",
        dx=5 if is_left else -5,
        color=TEXT,
        fontSize=13,
    )
    at = x("value")
    return [
        rule.encode(x=at),
        text.encode(x=at, y=y_at(0), text=alt.Text("name:N")),
    ]


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
