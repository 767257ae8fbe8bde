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
_MOST = 2.0  # times the room of the areas' figures that a margin of error may take
_CUT = "The margin of error reaches beyond the drawing."


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
    reach = _reach(row, middle, ends)
    if reach == 0:
        return ""
    turn = -1 if indicator.polarity == "lower_is_better" else 1

    def place(value: float) -> float:
        return 50 + turn * 50 * (value - middle) / reach

    marks = {"all": [*map(place, ends)], "half": [*map(place, quarters)]}
    if line:
        marks["line"] = [50]
    elif row.benchmark is not None and not math.isnan(row.benchmark.lower):
        marks["group"] = [place(row.benchmark.lower), place(row.benchmark.upper)]
    if own.has_limits:
        marks["whisker"] = [place(own.lower), place(own.upper)]
    return draw_spine({**marks, "dot": [place(own.value)]}, shape)


def _reach(row: ProfileRow, middle: float, ends: tuple[float, float]) -> float:
    """Return how far from the middle the drawing reaches on either side.

    The area's own margin of error belongs to it, unless that would leave the figures
    of the areas less than half of the room.
    """
    own = row.figure
    reach = max(abs(value - middle) for value in (*ends, own.value))
    if not own.has_limits:
        return reach
    margin = max(abs(own.lower - middle), abs(own.upper - middle))
    return max(reach, min(margin, _MOST * reach))


def draw_spine(marks: Mapping[str, Sequence[float]], shape: str = "") -> str:
    """Return marks on one line as HTML; hidden from screen readers.

    One element, whatever it shows: a profile has more than a hundred of these. What
    reaches beyond the line is cut; a margin of error then ends in an arrow, and is said
    to go on.

    Parameters
    ----------
    marks : where each stands, in hundredths of the line: one place for "line" and
        "dot", two ends in any order for "all", "half", "group" and "whisker"
    shape : the outcome's class, which colours the dot; "" for none
    """
    ends_cut = _ends_cut(marks.get("whisker", ()))
    places = {
        name: sorted(min(100.0, max(0.0, end)) for end in ends)
        for name, ends in marks.items()
    }
    style = ";".join(
        f"--{name}{end}:{place:.1f}%"
        for name, ends in places.items()
        for end, place in zip(("", "-end"), ends, strict=False)
    )
    names = ["lp-spine", *([f"lp-{shape}"] if shape else []), *ends_cut]
    said = f'<span class="lp-hidden">{_CUT}</span>' if ends_cut else ""
    drawn = (
        f'<span class="{" ".join(names)}" style="{style}" aria-hidden="true"></span>'
    )
    return drawn + said


def _ends_cut(ends: Sequence[float]) -> list[str]:
    """Return the styles of the arrows at the ends that a line is too short for."""
    # A hair of rounding is no cut.
    return [
        *(["lp-cut-left"] if min(ends, default=0) < -0.05 else []),
        *(["lp-cut-right"] if max(ends, default=0) > 100.05 else []),
    ]


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
