"""Small drawings of a profile's rows: the spine, and the line through time.

Streamlit takes SVG out of HTML, so the spine is made of placed spans, and the line is
an image. What they show stands in words beside them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from html import escape
from urllib.parse import quote

from lpipgeo.area_profile import ProfileRow
from lpipgeo.intervals import Figure
from lpipgeo.metadata import Indicator
from lpipgeo.palettes import ACCENT, RULE
from lpipgeo.periods import Period

WIDTH, HEIGHT, EDGE = 84, 24, 3
MIN_POINTS = 3


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
    exact = not indicator.class_names and row.level not in indicator.bands
    exact = exact and indicator.value_type != "count"  # larger areas have more
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

    parts = [
        _span("lp-all", *sorted(map(place, ends))),
        _span("lp-half", *sorted(map(place, quarters))),
    ]
    if line:
        parts.append(_span("lp-line", 50, 50))
    elif row.benchmark is not None and not math.isnan(row.benchmark.lower):
        group = (row.benchmark.lower, row.benchmark.upper)
        parts.append(_span("lp-group", *sorted(map(place, group))))
    if own.has_limits:
        limits = sorted(map(place, (own.lower, own.upper)))
        parts.append(_span("lp-whisker", *limits))
    parts.append(
        f'<i class="lp-dot lp-{shape}" style="left:{place(own.value):.1f}%"></i>'
    )
    return f'<span class="lp-spine" aria-hidden="true">{"".join(parts)}</span>'


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


def _span(name: str, left: float, right: float) -> str:
    return f'<i class="{name}" style="left:{left:.1f}%;width:{right - left:.1f}%"></i>'


def line_html(indicator: Indicator, history: Sequence[Figure], text: str) -> str:
    """Return a small line through time with its margin of error, or "" for too few.

    Parameters
    ----------
    text : what it shows, in words
    """
    known = [figure for figure in history if not math.isnan(figure.value)]
    if len(known) < MIN_POINTS:
        return ""
    svg = _line_svg(indicator, known)
    source = f"data:image/svg+xml,{quote(svg, safe=' =:/')}"
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return f'<img {size} alt="{escape(text)}" src="{source}">'


def _line_svg(indicator: Indicator, known: Sequence[Figure]) -> str:
    days = [Period.parse(figure.period).start for figure in known]
    limits = [f for f in known if f.has_limits]
    values = [f.value for f in known]
    values += [edge for f in limits for edge in (f.lower, f.upper)]
    low, high = min(values), max(values)
    span = (days[-1] - days[0]).days or 1

    def x(day: date) -> str:
        return f"{EDGE + (WIDTH - 2 * EDGE) * (day - days[0]).days / span:.1f}"

    def y(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share:.1f}"

    breaks = [found.starts for found in indicator.series_breaks]
    path, before = "", None
    for day, figure in zip(days, known, strict=True):
        cut = before is None or any(before < start <= day for start in breaks)
        path += f"{'M' if cut else 'L'}{x(day)} {y(figure.value)}"
        before = day
    band = ""
    if len(limits) == len(known) and not breaks:
        there = [f"{x(d)} {y(f.upper)}" for d, f in zip(days, known, strict=True)]
        back = [f"{x(d)} {y(f.lower)}" for d, f in zip(days, known, strict=True)]
        outline = "L".join([*there, *reversed(back)])
        band = f"<path d='M{outline}Z' fill='{RULE}'/>"
    end = f"<circle cx='{x(days[-1])}' cy='{y(known[-1].value)}' r='2.5'/>"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'>{band}"
        f"<path d='{path}' fill='none' stroke='{ACCENT}' stroke-width='1.5'/>"
        f"<g fill='{ACCENT}'>{end}</g></svg>"
    )
