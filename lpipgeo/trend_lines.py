"""The trend line: an area's own figures through time, as a small SVG picture.

The same picture stands on the page and on the printed profile. It has no axes: what it
shows stands in words beside it or in its description.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from lpipgeo.area_profile import ProfileRow
from lpipgeo.formatting import format_value
from lpipgeo.intervals import Figure
from lpipgeo.palettes import ACCENT
from lpipgeo.periods import Period, period_label
from lpipgeo.series_parts import divide_series

WIDTH, HEIGHT, EDGE = 84, 24, 4
MIN_POINTS = 3
_BAND = "#D5DADF"


def draw_trend_line(row: ProfileRow, *, says: bool = True) -> str:
    """Return a row's figures through time as SVG, or "" where there is no line.

    A line joins only what `divide_series` joins; a figure that joins no other is a
    small dot. A band is the margin of error, where a whole part has one; the large
    dot is the newest figure. Fewer than three figures make no line, nor do those of
    which the publisher allows no exact ones.

    Parameters
    ----------
    says : whether the picture tells in words what it shows; an image has its own
    """
    parts = divide_series(row.indicator, row.history) if row.is_exact else ()
    if sum(map(len, parts)) < MIN_POINTS:
        return ""
    scale = _Scale([figure for part in parts for figure in part])
    newest = parts[-1][-1]
    body = "".join(_band(part, scale) for part in parts)
    lines = "".join(_path(part, scale) for part in parts if len(part) > 1)
    if lines:
        body += f'<path d="{lines}" fill="none" stroke="{ACCENT}" stroke-width="1.5"/>'
    alone = [part[0] for part in parts if len(part) == 1 and part[0] is not newest]
    body += "".join(_dot(figure, scale, 2) for figure in alone)
    body += _dot(newest, scale, 3)
    said = f'role="img" aria-label="{escape(say_trend_line(row), quote=True)}" '
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {said if says else ""}'
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{body}</svg>'
    )


def say_trend_line(row: ProfileRow) -> str:
    """Return in words what the line shows, or "" where there are no figures."""
    parts = divide_series(row.indicator, row.history)
    if not parts:
        return ""
    ends = (parts[0][0], parts[-1][-1])
    first, last = (
        f"{format_value(f.value, row.indicator, '', f.status)} in "
        f"{period_label(f.period)}"
        for f in ends
    )
    apart = f", in {len(parts)} parts that are not joined" if len(parts) > 1 else ""
    return f"From {first} to {last}{apart}"


class _Scale:
    """Where days and values fall in the picture."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        days = [_day(figure) for figure in figures]
        values = [figure.value for figure in figures]
        limits = [(f.lower, f.upper) for f in figures if f.has_limits]
        values += [edge for pair in limits for edge in pair]
        self.low, self.high = min(values), max(values)
        self.first, self.days = days[0], (days[-1] - days[0]).days or 1

    def point(self, figure: Figure, value: float) -> str:
        """Return the place of a value at a figure's time: "3.0 12.5"."""
        along = (_day(figure) - self.first).days / self.days
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        x = EDGE + (WIDTH - 2 * EDGE) * along
        y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share
        return f"{x:.1f} {y:.1f}"


def _day(figure: Figure) -> date:
    return Period.parse(figure.period).start


def _path(part: Sequence[Figure], scale: _Scale) -> str:
    return "M" + "L".join(scale.point(figure, figure.value) for figure in part)


def _band(part: Sequence[Figure], scale: _Scale) -> str:
    if len(part) < 2 or not all(figure.has_limits for figure in part):
        return ""
    there = [scale.point(figure, figure.upper) for figure in part]
    back = [scale.point(figure, figure.lower) for figure in reversed(part)]
    return f'<path d="M{"L".join([*there, *back])}Z" fill="{_BAND}"/>'


def _dot(figure: Figure, scale: _Scale, radius: float) -> str:
    x, y = scale.point(figure, figure.value).split()
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{ACCENT}"/>'
