"""Charts of the balance of themes: three dots per area, and two themes as quadrants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from lpipgeo.chart_look import (
    ROWS_KEEP_THEIR_HEIGHT,
    in_our_look,
    name_ends,
    names_above,
)
from lpipgeo.metadata import Theme
from lpipgeo.palettes import COMPARED, RULE, SECONDARY_TEXT, TEXT

ROW_HEIGHT = 50
NAME, DOTS = 0.22, 0.66  # within a row of height 1
HEIGHT = 420
_SHAPES = ("circle", "square", "triangle-up", "diamond")
SIGNS = ("●", "■", "▲", "◆")  # the same in text
MIDDLE = 50


def profile_chart(rows: pd.DataFrame, themes: Sequence[Theme]) -> alt.LayerChart:
    """Return a row per area with a dot for each theme, from 0 to 100.

    Parameters
    ----------
    rows : of `theme_balance.name_areas`
    themes : in shown order; each has its colour and one of `SIGNS`, told beside it
    """
    long = _scores(rows, themes)
    labels = pd.DataFrame({"label": rows["area_name"].tolist()})
    labels["above"] = labels.index + NAME
    height = alt.Scale(domain=[len(rows), 0], nice=False)
    y = alt.Y("y:Q", axis=None, scale=height)
    title = ["place among areas", "of its kind, 0 to 100"]
    x = alt.X(
        "score:Q",
        title=title,
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(gridColor=RULE, tickCount=5),
    )
    names = [theme.name for theme in themes]
    colours = [colour_of(theme) for theme in themes]
    base = alt.Chart(long)
    spans = base.transform_aggregate(low="min(score)", high="max(score)", groupby=["y"])
    middle = alt.Chart(pd.DataFrame({"score": [MIDDLE]}))
    layers = [
        *names_above(labels, alt.Y("above:Q", axis=None, scale=height)),
        *name_ends("← worse", "better →"),
        middle.mark_rule(color=TEXT, strokeWidth=1.2).encode(x=x),
        spans.mark_rule(color=SECONDARY_TEXT, strokeWidth=1.5).encode(
            x=alt.X("low:Q", title=title),
            x2=alt.X2("high:Q"),
            y=y,
        ),
        base.mark_point(filled=True, size=170, opacity=1).encode(
            x=x,
            y=y,
            color=alt.Color(
                "theme:N", scale=alt.Scale(domain=names, range=colours), legend=None
            ),
            shape=alt.Shape(
                "theme:N",
                scale=alt.Scale(domain=names, range=list(_SHAPES[: len(names)])),
                legend=None,
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Area"),
                alt.Tooltip("theme:N", title="Theme"),
                alt.Tooltip("score:Q", title="Place, of 100", format=".0f"),
            ],
        ),
    ]
    return in_our_look(
        alt.LayerChart(
            layer=layers, height=ROW_HEIGHT * len(rows), autosize=ROWS_KEEP_THEIR_HEIGHT
        )
    )


def _scores(rows: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """Return one row per area and theme, with the height at which it is drawn."""
    return pd.DataFrame(
        [
            {
                "name": row["area_name"],
                "theme": theme.name,
                "score": row[theme.id],
                "y": number + DOTS,
            }
            for number, (_, row) in enumerate(rows.iterrows())
            for theme in themes
        ]
    ).dropna(subset=["score"])


def colour_of(theme: Theme) -> str:
    """Return a colour of the theme's ramp that stands out on white."""
    from coloraide import Color  # noqa: PLC0415  with the colours only

    light, dark = theme.ramp
    return Color(light).mix(dark, 0.72, space="oklab").to_string(hex=True)


def quadrant_chart(
    table: pd.DataFrame,
    marked: Mapping[str, str],
    themes: tuple[Theme, Theme],
) -> alt.LayerChart:
    """Return two themes set against each other: all areas grey, the set in its signs.

    Parameters
    ----------
    table : of `theme_balance.balance_themes`
    marked : code to name of the set's areas, in its order
    themes : across and up
    """
    across, up = themes
    fields = {across.id: "across", up.id: "up", "area_code": "code"}
    known = table.rename(columns=fields).dropna(subset=["across", "up"])
    known = known[["code", "across", "up"]]
    x = alt.X("across:Q", **_axis(across))
    y = alt.Y("up:Q", **_axis(up))
    middle = alt.Chart(pd.DataFrame({"across": [MIDDLE], "up": [MIDDLE]}))
    line = middle.mark_rule(color=TEXT, strokeWidth=1.2)
    dots = alt.Chart(known).mark_circle(color=SECONDARY_TEXT, size=36, opacity=0.5)
    layers = [line.encode(x=x), line.encode(y=y), dots.encode(x=x, y=y)]
    layers += _corners(across, up, x, y)
    codes = list(marked)
    own = known[known["code"].isin(codes)].assign(
        name=lambda frame: frame["code"].map(marked),
        colour=lambda frame: [COMPARED[codes.index(c)][0] for c in frame["code"]],
        sign=lambda frame: [COMPARED[codes.index(c)][1] for c in frame["code"]],
    )
    if len(own):
        signs = alt.Chart(own).mark_text(
            fontSize=22, baseline="middle", stroke="#FFFFFF", strokeWidth=0.6
        )
        tooltip = [
            alt.Tooltip("name:N", title="Area"),
            alt.Tooltip("across:Q", title=across.name, format=".0f"),
            alt.Tooltip("up:Q", title=up.name, format=".0f"),
        ]
        colour = alt.Color("colour:N", scale=None)
        layers.append(
            signs.encode(
                x=x, y=y, text=alt.Text("sign:N"), color=colour, tooltip=tooltip
            )
        )
    return in_our_look(alt.LayerChart(layer=layers, height=HEIGHT))


def _axis(theme: Theme) -> dict[str, Any]:
    return {
        "title": f"{theme.name}: 0 worst, 100 best",
        "scale": alt.Scale(domain=[0, 100]),
        "axis": alt.Axis(gridColor=RULE, tickCount=5),
    }


def _corners(across: Theme, up: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return what each quadrant means, in its corner."""
    words = {
        (2, 98): f"better in\n{up.name.lower()} only",
        (98, 98): "better in both",
        (2, 2): "worse in both",
        (98, 2): f"better in\n{across.name.lower()} only",
    }
    charts = []
    for (left, high), text in words.items():
        data = pd.DataFrame({"across": [left], "up": [high], "text": [text]})
        mark = alt.Chart(data).mark_text(
            align="left" if left < MIDDLE else "right",
            baseline="top" if high > MIDDLE else "bottom",
            color=SECONDARY_TEXT,
            fontSize=13,
            lineBreak="\n",
        )
        charts.append(mark.encode(x=x, y=y, text=alt.Text("text:N")))
    return charts
