"""A choropleth before any renderer: areas, values, classes, colours, legend texts.

The map, the legend, the table and the download are made from one Choropleth, so
they cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lpipgeo.area_index import Area, read_areas
from lpipgeo.boundary_sets import find_boundary_set
from lpipgeo.change import (
    UNCLEAR,
    change_record,
    subtract,
    why_not_compared,
)
from lpipgeo.classify import BASED_SCHEMES, NO_CLASS, Classification
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import (
    band_text,
    format_change,
    format_number,
    format_signed,
    format_value,
)
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import ENGLAND, LEVELS, REGION, UNITED_KINGDOM
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import read_observations, read_values
from lpipgeo.paths import DataFolder
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.styles import Figures, Style, class_colours, classify


@dataclass(frozen=True)
class Mark:
    """A value of a larger area that the legend points at."""

    label: str
    value: float
    text: str


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
    within : the larger area whose areas are drawn; None for the whole region
    base : the areas that the classes were made from, as words: "the region"
    earlier : where values are changes, the period that they are counted from
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
    within: Area | None = None
    base: str = "the region"
    earlier: str | None = None

    @property
    def period_text(self) -> str:
        """The period as people say it; of a change, both."""
        if self.earlier:
            return f"{period_label(self.earlier)} to {period_label(self.period)}"
        return period_label(self.period)

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
        subject, period = self.indicator.title, self.period_text
        if period not in subject.split():  # "… Deprivation 2025 score" says it already
            subject = f"{subject}, {period}"
        level = LEVELS[self.level].in_text
        where = f" in {self.within.name}" if self.within else ""
        if self.is_inherited:
            source = LEVELS[self.source_level].in_text
            return f"{subject}, {source} figures drawn by {level}{where}"
        return f"{subject}, by {level}{where}"

    @property
    def edge_texts(self) -> tuple[str, ...]:
        """Class edges as the legend writes them; named classes have none."""
        if self.indicator.class_names:
            return ()
        decimals = 0 if self.classes.scheme == "bands" else self.indicator.decimals
        say = format_signed if self.earlier else format_number
        return tuple(say(edge, decimals) for edge in self.classes.edges)

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
            "around_no_change": "Classes equally wide on both sides of no change, from "
            f"{areas}",
        }[self.classes.scheme]
        periods = " in all periods" if self.over_time else ""
        return f"{how} of {self.base}{periods}."

    def value_text(self, value: float, level: str, status: str = "published") -> str:
        """Return a value of an area of some level with its unit, or why it is missing.

        A change has its sign.
        """
        if self.earlier and not np.isnan(value):
            return format_change(value, self.indicator)
        return format_value(value, self.indicator, level, status)

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
    style: Style | None = None,
    within: str | None = None,
    earlier: str | None = None,
    *,
    data: DataFolder = None,
) -> Choropleth:
    """Return the choropleth of an indicator.

    Parameters
    ----------
    indicator_id, level, period : what to show; period "latest" or ISO interval
    style : classes and colours; the record's own when left out
    within : code of a larger area; only the areas inside are drawn
    earlier : an ISO interval; values are then the change since that period

    Raises
    ------
    SelectionError : there are no figures at this level or a larger one, no area within
        the larger one, or the two periods cannot be compared
    UnknownIndicatorError, UnknownLevelError, UnknownPeriodError, UnknownAreaError
    """
    catalogue = read_catalogue(data)
    indicator = catalogue.find(indicator_id)
    source = _source_level(indicator, level, data)
    table = _read(indicator_id, level, period, data)
    shown = str(table["period"].iloc[0])
    if earlier:
        table = _changes(table, indicator, level, source, earlier, data)
        indicator = change_record(indicator)
    larger = read_areas(data).find(within) if within else None
    inside = _inside(table, level, larger, data)
    drawn = table[inside].reset_index(drop=True)
    style = style or Style()
    # Without any value inside there is nothing to make classes from.
    reclass = style.from_within and larger and bool(drawn["value"].notna().any())
    style = replace(style, from_within=bool(reclass))
    values = (drawn if style.from_within else table)["value"].to_numpy(dtype=float)
    what = Figures(indicator, level, source, shown, within, earlier)
    classes = classify(values, what, style, data=data)
    if not style.from_within:
        classes = replace(classes, class_of=classes.class_of[inside])
    classes = _only_clear(classes, drawn)
    return Choropleth(
        indicator,
        level,
        shown,
        source,
        drawn,
        classes,
        class_colours(style, catalogue.theme(indicator.theme).ramp, what, classes),
        _marks(indicator, shown, earlier, data),
        style.over_time and classes.scheme in BASED_SCHEMES,
        larger,
        larger.name if larger and style.from_within else "the region",
        earlier,
    )


def _source_level(indicator: Indicator, level: str, data: DataFolder) -> str:
    """Return the level whose figures are shown; raise SelectionError without one."""
    find_boundary_set(level, data)
    catalogue = read_catalogue(data)
    source = catalogue.source_level(indicator.id, level)
    if source is None:
        names = ", ".join(LEVELS[lv].plural for lv in catalogue.levels(indicator.id))
        raise SelectionError(
            f"{indicator.title} has no figures for {LEVELS[level].plural_in_text} or "
            f"larger areas around them. There are figures for: {names}."
        )
    return source


def _read(indicator_id: str, level: str, period: str, data: DataFolder) -> pd.DataFrame:
    """Return one row per area of the level, in order of area_code."""
    found = read_observations(
        indicator_id, level, None, period, inherit=True, data=data
    )
    return _complete(found, indicator_id, read_areas(data).codes(level), period)


def _changes(
    table: pd.DataFrame,
    indicator: Indicator,
    level: str,
    source: str,
    earlier: str,
    data: DataFolder,
) -> pd.DataFrame:
    """Return the changes since an earlier period; raise where there are none."""
    reason = why_not_compared(indicator, source, earlier, str(table["period"].iloc[0]))
    if reason:
        raise SelectionError(reason)
    return subtract(table, _read(indicator.id, level, earlier, data), indicator)


def _only_clear(classes: Classification, drawn: pd.DataFrame) -> Classification:
    """Take changes that are not clear out of the classes: they have no colour."""
    is_unclear = (drawn["status"] == UNCLEAR).to_numpy()
    class_of = np.where(is_unclear, NO_CLASS, classes.class_of).astype(np.int8)
    return replace(classes, class_of=class_of)


def _inside(
    table: pd.DataFrame, level: str, larger: Area | None, data: DataFolder
) -> NDArray[np.bool_]:
    """Return which rows are drawn: those inside the larger area, or all."""
    if larger is None:
        return np.ones(len(table), dtype=bool)
    codes = read_areas(data).codes_within(level, larger.code)
    if not codes:
        raise SelectionError(
            f"No {LEVELS[level].in_text} lies as a whole within {larger.name}. "
            "Choose a smaller level."
        )
    return table["area_code"].isin(codes).to_numpy()


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
    indicator: Indicator, period: str, earlier: str | None, data: DataFolder
) -> tuple[Mark, ...]:
    if indicator.aggregation == "sum":
        return ()  # a total of England is not comparable with one of a neighbourhood
    names = {REGION: "Region", ENGLAND: "England", UNITED_KINGDOM: "UK"}
    found = read_values(indicator.id, names, period, earlier=earlier, data=data)
    found = {code: pair for code, pair in found.items() if not np.isnan(pair[0])}
    if ENGLAND in found:
        found.pop(UNITED_KINGDOM, None)  # the UK stands in only where England lacks
    say = format_change if earlier else partial(format_value, level="rgn")
    marks = []
    for code, (value, status) in found.items():
        unclear = ", no clear change" if status == UNCLEAR else ""
        text = f"{names[code]}: {say(value, indicator)}{unclear}"
        marks.append(Mark(names[code], value, text))
    return tuple(sorted(marks, key=lambda mark: list(names.values()).index(mark.label)))
