"""The catalogue: every indicator with its meaning and what data there is for it."""

from __future__ import annotations

import logging
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from lpipgeo.errors import (
    AmbiguousPeriodError,
    DataMissingError,
    MetadataError,
    UnknownIndicatorError,
    UnknownPeriodError,
)
from lpipgeo.levels import LEVELS, find_level
from lpipgeo.metadata import Indicator, Theme, Themes
from lpipgeo.paths import DataFolder, data_dir
from lpipgeo.periods import Period, find_named, period_label
from lpipgeo.record_reading import read_indicator, read_themes
from lpipgeo.store import once_per_folder, open_store

MAX_LISTED_PERIODS = 4
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Catalogue:
    """All indicators, the themes that order them and their coverage.

    Attributes
    ----------
    indicators : dict of id to Indicator, in the order of themes and subthemes
    themes : themes and priorities
    periods_by_level : dict of (indicator id, level id) to ISO periods, oldest first;
        only levels at which some area of the region (or a country) has a value, and
        none that is finer than the indicator's finest
    set_aside : indicators whose record or figures are damaged or missing, by id, with
        what is wrong and how to repair it; they are in none of the others
    """

    indicators: dict[str, Indicator]
    themes: Themes
    periods_by_level: dict[tuple[str, str], tuple[str, ...]]
    set_aside: dict[str, str] = field(default_factory=dict)

    def find(self, indicator_id: str) -> Indicator:
        """Return an indicator.

        Raises
        ------
        DataMissingError : it is set aside, with what is wrong
        UnknownIndicatorError : there is none, with suggestions
        """
        try:
            return self.indicators[indicator_id]
        except KeyError:
            if indicator_id in self.set_aside:
                raise DataMissingError(self.set_aside[indicator_id]) from None
            titles = {i: record.title for i, record in self.indicators.items()}
            raise UnknownIndicatorError(indicator_id, titles) from None

    def theme(self, theme_id: str) -> Theme:
        """Return the theme with this id, which must be one of the themes file."""
        return next(theme for theme in self.themes.themes if theme.id == theme_id)

    @property
    def active(self) -> list[Indicator]:
        """The indicators that are not withdrawn, in shown order."""
        return [i for i in self.indicators.values() if i.state == "active"]

    def of_theme(self, theme_id: str) -> list[Indicator]:
        """Return the active indicators of a theme, in shown order."""
        return [indicator for indicator in self.active if indicator.theme == theme_id]

    def search(
        self,
        text: str = "",
        *,
        theme: str | None = None,
        priority: str | None = None,
        level: str | None = None,
    ) -> list[Indicator]:
        """Return the indicators that fit every condition, in shown order.

        Parameters
        ----------
        text : words that must all stand in the title, definition, reason or publisher
        theme, priority : ids
        level : a level at which the indicator has figures of its own

        Withdrawn indicators are found too, so that people learn why.
        """
        words = text.casefold().split()
        return [
            indicator
            for indicator in self.indicators.values()
            if (theme is None or indicator.theme == theme)
            and (priority is None or priority in indicator.priorities)
            and (level is None or (indicator.id, level) in self.periods_by_level)
            and all(word in _searched(indicator) for word in words)
        ]

    def levels(self, indicator_id: str) -> list[str]:
        """Return the levels with figures of their own, finest first."""
        return [lv for lv in LEVELS if (indicator_id, lv) in self.periods_by_level]

    def source_level(self, indicator_id: str, level: str) -> str | None:
        """Return the level whose figures are drawn at `level`.

        The level itself where it has figures; else the nearest larger level that it
        nests in and that has figures (drawn as inherited), if the record allows that;
        else None.
        """
        record = self.indicators.get(indicator_id)
        may_inherit = record is None or record.inheritable
        larger = find_level(level).nests_in if may_inherit else ()
        for candidate in (level, *larger):
            if (indicator_id, candidate) in self.periods_by_level:
                return candidate
        return None

    def periods(self, indicator_id: str, level: str) -> tuple[str, ...]:
        """Return the ISO periods that can be shown at a level, oldest first.

        Includes those that would be inherited from a larger level.
        """
        source = self.source_level(indicator_id, level)
        return self.periods_by_level[indicator_id, source] if source else ()

    def latest(self, indicator_id: str, level: str) -> str:
        """Return the newest period at a level; raise UnknownPeriodError if none."""
        periods = self.periods(indicator_id, level)
        if not periods:
            raise UnknownPeriodError(
                "latest", hint=f"{indicator_id} has no figures at level {level}."
            )
        return periods[-1]

    def frame(self) -> pd.DataFrame:
        """Return one row per indicator, for reading and filtering.

        Returns
        -------
        DataFrame, key `indicator_id`: title, theme, subtheme, unit, polarity, levels
        (semicolon list, finest first), first_period, last_period, aggregation, state,
        definition, publisher, licence
        """
        rows = []
        for indicator in self.indicators.values():
            levels = self.levels(indicator.id)
            periods = {p for lv in levels for p in self.periods(indicator.id, lv)}
            ordered = sorted(periods, key=Period.parse)
            rows.append(
                {
                    "indicator_id": indicator.id,
                    "title": indicator.title,
                    "theme": indicator.theme,
                    "subtheme": indicator.subtheme,
                    "priorities": ";".join(indicator.priorities),
                    "unit": indicator.unit,
                    "polarity": indicator.polarity,
                    "levels": ";".join(levels),
                    "first_period": ordered[0] if ordered else None,
                    "last_period": ordered[-1] if ordered else None,
                    "aggregation": indicator.aggregation,
                    "state": indicator.state,
                    "definition": indicator.definition,
                    "publisher": "; ".join(
                        dict.fromkeys(s.publisher for s in indicator.sources)
                    ),
                    "licence": indicator.licences,
                }
            )
        return pd.DataFrame(rows)


def _searched(indicator: Indicator) -> str:
    parts = (
        indicator.id,
        indicator.title,
        indicator.short_title,
        indicator.definition,
        indicator.why_it_matters,
        *(source.publisher for source in indicator.sources),
    )
    return " ".join(parts).casefold()


@once_per_folder
def read_catalogue(data: DataFolder = None) -> Catalogue:
    """Return the catalogue of a data folder, read once per process.

    Raises
    ------
    MetadataError : the themes have problems; `lpipgeo check` lists those of records
    DataMissingError : a file is missing that all indicators need
    """
    folder = data_dir(data)
    themes = read_themes(folder / "themes.toml")
    found, set_aside = _read_indicators(folder, themes)
    themes = _without(themes, set_aside)
    order = {
        (theme.id, subtheme.id): (i, j)
        for i, theme in enumerate(themes.themes)
        for j, subtheme in enumerate(theme.subthemes)
    }
    ordered = sorted(found.values(), key=lambda r: (*order[r.theme, r.subtheme], r.id))
    coverage = open_store(folder).table("summaries/coverage.parquet")
    with_values = coverage[coverage["values"] > 0]
    sizes = list(LEVELS)
    periods: dict[tuple[str, str], tuple[str, ...]] = {}
    for (indicator_id, level), group in with_values.groupby(["indicator_id", "level"]):
        record = found.get(str(indicator_id))
        # Unitary districts alone do not make districts a level with figures.
        if record and sizes.index(str(level)) >= sizes.index(record.finest_level):
            ranked = sorted(group["period"], key=Period.parse)
            periods[str(indicator_id), str(level)] = tuple(ranked)
    return Catalogue({r.id: r for r in ordered}, themes, periods, set_aside)


def _read_indicators(
    folder: Path, themes: Themes
) -> tuple[dict[str, Indicator], dict[str, str]]:
    """Return the indicators that can be used, and what is wrong with the others."""
    store = open_store(folder)
    found: dict[str, Indicator] = {}
    set_aside: dict[str, str] = {}
    for path in sorted((folder / "indicators").glob("*.toml")):
        record, problems = read_indicator(path, themes)
        if problems or record is None:
            error = MetadataError("An indicator's record has problems:", problems)
            set_aside[path.stem] = str(error)
            continue
        try:
            if record.state == "active":
                store.path(f"indicators/{record.id}.parquet")
            found[record.id] = record
        except DataMissingError as missing:
            set_aside[record.id] = str(missing)
    for name, why in set_aside.items():
        _log.error("indicator %s is set aside: %s", name, why)
    return found, set_aside


def _without(themes: Themes, set_aside: Container[str]) -> Themes:
    """Return the themes with no word of indicators that are set aside."""
    kept = [
        theme.model_copy(
            update={"overview": tuple(i for i in theme.overview if i not in set_aside)}
        )
        for theme in themes.themes
    ]
    return themes.model_copy(update={"themes": tuple(kept)})


def find_period(
    catalogue: Catalogue, indicator_id: str, level: str, asked: str | int
) -> str:
    """Return the ISO period of the indicator at this level that a text means.

    Parameters
    ----------
    asked : "latest" for the newest; an ISO interval; or what people call a period
        (see `find_named`), where that is one only

    Raises
    ------
    UnknownPeriodError : it means none or several; lists what there is
    """
    text = str(asked)
    if text.strip().casefold() == "latest":
        return catalogue.latest(indicator_id, level)
    periods = catalogue.periods(indicator_id, level)
    found = find_named(text, periods)
    if len(found) == 1:
        return found[0]
    title = catalogue.find(indicator_id).title
    if found:
        raise AmbiguousPeriodError(text, f"periods of {title}", _list_periods(found))
    if not periods:
        hint = f"{title} has no figures for {find_level(level).plural_in_text}."
        raise UnknownPeriodError(text, hint=hint)
    older = len(periods) - MAX_LISTED_PERIODS
    back = f"; and {older} older, from {period_label(periods[0])}" if older > 0 else ""
    listed = _list_periods(periods[-MAX_LISTED_PERIODS:])
    raise UnknownPeriodError(text, hint=f"Periods of {title}: {listed}{back}.")


def _list_periods(periods: Sequence[str]) -> str:
    named = [f"{period_label(iso)} ({iso})" for iso in periods[:MAX_LISTED_PERIODS]]
    left = len(periods) - len(named)
    return f"{', '.join(named)} and {left} more" if left else ", ".join(named)
