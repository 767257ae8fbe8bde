"""Where an area stands among the areas of its level: spread, rank, place in England.

Ranks come with the range that margins of error leave open: an area that is 5th may
be anything from 3rd to 9th. Figures that may not be ranked are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lpipgeo.england import place_in_england
from lpipgeo.intervals import Figure
from lpipgeo.level_figures import MIN_SPREAD, Column, LevelFigures
from lpipgeo.metadata import Indicator
from lpipgeo.outcomes import NUMBER
from lpipgeo.paths import DataFolder
from lpipgeo.statuses import STATUSES

MIN_RANKED = 3
MIN_FOR_FIFTHS = 15  # of six areas, a fifth would be one
NATIONAL_LEVELS = ("lad24",)  # we hold all of England's areas of these
MAX_TIED = 5  # in hundredths: a place that so many share is none


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one area stands with one indicator.

    Attributes
    ----------
    minimum, quarter_low, quarter_high, maximum : of the areas of its level in the
        region (for a region: of England's regions); NaN for fewer than five
    peers : how many of these areas have a figure
    place : the percentage of these areas with a lower value, 0 to 99; None for a few
    england : the same among all of England's areas of this level, None where unknown
    districts : where the figure would stand among all districts that we hold, for
        areas of a kind that has too few others; else None
    rank : 1 is the best, or the highest where polarity gives no judgement; None where
        ranking is not fair
    rank_low, rank_high : best and worst rank that the margins of error leave open;
        None without limits
    of : how many areas are ranked
    reason : why there is no rank; else ""
    """

    minimum: float = math.nan
    quarter_low: float = math.nan
    quarter_high: float = math.nan
    maximum: float = math.nan
    peers: int = 0
    place: int | None = None
    england: int | None = None
    districts: int | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    of: int | None = None
    reason: str = ""


def find_standing(
    indicator: Indicator,
    here: Figure,
    level: LevelFigures,
    districts: LevelFigures,
    *,
    data: DataFolder = None,
) -> Standing:
    """Return where an area stands among the areas of its level.

    Parameters
    ----------
    level, districts : the figures of the area's level, and of districts
    here : the area's figure; at another period than the level's newest, missing, or
        not its own, it has no place
    """
    column = level.columns.get(indicator.id)
    if column is None or column.period != here.period:
        return Standing(reason="There are no figures of other areas to stand among.")
    among = level.among
    row = level.row_of(here.area_code)
    is_among = row is not None and bool(among[row])
    reason = _why_no_rank(indicator, level.level, here)
    known = column.value[among]
    known = known[~np.isnan(known)]
    if not reason and len(known) < MIN_RANKED:
        reason = "There are too few areas to rank."
    place = england = instead = None
    if not is_among:
        reason = reason or "It lies outside the West Midlands."
    if not math.isnan(here.value) and STATUSES[here.status].is_ranked:
        place = share_below(known, here.value) if is_among else None
        england = _england(indicator, here, level, data)
        if len(known) < MIN_FOR_FIFTHS:
            instead = _among_districts(indicator, here, districts)
    standing = Standing(
        *column.spread,
        peers=len(known),
        place=place,
        england=england,
        districts=instead,
        reason=reason,
    )
    return standing if reason else _rank(standing, indicator, here, column, among)


def share_below(known: NDArray[np.float64], value: float) -> int | None:
    """Return the percentage of areas with a lower value, 0 to 99.

    None for fewer than five areas, and where too many share the value.
    """
    if len(known) < MIN_SPREAD:
        return None
    below, level = int((known < value).sum()), int((known == value).sum())
    if level > 1 and 100 * level / len(known) > MAX_TIED:
        return None
    return min(99, 100 * below // len(known))


def _england(
    indicator: Indicator, here: Figure, level: LevelFigures, data: DataFolder
) -> int | None:
    if level.level in NATIONAL_LEVELS:
        values = level.columns[indicator.id].value
        known = values[~np.isnan(values)]
        # Some indicators are held for the region only.
        outside = ~np.isnan(values[~level.in_region])
        return share_below(known, here.value) if outside.any() else None
    return place_in_england(
        indicator.id, level.level, here.period, here.value, data=data
    )


def _among_districts(
    indicator: Indicator, here: Figure, districts: LevelFigures
) -> int | None:
    column = districts.columns.get(indicator.id)
    if column is None or column.period != here.period:
        return None
    return share_below(column.value[~np.isnan(column.value)], here.value)


def _why_no_rank(indicator: Indicator, level: str, here: Figure) -> str:
    if math.isnan(here.value) or here.status == "inherited":
        return STATUSES[here.status].about
    if not STATUSES[here.status].is_ranked:
        return STATUSES[here.status].about
    if indicator.no_rank:
        return indicator.no_rank
    if indicator.value_type == "count":
        return NUMBER
    if not indicator.is_exact(level):
        return "The publisher allows no exact figures here, so there is no rank."
    return ""


def _rank(
    standing: Standing,
    indicator: Indicator,
    here: Figure,
    column: Column,
    among: NDArray[np.bool_],
) -> Standing:
    """Return the standing with rank and, where there are limits, its range."""
    # Turned round, so that a smaller number is always the better rank.
    turn = 1.0 if indicator.polarity == "lower_is_better" else -1.0
    values = turn * column.value[among]
    rank = 1 + int((values < turn * here.value).sum())
    ranked = replace(standing, rank=rank, of=standing.peers)
    if not here.has_limits:
        return ranked
    ends = turn * column.lower[among], turn * column.upper[among]
    nearest, farthest = np.minimum(*ends), np.maximum(*ends)
    best, worst = sorted((turn * here.lower, turn * here.upper))
    # Comparisons with NaN are false: an area without limits is not clearly apart.
    return replace(
        ranked,
        rank_low=1 + int((farthest < best).sum()),
        rank_high=standing.peers - int((nearest > worst).sum()),
    )
