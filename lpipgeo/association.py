"""Two figures of the same areas: whether places high in one are high in the other.

About areas, never about people: what holds between places may not hold between the
people who live in them (the ecological fallacy, Robinson 1950).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import atanh, isnan, nan, sqrt, tanh

import pandas as pd

from lpipgeo.area_index import read_areas
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import in_sentence
from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.level_figures import Values, read_level
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.trends import Z95

MIN_AREAS = 10  # with fewer, hardly any link could be told from chance
METHOD = (
    "Rank correlation (Spearman): 1 where the order is the same, −1 where it is "
    "turned round, 0 where there is no link. The range holds 19 times out of 20 for "
    "areas picked at random. Neighbouring areas are alike, so the true range is wider."
)
WARNING = (
    "This is about areas, not about people: places high in both need not have people "
    "who are. A link does not say that one causes the other, and figures made from the "
    "same source can go together for that reason alone."
)


@dataclass(frozen=True)
class Association:
    """Two figures of all areas of a level in the region.

    Attributes
    ----------
    across, up : the indicators
    level : of all areas
    across_period, up_period : the newest at the level
    table : area_code, area_name, across, up; one row per area with both figures
    left_out : areas without one of them
    correlation, lower, upper : Spearman's, and its 95 % interval; NaN with `reason`
    reason : why there is no correlation, or ""
    """

    across: Indicator
    up: Indicator
    level: str
    across_period: str
    up_period: str
    table: pd.DataFrame = field(repr=False)
    left_out: int
    correlation: float = nan
    lower: float = nan
    upper: float = nan
    reason: str = ""

    def pair(self, code: str) -> tuple[float, float] | None:
        """Return the two figures of an area of the table; None for any other area."""
        rows = self.table[self.table["area_code"] == code]
        if rows.empty:
            return None
        return float(rows["across"].iloc[0]), float(rows["up"].iloc[0])

    @property
    def finding(self) -> str:
        """What was found, in a sentence."""
        across, up = (in_sentence(i.short_title) for i in (self.across, self.up))
        areas = LEVELS[self.level].plural_in_text
        if isnan(self.correlation):
            return self.reason
        if self.lower <= 0 <= self.upper:
            return f"No clear link between {across} and {up} across {areas}"
        way = "higher" if self.correlation > 0 else "lower"
        often = "nearly always" if abs(self.correlation) >= 0.9 else "often"
        often = often if abs(self.correlation) >= 0.5 else "somewhat more often"
        return (
            f"{LEVELS[self.level].plural} with a higher figure for {across} {often} "
            f"have a {way} one for {up}"
        )


def associated_levels(first: str, second: str, catalogue: Catalogue) -> list[str]:
    """Return the levels at which both have exact figures of their own, finest first."""
    records = [catalogue.find(name) for name in (first, second)]
    return [
        level
        for level in MAPPED_LEVELS
        if all(level in catalogue.levels(r.id) and r.is_exact(level) for r in records)
    ]


def associate(across: str, up: str, level: str) -> Association:
    """Return two figures of the region's areas and how far they go together.

    Parameters
    ----------
    across, up : different indicators
    level : one of `associated_levels`

    Raises
    ------
    UnknownIndicatorError
    SelectionError : twice the same, or no exact figures of both at the level

    Notes
    -----
    The interval is Fisher's with the variance (1 + r²/2) / (n − 3) of Bonett and
    Wright (2000), Psychometrika 65, 23-28.
    """
    catalogue = read_catalogue()
    records = [catalogue.find(name) for name in (across, up)]
    if records[0].id == records[1].id:
        raise SelectionError("Choose two different figures.")
    if level not in associated_levels(across, up, catalogue):
        raise SelectionError(
            f"{records[0].title} and {records[1].title} do not both have exact figures "
            f"of their own for {LEVELS[level].plural_in_text}. Choose another level."
        )
    figures = read_level(level)
    column = figures.columns[records[0].id]
    values = pd.DataFrame({"area_code": figures.codes, "value": column.value})
    found = associate_values(records[0], values[figures.in_region], up, level)
    return replace(found, across_period=column.period)


def associate_values(
    across: Indicator,
    values: pd.DataFrame,
    up: str,
    level: str,
) -> Association:
    """Return values that are in no catalogue beside an indicator of the catalogue.

    Parameters
    ----------
    across : what the values are
    values : area_code, value
    up, level : as `associate` takes them

    Raises
    ------
    UnknownIndicatorError
    SelectionError : the indicator has no exact figures at the level
    """
    record = read_catalogue().find(up)
    if level not in associated_levels(up, up, read_catalogue()):
        raise SelectionError(
            f"{record.title} has no exact figures of its own for "
            f"{LEVELS[level].plural_in_text}. Choose another one."
        )
    column = read_level(level).columns[record.id]
    theirs = pd.Series(column.value, index=read_level(level).codes)
    names = {area.code: area.name for area in read_areas().of_level(level)}
    whole = pd.DataFrame(
        {
            "area_code": values["area_code"],
            "area_name": values["area_code"].map(names),
            "across": values["value"],
            "up": values["area_code"].map(theirs),
        }
    )
    table = whole.dropna(subset=["across", "up"]).reset_index(drop=True)
    found = _correlate(table["across"].to_numpy(), table["up"].to_numpy(), level)
    left_out = len(whole) - len(table)
    return Association(
        across, record, level, "", column.period, table, left_out, *found
    )


def _correlate(
    across: Values, up: Values, level: str
) -> tuple[float, float, float, str]:
    count = len(across)
    if count < MIN_AREAS:
        areas = LEVELS[level].plural_in_text
        why = f"With {count} {areas}, a link cannot be told from chance."
        return nan, nan, nan, why
    r = pd.Series(across).rank().corr(pd.Series(up).rank())  # scipy is slow to import
    if isnan(r):
        return nan, nan, nan, "One of the figures is the same everywhere."
    if abs(r) >= 1:
        return r, r, r, ""
    half = Z95 * sqrt((1 + r * r / 2) / (count - 3))
    return r, tanh(atanh(r) - half), tanh(atanh(r) + half), ""
