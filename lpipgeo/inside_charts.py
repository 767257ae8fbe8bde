"""How the smaller areas in an area differ: a strip, for its profile or among others."""

from __future__ import annotations

from math import isnan

import altair as alt

from lpipgeo.area_inside import Inside
from lpipgeo.chart_look import ends_of
from lpipgeo.formatting import format_value
from lpipgeo.metadata import Indicator
from lpipgeo.palettes import ACCENT
from lpipgeo.strips import Line, Marked, Strip, strip_chart

INSIDE_KEY = (
    "Grey: the {plural}, as strokes, or as a hill where they are many. Pale band: the "
    "middle half of them. Line below: from the lowest tenth to the highest tenth. "
    "Sign: the area’s own figure."
)


def inside_strip(
    inside: Inside,
    indicator: Indicator,
    name: str,
    own: float,
    look: tuple[str, str],
) -> Strip:
    """Return the strip of the smaller areas of an area, with its own figure marked.

    Parameters
    ----------
    inside : of a level with exact figures
    name, own : of the area; NaN where it has no figure of its own of this period
    look : its colour and sign
    """
    known = inside.ranked
    texts = [
        format_value(value, indicator, inside.level, status)
        for value, status in known[["value", "status"]].itertuples(index=False)
    ]
    text = "no figure of its own"
    if not isnan(own):
        text = format_value(own, indicator, inside.level)
    colour, sign = look
    return Strip(
        f"{name}: {text}",
        known["value"].to_numpy(float),
        known["area_name"].tolist(),
        texts,
        (Marked(name, text, own, colour, sign),),
        has_ends=True,
        sign=sign,
        colour=colour,
    )


def inside_chart(
    inside: Inside,
    indicator: Indicator,
    own: tuple[str, float],
    country: tuple[str, float] | None = None,
) -> alt.LayerChart:
    """Return the strip of one area; worst is left.

    Parameters
    ----------
    inside : with a summary
    own : name and figure of the area; NaN where it has none of this period
    country : name and figure of the country, a thin dark line
    """
    line = None
    if country is not None:
        name, value = country
        line = Line(f"{name} {format_value(value, indicator, 'ctry')}", value)
    return strip_chart(
        [inside_strip(inside, indicator, *own, (ACCENT, "●"))],
        indicator.unit,
        is_turned=indicator.polarity == "lower_is_better",
        line=line,
        ends=ends_of(indicator),
    )
