"""Fit a selection to the data: what cannot be drawn becomes what is nearest to it."""

from __future__ import annotations

from dataclasses import replace

from lpipgeo.area_index import AreaIndex, read_areas
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.ui.choices import (
    HEXAGON_LEVEL,
    Selection,
    first_indicator,
    usable_levels,
    with_usable_indicator,
)
from lpipgeo.ui.second import fit_second


def fit(chosen: Selection, catalogue: Catalogue) -> tuple[Selection, list[str]]:
    """Return a selection that can be drawn, and a sentence on each thing changed."""
    chosen, notes = fit_level(with_usable_indicator(chosen, catalogue), catalogue)
    if chosen.period not in catalogue.periods(chosen.indicator, chosen.level):
        chosen = replace(chosen, period="latest")
    chosen, more = _fit_within(_fit_drawing(chosen), read_areas())
    chosen, others = fit_second(chosen, catalogue)
    return chosen, [*notes, *more, *others]


def _fit_within(chosen: Selection, index: AreaIndex) -> tuple[Selection, list[str]]:
    """Draw everything where areas of the level do not lie in the larger area."""
    if not chosen.within:
        return replace(chosen, only=None, reclass=None), []
    if not chosen.only:
        return replace(chosen, reclass=None), []
    if index.codes_within(chosen.level, chosen.within):
        return chosen, []
    plural = LEVELS[chosen.level].plural
    note = (
        f"{plural} do not lie as a whole within {index.find(chosen.within).name}, so "
    )
    return replace(chosen, only=None, reclass=None), [f"{note}all are drawn."]


def fit_level(chosen: Selection, catalogue: Catalogue) -> tuple[Selection, list[str]]:
    """Move to a level that the indicator can be shown at."""
    if catalogue.source_level(chosen.indicator, chosen.level):
        return chosen, []
    usable = usable_levels(catalogue, chosen.indicator)
    if not usable:
        title = catalogue.find(chosen.indicator).title
        note = f"{title} has no data in this installation."
        return replace(chosen, indicator=first_indicator(catalogue)), [note]
    order = MAPPED_LEVELS.index
    larger = [lv for lv in usable if order(lv) > order(chosen.level)]
    level = larger[0] if larger else usable[-1]
    note = (
        f"{catalogue.find(chosen.indicator).title} has no figures for "
        f"{LEVELS[chosen.level].plural_in_text}; "
        f"{LEVELS[level].plural_in_text} are shown."
    )
    return replace(chosen, level=level, period="latest"), [note]


def say_left_out(chosen: Selection) -> list[str]:
    """Return the sentence on overlays that were chosen but are not drawn."""
    if chosen.drawing == "flat" or not (chosen.overlays or chosen.outline):
        return []
    return ["Overlays are drawn on the flat map only."]


def _fit_drawing(chosen: Selection) -> Selection:
    """Draw flat where there are no hexagons."""
    if chosen.drawing == "equal" and chosen.level != HEXAGON_LEVEL:
        return replace(chosen, drawing="flat")
    return chosen
