"""What is shown together with the first figure, fitted to what there is.

A second figure is drawn as circles, beside the first, or crossed with it; or the first
is compared with an earlier period of its own. A choice that the data cannot carry
becomes the nearest one that they can, with a sentence.
"""

from __future__ import annotations

from dataclasses import replace

from lpipgeo.change import comparable_periods
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.ui.choices import Selection, shown_period, usable_levels

WAYS = {
    "circles": "Circles above",
    "side_by_side": "Side by side",
    "bivariate": "Two in one",
    "change": "Change",
}
# The first of these that there is, unless a person chose another figure.
_FIRST_CIRCLES = ("claimant_count_rate", "population")
_FIRST_CROSSED = ("no_qualifications", "no_car", "works_from_home")
_CIRCLE_LEVELS = ("lad24", "utla", "subregion", "msoa21", "ward25", "lsoa21", "pcon24")


def circle_levels(catalogue: Catalogue, indicator_id: str) -> list[str]:
    """Return the levels at which circles can show an indicator: those of its own."""
    indicator = catalogue.find(indicator_id)
    own = catalogue.levels(indicator_id)
    return [lv for lv in MAPPED_LEVELS if lv in own and lv not in indicator.bands]


def has_circles(catalogue: Catalogue, indicator_id: str) -> bool:
    """Return whether circles can show an indicator at any level."""
    low = catalogue.find(indicator_id).valid_range[0]
    return low >= 0 and bool(circle_levels(catalogue, indicator_id))


def can_be_crossed(catalogue: Catalogue, indicator_id: str, level: str) -> bool:
    """Return whether an indicator has figures, not bands, for areas of a level."""
    source = catalogue.source_level(indicator_id, level)
    return source == level and level not in catalogue.find(indicator_id).bands


def fit_second(chosen: Selection, catalogue: Catalogue) -> tuple[Selection, list[str]]:
    """Return the selection with a second figure that can be drawn, and what was odd."""
    if chosen.together is None:
        return _without(chosen), []
    if chosen.together == "change":
        return _fit_change(chosen, catalogue)
    fit = {
        "circles": _fit_circles,
        "side_by_side": _fit_side_by_side,
        "bivariate": _fit_bivariate,
    }[chosen.together]
    fitted, notes = fit(chosen, catalogue)
    if fitted.second and fitted.second_level:
        periods = catalogue.periods(fitted.second, fitted.second_level)
        if fitted.second_period not in periods:
            fitted = replace(fitted, second_period=None)
    return fitted, notes


def _without(chosen: Selection) -> Selection:
    return replace(
        chosen, together=None, second=None, second_level=None, second_period=None
    )


def _fit_change(chosen: Selection, catalogue: Catalogue) -> tuple[Selection, list[str]]:
    later = shown_period(chosen, catalogue)
    possible = comparable_periods(chosen.indicator, chosen.level, later)
    chosen = replace(chosen, second=None, second_level=None)
    if not possible:
        title = catalogue.find(chosen.indicator).short_title
        note = f"{title} has no earlier period here that it can be compared with."
        return _without(chosen), [note]
    if chosen.second_period in possible:
        return chosen, []
    return replace(chosen, second_period=possible[0]), []


def _fit_circles(
    chosen: Selection, catalogue: Catalogue
) -> tuple[Selection, list[str]]:
    notes = []
    second = chosen.second
    if second and not has_circles(catalogue, second):
        title = catalogue.find(second).short_title
        notes.append(f"Circles cannot show {title}, so another figure is shown.")
        second = None
    if second is None:
        known = [i for i in _FIRST_CIRCLES if i in catalogue.indicators]
        usable = [*known, *catalogue.indicators]
        second = next((i for i in usable if has_circles(catalogue, i)), None)
    if second is None:
        return _without(chosen), ["There is no figure that circles could show."]
    levels = circle_levels(catalogue, second)
    level = chosen.second_level
    if level not in levels:
        level = next(lv for lv in _CIRCLE_LEVELS if lv in levels)
    return replace(chosen, second=second, second_level=level), notes


def _fit_side_by_side(
    chosen: Selection, catalogue: Catalogue
) -> tuple[Selection, list[str]]:
    second = chosen.second or chosen.indicator
    usable = usable_levels(catalogue, second)
    if not usable:
        title = catalogue.find(second).title
        return _without(chosen), [f"{title} has no data in this installation."]
    level = chosen.second_level
    if level is None:
        # Of the same figure a larger level, so that there is something to compare.
        order = MAPPED_LEVELS.index
        larger = [
            lv for lv in ("lad24", "subregion") if order(lv) > order(chosen.level)
        ]
        wanted = larger if second == chosen.indicator else [chosen.level]
        level = next((lv for lv in wanted if lv in usable), usable[-1])
    if level in usable:
        return replace(chosen, second=second, second_level=level), []
    title = catalogue.find(second).title
    note = f"{title} has no figures for {LEVELS[level].plural_in_text}"
    level = usable[-1]
    note += f"; {LEVELS[level].plural_in_text} are shown."
    return replace(chosen, second=second, second_level=level), [note]


def _fit_bivariate(
    chosen: Selection, catalogue: Catalogue
) -> tuple[Selection, list[str]]:
    level = chosen.level
    first = catalogue.find(chosen.indicator)
    if not can_be_crossed(catalogue, first.id, level):
        plural = LEVELS[level].plural_in_text
        note = (
            f"{first.short_title} has no exact figures for {plural}, so it cannot be "
        )
        note += "crossed with another. The two are shown side by side."
        beside, more = _fit_side_by_side(
            replace(chosen, together="side_by_side"), catalogue
        )
        return beside, [note, *more]
    notes = []
    second = chosen.second
    if second and not can_be_crossed(catalogue, second, level):
        title = catalogue.find(second).short_title
        plural = LEVELS[level].plural_in_text
        notes.append(f"{title} has no exact figures for {plural}; another is shown.")
        second = None
    if second is None:
        known = [i for i in _FIRST_CROSSED if i in catalogue.indicators]
        others = [i for i in (*known, *catalogue.indicators) if i != first.id]
        usable = (i for i in others if can_be_crossed(catalogue, i, level))
        second = next(usable, None)
    if second is None:
        return _without(chosen), ["There is no other figure for these areas."]
    return replace(chosen, second=second, second_level=level), notes
