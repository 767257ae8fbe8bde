"""The profile of an area: every indicator with comparison, standing and trend.

One object for the page, the printed profile, the table and the HTTP API, so that they
cannot say different things.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_overview import (
    FigureKey,
    FigureSource,
    find_sources,
    larger_areas,
    own_figure,
    read_figures,
    why_not_own,
)
from lpipgeo.comparators import MIN_GROUP, Comparator, find_comparator
from lpipgeo.formatting import format_value
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import Figure
from lpipgeo.level_figures import LevelFigures, read_level, spread_of
from lpipgeo.levels import BESIDE, UNITED_KINGDOM
from lpipgeo.metadata import Indicator
from lpipgeo.outcomes import NOT_COMPARED, Outcome, compare, compare_with_middle
from lpipgeo.paths import DataFolder
from lpipgeo.standing import Standing, find_standing
from lpipgeo.statuses import STATUSES
from lpipgeo.trends import Trend, find_trend

NO_BENCHMARK = Outcome(NOT_COMPARED, reason="There is nothing to compare with.")
PROFILE_COLUMNS = (
    *("indicator_id", "period", "value", "lower_ci", "upper_ci", "limits", "status"),
    *("level", "why", "district", "subregion", "region", "england", "uk"),
    *("benchmark", "benchmark_low", "benchmark_high", "outcome", "outcome_reason"),
    *("better", "worse", "compared"),
    *("minimum", "quarter_low", "quarter_high", "maximum", "place", "england_place"),
    *("rank", "rank_low", "rank_high", "rank_of", "rank_reason"),
    *("trend", "trend_verdict", "trend_reason", "trend_first", "trend_last"),
)
_BESIDE_NAMES = {
    **dict(zip(("district", "subregion", "region", "england"), BESIDE, strict=True)),
    "uk": UNITED_KINGDOM,
}
_COUNTS = ("better", "worse", "compared", "place", "england_place")
_RANKS = ("rank", "rank_low", "rank_high", "rank_of")


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of a group of areas beside that of an area.

    Attributes
    ----------
    better, worse : areas whose margin of error lies wholly on that side of this one's;
        "better" is "higher" where polarity gives no judgement
    of : areas with a figure
    """

    better: int
    worse: int
    of: int


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One indicator of an area.

    Attributes
    ----------
    indicator : its record
    level : whose figure is shown: the area's own level, or a larger one
    figure : at the newest period; missing values are NaN
    why : a sentence where the figure is not the publisher's own, else ""
    beside : figures of the larger areas at the same period, by level; those that have
        none are left out. The United Kingdom stands under its code
    outcomes : comparison with each of them
    benchmark : the comparator's figure, or None; for a group, NaN between its quartiles
    outcome : comparison with the chosen comparator
    group : how many areas of a group are clearly better or worse; None for one area
    standing, trend : see their modules
    history : the area's own figures, oldest first
    """

    indicator: Indicator
    level: str
    figure: Figure
    why: str
    beside: Mapping[str, Figure]
    outcomes: Mapping[str, Outcome]
    benchmark: Figure | None
    outcome: Outcome
    group: Group | None
    standing: Standing
    trend: Trend
    history: tuple[Figure, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the publisher gives exact figures here, not bands or classes."""
        return self.indicator.is_exact(self.level)

    @property
    def can_be_drawn(self) -> bool:
        """Whether a chart may show it: an exact figure of its own, and no number.

        Numbers of things grow with the area, so its place among others says nothing.
        """
        own = self.figure.status != "inherited" and not math.isnan(self.figure.value)
        return self.is_exact and own and self.indicator.value_type != "count"

    def text(self, figure: Figure, level: str = "") -> str:
        """Return one of its figures with its unit, or why there is none.

        Parameters
        ----------
        level : of the figure, where the publisher may allow only bands
        """
        return format_value(figure.value, self.indicator, level, figure.status)


@dataclass(frozen=True)
class Profile:
    """Every indicator of an area, compared with one comparator.

    Attributes
    ----------
    area, comparator : the comparator is None where there is nothing larger
    larger : district, sub-region, region and England, as far as they are larger
    rows : in catalogue order, one for each indicator that reaches the area
    """

    area: Area
    comparator: Comparator | None
    larger: tuple[Area, ...]
    rows: tuple[ProfileRow, ...]

    def frame(self) -> pd.DataFrame:
        """Return the profile as a table; see `read_profile`."""
        records = [_record(row) for row in self.rows]
        table = pd.DataFrame(records, columns=list(PROFILE_COLUMNS))
        return table.astype(dict.fromkeys((*_COUNTS, *_RANKS), "Int64"))


def read_profile(
    area_code: str,
    benchmark: str | None = None,
    *,
    indicators: Collection[str] | None = None,
    data: DataFolder = None,
) -> Profile:
    """Return every indicator of an area with comparison, standing and trend.

    Parameters
    ----------
    area_code : any area
    benchmark : what to compare with, as `find_comparator` takes it: a level such as
        "rgn", an area code or several, or "similar"; England when left out
    indicators : ids of those to read; all when left out

    Returns
    -------
    Profile; its `frame()` has one row per indicator in catalogue order:

    - indicator_id, period, value, lower_ci, upper_ci, limits (whose: "publisher",
      "wilson", "byar" or ""), status, level (whose figure it is), why
    - district, subregion, region, england, uk : value at the same period, null where
      there is none or the area is no part of one
    - benchmark, benchmark_low, benchmark_high : value and limits of the comparator;
      of a group no value, and its quartiles
    - outcome (see `lpipgeo.outcomes`), outcome_reason; better, worse, compared : how
      many areas of a group are clearly better or worse, and of how many
    - minimum, quarter_low, quarter_high, maximum : of the areas of its level
    - place, england_place : percentage of these, or of England's, with a lower value
    - rank, rank_low, rank_high, rank_of, rank_reason (see `lpipgeo.standing`)
    - trend, trend_verdict, trend_reason, trend_first, trend_last (`lpipgeo.trends`)

    Missing values are null; reasons are "" where there is nothing to explain.

    Raises
    ------
    UnknownAreaError, SelectionError : see `lpipgeo.comparators`
    """
    area = read_areas(data).find(area_code)
    comparator = find_comparator(area, benchmark, data=data)
    sources = {
        indicator: source
        for indicator, source in find_sources(area, data=data).items()
        if indicators is None or indicator in indicators
    }
    parents = tuple(larger_areas(area, data=data))
    larger = {parent.level: parent.code for parent in parents}
    if "ctry" in larger:
        larger[UNITED_KINGDOM] = UNITED_KINGDOM
    codes = [area.code, *larger.values()]
    if comparator is not None and comparator.code:
        codes.append(comparator.code)
    figures = read_figures(sources, codes, data=data)
    reader = _Reader(area, comparator, larger, figures, data)
    catalogue = read_catalogue(data)
    rows = (
        reader.row(catalogue.indicators[i], source) for i, source in sources.items()
    )
    return Profile(area, comparator, parents, tuple(rows))


class _Reader:
    """Make the rows of one area from figures that were read at once."""

    def __init__(
        self,
        area: Area,
        comparator: Comparator | None,
        larger: Mapping[str, str],
        figures: Mapping[FigureKey, Figure],
        data: DataFolder,
    ) -> None:
        self.area, self.comparator, self.larger = area, comparator, larger
        self.figures, self.data = figures, data
        self.levels = {"lad24": read_level("lad24", data=data)}
        self.histories: dict[tuple[str, str], list[Figure]] = {}
        for (indicator_id, code, _), figure in figures.items():
            self.histories.setdefault((indicator_id, code), []).append(figure)

    def row(self, indicator: Indicator, source: FigureSource) -> ProfileRow:
        """Return the row of one indicator."""
        own = own_figure(self.area, indicator.id, source, self.figures)
        beside = {
            level: figure
            for level, code in self.larger.items()
            if (figure := self.figures.get((indicator.id, code, source.period)))
        }
        outcomes = {
            level: compare(
                indicator, source.level, own, self.newest(indicator, code, source)
            )
            for level, code in self.larger.items()
        }
        level = self.level(source)
        benchmark, outcome, group = self.compare(indicator, source, own, level)
        history = self.histories.get((indicator.id, self.area.code), [])
        return ProfileRow(
            indicator=indicator,
            level=source.level,
            figure=own,
            why=why_not_own(indicator, self.area, source, own),
            beside=beside,
            outcomes=outcomes,
            benchmark=benchmark,
            outcome=outcome,
            group=group,
            standing=self.standing(indicator, own, level),
            trend=self.trend(indicator, source, own, history),
            history=tuple(history),
        )

    def level(self, source: FigureSource) -> LevelFigures | None:
        """Return the figures to stand among; None for those of another area."""
        if source.code != self.area.code:
            return None
        if source.level not in self.levels:
            self.levels[source.level] = read_level(source.level, data=self.data)
        return self.levels[source.level]

    def newest(
        self, indicator: Indicator, code: str, source: FigureSource
    ) -> Figure | None:
        """Return another area's figure of the same period, else its newest one."""
        same = self.figures.get((indicator.id, code, source.period))
        known = [f for f in self.histories.get((indicator.id, code), [])
                 if not math.isnan(f.value)]  # fmt: skip
        return same or (known[-1] if known else None)

    def compare(
        self,
        indicator: Indicator,
        source: FigureSource,
        own: Figure,
        level: LevelFigures | None,
    ) -> tuple[Figure | None, Outcome, Group | None]:
        """Return the comparator's figure, the outcome and the counts of a group."""
        if self.comparator is None:
            return None, NO_BENCHMARK, None
        if self.comparator.code:
            there = self.newest(indicator, self.comparator.code, source)
            return there, compare(indicator, source.level, own, there), None
        if level is None:
            reason = STATUSES["inherited"].about
            return None, Outcome(NOT_COMPARED, reason=reason), None
        column = level.columns.get(indicator.id)
        rows = level.rows_of(self.comparator.codes)
        low, high = math.nan, math.nan
        if column is not None and column.period == own.period:
            _, low, high, _ = spread_of(column.value[rows], MIN_GROUP)
        middle = Figure("", own.period, math.nan, low, high, "aggregated")
        outcome = compare_with_middle(indicator, source.level, own, low, high)
        if column is None or outcome.word == NOT_COMPARED:
            return middle, outcome, None
        known = ~np.isnan(column.value[rows])
        higher = int((column.lower[rows] > own.upper).sum())
        lower = int((column.upper[rows] < own.lower).sum())
        falls = indicator.polarity == "lower_is_better"
        better, worse = (lower, higher) if falls else (higher, lower)
        return middle, outcome, Group(better, worse, int(known.sum()))

    def standing(
        self, indicator: Indicator, own: Figure, level: LevelFigures | None
    ) -> Standing:
        """Return where the area stands among those of its level."""
        if level is None:
            return Standing(reason=STATUSES["inherited"].about)
        return find_standing(
            indicator, own, level, self.levels["lad24"], data=self.data
        )

    def trend(
        self,
        indicator: Indicator,
        source: FigureSource,
        own: Figure,
        history: list[Figure],
    ) -> Trend:
        """Return the recent trend up to the period that is shown."""
        if source.code != self.area.code:
            return Trend("", reason=STATUSES["inherited"].about)
        shown = [figure for figure in history if figure.period != own.period]
        return find_trend(indicator, source.level, [*shown, own])


def _record(row: ProfileRow) -> dict[str, object]:
    figure, standing, trend = row.figure, row.standing, row.trend
    beside = {
        name: row.beside[level].value if level in row.beside else math.nan
        for name, level in _BESIDE_NAMES.items()
    }
    benchmark = row.benchmark
    return {
        "indicator_id": row.indicator.id,
        "period": figure.period,
        "value": figure.value,
        "lower_ci": figure.lower,
        "upper_ci": figure.upper,
        "limits": figure.limits,
        "status": figure.status,
        "level": row.level,
        "why": row.why,
        **beside,
        "benchmark": benchmark.value if benchmark else math.nan,
        "benchmark_low": benchmark.lower if benchmark else math.nan,
        "benchmark_high": benchmark.upper if benchmark else math.nan,
        "outcome": row.outcome.word,
        "outcome_reason": row.outcome.reason,
        "better": row.group.better if row.group else None,
        "worse": row.group.worse if row.group else None,
        "compared": row.group.of if row.group else None,
        "minimum": standing.minimum,
        "quarter_low": standing.quarter_low,
        "quarter_high": standing.quarter_high,
        "maximum": standing.maximum,
        "place": standing.place,
        "england_place": standing.england,
        "rank": standing.rank,
        "rank_low": standing.rank_low,
        "rank_high": standing.rank_high,
        "rank_of": standing.of,
        "rank_reason": standing.reason,
        "trend": trend.word,
        "trend_verdict": trend.verdict,
        "trend_reason": trend.reason,
        "trend_first": trend.first,
        "trend_last": trend.last,
    }
