"""Which figures of one area and indicator a line through time may join.

A break in the series, a missing year, another edition of an index or another kind of
period begins a new part: a line across it would say what nobody measured.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan

from lpipgeo.intervals import Figure
from lpipgeo.metadata import Indicator
from lpipgeo.periods import Period

# Days between the starts of neighbours, above which a figure is missing.
_LONGEST = {"annual": 397, "monthly": 32}


def divide_series(
    indicator: Indicator, figures: Iterable[Figure]
) -> tuple[tuple[Figure, ...], ...]:
    """Return figures in parts that a line may join, oldest first.

    Parameters
    ----------
    figures : of one area, in any order; those without a value are left out
    """
    known = [figure for figure in figures if not isnan(figure.value)]
    parts: list[list[Figure]] = []
    for figure in sorted(known, key=lambda figure: Period.parse(figure.period)):
        if parts and _is_joined(indicator, parts[-1][-1], figure):
            parts[-1].append(figure)
        else:
            parts.append([figure])
    return tuple(tuple(part) for part in parts)


def _is_joined(indicator: Indicator, before: Figure, after: Figure) -> bool:
    """Return whether a line may lead from one figure to the next."""
    first, second = Period.parse(before.period), Period.parse(after.period)
    if indicator.value_type == "index":  # each edition ranks places anew
        return False
    if (first.count, first.unit) != (second.count, second.unit):
        return False
    if any(first.start < b.starts <= second.start for b in indicator.series_breaks):
        return False
    longest = _LONGEST.get(indicator.frequency)
    return longest is None or (second.start - first.start).days <= longest
