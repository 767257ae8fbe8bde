"""Inside an area: how its smaller areas differ, because an average hides that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lpipgeo.area_index import AreaIndex, read_areas
from lpipgeo.errors import SelectionError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import add_limits
from lpipgeo.levels import LEVELS, find_level
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import read_observations
from lpipgeo.paths import DataFolder
from lpipgeo.statuses import STATUSES

SMALL_LEVELS = ("lsoa21", "msoa21")
MIN_INSIDE = 5
INSIDE_COLUMNS = (
    *("area_code", "area_name", "period", "value", "lower_ci", "upper_ci"),
    *("limits", "status"),
)


@dataclass(frozen=True)
class Inside:
    """The figures of the smaller areas in an area, and how far they lie apart.

    Attributes
    ----------
    level, period : of the smaller areas; "" where the indicator has no figures of them
    table : key area_code, columns `INSIDE_COLUMNS`, lowest value first, missing last
    known : how many figures the summary rests on; without those that may not be ranked
    minimum, tenth, quarter_low, median, quarter_high, ninetieth, maximum : of these;
        NaN where `reason` says why. Each smaller area counts once
    gap : ninetieth less tenth percentile, in the indicator's unit
    reason : why there is no summary; else ""
    """

    level: str
    period: str
    table: pd.DataFrame
    known: int = 0
    minimum: float = np.nan
    tenth: float = np.nan
    quarter_low: float = np.nan
    median: float = np.nan
    quarter_high: float = np.nan
    ninetieth: float = np.nan
    maximum: float = np.nan
    reason: str = ""

    @property
    def ranked(self) -> pd.DataFrame:
        """Return the rows of `table` with figures of their own, lowest first."""
        return _ranked(self.table)

    @property
    def gap(self) -> float:
        """Return how far apart nine in ten and one in ten of the areas lie."""
        return self.ninetieth - self.tenth


def read_inside(
    area_code: str,
    indicator_id: str,
    level: str | None = None,
    *,
    data: DataFolder = None,
) -> Inside:
    """Return how the smaller areas inside an area differ.

    Parameters
    ----------
    area_code : a ward, an MSOA or any larger area of the region
    level : "lsoa21" or "msoa21"; the finest with figures when left out

    Raises
    ------
    UnknownAreaError, UnknownIndicatorError, UnknownLevelError
    SelectionError : the level is neither, or the area has none of them inside
    """
    index, catalogue = read_areas(data), read_catalogue(data)
    indicator = catalogue.find(indicator_id)
    held = [lv for lv in catalogue.levels(indicator.id) if lv in SMALL_LEVELS]
    if level is not None and find_level(level).id not in SMALL_LEVELS:
        raise SelectionError(
            "Inside an area we look at neighbourhoods (lsoa21) or MSOAs (msoa21)."
        )
    wanted = level or (held[0] if held else SMALL_LEVELS[0])
    codes = _codes_inside(index, area_code, wanted)
    if wanted not in held:
        plural = LEVELS[wanted].plural_in_text
        empty = pd.DataFrame(columns=list(INSIDE_COLUMNS))
        return Inside(wanted, "", empty, reason=f"There are no figures of {plural}.")
    rows = read_observations(indicator.id, wanted, codes, data=data)
    rows = add_limits(rows, {indicator.id: indicator})
    names = rows["area_code"].map(lambda code: index.by_code[code].name)
    table = rows.assign(area_name=names)[list(INSIDE_COLUMNS)]
    table = table.sort_values(["value", "area_code"], ignore_index=True)
    period = catalogue.latest(indicator.id, wanted)
    return _summarise(indicator, wanted, period, table)


def _codes_inside(index: AreaIndex, area_code: str, level: str) -> list[str]:
    area = index.find(area_code)
    plural = LEVELS[level].plural_in_text
    if not area.in_region:  # all lie in England, and yet are not all of England's
        raise SelectionError(
            f"We hold {plural} of the West Midlands region only, not those of "
            f"{area.name}."
        )
    within = index.codes_within(level, area.code)
    codes = [code for code in within if code != area.code]
    if not codes:
        raise SelectionError(f"No {plural} of the region lie inside {area.name}.")
    return codes


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    ranked = table["status"].map(lambda status: STATUSES[status].is_ranked)
    return table[ranked.astype(bool) & table["value"].notna()]


def _summarise(
    indicator: Indicator, level: str, period: str, table: pd.DataFrame
) -> Inside:
    values = _ranked(table)["value"].to_numpy(float)
    reason = ""
    if not indicator.is_exact(level):
        reason = "The publisher allows no exact figures here."
    elif len(values) < MIN_INSIDE:
        reason = "Too few smaller areas have a figure."
    if reason:
        return Inside(level, period, table, len(values), reason=reason)
    # With straight lines between neighbouring values, as in the gap indicators.
    points = np.quantile(values, [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1])
    low, tenth, quarter, middle, three, ninetieth, high = points.tolist()
    return Inside(
        level,
        period,
        table,
        len(values),
        minimum=low,
        tenth=tenth,
        quarter_low=quarter,
        median=middle,
        quarter_high=three,
        ninetieth=ninetieth,
        maximum=high,
    )
