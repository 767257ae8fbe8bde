"""What all charts share: readable type, named ends of an axis, names above rows."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import Any, Literal, TypeVar

import altair as alt
import pandas as pd

from lpipgeo.metadata import Indicator
from lpipgeo.palettes import SECONDARY_TEXT, TEXT

UNIT_LETTERS = 30  # in one line of an axis title, so that a phone has room for it
# Below words and signs; it is read to nobody.
WHITE: dict[str, Any] = {"color": "#FFFFFF", "stroke": "#FFFFFF", "aria": False}
TITLE_DOWN = 36  # pixels from the plot to the middle of an axis title's first line
# Altair would check each part of a chart each time; the tests check whole charts.
alt.utils.schemapi.DEBUG_MODE = False
BAND = "#D5DAE1"  # the middle half of a group, or a margin of error
Chart = TypeVar("Chart", alt.Chart, alt.LayerChart, alt.VConcatChart, alt.HConcatChart)


# Streamlit would take title and axis out of the height, and press the rows together.
ROWS_KEEP_THEIR_HEIGHT = alt.AutoSizeParams(type="fit-x", contains="padding")


def _to_records(table: Any, **_: Any) -> dict[str, Any]:
    """Return a DataFrame as Vega-Lite takes it; a missing value is null."""
    text = table.to_json(orient="records", date_format="iso", double_precision=15)
    return {"values": json.loads(text)}


# Altair's own way looks at each column first, and takes most of a chart's time.
alt.data_transformers.register("records", _to_records)
alt.data_transformers.enable("records")
alt.theme.enable("none")  # as Streamlit does for pages, so that files are the same


def in_our_look(chart: Chart, *, font: str = "", **axis: Any) -> Chart:
    """Make a chart's words dark enough to read, here and as a file; return it.

    Parameters
    ----------
    chart : just made; it is changed, because Altair copies whole charts slowly
    font : of a file; on a page it is the page's
    axis : more of `altair.AxisConfig`
    """
    ours: dict[str, Any] = {
        "labelColor": SECONDARY_TEXT,
        "titleColor": SECONDARY_TEXT,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelPadding": 6,
        "titlePadding": 8,
        **axis,
    }
    legend = alt.LegendConfig(labelColor=SECONDARY_TEXT, titleColor=SECONDARY_TEXT)
    chart.config = alt.Config(
        axis=alt.AxisConfig(**ours), legend=legend, view=alt.ViewConfig(stroke=None)
    )
    if font:
        chart.config["font"] = font
    return chart


def x_at(place: int | str) -> alt.XValue:
    """Return a fixed place across, in pixels or "width"."""
    return alt.XValue(place)  # type: ignore[no-untyped-call]


def y_at(place: int | str) -> alt.YValue:
    """Return a fixed place down, in pixels or "height"."""
    return alt.YValue(place)  # type: ignore[no-untyped-call]


def unit_title(text: str) -> list[str]:
    """Return the title of an axis in lines that fit between the names of its ends."""
    return wrap(text, UNIT_LETTERS) or [""]


def ends_of(indicator: Indicator) -> tuple[str, str]:
    """Return what left and right mean where worst is left."""
    if indicator.is_judged:
        return "← worse", "better →"
    return "← lower", "higher →"


def name_ends(left: str, right: str) -> list[alt.Chart]:
    """Return words at both ends of the axis below a chart, level with its title."""
    charts: list[alt.Chart] = []
    sides: tuple[tuple[str, Literal["left", "right"], int | str], ...]
    sides = ((left, "left", 0), (right, "right", "width"))
    for text, align, at in sides:
        data = alt.Chart(pd.DataFrame({"end": [text]}))
        mark = data.mark_text(
            align=align, baseline="middle", dy=TITLE_DOWN, fontSize=13, color=TEXT
        )
        charts.append(mark.encode(x=x_at(at), y=y_at("height"), text=alt.Text("end:N")))
    return charts


def names_above(rows: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return names on lines of their own, so that a phone keeps its width for the plot.

    Parameters
    ----------
    rows : `label` and what `y` is drawn from
    """
    chart = alt.Chart(rows)
    look: dict[str, Any] = {"align": "left", "fontSize": 14, "baseline": "middle"}
    words: dict[str, Any] = {"x": x_at(0), "y": y, "text": alt.Text("label:N")}
    # White below, so that no line runs through the words.
    white = chart.mark_text(**look, **WHITE, strokeWidth=5)
    return [white.encode(**words), chart.mark_text(color=TEXT, **look).encode(**words)]
