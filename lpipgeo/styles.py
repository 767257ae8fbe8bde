"""How figures are put into classes and coloured, as a person wants it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lpipgeo.area_index import read_areas
from lpipgeo.change import edges_around_none
from lpipgeo.classify import (
    Classification,
    assign,
    classify_bands,
    classify_breaks,
    classify_values,
)
from lpipgeo.england import england_tenths
from lpipgeo.errors import SelectionError
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import read_observations
from lpipgeo.palettes import colours_of
from lpipgeo.paths import DataFolder
from lpipgeo.store import once_per_folder


@dataclass(frozen=True)
class Style:
    """How a person wants values put into classes and coloured.

    Attributes
    ----------
    scheme, k : class method and number of classes; None for the record's own
    breaks : inner edges, for the scheme "own"
    palette : one of `lpipgeo.palettes.PALETTES`
    over_time : whether breaks are made from all periods, so that maps of different
        periods can be compared
    from_within : whether breaks are made only from the areas that are drawn, where the
        map shows only those within a larger area; else from the whole region
    """

    scheme: str | None = None
    k: int | None = None
    breaks: tuple[float, ...] = ()
    palette: str = "theme"
    over_time: bool = False
    from_within: bool = False


@dataclass(frozen=True)
class Figures:
    """What is put into classes.

    Attributes
    ----------
    indicator, level, period : what is shown
    source : the level whose figures are shown; larger than `level` if inherited
    within : code of the larger area whose areas alone are drawn, or None
    earlier : the period that changes are counted from, or None
    """

    indicator: Indicator
    level: str
    source: str
    period: str
    within: str | None = None
    earlier: str | None = None


def classify(
    values: NDArray[np.float64], what: Figures, style: Style, *, data: DataFolder = None
) -> Classification:
    """Return the classes of figures, or of changes.

    Bands of the publisher come before any wish; a wish that is not possible here, such
    as England's tenths where they are not known, gives way to the record's own method.

    Raises
    ------
    ClassificationError, SelectionError : there is no value at all
    """
    indicator, source = what.indicator, what.source
    if what.earlier:
        return _classify_changes(values, indicator)
    if source in indicator.bands:
        return classify_bands(values, indicator.bands[source])
    scheme = style.scheme or indicator.scheme
    if scheme == "own" and style.breaks:
        return classify_breaks(values, style.breaks)
    if scheme == "england_tenths":
        breaks = england_tenths(indicator.id, source, what.period, data=data)
        if breaks:
            return classify_breaks(values, breaks, scheme)
    if scheme in ("own", "england_tenths"):  # not possible here
        scheme = indicator.scheme
    base = _base(what, style, data)
    return classify_values(values, scheme, style.k or indicator.k, base=base)


def _classify_changes(
    values: NDArray[np.float64], indicator: Indicator
) -> Classification:
    if np.isnan(values).all():
        raise SelectionError("No area has a figure at both periods.")
    edges = edges_around_none(values, indicator.decimals)
    middle = (len(edges) - 1) // 2
    return Classification(
        "around_no_change", edges, assign(values, edges), middle=middle
    )


def _base(what: Figures, style: Style, data: DataFolder) -> NDArray[np.float64] | None:
    """Return the values that breaks are made from; None where they are those drawn."""
    inside = None
    if what.within and style.from_within:
        inside = tuple(read_areas(data).codes_within(what.source, what.within)) or None
    indicator_id, source = what.indicator.id, what.source
    if style.over_time:
        base = _values_of_all_periods(indicator_id, source, inside, data)
    elif source != what.level:
        own = read_observations(indicator_id, source, inside, what.period, data=data)
        base = own["value"].to_numpy(dtype=float)
    else:
        return None
    return None if np.isnan(base).all() else base


def class_colours(
    style: Style, ramp: tuple[str, str], what: Figures, classes: Classification
) -> tuple[str, ...]:
    """Return the class colours; of two-sided ones the worse side is orange.

    Parameters
    ----------
    ramp : light and dark end of the theme's own colours
    """
    k, middle, palette = classes.k, classes.middle, style.palette
    if middle is not None and (what.earlier or palette == "theme"):
        palette = "diverging"  # the mean, or no change, is a real middle
    if palette == "diverging" and what.indicator.polarity == "lower_is_better":
        turned = None if middle is None else k - 1 - middle
        return colours_of(palette, ramp, k, turned)[::-1]
    return colours_of(palette, ramp, k, middle)


@once_per_folder
def _values_of_all_periods(
    indicator_id: str, level: str, codes: tuple[str, ...] | None, data: DataFolder
) -> NDArray[np.float64]:
    """Return the values of a level in all periods, NaN where missing; not to change."""
    rows = read_observations(indicator_id, level, codes, "all", data=data)
    return rows["value"].to_numpy(dtype=float)
