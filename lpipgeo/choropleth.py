"""A choropleth before any renderer: areas, values, classes, colours, legend texts.

The map, the legend, the table and the download are made from one Choropleth, so
they cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lpipgeo.area_index import read_areas
from lpipgeo.boundary_sets import find_boundary_set
from lpipgeo.classify import (
    Classification,
    classify_bands,
    classify_breaks,
    classify_values,
)
from lpipgeo.england import england_tenths
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import band_text, format_number, format_value
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import ENGLAND, LEVELS, REGION, UNITED_KINGDOM
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import read_observations, read_values
from lpipgeo.palettes import colours_of
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.store import open_store


@dataclass(frozen=True)
class Mark:
    """A value of a larger area that the legend points at."""

    label: str
    value: float
    text: str


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
    """

    scheme: str | None = None
    k: int | None = None
    breaks: tuple[float, ...] = ()
    palette: str = "theme"
    over_time: bool = False


@dataclass(frozen=True)
class Choropleth:
    """A map of one indicator at one level and period, not yet drawn.

    Attributes
    ----------
    indicator, level, period : what is shown
    source_level : the level whose figures are shown; larger than `level` where the
        values are inherited
    table : DataFrame in order of area_code, columns of the tidy table; one row for
        every area drawn
    classes : the classification of `table["value"]`
    colours : one per class, light to dark
    over_time : whether the classes were made from all periods
    marks : values of England and the region at the same period, where published
    """

    indicator: Indicator
    level: str
    period: str
    source_level: str
    table: pd.DataFrame
    classes: Classification
    colours: tuple[str, ...]
    marks: tuple[Mark, ...]
    over_time: bool = False

    @property
    def is_inherited(self) -> bool:
        """Whether every value comes from a larger area."""
        return self.source_level != self.level

    @property
    def values(self) -> NDArray[np.float64]:
        """Values in order of area_code, NaN where missing."""
        return self.table["value"].to_numpy(dtype=float)

    @property
    def status_counts(self) -> dict[str, int]:
        """Number of areas per status, in the order of the status registry."""
        counts = Counter(self.table["status"])
        return {status: counts[status] for status in STATUSES if counts[status]}

    @property
    def title(self) -> str:
        """What the map shows, as a sentence without a full stop."""
        subject, period = self.indicator.title, period_label(self.period)
        if period not in subject.split():  # "… Deprivation 2025 score" says it already
            subject = f"{subject}, {period}"
        level = LEVELS[self.level].in_text
        if self.is_inherited:
            source = LEVELS[self.source_level].in_text
            return f"{subject}, {source} figures drawn by {level}"
        return f"{subject}, by {level}"

    @property
    def edge_texts(self) -> tuple[str, ...]:
        """Class edges as the legend writes them; named classes have none."""
        if self.indicator.class_names:
            return ()
        decimals = 0 if self.classes.scheme == "bands" else self.indicator.decimals
        return tuple(format_number(edge, decimals) for edge in self.classes.edges)

    @property
    def method(self) -> str:
        """One sentence on how the classes were made and from which areas."""
        areas = LEVELS[self.source_level].plural_in_text
        k = self.classes.k
        if self.indicator.class_names:
            return "Classes as the publisher names them."
        if self.classes.scheme == "bands":
            return "Bands: the publisher advises against exact figures for small areas."
        if self.classes.scheme == "own":
            return "Breaks of your own."
        if self.classes.scheme == "england_tenths":
            return f"Each class holds the values of a tenth of England's {areas}."
        how = {
            "quantiles": f"{k} classes with about equally many {areas}",
            "natural_breaks": f"{k} classes at natural gaps between {areas}",
            "equal_interval": f"{k} classes of equal width over {areas}",
            "std_mean": f"One and two standard deviations from the mean of {areas}",
        }[self.classes.scheme]
        periods = " in all periods" if self.over_time else ""
        return f"{how} of the region{periods}."

    def class_text(self, number: int) -> str:
        """Return a class as words, such as "12.1 to 15.9"."""
        if self.indicator.class_names:
            return self.indicator.class_names[int(self.classes.edges[number]) - 1]
        edges = self.indicator.bands.get(self.source_level)
        if edges:
            return band_text(self.classes.edges[number], edges)
        return f"{self.edge_texts[number]} to {self.edge_texts[number + 1]}"


def make_choropleth(
    indicator_id: str,
    level: str,
    period: str = "latest",
    *,
    style: Style | None = None,
    data: str | Path | None = None,
) -> Choropleth:
    """Return the choropleth of an indicator.

    Parameters
    ----------
    indicator_id, level, period : what to show; period "latest" or ISO interval
    style : classes and colours; the record's own when left out. Classes are ignored
        where the publisher allows only bands at this level

    Raises
    ------
    SelectionError : the indicator has no figures at this level or a larger one
    UnknownIndicatorError, UnknownLevelError, UnknownPeriodError
    """
    catalogue, index = read_catalogue(data), read_areas(data)
    indicator = catalogue.find(indicator_id)
    find_boundary_set(level, data)
    source = catalogue.source_level(indicator_id, level)
    if source is None:
        names = ", ".join(LEVELS[lv].plural for lv in catalogue.levels(indicator_id))
        raise SelectionError(
            f"{indicator.title} has no figures for {LEVELS[level].plural_in_text} or "
            f"larger areas around them. There are figures for: {names}."
        )
    found = read_observations(
        indicator_id, level, None, period, inherit=True, data=data
    )
    table = _complete(found, indicator_id, index.codes(level), period)
    shown = str(table["period"].iloc[0])
    values = table["value"].to_numpy(dtype=float)
    style = style or Style()
    classes, over_time = _classify(
        values, indicator, (level, source, shown), style, data
    )
    theme = catalogue.theme(indicator.theme)
    palette = style.palette
    if classes.scheme == "std_mean" and palette == "theme":
        palette = "diverging"  # the mean is a real middle
    return Choropleth(
        indicator,
        level,
        shown,
        source,
        table,
        classes,
        _colours(palette, theme.ramp, indicator, classes),
        _marks(indicator, shown, data),
        over_time,
    )


def _classify(
    values: NDArray[np.float64],
    indicator: Indicator,
    where: tuple[str, str, str],
    style: Style,
    data: str | Path | None,
) -> tuple[Classification, bool]:
    """Return the classes, and whether they were made from all periods.

    Parameters
    ----------
    where : level drawn, level whose figures are shown, period
    """
    level, source, period = where
    if source in indicator.bands:
        return classify_bands(values, indicator.bands[source]), False
    scheme = style.scheme or indicator.scheme
    if scheme == "own" and style.breaks:
        return classify_breaks(values, style.breaks), False
    if scheme == "england_tenths":
        breaks = england_tenths(indicator.id, source, period, data=data)
        if breaks:
            return classify_breaks(values, breaks, scheme), False
    if scheme in ("own", "england_tenths"):  # not possible here
        scheme = indicator.scheme
    base = None
    if style.over_time:
        base = _values_of_all_periods(open_store(data).folder, indicator.id, source)
    elif source != level:
        own = read_observations(indicator.id, source, None, period, data=data)
        base = own["value"].to_numpy(dtype=float)
    k = style.k or indicator.k
    return classify_values(values, scheme, k, base=base), style.over_time


def _colours(
    palette: str, ramp: tuple[str, str], indicator: Indicator, classes: Classification
) -> tuple[str, ...]:
    """Return the class colours; of two-sided ones the worse side is orange."""
    k, middle = classes.k, classes.middle
    if palette == "diverging" and indicator.polarity == "lower_is_better":
        turned = None if middle is None else k - 1 - middle
        return colours_of(palette, ramp, k, turned)[::-1]
    return colours_of(palette, ramp, k, middle)


@lru_cache(maxsize=16)
def _values_of_all_periods(
    folder: Path, indicator_id: str, level: str
) -> NDArray[np.float64]:
    """Return the values of a level in all periods, NaN where missing; not to change."""
    rows = read_observations(indicator_id, level, None, "all", data=folder)
    return rows["value"].to_numpy(dtype=float)


def _complete(
    found: pd.DataFrame, indicator_id: str, codes: list[str], period: str
) -> pd.DataFrame:
    """Return one row per drawn area; those without a row get "not available"."""
    shown = str(found["period"].iloc[0]) if len(found) else period
    table = found.set_index("area_code").reindex(codes).rename_axis("area_code")
    table = table.reset_index()
    missing = table["status"].isna()
    table["status"] = table["status"].astype(object).where(~missing, "not_available")
    table["indicator_id"] = indicator_id
    table["period"] = shown
    return table[list(found.columns)]


def _marks(
    indicator: Indicator, period: str, data: str | Path | None
) -> tuple[Mark, ...]:
    if indicator.aggregation == "sum":
        return ()  # a total of England is not comparable with one of a neighbourhood
    names = {REGION: "Region", ENGLAND: "England", UNITED_KINGDOM: "UK"}
    found = read_values(indicator.id, names, period, data=data)
    values = {code: value for code, (value, _) in found.items() if not np.isnan(value)}
    if ENGLAND in values:
        values.pop(UNITED_KINGDOM, None)  # the UK stands in only where England lacks
    return tuple(
        Mark(
            name,
            values[code],
            f"{name}: {format_value(values[code], indicator, 'rgn')}",
        )
        for code, name in names.items()
        if code in values
    )
