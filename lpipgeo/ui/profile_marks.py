"""Small drawings of a profile's rows: the spine, and the line through time.

Streamlit takes SVG out of HTML, so the style sheet draws the spine from the places that
it is told, and the line is an image. What they show stands in words beside them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

from lpipgeo.area_profile import ProfileRow
from lpipgeo.trend_lines import HEIGHT, WIDTH, draw_trend_line, say_trend_line

_PLAIN = " =:/<>'"  # in an address that is written between double quotes


def spine_html(row: ProfileRow, shape: str) -> str:
    """Return the area among its peers, worst left, the benchmark in the middle.

    Parameters
    ----------
    shape : the outcome's class, which colours the dot

    Returns
    -------
    HTML, or "" where the peers' spread is unknown, or no exact figure may be shown
    """
    indicator, standing, own = row.indicator, row.standing, row.figure
    exact = row.is_exact and indicator.value_type != "count"  # larger areas have more
    ends = (standing.minimum, standing.maximum)
    if not exact or math.isnan(own.value) or math.isnan(ends[0]):
        return ""
    middle, line = _middle(row, ends)
    quarters = (standing.quarter_low, standing.quarter_high)
    reach = max(abs(value - middle) for value in (*ends, own.value))
    if reach == 0:
        return ""
    turn = -1 if indicator.polarity == "lower_is_better" else 1

    def place(value: float) -> float:
        return min(100.0, max(0.0, 50 + turn * 50 * (value - middle) / reach))

    marks = {"all": [*map(place, ends)], "half": [*map(place, quarters)]}
    if line:
        marks["line"] = [50]
    elif row.benchmark is not None and not math.isnan(row.benchmark.lower):
        marks["group"] = [place(row.benchmark.lower), place(row.benchmark.upper)]
    if own.has_limits:
        marks["whisker"] = [place(own.lower), place(own.upper)]
    return draw_spine({**marks, "dot": [place(own.value)]}, shape)


def draw_spine(marks: Mapping[str, Sequence[float]], shape: str = "") -> str:
    """Return marks on one line as HTML; hidden from screen readers.

    One element, whatever it shows: a profile has more than a hundred of these.

    Parameters
    ----------
    marks : where each stands, in hundredths of the line: one place for "line" and
        "dot", two ends in any order for "all", "half", "group" and "whisker"
    shape : the outcome's class, which colours the dot; "" for none
    """
    places = {name: sorted(ends) for name, ends in marks.items()}
    style = ";".join(
        f"--{name}{end}:{place:.1f}%"
        for name, ends in places.items()
        for end, place in zip(("", "-end"), ends, strict=False)
    )
    name = f"lp-spine lp-{shape}" if shape else "lp-spine"
    return f'<span class="{name}" style="{style}" aria-hidden="true"></span>'


def _middle(row: ProfileRow, ends: tuple[float, float]) -> tuple[float, bool]:
    """Return the value in the middle, and whether it is the benchmark's."""
    there = row.benchmark
    if there is None:
        return sum(ends) / 2, False
    if not math.isnan(there.value) and there.period == row.figure.period:
        return there.value, True
    if math.isnan(there.value) and not math.isnan(there.lower):
        return (there.lower + there.upper) / 2, False
    return sum(ends) / 2, False


def line_html(row: ProfileRow) -> str:
    """Return the row's trend line as an image, or "" where there is none."""
    svg = draw_trend_line(row, says=False)
    if not svg:
        return ""
    address = quote(svg.replace('"', "'"), safe=_PLAIN)
    source = f"data:image/svg+xml,{address}"
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return f'<img {size} alt="{escape(say_trend_line(row))}" src="{source}">'
