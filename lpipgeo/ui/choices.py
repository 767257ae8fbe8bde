"""What a person is looking at: one selection for all pages."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from lpipgeo.area_index import read_areas
from lpipgeo.comparison import default_codes
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import MAPPED_LEVELS
from lpipgeo.styles import Style

DEFAULT_INDICATOR = "fuel_poverty"
DEFAULT_LEVEL = "lsoa21"
DRAWINGS = {"flat": "Flat", "equal": "Equal area", "3d": "3D"}
ZOOM_LEVELS = ("cauth", "subregion", "utla", "lad24")
HEXAGON_LEVEL = "msoa21"  # the only one for which there are hexagons
OUTLINED_LEVELS = ("msoa21", "ward25", "lad24", "utla", "subregion", "pcon24", "itl3")
COMPARED_AREAS = "compared"  # of a table: those of the comparison set
COMPARE_VIEWS = {
    "overview": "Overview",
    "figure": "One figure",
    "inside": "Inside the areas",
    "two": "Two figures",
    "balance": "Theme balance",
}
DATA_TABS = {
    "table": "Table",
    "own": "Your own figures",
    "area": "An area of your own",
}
TIMERS = {"30": "30 seconds", "60": "1 minute", "120": "2 minutes", "300": "5 minutes"}


class ViewKey(NamedTuple):
    """What one choropleth is made from; the arguments of `loaders.load_choropleth`."""

    indicator: str
    level: str
    period: str
    style: Style
    within: str | None = None
    earlier: str | None = None


@dataclass(frozen=True)
class Selection:
    """What a person is looking at.

    Attributes
    ----------
    indicator, level : ids
    period : ISO interval, or "latest"
    area : code of the selected area, or None
    scheme, classes : class method and number, or None for the record's own
    breaks : inner edges of the classes, for the scheme "own"
    palette : one of `lpipgeo.palettes.PALETTES`
    over_time : "yes" where classes are the same in all periods, or None
    drawing : one of `DRAWINGS`
    outline : level whose areas are outlined and named over the map, or None
    overlays : ids of the overlays drawn above it, in the catalogue's order
    within : code of the larger area that was zoomed to, or None
    only, reclass : "yes" where only the areas within it are drawn, and where classes
        are made from them alone
    together : one of `lpipgeo.ui.second.WAYS`, or None for one figure
    second, second_level, second_period : the other figure; of a change the period is
        the one that it is counted from; None for the newest
    benchmark : what a profile compares with: a level, an area code, "similar", or a
        group as `comparators.write_set` writes it; None for England
    present : place among the slides of a profile, such as "3" or "3.2"; None for the
        page itself
    guess, figures : "yes" where people guess before a figure is revealed, and "all"
        where every figure is presented, or None
    timer : seconds for each slide, one of `TIMERS`, or None
    compare : codes of the compared areas; empty for the sub-regions
    order : indicator by which they are ordered, or None for the order chosen
    shade : "place" where their figures are shaded by place instead of outcome
    figures_of : theme whose figures are compared, or None for a few of each
    against : indicator set against the first, upwards; None for the page's own choice
    weights : of themes and indicators in their balance, as
        `theme_balance.write_weights` gives them; None where all count alike
    pair : ids of two themes that are set against each other, "a,b"; None for the first
        two
    indicators : of a table; empty for the one that is selected
    areas : codes of a table's areas, or (`COMPARED_AREAS`,); empty for all of the level
    inside : code of the larger area in which a table's areas lie, or None for all
    periods : of a table: "latest", "all" or a range such as "2015..2020"
    statuses : only these in a table; empty for all
    shape, sort : "wide", and the column that orders a table, or None
    fill : "yes" where a table gives smaller areas the figures of larger ones, or None
    tab : which of `DATA_TABS` is open, or None for the first
    custom : a custom area as `custom_packing.pack` writes it, or None
    base : period that lines through time are set to 100 at, or None for the figures
    view : which of `COMPARE_VIEWS` is open, or None for the first
    """

    indicator: str = DEFAULT_INDICATOR
    level: str = DEFAULT_LEVEL
    period: str = "latest"
    area: str | None = None
    scheme: str | None = None
    classes: int | None = None
    breaks: tuple[float, ...] = ()
    palette: str = "theme"
    over_time: str | None = None
    drawing: str = "flat"
    outline: str | None = None
    overlays: tuple[str, ...] = ()
    within: str | None = None
    only: str | None = None
    reclass: str | None = None
    together: str | None = None
    second: str | None = None
    second_level: str | None = None
    second_period: str | None = None
    benchmark: str | None = None
    present: str | None = None
    guess: str | None = None
    figures: str | None = None
    timer: str | None = None
    compare: tuple[str, ...] = ()
    order: str | None = None
    shade: str | None = None
    figures_of: str | None = None
    against: str | None = None
    view: str | None = None
    base: str | None = None
    weights: str | None = None
    pair: str | None = None
    indicators: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    inside: str | None = None
    periods: str = "latest"
    statuses: tuple[str, ...] = ()
    shape: str | None = None
    sort: str | None = None
    fill: str | None = None
    tab: str | None = None
    custom: str | None = None

    def parameters(self) -> dict[str, str]:
        """Return the URL's parameters; those at their default are left out."""
        given = {name: getattr(self, name) for name in PARAMETERS}
        given["overlays"] = ",".join(self.overlays) or None
        for name in ("compare", "indicators", "areas", "statuses"):
            given[name] = ",".join(getattr(self, name)) or None
        given["breaks"] = ",".join(f"{edge:g}" for edge in self.breaks) or None
        plain = (None, "latest", "theme", "flat")
        return {n: str(v) for n, v in given.items() if v not in plain}

    @property
    def style(self) -> Style:
        """How values are put into classes and coloured."""
        return Style(
            self.scheme,
            self.classes,
            self.breaks,
            self.palette,
            self.over_time == "yes" or self._shows_two_periods,
            self.reclass == "yes",
        )

    @property
    def _shows_two_periods(self) -> bool:
        """Whether two maps differ in nothing but the period."""
        return self.together == "side_by_side" and (
            (self.second, self.second_level) == (self.indicator, self.level)
        )

    @property
    def earlier(self) -> str | None:
        """The period that changes are counted from, where changes are shown."""
        return self.second_period if self.together == "change" else None

    @property
    def mask(self) -> str | None:
        """The larger area outside which nothing is drawn."""
        return self.within if self.only else None


PARAMETERS = tuple(field.name for field in fields(Selection))


def first_indicator(catalogue: Catalogue, level: str | None = None) -> str:
    """Return the figure that is shown before one is chosen.

    Parameters
    ----------
    level : a level at which it can be shown; None for any
    """
    names = (DEFAULT_INDICATOR, *catalogue.indicators)
    return next(
        name
        for name in names
        if name in catalogue.indicators
        and (usable := usable_levels(catalogue, name))
        and (level is None or level in usable)
    )


def with_usable_indicator(chosen: Selection, catalogue: Catalogue) -> Selection:
    """Return a selection whose figure is not set aside for a damaged file."""
    if chosen.indicator in catalogue.indicators:
        return chosen
    return replace(chosen, indicator=first_indicator(catalogue))


def usable_levels(catalogue: Catalogue, indicator_id: str) -> list[str]:
    """Return the mapped levels at which an indicator can be shown, finest first."""
    return [lv for lv in MAPPED_LEVELS if catalogue.source_level(indicator_id, lv)]


def shown_period(selection: Selection, catalogue: Catalogue) -> str:
    """Return the period of the first figure: "latest" becomes the newest."""
    if selection.period != "latest":
        return selection.period
    return catalogue.latest(selection.indicator, selection.level)


def view_key(selection: Selection, catalogue: Catalogue) -> ViewKey:
    """Return what a choropleth is cached by."""
    return ViewKey(
        selection.indicator,
        selection.level,
        shown_period(selection, catalogue),
        selection.style,
        selection.mask,
        selection.earlier,
    )


def second_key(selection: Selection, catalogue: Catalogue) -> ViewKey:
    """Return what the second figure's choropleth is cached by.

    It has its own record's classes, for breaks of the first would mean nothing for it,
    but the same base; and the same colours where a person chose some.
    """
    indicator = selection.second or selection.indicator
    level = selection.second_level or selection.level
    period = selection.second_period or catalogue.latest(indicator, level)
    same = indicator == selection.indicator
    style = selection.style if same else Style(palette=selection.palette)
    nests = read_areas().codes_within(level, selection.mask) if selection.mask else []
    style = replace(style, from_within=bool(nests) and selection.style.from_within)
    return ViewKey(indicator, level, period, style, selection.mask if nests else None)


def compared_codes(selection: Selection) -> tuple[str, ...]:
    """Return the set's codes; the sub-regions until somebody chose."""
    return selection.compare or default_codes()
