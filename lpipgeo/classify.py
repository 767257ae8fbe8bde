"""Classes for a choropleth: breaks by a scheme, missing values kept apart.

mapclassify does the classing, jenkspy the natural breaks (docs/adr/0005 says why).
Neither drops missing values, and both fail or warn when there are more classes than
distinct values; that is handled here.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace

import jenkspy
import numpy as np
from numpy.typing import NDArray

from lpipgeo.errors import ClassificationError

MIN_CLASSES, MAX_CLASSES = 3, 9
SCHEMES = {
    "quantiles": "Equal counts",
    "natural_breaks": "Natural breaks",
    "equal_interval": "Equal steps",
    "std_mean": "Around the mean",
    "england_tenths": "England's tenths",
    "own": "Own breaks",
}
COUNTED_SCHEMES = ("quantiles", "natural_breaks", "equal_interval")
BASED_SCHEMES = (*COUNTED_SCHEMES, "std_mean")  # whose breaks come from the values
NO_CLASS = -1
MAX_FOR_NATURAL_BREAKS = 4_000


@dataclass(frozen=True)
class Classification:
    """Values put into classes.

    Attributes
    ----------
    scheme : id of the scheme, or "bands" for edges set by a publisher
    edges : rising numbers, one more than there are classes; classes are right-closed
        and the first also holds its lower edge
    class_of : class number per value, `NO_CLASS` where the value is missing
    middle : number of the class that holds the mean, where classes lie around it
    """

    scheme: str
    edges: tuple[float, ...]
    class_of: NDArray[np.int8]
    middle: int | None = None

    @property
    def k(self) -> int:
        """Number of classes."""
        return len(self.edges) - 1

    @property
    def counts(self) -> tuple[int, ...]:
        """Number of values in each class."""
        return tuple(int((self.class_of == i).sum()) for i in range(self.k))


def classify_values(
    values: NDArray[np.float64],
    scheme: str = "quantiles",
    k: int = 5,
    *,
    base: NDArray[np.float64] | None = None,
) -> Classification:
    """Put values into k classes.

    Parameters
    ----------
    values : numbers, NaN where missing
    scheme : one of `COUNTED_SCHEMES`, or "std_mean" for breaks at one and two standard
        deviations from the mean
    k : number of classes asked for, 3 to 9; lowered when there are fewer distinct
        values
    base : the values from which breaks are made; `values` when left out

    Raises
    ------
    ClassificationError : unknown scheme, k out of range, or no value at all
    """
    if scheme not in BASED_SCHEMES:
        raise ClassificationError(
            f"Unknown class method {scheme!r}. Use one of {', '.join(BASED_SCHEMES)}."
        )
    if not MIN_CLASSES <= k <= MAX_CLASSES:
        raise ClassificationError(
            f"A map has {MIN_CLASSES} to {MAX_CLASSES} classes, not {k}."
        )
    known = values if base is None else base
    known = known[~np.isnan(known)]
    distinct = np.unique(known)
    if not len(distinct):
        raise ClassificationError("There is no value to put into classes.")
    if scheme == "std_mean":
        breaks = _mapclassify_bins(known, scheme, k)[:-1].tolist()
        found = classify_breaks(values, breaks, scheme)
        return replace(found, middle=int(assign(known.mean(), found.edges)))
    edges = _edges(known, distinct, scheme, min(k, len(distinct)))
    return Classification(scheme, edges, assign(values, edges))


def classify_bands(
    values: NDArray[np.float64], edges: Sequence[float]
) -> Classification:
    """Put values into bands set by a publisher; empty end bands are left out.

    Bands hold their lower edge (0 to 5 means 0 ≤ value < 5).
    """
    known = values[~np.isnan(values)]
    if not len(known):
        raise ClassificationError("There is no value to put into classes.")
    inner = np.searchsorted(np.asarray(edges), known, side="right") - 1
    inner = np.clip(inner, 0, len(edges) - 2)
    first, last = int(inner.min()), int(inner.max())
    used = tuple(edges[first : last + 2])
    class_of = np.full(len(values), NO_CLASS, dtype=np.int8)
    class_of[~np.isnan(values)] = inner - first
    return Classification("bands", used, class_of)


def classify_breaks(
    values: NDArray[np.float64], breaks: Sequence[float], scheme: str = "own"
) -> Classification:
    """Put values into classes at given breaks; those beyond all values are left out.

    Parameters
    ----------
    breaks : inner edges, rising
    scheme : id of the scheme that they come from

    Raises
    ------
    ClassificationError : breaks do not rise, or there is no value at all
    """
    known = values[~np.isnan(values)]
    if not len(known):
        raise ClassificationError("There is no value to put into classes.")
    if list(breaks) != sorted(set(breaks)):
        raise ClassificationError("Breaks must rise, such as 10, 20, 30.")
    low, high = float(known.min()), float(known.max())
    inner = [float(edge) for edge in breaks if low < edge < high]
    edges = (low, *inner, high)
    return Classification(scheme, edges, assign(values, edges))


def assign(
    values: NDArray[np.float64] | np.float64, edges: Sequence[float]
) -> NDArray[np.int8]:
    """Return the class number of each value; NO_CLASS for NaN."""
    found = np.searchsorted(np.asarray(edges[1:-1]), values, side="left")
    return np.where(np.isnan(values), NO_CLASS, found).astype(np.int8)


def _edges(
    known: NDArray[np.float64], distinct: NDArray[np.float64], scheme: str, k: int
) -> tuple[float, ...]:
    low, high = float(distinct[0]), float(distinct[-1])
    if k < 2:
        return (low, high)
    if scheme == "natural_breaks":
        bins = jenkspy.jenks_breaks(_thin(known), n_classes=k)[1:]
    else:
        bins = _mapclassify_bins(known, scheme, k)
    upper = np.unique(np.asarray(bins, dtype=float))
    upper[-1] = high
    return (low, *(float(edge) for edge in upper if edge > low))


def _thin(known: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return at most `MAX_FOR_NATURAL_BREAKS` values that stand for all, ends included.

    The time that natural breaks take grows with the square of the number of values: the
    35,740 of ten years of neighbourhoods take six seconds (docs/adr/0005).
    """
    if len(known) <= MAX_FOR_NATURAL_BREAKS:
        return known
    places = np.linspace(0, len(known) - 1, MAX_FOR_NATURAL_BREAKS).round().astype(int)
    thinned: NDArray[np.float64] = np.sort(known)[places]
    return thinned


def _mapclassify_bins(
    known: NDArray[np.float64], scheme: str, k: int
) -> NDArray[np.float64]:
    import mapclassify  # noqa: PLC0415  takes seconds; the app warms it up

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fewer classes than asked for
        if scheme == "std_mean":
            return np.asarray(mapclassify.StdMean(known, [-2, -1, 1, 2]).bins)
        if scheme == "quantiles":
            return np.asarray(mapclassify.Quantiles(known, k=k).bins)
        return np.asarray(mapclassify.EqualInterval(known, k=k).bins)
