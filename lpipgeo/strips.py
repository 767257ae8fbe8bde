"""Strips: all values of a group on one line each, with some areas marked.

A few values are strokes, many are a hill; the pale band is the middle half. One scale
for all strips, so that they are compared from row to row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isnan
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lpipgeo.chart_look import (
    BAND,
    ROWS_KEEP_THEIR_HEIGHT,
    WHITE,
    in_our_look,
    name_ends,
    unit_title,
    x_at,
)
from lpipgeo.palettes import RULE, SECONDARY_TEXT, TEXT

MAX_STROKES = 250  # more strokes than this hide each other
MAX_BINS = 40
MIN_BAND = 5  # fewer values have no middle half to speak of
ROW_HEIGHT, TOP_LANE, SIGN_WIDTH = 92, 26, 20
KEY_LINE, KEY_COLUMN = 22, 340
HILL = "#8A929C"
# Within a row of height 1.
LABEL, STROKES_FROM, FOOT, ENDS = 0.14, 0.34, 0.86, 0.92
HILL_HEIGHT = FOOT - 0.3


@dataclass(frozen=True)
class Marked:
    """One area that stands out on a strip.

    Attributes
    ----------
    name, text : the area, and its figure with its unit
    value : in the strip's unit
    colour, sign : its look, as "#0072B2" and "●"
    """

    name: str
    text: str
    value: float
    colour: str
    sign: str


@dataclass(frozen=True)
class Strip:
    """One row: the values of a group of areas, and which of them are marked.

    Attributes
    ----------
    label : above the row
    sign, colour : before the label, where the row is that of one marked area
    values : shape (n,), without missing ones
    names, texts : length n, for pointing at a stroke
    marked : areas with a sign of their own
    has_ends : whether a line runs from the tenth to the ninetieth percentile
    """

    label: str
    values: NDArray[np.float64]
    names: Sequence[str]
    texts: Sequence[str]
    marked: tuple[Marked, ...] = ()
    has_ends: bool = False
    sign: str = ""
    colour: str = TEXT


@dataclass(frozen=True)
class Line:
    """A benchmark: a thin dark line through all strips, with its name and figure."""

    name: str
    value: float


def strip_chart(
    strips: Sequence[Strip],
    unit: str,
    *,
    is_turned: bool,
    line: Line | None = None,
    key: Sequence[Marked] = (),
    ends: tuple[str, str] | None = None,
) -> alt.LayerChart:
    """Return one row per strip on one scale; it fills the width that it is given.

    Parameters
    ----------
    unit : title of the scale
    is_turned : high values are left, where lower is better: worst is left
    key : signs to explain above the strips, where nothing else does
    ends : what left and right mean, for the ends of the scale
    """
    axis = alt.Axis(grid=False, tickCount=7)
    x = alt.X("value:Q", title=unit_title(unit), axis=axis).scale(
        zero=False, nice=True, reverse=is_turned
    )
    head = TOP_LANE + KEY_LINE * ceil(len(key) / 2)
    top = head / ROW_HEIGHT
    y = alt.Y("y:Q", axis=None).scale(domain=[len(strips), -top], nice=False)
    layers = [
        *_bands(strips, x, y),
        *_hills(strips, x, y),
        *_strokes(strips, x, y),
        *_ends(strips, x, y),
        *(_line(line, strips, is_turned, x, y) if line is not None else ()),
        *_labels(strips, y),
        *_key(key, top, y),
        *_signs(strips, x, y),
        *(name_ends(*ends) if ends is not None else ()),
    ]
    chart = alt.LayerChart(
        layer=layers,
        description="; ".join(strip.label for strip in strips),
        height=round(ROW_HEIGHT * len(strips) + head),
        autosize=ROWS_KEEP_THEIR_HEIGHT,
    )
    return in_our_look(chart, domainColor=RULE)


def _bands(strips: Sequence[Strip], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    rows = []
    for number, strip in enumerate(strips):
        if len(strip.values) >= MIN_BAND:
            low, high = np.quantile(strip.values, [0.25, 0.75]).tolist()
            ends = {"y": number + 0.28, "bottom": number + FOOT}
            rows.append({"value": low, "to": high, **ends})
    chart = alt.Chart(pd.DataFrame(rows)).mark_rect(color=BAND)
    band = chart.encode(x=x, x2=alt.X2("to:Q"), y=y, y2=alt.Y2("bottom:Q"))
    return [band] if rows else []


def _hills(strips: Sequence[Strip], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return a hill for each strip of many values: how many lie in each short step."""
    many = [(n, s) for n, s in enumerate(strips) if len(s.values) > MAX_STROKES]
    if not many:
        return []
    every = np.concatenate([strip.values for _, strip in many])
    # Where there are few different values, each is a step of its own.
    bins = min(MAX_BINS, max(1, len(np.unique(every)) - 1))
    edges = np.histogram_bin_edges(every, bins=bins)
    half = (edges[1] - edges[0]) / 2
    middles = np.r_[edges[0] - half, edges[:-1] + half, edges[-1] + half]
    shares = [np.histogram(s.values, edges)[0] / len(s.values) for _, s in many]
    highest = max(share.max() for share in shares)
    rows: list[tuple[object, ...]] = []
    for (number, strip), share in zip(many, shares, strict=True):
        tops = number + FOOT - HILL_HEIGHT * np.r_[0, share, 0] / highest
        rows += [
            (middle, top, number + FOOT, number, strip.label)
            for middle, top in zip(middles, tops, strict=True)
        ]
    data = pd.DataFrame(rows, columns=["value", "y", "bottom", "row", "label"])
    # Monotone: between two steps the hill never rises above both.
    chart = alt.Chart(data).mark_area(
        color=HILL, opacity=0.85, interpolate="monotone", clip=True
    )
    tooltip = alt.Tooltip("label:N")
    return [
        chart.encode(
            x=x, y=y, y2=alt.Y2("bottom:Q"), detail=alt.Detail("row:N"), tooltip=tooltip
        )
    ]


def _strokes(strips: Sequence[Strip], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    rows = [
        (value, number + STROKES_FROM, number + FOOT - 0.04, name, text)
        for number, strip in enumerate(strips)
        if len(strip.values) <= MAX_STROKES
        for value, name, text in zip(
            strip.values.tolist(), strip.names, strip.texts, strict=True
        )
    ]
    columns = ["value", "y", "bottom", "name", "text"]
    chart = alt.Chart(pd.DataFrame(rows, columns=columns)).mark_rule(
        color=SECONDARY_TEXT, opacity=0.55, strokeWidth=1.5
    )
    tooltip = [
        alt.Tooltip("name:N", title="Area"),
        alt.Tooltip("text:N", title="Figure"),
    ]
    drawn = chart.encode(x=x, y=y, y2=alt.Y2("bottom:Q"), tooltip=tooltip)
    return [drawn] if rows else []


def _ends(strips: Sequence[Strip], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return lines from the tenth to the ninetieth percentile, with a foot at both."""
    lines, feet = [], []
    for number, strip in enumerate(strips):
        if strip.has_ends and len(strip.values) >= MIN_BAND:
            low, high = np.quantile(strip.values, [0.1, 0.9]).tolist()
            lines.append((low, high, number + ENDS))
            both = number + ENDS - 0.04, number + ENDS + 0.04
            feet += [(value, *both) for value in (low, high)]
    if not lines:
        return []
    dark: dict[str, Any] = {"color": TEXT, "strokeWidth": 1.5}
    spans = alt.Chart(pd.DataFrame(lines, columns=["value", "to", "y"]))
    stops = alt.Chart(pd.DataFrame(feet, columns=["value", "y", "bottom"]))
    return [
        spans.mark_rule(**dark).encode(x=x, x2=alt.X2("to:Q"), y=y),
        stops.mark_rule(**dark).encode(x=x, y=y, y2=alt.Y2("bottom:Q")),
    ]


def _line(
    line: Line, strips: Sequence[Strip], is_turned: bool, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    every = np.concatenate([strip.values for strip in strips] or [np.array([])])
    middle = (every.min() + every.max()) / 2 if len(every) else line.value
    # The name stands on the side where there is room.
    is_left = (line.value < middle) != is_turned
    top = -TOP_LANE / ROW_HEIGHT
    data = pd.DataFrame(
        {
            "value": [line.value],
            "y": [top],
            "bottom": [len(strips)],
            "name": [line.name],
        }
    )
    rule = alt.Chart(data).mark_rule(color=TEXT, strokeWidth=1.5)
    text = alt.Chart(data).mark_text(
        align="left" if is_left else "right",
        dx=5 if is_left else -5,
        baseline="top",
        color=TEXT,
        fontSize=13,
    )
    return [
        rule.encode(x=x, y=y, y2=alt.Y2("bottom:Q")),
        text.encode(x=x, y=y, text=alt.Text("name:N")),
    ]


def _labels(strips: Sequence[Strip], y: alt.Y) -> list[alt.Chart]:
    data = pd.DataFrame(
        {
            "y": [number + LABEL for number in range(len(strips))],
            "label": [strip.label for strip in strips],
            "sign": [strip.sign for strip in strips],
            "colour": [strip.colour for strip in strips],
        }
    )
    chart = alt.Chart(data)
    look: dict[str, Any] = {"align": "left", "fontSize": 14, "fontWeight": 600}
    indent = SIGN_WIDTH if any(strip.sign for strip in strips) else 0
    words: dict[str, Any] = {
        "x": x_at(indent),
        "y": y,
        "text": alt.Text("label:N"),
    }
    # White below, so that the benchmark's line does not run through the words.
    white: dict[str, Any] = {**WHITE, "strokeWidth": 5}
    # Signs by themselves: some are in no typeface of ours, and would change the words'.
    colour = alt.Color("colour:N", scale=None)
    signs = chart.mark_text(align="left", fontSize=17, aria=False)
    return [
        chart.mark_text(**white, **look).encode(**words),
        chart.mark_text(color=TEXT, **look).encode(**words),
        signs.encode(x=x_at(0), y=y, text=alt.Text("sign:N"), color=colour),
    ]


def _key(key: Sequence[Marked], top: float, y: alt.Y) -> list[alt.Chart]:
    """Return the signs with their names, in two columns, down and then across."""
    layers = []
    half = ceil(len(key) / 2)
    for column, part in enumerate((key[:half], key[half:])):
        if not part:
            continue
        data = pd.DataFrame(
            {
                "y": [
                    (n + 0.5) * KEY_LINE / ROW_HEIGHT - top for n in range(len(part))
                ],
                "name": [mark.name for mark in part],
                "sign": [mark.sign for mark in part],
                "colour": [mark.colour for mark in part],
            }
        )
        chart, left = alt.Chart(data), column * KEY_COLUMN
        signs = chart.mark_text(align="left", fontSize=17)
        names = chart.mark_text(align="left", fontSize=14, color=TEXT)
        colour = alt.Color("colour:N", scale=None)
        layers += [
            signs.encode(x=x_at(left), y=y, text=alt.Text("sign:N"), color=colour),
            names.encode(x=x_at(left + SIGN_WIDTH), y=y, text=alt.Text("name:N")),
        ]
    return layers


def _signs(strips: Sequence[Strip], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    rows = [
        (mark.value, number + (STROKES_FROM + FOOT) / 2, *_look(mark))
        for number, strip in enumerate(strips)
        for mark in strip.marked
        if not isnan(mark.value)
    ]
    columns = ["value", "y", "name", "text", "sign", "colour"]
    chart = alt.Chart(pd.DataFrame(rows, columns=columns))
    if not rows:
        return []
    halo = chart.mark_text(fontSize=20, strokeWidth=4, **WHITE)
    signs = chart.mark_text(fontSize=20)
    tooltip = [
        alt.Tooltip("name:N", title="Area"),
        alt.Tooltip("text:N", title="Figure"),
    ]
    colour = alt.Color("colour:N", scale=None)
    return [
        halo.encode(x=x, y=y, text=alt.Text("sign:N")),
        signs.encode(x=x, y=y, text=alt.Text("sign:N"), color=colour, tooltip=tooltip),
    ]


def _look(mark: Marked) -> tuple[str, str, str, str]:
    return mark.name, mark.text, mark.sign, mark.colour
