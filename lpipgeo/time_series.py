"""One indicator of several areas through time: what may be joined, and what changed.

A line is drawn only through figures that can be compared (`lpipgeo.series_parts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import nan

import pandas as pd

from lpipgeo.area_index import Area
from lpipgeo.area_profile import Profile, ProfileRow, read_profile
from lpipgeo.change import change_record, why_not_compared
from lpipgeo.errors import SelectionError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import Figure
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.outcomes import judgement
from lpipgeo.paths import DataFolder
from lpipgeo.periods import Period, period_label
from lpipgeo.series_parts import divide_series
from lpipgeo.trends import Trend

_DIVIDED = ("count", "proportion", "rate", "mean", "median", "concentration")
CLEAR, WITHIN, UNTESTED = "clear", "within_margins", "not_tested"
CHANGE_COLUMNS = (
    *("area_code", "area_name", "first", "first_value", "last", "last_value"),
    *("change", "unit", "test", "direction", "verdict", "reason"),
    *("trend", "trend_verdict", "trend_reason"),
)


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one area through time.

    Attributes
    ----------
    area, level : whose figures, at which of its levels
    parts : figures that can be joined, oldest first; figures without a value are left
        out
    trend : over the last five years (`lpipgeo.trends`)
    """

    area: Area
    level: str
    parts: tuple[tuple[Figure, ...], ...]
    trend: Trend

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, oldest first."""
        return tuple(figure for part in self.parts for figure in part)


NO_FIGURE = "It has no figure of its own."
MISSING = "Its figures are missing."
# Those with a series, and those without one with the reason.
SeriesFound = tuple[tuple[Series, ...], tuple[tuple[Area, str], ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one area between its first and last figures that compare.

    Attributes
    ----------
    first, last : the figures; `first` is None where none compares with the last
    change : later minus earlier, in the unit of `change.change_record`; NaN for none
    test : "clear" where the margins of error do not overlap, "within_margins" where
        they do, "not_tested" where there are none, or "" without a change
    direction : "rise", "fall" or "" where it is not clear
    verdict : "better" or "worse" for a clear one, where polarity says; else ""
    reason : why there is no change; else ""
    """

    first: Figure | None
    last: Figure
    change: float = nan
    test: str = ""
    direction: str = ""
    verdict: str = ""
    reason: str = ""


def read_series(
    indicator_id: str, area_codes: Iterable[str], *, data: DataFolder = None
) -> SeriesFound:
    """Return the series of some areas, and those without one with the reason.

    Parameters
    ----------
    area_codes : of any levels; the order is kept

    Raises
    ------
    UnknownIndicatorError, UnknownAreaError
    """
    indicator = read_catalogue(data).find(indicator_id)
    return series_of(
        indicator,
        [
            read_profile(code, indicators=[indicator.id], data=data)
            for code in area_codes
        ],
    )


def series_of(indicator: Indicator, profiles: Iterable[Profile]) -> SeriesFound:
    """Return the series of an indicator from the profiles of some areas."""
    found, without = [], []
    for profile in profiles:
        made = make_series(indicator, profile.area, profile.rows)
        if isinstance(made, Series):
            found.append(made)
        else:
            without.append((profile.area, made))
    return tuple(found), tuple(without)


def make_series(
    indicator: Indicator, area: Area, rows: Sequence[ProfileRow]
) -> Series | str:
    """Return the series of an area from its profile's rows, or why there is none."""
    row = next((r for r in rows if r.indicator.id == indicator.id), None)
    if row is None or row.figure.status == "inherited":
        return NO_FIGURE
    if not row.is_exact:
        plural = LEVELS[row.level].plural_in_text
        return f"The publisher allows no exact figures for {plural}."
    parts = divide_series(indicator, row.history)
    if not parts:
        return MISSING
    return Series(area, row.level, parts, row.trend)


def find_change(indicator: Indicator, series: Series) -> Change:
    """Return the change from the first figure that compares with the last one."""
    *before, last = series.figures
    why = "There is only one figure."
    for first in before:
        no = why_not_compared(indicator, series.level, first.period, last.period)
        if no is None:
            return _change(indicator, first, last)
        why = no
    return Change(None, last, reason=why)


def _change(indicator: Indicator, first: Figure, last: Figure) -> Change:
    change = last.value - first.value
    if not (first.has_limits and last.has_limits):
        return Change(first, last, change, UNTESTED)
    if first.lower <= last.upper and last.lower <= first.upper:
        return Change(first, last, change, WITHIN)
    rises = change > 0
    direction = "higher" if rises else "lower"
    verdict = judgement(indicator, direction)
    return Change(
        first,
        last,
        change,
        CLEAR,
        "rise" if rises else "fall",
        "" if verdict == direction else verdict,
    )


def change_table(indicator: Indicator, series: Iterable[Series]) -> pd.DataFrame:
    """Return what changed in each area, one row per series.

    Returns
    -------
    DataFrame: area_code, area_name, first, first_value, last, last_value (periods as
    ISO intervals), change, unit, test, direction, verdict, reason (see `Change`),
    trend, trend_verdict, trend_reason (see `lpipgeo.trends`). Without a change, first,
    first_value and change are null.
    """
    unit = change_record(indicator).unit
    records = []
    for one in series:
        found = find_change(indicator, one)
        records.append(
            {
                "area_code": one.area.code,
                "area_name": one.area.name,
                "first": found.first.period if found.first else None,
                "first_value": found.first.value if found.first else nan,
                "last": found.last.period,
                "last_value": found.last.value,
                "change": found.change,
                "unit": unit,
                "test": found.test,
                "direction": found.direction,
                "verdict": found.verdict,
                "reason": found.reason,
                "trend": one.trend.word,
                "trend_verdict": one.trend.verdict,
                "trend_reason": one.trend.reason,
            }
        )
    return pd.DataFrame(records, columns=list(CHANGE_COLUMNS))


def base_periods(indicator: Indicator, series: Sequence[Series]) -> tuple[str, ...]:
    """Return the periods to which all series can be set to 100, oldest first.

    None where a ratio says nothing (an index, or figures that can be below zero), or
    where a figure of the period is none or nought. A period after which the series
    broke is left out: the rest could not be set against it.
    """
    if indicator.value_type not in _DIVIDED or indicator.valid_range[0] < 0:
        return ()
    shared: set[str] | None = None
    for one in series:
        last = one.parts[-1]
        periods = {figure.period for figure in last if figure.value > 0}
        shared = periods if shared is None else shared & periods
    return tuple(sorted(shared or (), key=Period.parse))


def set_to_base(series: Series, period: str) -> Series:
    """Return a series as hundredths of its figure of a period, without limits.

    Only the part that holds this period is kept.

    Raises
    ------
    SelectionError : the period is none of `base_periods`
    """
    for part in series.parts:
        for base in part:
            if base.period == period and base.value > 0:
                scaled = tuple(
                    Figure(f.area_code, f.period, 100 * f.value / base.value, nan, nan,
                           f.status)
                    for f in part
                )  # fmt: skip
                return Series(series.area, series.level, (scaled,), series.trend)
    raise SelectionError(
        f"{series.area.name} has no figure of {period_label(period)} to set to 100."
    )


def middle_of(period: str) -> date:
    """Return where a period stands in time: its start, the middle of several years."""
    parsed = Period.parse(period)
    if parsed.unit != "Y" or parsed.count == 1:
        return parsed.start
    return parsed.start + timedelta(days=(parsed.last_day - parsed.start).days // 2)
