"""Change between two periods: where it may be worked out, and what it then is.

A change is the later figure minus the earlier one. It is given only where the two
periods can be compared, and it is called unclear where the limits of the two figures
overlap, for then the change may be chance.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lpipgeo.formatting import in_sentence
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import add_limits
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.periods import Period, period_label
from lpipgeo.statuses import STATUSES

CHANGE, UNCLEAR = "change", "unclear_change"
# Shares of the areas whose change lies nearer to none than each pair of breaks.
_SHARES = (0.2, 0.6)


def why_not_compared(
    indicator: Indicator, level: str, earlier: str, later: str
) -> str | None:
    """Return a sentence on why two periods cannot be compared; None where they can.

    Parameters
    ----------
    level : the level whose figures are shown
    earlier, later : ISO intervals
    """
    title = indicator.short_title
    first, second = Period.parse(earlier), Period.parse(later)
    if level in indicator.bands:
        plural = LEVELS[level].plural_in_text
        return f"{title} is given in bands for {plural}, and bands have no difference."
    if indicator.value_type == "index":
        return (
            f"{title} says where a place stands among others in one edition, so two "
            "editions cannot be subtracted."
        )
    if (first.count, first.unit) != (second.count, second.unit):
        return f"The two periods of {title} are not equally long."
    if first.last_day >= second.start:
        return (
            f"{period_label(earlier)} and {period_label(later)} share some time, so "
            "much of the figure is the same."
        )
    if second.unit == "M" and first.start.month != second.start.month:
        return "Compare a month with the same month of another year."
    for point in indicator.series_breaks:
        if first.start < point.starts <= second.start:
            return point.why
    return None


def comparable_periods(indicator_id: str, level: str, later: str) -> tuple[str, ...]:
    """Return the periods before one that it can be compared with, oldest first."""
    catalogue = read_catalogue()
    indicator = catalogue.find(indicator_id)
    source = catalogue.source_level(indicator_id, level) or level
    periods = catalogue.periods(indicator_id, level)
    before = [p for p in periods if Period.parse(p) < Period.parse(later)]
    return tuple(
        p for p in before if why_not_compared(indicator, source, p, later) is None
    )


def has_changes(indicator_id: str, level: str) -> bool:
    """Return whether any two periods of an indicator can be compared at a level."""
    catalogue = read_catalogue()
    indicator = catalogue.find(indicator_id)
    source = catalogue.source_level(indicator_id, level) or level
    pairs = combinations(catalogue.periods(indicator_id, level), 2)
    return any(why_not_compared(indicator, source, *pair) is None for pair in pairs)


def change_record(indicator: Indicator) -> Indicator:
    """Return the record that a change is shown by: its own title and unit.

    A change of a percentage is counted in percentage points.
    """
    unit = indicator.unit
    if unit.startswith("%"):
        unit = f"percentage points{unit.removeprefix('%')}"
    given = {
        "title": f"Change in {in_sentence(indicator.title)}",
        "short_title": f"Change: {indicator.short_title}",
        "unit": unit,
    }
    return indicator.model_copy(update=given)


def subtract(
    later: pd.DataFrame, earlier: pd.DataFrame, indicator: Indicator
) -> pd.DataFrame:
    """Return the later observations minus the earlier ones, as a tidy table.

    Parameters
    ----------
    later, earlier : tidy tables of one period each
    indicator : the record of both; says whether limits may be worked out from counts

    Returns
    -------
    DataFrame like `later`, one row per row of it. The value is null, with a status that
    says why, where one of the two is missing. A figure that was inherited, converted or
    not ranked at either end stays so; one whose limits overlap is "unclear_change".
    Limits, numerators and denominators are null: they belong to the figures.
    """
    records = {indicator.id: indicator}
    after = add_limits(later, records)
    before = add_limits(earlier, records).set_index("area_code")
    before = before.reindex(later["area_code"]).reset_index()
    then = before["status"].astype(object).fillna("not_available").to_numpy()
    now = later["status"].astype(object).to_numpy()
    value = later["value"].to_numpy(float) - before["value"].to_numpy(float)
    overlap = after["lower_ci"].to_numpy(float) <= before["upper_ci"].to_numpy(float)
    overlap &= before["lower_ci"].to_numpy(float) <= after["upper_ci"].to_numpy(float)
    table = later.copy()
    table["value"] = value
    table[["numerator", "denominator", "lower_ci", "upper_ci"]] = np.nan
    table["status"] = [
        _status(*pair) for pair in zip(now, then, overlap.tolist(), strict=True)
    ]
    return table


def _status(now: str, then: str, overlaps: bool) -> str:
    for status in (now, then):
        if not STATUSES[status].has_value:
            return status
    for status in ("not_ranked", "inherited"):
        if status in (now, then):
            return status
    if overlaps:
        return UNCLEAR
    for status in ("converted", "modelled", "provisional"):
        if status in (now, then):
            return status
    return CHANGE


def edges_around_none(changes: NDArray[np.float64], decimals: int) -> tuple[float, ...]:
    """Return the edges of classes that lie evenly on both sides of no change.

    The middle class holds the fifth of the areas that changed least, the next two the
    following two fifths; breaks are rounded as figures are shown.

    Parameters
    ----------
    changes : NaN where missing; at least one is not
    """
    sizes = np.abs(changes[~np.isnan(changes)])
    largest = float(sizes.max())
    breaks = {round(float(np.quantile(sizes, share)), decimals) for share in _SHARES}
    inner = sorted(edge for edge in breaks if 0 < edge < largest)
    largest = largest or 1.0
    return (-largest, *(-edge for edge in reversed(inner)), *inner, largest)
