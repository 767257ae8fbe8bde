"""What all charts share: readable type, named ends of an axis, names above rows."""

from __future__ import annotations

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
Chart = TypeVar("Chart", alt.Chart, alt.LayerChart, alt.VConcatChart, alt.HConcatChart)


# Streamlit would take title and axis out of the height, and press the rows together.
ROWS_KEEP_THEIR_HEIGHT = alt.AutoSizeParams(type="fit-x", contains="padding")


def in_our_look(chart: Chart, **axis: Any) -> Chart:
    """Return a chart whose words are dark enough to read, here and as a file.

    Parameters
    ----------
    axis : more of `configure_axis`
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
    looking: Chart = chart.configure_axis(**ours).configure_legend(
        labelColor=SECONDARY_TEXT, titleColor=SECONDARY_TEXT
    )
    return looking


def unit_title(text: str) -> list[str]:
    """Return the title of an axis in lines that fit between the names of its ends."""
    return wrap(text, UNIT_LETTERS) or [""]


def ends_of(indicator: Indicator) -> tuple[str, str]:
    """Return what left and right mean where worst is left."""
    if indicator.polarity in ("higher_is_better", "lower_is_better"):
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
        charts.append(mark.encode(x=alt.value(at), y=alt.value("height"), text="end:N"))
    return charts


def names_above(rows: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return names on lines of their own, so that a phone keeps its width for the plot.

    Parameters
    ----------
    rows : `label` and what `y` is drawn from
    """
    chart = alt.Chart(rows)
    look: dict[str, Any] = {"align": "left", "fontSize": 14, "baseline": "middle"}
    words: dict[str, Any] = {"x": alt.value(0), "y": y, "text": "label:N"}
    # White below, so that no line runs through the words.
    white = chart.mark_text(**look, **WHITE, strokeWidth=5)
    return [white.encode(**words), chart.mark_text(color=TEXT, **look).encode(**words)]
