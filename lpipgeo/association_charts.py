"""Two figures of the same areas as a scatter; as density where there are thousands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from lpipgeo.area_index import read_areas
from lpipgeo.association import Association
from lpipgeo.chart_look import WHITE, in_our_look
from lpipgeo.formatting import format_value, with_unit
from lpipgeo.metadata import Indicator
from lpipgeo.palettes import ACCENT, COMPARED, RULE, SECONDARY_TEXT, TEXT

MAX_POINTS = 1000  # more hide each other: where they crowd, squares count them
BINS = 44
CROWD = 4  # areas from which on a square stands for its areas
HEIGHT, WIDTH = 460, 640  # a wider page has more room for the names
LETTER = 7.2  # pixels
PICKED = "picked"  # the name of the chosen points, for the page
# A phone has no room for names; the signs are explained above the chart.
_IF_WIDE = alt.ExprRef("width < 400 ? 0 : 1")
_PALE, _DARK = "#DDE3EA", "#3B4A61"


@dataclass(frozen=True, slots=True)
class Mark:
    """An area that stands out: one of the set, or the selected one.

    Attributes
    ----------
    code, name : of the area
    across, up : its own figures
    colour, sign : how it is drawn
    """

    code: str
    name: str
    across: float
    up: float
    colour: str = ACCENT
    sign: str = "●"


def mark_areas(
    found: Association,
    codes: Sequence[str],
    selected: str | None,
    pair_of: Callable[[str], tuple[float, float] | None],
) -> tuple[list[Mark], list[str]]:
    """Return the areas of a set and the selected one as marks, and who has no figures.

    Parameters
    ----------
    codes : of the set; the place in it gives colour and sign
    selected : code, marked where it is among all areas and not in the set
    pair_of : gives the two figures of an area of the set, or None

    Returns
    -------
    marks, and the names of the areas of the set without a pair
    """
    index = read_areas()
    marks, without = [], []
    for code, (colour, sign) in zip(codes, COMPARED, strict=False):
        name, pair = index.find(code).name, pair_of(code)
        if pair is None:
            without.append(name)
        else:
            marks.append(Mark(code, name, *pair, colour, sign))
    pair = found.pair(selected) if selected and selected not in codes else None
    if selected and pair is not None:
        marks.append(Mark(selected, index.find(selected).name, *pair, ACCENT, "◉"))
    return marks, without


def signs_text(marks: Sequence[Mark]) -> str:
    """Return which sign is whose, for a picture that stands alone."""
    return " · ".join(f"{mark.sign} {mark.name}" for mark in marks)


def association_chart(
    found: Association, marks: Sequence[Mark], england: tuple[float, float] | None
) -> alt.LayerChart:
    """Return the areas as points, the marked ones in their colours with names.

    Where there are over a thousand areas, squares in which four or more fall show how
    many, and the others stay points. Points can be chosen: their area codes are under
    `PICKED`, field "code".

    Parameters
    ----------
    england : its two figures, drawn as thin dark lines, or None
    """
    x = alt.X("across:Q", **_axis(found.across))
    y = alt.Y("up:Q", **_axis(found.up))
    points, squares = _divide(found)
    layers = []
    if len(squares):
        layers.append(_squares(squares, x, y))
    if england is not None:
        layers += _lines(england, x, y)
    pick = alt.selection_point(name=PICKED, fields=["code"], on="click", nearest=False)
    tooltip = [
        alt.Tooltip("name:N", title="Area"),
        alt.Tooltip("across_text:N", title=found.across.short_title),
        alt.Tooltip("up_text:N", title=found.up.short_title),
    ]
    layers.append(
        alt.Chart(_texts(points, found))
        .mark_circle(color=SECONDARY_TEXT, size=34, opacity=0.55)
        .encode(x=x, y=y, tooltip=tooltip)
        .add_params(pick)
    )
    if marks:
        layers += _marks(marks, found, tooltip, x, y)
    chart = alt.LayerChart(layer=layers, height=HEIGHT)
    return in_our_look(chart, gridColor=RULE)


def _axis(indicator: Indicator) -> dict[str, Any]:
    """Return title, scale and axis of one of the two figures."""
    return {
        "title": with_unit(indicator.short_title, indicator.unit),
        "scale": alt.Scale(zero=False, nice=True),
        "axis": alt.Axis(tickCount=6),
    }


def _divide(found: Association) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the areas drawn as points, and squares with the number of the others."""
    table = found.table.rename(columns={"area_code": "code", "area_name": "name"})
    if len(table) <= MAX_POINTS:
        return table, pd.DataFrame()
    edges, places = [], []
    for name in ("across", "up"):
        edge = np.histogram_bin_edges(table[name], BINS)
        inside = np.searchsorted(edge, table[name], side="right") - 1
        edges.append(edge)
        places.append(inside.clip(0, BINS - 1))
    square = places[0] * BINS + places[1]
    counts = np.bincount(square, minlength=BINS * BINS)
    crowded = counts[square] >= CROWD
    full = np.flatnonzero(counts >= CROWD)
    across, up = np.divmod(full, BINS)
    squares = pd.DataFrame(
        {
            "across": edges[0][across],
            "across_to": edges[0][across + 1],
            "up": edges[1][up],
            "up_to": edges[1][up + 1],
            "count": counts[full],
        }
    )
    return table[~crowded], squares


def _squares(squares: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    legend = alt.Legend(title="Areas in a square", orient="top", gradientLength=160)
    scale = alt.Scale(type="log", range=[_PALE, _DARK])
    chart: alt.Chart = (
        alt.Chart(squares)
        .mark_rect()
        .encode(
            x=x,
            x2=alt.X2("across_to:Q"),
            y=y,
            y2=alt.Y2("up_to:Q"),
            color=alt.Color("count:Q", scale=scale, legend=legend),
            tooltip=[alt.Tooltip("count:Q", title="Areas in this square")],
        )
    )
    return chart


def _lines(england: tuple[float, float], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    data = pd.DataFrame(
        {"across": [england[0]], "up": [england[1]], "name": ["England"]}
    )
    chart = alt.Chart(data)
    text = chart.mark_text(align="left", dx=5, dy=-7, y="height", color=TEXT)
    return [
        chart.mark_rule(color=TEXT, strokeWidth=1.2).encode(x=x),
        chart.mark_rule(color=TEXT, strokeWidth=1.2).encode(y=y),
        text.encode(x=x, text=alt.Text("name:N")),
    ]


def _marks(
    marks: Sequence[Mark],
    found: Association,
    tooltip: list[alt.Tooltip],
    x: alt.X,
    y: alt.Y,
) -> list[alt.Chart]:
    fields = ("code", "name", "across", "up", "colour", "sign")
    table = pd.DataFrame([{f: getattr(m, f) for f in fields} for m in marks])
    chart = alt.Chart(_texts(table, found))
    colour = alt.Color("colour:N", scale=None)
    named = _place_names(table, found)
    signs = chart.mark_text(fontSize=22, baseline="middle", stroke="#FFFFFF",
                            strokeWidth=0.6)  # fmt: skip
    at = {"x": x, "y": y}
    layers = [
        signs.encode(text=alt.Text("sign:N"), color=colour, tooltip=tooltip, **at)
    ]
    sides: tuple[tuple[Literal["left", "right"], int], ...]
    sides = (("left", 13), ("right", -13))
    for align, dx in sides:
        rows = named[named["side"] == align]
        if len(rows):
            look: dict[str, Any] = {"align": align, "dx": dx, "fontSize": 13,
                                    "fontWeight": 600, "opacity": _IF_WIDE}  # fmt: skip
            halo = alt.Chart(rows).mark_text(**look, **WHITE, strokeWidth=4)
            names = alt.Chart(rows).mark_text(**look, color=TEXT)
            drawn = [one.encode(text=alt.Text("name:N"), **at) for one in (halo, names)]
            layers[:0] = drawn
    return layers


def _place_names(table: pd.DataFrame, found: Association) -> pd.DataFrame:
    """Return the marks with the side on which their names fit; the others have none.

    A name that would hide another stays away: the signs are explained beside the chart.
    """
    low = found.table[["across", "up"]].min()
    span = found.table[["across", "up"]].max() - low
    across = (table["across"] - low["across"]) / span["across"] * WIDTH
    up = (table["up"] - low["up"]) / span["up"] * HEIGHT
    taken = [(x - 9, y - 9, x + 9, y + 9) for x, y in zip(across, up, strict=True)]
    sides = []
    for name, x, y in zip(table["name"], across, up, strict=True):
        wide = LETTER * len(name)
        boxes = {
            "left": (x + 10, y - 9, x + 16 + wide, y + 9),
            "right": (x - 16 - wide, y - 9, x - 10, y + 9),
        }
        fits = [s for s, box in boxes.items() if not any(_meet(box, t) for t in taken)]
        sides.append(fits[0] if fits else "")
        taken += [boxes[side] for side in fits[:1]]
    return table.assign(side=sides)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    (left, low, right, high), (west, south, east, north) = one, other
    return left < east and west < right and low < north and south < high


def _texts(table: pd.DataFrame, found: Association) -> pd.DataFrame:
    """Return the table with its figures as people read them."""
    texts = {
        f"{side}_text": [
            format_value(value, indicator, found.level) for value in table[side]
        ]
        for side, indicator in (("across", found.across), ("up", found.up))
    }
    return table.assign(**texts)
