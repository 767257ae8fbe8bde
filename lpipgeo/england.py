"""England's distribution: where a neighbourhood's value stands among all of England."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lpipgeo.paths import DataFolder
from lpipgeo.store import once_per_folder, open_store

MAX_SHARED = 5  # in hundredths: a value that so many share has no place


@once_per_folder
def _read(data: DataFolder) -> dict[tuple[str, str, str], NDArray[np.float64]]:
    """Return the 99 breaks of each indicator, level and period, read once."""
    rows = open_store(data).table("summaries/england.parquet")
    keys = ["indicator_id", "level", "period"]
    groups = rows.sort_values("percentile").groupby(keys, observed=True)["value"]
    return {
        (str(indicator_id), str(level), str(period)): values.to_numpy(dtype=float)
        for (indicator_id, level, period), values in groups
    }


def england_tenths(
    indicator_id: str, level: str, period: str, *, data: DataFolder = None
) -> tuple[float, ...]:
    """Return the nine breaks between tenths of England's areas of a level.

    Equal breaks are given once; none where England's distribution is not known.
    """
    breaks = _read(data).get((indicator_id, level, period))
    if breaks is None:
        return ()
    return tuple(sorted({float(breaks[percent - 1]) for percent in range(10, 100, 10)}))


def edge_of_last_tenth(
    indicator_id: str,
    level: str,
    period: str,
    *,
    highest: bool,
    data: DataFolder = None,
) -> float | None:
    """Return the value from which an area is in England's highest or lowest tenth.

    Parameters
    ----------
    level : lsoa21 or msoa21
    highest : the tenth of the highest values, which are this or more; else of the
        lowest, which are this or less

    Returns
    -------
    float, or None where England's distribution is not known, or so many areas share
    the value that there is no such tenth
    """
    breaks = _read(data).get((indicator_id, level, period))
    if breaks is None:
        return None
    edge = float(breaks[89 if highest else 9])
    return edge if int((breaks == edge).sum()) <= MAX_SHARED else None


def place_in_england(
    indicator_id: str, level: str, period: str, value: float, *, data: DataFolder = None
) -> int | None:
    """Return the percentage of England's areas of this level with a lower value.

    Parameters
    ----------
    level : lsoa21 or msoa21
    value : the area's value; NaN where missing

    Returns
    -------
    int from 0 to 99, or None where England's distribution is not known, the value is
    missing, or too many areas share the value to place it
    """
    breaks = _read(data).get((indicator_id, level, period))
    if breaks is None or np.isnan(value):
        return None
    below = int(np.searchsorted(breaks, value, side="left"))
    up_to = int(np.searchsorted(breaks, value, side="right"))
    return below if up_to - below <= MAX_SHARED else None
