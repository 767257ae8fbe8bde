"""The spine: one figure among those of other areas, as a small SVG picture.

The worst figure is always on the left; where neither more nor less is better, the
lowest is. Shapes carry the outcome, so that it can be read in black and white.
"""

from __future__ import annotations

import math
from html import escape

from lpipgeo.area_profile import ProfileRow
from lpipgeo.intervals import Figure
from lpipgeo.outcomes import Outcome, outcome_word
from lpipgeo.palettes import SECONDARY_TEXT, TEXT

WIDTH, HEIGHT = 120, 13
_EDGE = 7  # room for a shape at either end
_MIDDLE = HEIGHT / 2
_BAND, _WORSE, _BETTER = "#D5DADF", "#B35806", "#2166AC"
# Shapes around 0 0, by outcome: corners, fill, edge.
_CORNERS = {
    "better": ("0,-5 5,3.6 -5,3.6", _BETTER),
    "worse": ("0,5 5,-3.6 -5,-3.6", _WORSE),
    "higher": ("0,-5 5,3.6 -5,3.6", "#3B4A61"),
    "lower": ("0,5 5,-3.6 -5,-3.6", "#66758A"),
}


def draw_spine(row: ProfileRow) -> str:
    """Return a figure among those of its level as SVG, or "" where there is no place.

    A grey line reaches from the lowest to the highest figure of these areas, a band
    shows their middle half, an upright line the benchmark (a frame the middle half of
    similar areas), a thin line the margin of error and a shape the figure itself.
    There is no picture where the figure is missing or another area's, where too few
    areas have one, or where the publisher allows no exact figures.
    """
    standing, here = row.standing, row.figure
    known = (standing.minimum, standing.maximum, here.value)
    if not row.is_exact or here.status == "inherited" or any(map(math.isnan, known)):
        return ""
    scale = _Scale(row)
    body = [
        _line(scale(standing.minimum), scale(standing.maximum), 1, SECONDARY_TEXT),
        _box(scale, standing.quarter_low, standing.quarter_high, f'fill="{_BAND}"'),
        _benchmark(row, scale),
    ]
    if here.has_limits:
        body.append(_line(scale(here.lower), scale(here.upper), 1.6, TEXT))
        body += [_arrow(scale, end) for end in _ends_cut(row, scale)]
    body.append(_shape(row.outcome.word, scale(here.value)))
    return picture("".join(body), say_spine(row))


def picture(body: str, title: str, width: int = WIDTH) -> str:
    """Return parts of a spine as an SVG element that says what it shows."""
    said = escape(title, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{said}" '
        f'viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}">{body}</svg>'
    )


def draw_sign(outcome: str) -> str:
    """Return the shape of an outcome alone, for the key."""
    return picture(_shape(outcome, HEIGHT / 2), outcome_word(Outcome(outcome)), HEIGHT)


def say_spine(row: ProfileRow) -> str:
    """Return in words what the spine shows: the place among the others."""
    standing = row.standing
    value = row.figure.value
    low, high = standing.quarter_low, standing.quarter_high
    place = "in the middle half"
    if value < low:
        place = "in the lowest quarter"
    elif value > high:
        place = "in the highest quarter"
    cut = _ends_cut(row, _Scale(row)) if row.figure.has_limits else []
    beyond = "; the margin of error reaches beyond the picture" if cut else ""
    return f"{place} of {standing.peers:,} areas of its kind{beyond}"


def benchmark_shown(row: ProfileRow) -> Figure | None:
    """Return the benchmark, unless it is a number that grows with the area."""
    return None if row.indicator.value_type == "count" else row.benchmark


class _Scale:
    """Where values fall across the picture."""

    def __init__(self, row: ProfileRow) -> None:
        standing, there = row.standing, benchmark_shown(row)
        values = [standing.minimum, standing.maximum, row.figure.value]
        if there is not None:
            is_group = math.isnan(there.value)
            values += [there.lower, there.upper] if is_group else [there.value]
        known = [value for value in values if not math.isnan(value)]
        self.low, self.high = min(known), max(known)
        if row.figure.has_limits:
            # A margin of error may not take more room than all of the figures.
            span = self.high - self.low
            self.low = min(self.low, max(row.figure.lower, self.low - span / 2))
            self.high = max(self.high, min(row.figure.upper, self.high + span / 2))
        self.turned = row.indicator.polarity == "lower_is_better"

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        share = min(1.0, max(0.0, share))
        share = 1 - share if self.turned else share
        return round(_EDGE + share * (WIDTH - 2 * _EDGE), 1)

    def leaves_out(self, value: float) -> bool:
        return not self.low <= value <= self.high


def _ends_cut(row: ProfileRow, scale: _Scale) -> list[float]:
    """Return the ends of the margin of error that lie outside the picture."""
    here = row.figure
    return [end for end in (here.lower, here.upper) if scale.leaves_out(end)]


def _arrow(scale: _Scale, end: float) -> str:
    """Return an arrow at the edge of the picture, where a line goes on."""
    x = scale(end)
    tip = _EDGE - 1 if x > WIDTH / 2 else 1 - _EDGE
    corners = f"{x},{_MIDDLE - 3:g} {x + tip:g},{_MIDDLE:g} {x},{_MIDDLE + 3:g}"
    return f'<polygon points="{corners}" fill="{TEXT}"/>'


def _benchmark(row: ProfileRow, scale: _Scale) -> str:
    there = benchmark_shown(row)
    if there is None:
        return ""
    if not math.isnan(there.value):
        x = scale(there.value)
        return f'<path d="M{x} 0.5V{HEIGHT - 0.5}" stroke="{TEXT}" stroke-width="1.4"/>'
    frame = f'fill="none" stroke="{TEXT}" stroke-width="1.2"'
    return _box(scale, there.lower, there.upper, frame, 1)


def _line(x: float, to_x: float, weight: float, colour: str) -> str:
    # A rectangle: some drawers leave out a stroke without any height.
    left, width = min(x, to_x), abs(to_x - x)
    top = _MIDDLE - weight / 2
    return (
        f'<rect x="{left}" y="{top:g}" width="{width:.1f}" height="{weight}" '
        f'fill="{colour}"/>'
    )


def _box(scale: _Scale, low: float, high: float, style: str, inset: float = 2) -> str:
    if math.isnan(low) or math.isnan(high):
        return ""
    x, to_x = sorted((scale(low), scale(high)))
    width = max(to_x - x, 0.5)
    height = HEIGHT - 2 * inset
    return f'<rect x="{x}" y="{inset}" width="{width:.1f}" height="{height}" {style}/>'


def _shape(outcome: str, x: float) -> str:
    edge = 'stroke="#FFFFFF" stroke-width="0.8"'
    if outcome in _CORNERS:
        corners, fill = _CORNERS[outcome]
        at = f'transform="translate({x} {_MIDDLE:g})"'
        return f'<polygon points="{corners}" {at} fill="{fill}" {edge}/>'
    at = f'cx="{x}" cy="{_MIDDLE:g}"'
    if outcome == "similar":
        return f'<circle {at} r="4.2" fill="{TEXT}" {edge}/>'
    return f'<circle {at} r="3.6" fill="#FFFFFF" stroke="{TEXT}" stroke-width="1.4"/>'
