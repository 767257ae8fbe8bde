"""Margins of error: the publisher's own, else worked out from full counts.

A full count, such as a census, has no sampling error. Limits that are worked out
from it say how far the figure could have come out otherwise by chance, as if the
people there were one draw of many; this is how public health profiles use them.
They say nothing of other errors: people who were missed, or wrong answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from lpipgeo.metadata import Indicator
from lpipgeo.tables import OBSERVATION_NUMBERS

ALPHA = 0.05
# Below this count Byar's approximation is too rough, and the exact limits are used.
MIN_BYAR_COUNT = 10
# A figure carried over from other areas or from a model is no count of this area.
COUNTED = ("published", "aggregated", "provisional")


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with its limits.

    Attributes
    ----------
    area_code, period : whose figure it is, and of when
    value, lower, upper : in the indicator's unit; NaN where there is none
    status : see `lpipgeo.statuses`
    limits : where they come from: "publisher", "wilson", "byar" or "" for none
    """

    area_code: str
    period: str
    value: float
    lower: float
    upper: float
    status: str
    limits: str = ""

    @property
    def has_limits(self) -> bool:
        """Whether both limits are known."""
        return not (np.isnan(self.lower) or np.isnan(self.upper))


def wilson_limits(
    numerator: ArrayLike, denominator: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the 95 % limits of shares between 0 and 1.

    Parameters
    ----------
    numerator, denominator : shape (n,), with 0 ≤ numerator ≤ denominator

    Notes
    -----
    Score limits of Wilson (1927).
    """
    # Late: it takes a second, and few who import the library need it.
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415

    count = np.asarray(numerator, dtype=float)
    total = np.asarray(denominator, dtype=float)
    if not len(count):
        return count, count
    lower, upper = proportion_confint(count, total, alpha=ALPHA, method="wilson")
    return np.asarray(lower), np.asarray(upper)


def byar_limits(
    count: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the 95 % limits of numbers of events.

    Parameters
    ----------
    count : shape (n,), none below 0

    Notes
    -----
    Byar's approximation to the exact limits of a Poisson count (Breslow and Day 1987,
    volume II, page 69); the exact limits themselves for counts below
    `MIN_BYAR_COUNT`, as in the technical guides of public health profiles.
    """
    from scipy.stats import chi2, norm  # noqa: PLC0415  slow to import

    counts = np.asarray(count, dtype=float)
    positive = np.maximum(counts, 1e-9)  # the formulas divide by the count
    above = counts + 1
    z = norm.ppf(1 - ALPHA / 2)
    lower = counts * (1 - 1 / (9 * positive) - z / (3 * np.sqrt(positive))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    small = counts < MIN_BYAR_COUNT
    return (
        np.where(small, chi2.ppf(ALPHA / 2, 2 * positive) / 2, lower),
        np.where(small, chi2.ppf(1 - ALPHA / 2, 2 * above) / 2, upper),
    )


def add_limits(
    table: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> pd.DataFrame:
    """Fill the limits that may be worked out, and say where each comes from.

    Parameters
    ----------
    table : observations, with the columns of `lpipgeo.observation_table`
    indicators : the record of every indicator in the table

    Returns
    -------
    DataFrame, the same rows: lower_ci and upper_ci filled as `fill_limits` says; and a
    column `limits`: "publisher", "wilson" (proportions), "byar" (rates) or "".
    """
    found = {
        name: table[name].to_numpy(float, copy=True) for name in OBSERVATION_NUMBERS
    }
    found["counted"] = table["status"].isin(COUNTED).to_numpy()
    origin = np.where(np.isnan(found["lower_ci"] + found["upper_ci"]), "", "publisher")
    origin = origin.astype(object)
    for name, rows in table.groupby("indicator_id", observed=True).indices.items():
        method = limits_method(indicators[str(name)])
        if not method:
            continue
        part = {key: values[rows] for key, values in found.items()}
        lower, upper = fill_limits(indicators[str(name)], part)
        is_new = (origin[rows] == "") & ~np.isnan(lower)
        origin[rows[is_new]] = method
        found["lower_ci"][rows], found["upper_ci"][rows] = lower, upper
    return table.assign(
        lower_ci=found["lower_ci"], upper_ci=found["upper_ci"], limits=origin
    )


def fill_limits(
    indicator: Indicator, rows: Mapping[str, NDArray[Any]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the limits of one indicator's rows, worked out where that is allowed.

    Parameters
    ----------
    rows : arrays of shape (n,): `OBSERVATION_NUMBERS`, and `counted`, whether the
        status is one of `COUNTED`: a figure that was carried over, inherited or
        modelled is none

    Returns
    -------
    Lower and upper limits in the indicator's unit: the publisher's where given, else
    from the counts where the record says so; else NaN
    """
    lower, upper = rows["lower_ci"].copy(), rows["upper_ci"].copy()
    method = limits_method(indicator)
    if not method:
        return lower, upper
    count, total = rows["numerator"], rows["denominator"]
    chosen = rows["counted"] & ~np.isnan(rows["value"] + count + total)
    chosen &= np.isnan(lower + upper)
    if method == "wilson":
        chosen &= count <= total
        low, high = wilson_limits(count[chosen], total[chosen])
        scale = np.full(len(low), indicator.multiplier)
    else:
        low, high = byar_limits(count[chosen])
        scale = indicator.multiplier / total[chosen]
    lower[chosen], upper[chosen] = scale * low, scale * high
    return lower, upper


def limits_method(indicator: Indicator) -> str:
    """Return how limits are worked out from counts: "wilson", "byar", or "" for not."""
    if indicator.limits != "counts":
        return ""
    return "wilson" if indicator.value_type == "proportion" else "byar"
