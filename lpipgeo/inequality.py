"""How much of an inequality lies between groups of places, and how much within them.

Two measures that split exactly: the variance (law of total variance) and Theil's T
(Theil 1967, Economics and Information Theory; the split into groups as in Shorrocks
1980, Econometrica 48:613-625). PySAL's `inequality` has the split without weights
only, and neighbourhoods must count by their residents. Numbers only: which figures may
be split at all is for `comparison_inside` to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lpipgeo.errors import SelectionError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Split:
    """An inequality and its two parts, in the unit of the measure.

    Attributes
    ----------
    total : of all places together; worked out by itself, not as the sum of the parts
    between : what would be left if every place had the average of its group
    within : what would be left if all groups had the same average
    """

    total: float
    between: float
    within: float

    @property
    def share_between(self) -> float:
        """Return the part between the groups, 0 to 1; NaN where all are equal."""
        return min(1.0, self.between / self.total) if self.total > 0 else nan


def split_variance(
    values: ArrayLike, weights: ArrayLike, groups: Sequence[str]
) -> Split:
    """Split the weighted variance of places into between and within their groups.

    With shares of weight w, group averages m_a and the average m of all:
    total = sum w_a (m_a - m)^2 + sum w_a Var_a. The variance is that of these places
    (divided by the weight, not by one less), for they are all there are.

    Parameters
    ----------
    values : shape (n,), any unit; the variance has this unit squared
    weights : shape (n,), above 0, such as residents
    groups : length n, the group in which each place lies

    Raises
    ------
    SelectionError : lengths differ, nothing is given, a value is missing or infinite,
        or a weight is not above 0
    """
    x, w, places = _check(values, weights, groups)
    sizes, means = _averages(x, w, places)
    within = sizes @ [
        _variance(x[places == one], w[places == one]) for one in range(len(sizes))
    ]
    return Split(_variance(x, w), _variance(means, sizes), float(within))


def split_theil(values: ArrayLike, weights: ArrayLike, groups: Sequence[str]) -> Split:
    """Split Theil's T of places into between and within their groups.

    T = sum w (x/m) ln(x/m), with shares of weight w and the average m; 0 where all
    are equal. Within, a group counts by its share of the total of x: w_a m_a / m.

    Parameters
    ----------
    values : shape (n,), above 0 and with a true zero: twice the number is twice as much
    weights, groups : as in `split_variance`

    Raises
    ------
    SelectionError : as in `split_variance`, or a value is not above 0
    """
    x, w, places = _check(values, weights, groups)
    if not (x > 0).all():
        raise SelectionError("Theil's T needs figures that are all above 0.")
    sizes, means = _averages(x, w, places)
    parts = sizes * means / (w @ x)
    within = parts @ [
        _theil(x[places == one], w[places == one]) for one in range(len(sizes))
    ]
    return Split(_theil(x, w), _theil(means, sizes), float(within))


def _check(
    values: ArrayLike, weights: ArrayLike, groups: Sequence[str]
) -> tuple[Numbers, Numbers, NDArray[np.intp]]:
    """Return values, weights that sum to 1, and the number of each place's group."""
    x, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    if not (x.ndim == w.ndim == 1 and len(x) == len(w) == len(groups) > 0):
        raise SelectionError(
            "Give one figure, one weight and one group for each place."
        )
    if not np.isfinite(x).all():
        raise SelectionError("Places without a figure cannot be split: leave them out.")
    if not (np.isfinite(w).all() and (w > 0).all()):
        raise SelectionError("Every weight must be a number above 0.")
    _, places = np.unique(np.asarray(groups), return_inverse=True)
    return x, w / w.sum(), places


def _averages(
    x: Numbers, w: Numbers, places: NDArray[np.intp]
) -> tuple[Numbers, Numbers]:
    """Return the share of weight and the weighted average of each group."""
    sizes = np.bincount(places, weights=w).astype(float)
    return sizes, np.bincount(places, weights=w * x) / sizes


def _variance(x: Numbers, w: Numbers) -> float:
    if x.min() == x.max():
        return 0.0
    shares = w / w.sum()
    return float(shares @ (x - shares @ x) ** 2)


def _theil(x: Numbers, w: Numbers) -> float:
    if x.min() == x.max():
        return 0.0
    shares = w / w.sum()
    ratio = x / (shares @ x)
    return max(0.0, float(shares @ (ratio * np.log(ratio))))
