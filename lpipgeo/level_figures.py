"""All figures of a level at once: the newest of every indicator, for every area.

Read once per process and level, so that ranks, spreads and groups of areas cost
nothing when people go from area to area.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lpipgeo.area_index import read_areas
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import COUNTED, fill_limits
from lpipgeo.metadata import Indicator
from lpipgeo.paths import DataFolder
from lpipgeo.statuses import STATUSES
from lpipgeo.store import Store, once_per_folder, open_store
from lpipgeo.tables import OBSERVATION_NUMBERS

MIN_SPREAD = 5  # fewer areas have no middle half to speak of
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """The figures of one indicator, in the order of `LevelFigures.codes`.

    Attributes
    ----------
    period : the newest one at the level
    value, lower, upper : shape (n,); NaN where there is no value that may be ranked,
        or no limits
    spread : minimum, lower and upper quartile, maximum of `LevelFigures.among`; NaN
        for fewer than five values
    """

    period: str
    value: Values
    lower: Values
    upper: Values
    spread: tuple[float, float, float, float]


@dataclass(frozen=True)
class LevelFigures:
    """The newest figures of all indicators at one level.

    Attributes
    ----------
    level : level id
    codes : area codes, shape (n,), sorted; areas outside the region where we hold them
    in_region : shape (n,), whether an area lies in the West Midlands region
    among : shape (n,), the areas that an area of the level is ranked among: those of
        the region, and for regions all of England's
    columns : per indicator id; only indicators with figures of their own at the level
    """

    level: str
    codes: NDArray[np.str_]
    in_region: NDArray[np.bool_]
    among: NDArray[np.bool_]
    columns: dict[str, Column] = field(repr=False)

    def row_of(self, area_code: str) -> int | None:
        """Return the position of an area, or None where it is not here."""
        row = int(np.searchsorted(self.codes, area_code))
        is_here = row < len(self.codes) and self.codes[row] == area_code
        return row if is_here else None

    def rows_of(self, area_codes: Iterable[str]) -> NDArray[np.intp]:
        """Return the positions of some areas, without those that are not here."""
        return np.flatnonzero(np.isin(self.codes, list(area_codes)))


def spread_of(
    values: Values, at_least: int = MIN_SPREAD
) -> tuple[float, float, float, float]:
    """Return minimum, quartiles and maximum; NaN for fewer known values than needed."""
    known = values[~np.isnan(values)]
    if len(known) < at_least:
        return (np.nan,) * 4
    low, quarter, three, high = np.quantile(known, [0, 0.25, 0.75, 1])
    return float(low), float(quarter), float(three), float(high)


@once_per_folder
def read_level(level: str, *, data: DataFolder = None) -> LevelFigures:
    """Return the newest figures of a level, read once per process.

    Raises
    ------
    UnknownLevelError
    """
    catalogue, index = read_catalogue(data), read_areas(data)
    areas = index.of_level(level, in_region=False)
    codes = np.array([area.code for area in areas], dtype=np.str_)
    in_region = np.array([area.in_region for area in areas], dtype=bool)
    among = in_region if in_region.any() and level != "rgn" else np.ones_like(in_region)
    active = [
        indicator
        for indicator in catalogue.active
        if (indicator.id, level) in catalogue.periods_by_level
    ]
    periods = [catalogue.latest(indicator.id, level) for indicator in active]
    rows = _query(open_store(data), active, periods, codes)
    columns = {}
    starts = np.searchsorted(rows["row"], np.arange(len(active) + 1))
    for number, indicator in enumerate(active):
        part = {k: v[starts[number] : starts[number + 1]] for k, v in rows.items()}
        lower, upper = fill_limits(indicator, part)
        arrays = []
        for numbers in (part["value"], lower, upper):
            array = np.full(len(codes), np.nan)
            array[part["place"]] = np.where(part["ranked"], numbers, np.nan)
            arrays.append(array)
        spread = spread_of(arrays[0][among])
        value, low, high = arrays
        columns[indicator.id] = Column(periods[number], value, low, high, spread)
    return LevelFigures(level, codes, in_region, among, columns)


def _query(
    store: Store, active: list[Indicator], periods: list[str], codes: NDArray[np.str_]
) -> dict[str, NDArray[Any]]:
    """Return the newest rows of a level, one array per column, ordered by `row`.

    `row` and `place` are positions in `active` and `codes`, so that no text is moved.
    """
    if not active:
        nothing = np.array([], dtype=float)
        return dict.fromkeys(
            (*OBSERVATION_NUMBERS, "row", "place", "ranked", "counted"), nothing
        )
    table = store.query(
        f"""
        SELECT n.row, a.place, {", ".join(f"o.{name}" for name in OBSERVATION_NUMBERS)},
               list_contains($ranked, o.status) ranked,
               list_contains($counted, o.status) counted
        FROM read_parquet($files) o
        JOIN (SELECT unnest($ids) id, unnest($periods) period,
                     unnest(range(len($ids))) "row") n
          ON o.indicator_id = n.id AND o.period = n.period
        JOIN (SELECT unnest($codes) code, unnest(range(len($codes))) place) a
          ON o.area_code = a.code
        ORDER BY n.row
        """,
        {
            "files": [store.file(f"indicators/{i.id}.parquet") for i in active],
            "ids": [indicator.id for indicator in active],
            "periods": periods,
            "codes": codes.tolist(),
            "ranked": [status.id for status in STATUSES.values() if status.is_ranked],
            "counted": list(COUNTED),
        },
    )
    return {str(name): table[name].to_numpy() for name in table.columns}
