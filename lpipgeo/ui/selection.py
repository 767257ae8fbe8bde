"""One selection for all pages: area, indicator, level, period, classes.

It is kept in the session, mirrored in the URL, and read from a pasted URL. What
comes from a URL or a click is checked: an odd value falls back to the default with
a sentence that says so, and the rest of the selection is kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import streamlit as st

from lpipgeo.area_index import AreaIndex, plain_code, read_areas
from lpipgeo.choropleth import Style
from lpipgeo.classify import MAX_CLASSES, MIN_CLASSES, SCHEMES
from lpipgeo.errors import (
    ClassificationError,
    LpipgeoError,
    UnknownAreaError,
    explain_unknown,
    shorten,
)
from lpipgeo.indicator_catalogue import Catalogue, find_period, read_catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.palettes import PALETTES

DEFAULT_INDICATOR = "fuel_poverty"
DEFAULT_LEVEL = "lsoa21"
DRAWINGS = {"flat": "Flat", "equal": "Equal area", "3d": "3D"}
HEXAGON_LEVEL = "msoa21"  # the only one for which there are hexagons
OUTLINED_LEVELS = ("msoa21", "ward25", "lad24", "utla", "subregion", "pcon24", "itl3")
PARAMETERS = (
    "indicator",
    "level",
    "period",
    "area",
    "scheme",
    "classes",
    "breaks",
    "palette",
    "over_time",
    "drawing",
    "outline",
    "overlays",
)
_ALIASES = {"overlay": "overlays"}  # what people write, and what it means


_READ = (*PARAMETERS, *_ALIASES)


def _names_of(levels: Iterable[str]) -> dict[str, str]:
    return {level: LEVELS[level].plural for level in levels}


# Parameter, the words that it may be with their names, and what it is called.
_WORDS: tuple[tuple[str, Mapping[str, str], str], ...] = (
    ("drawing", DRAWINGS, "drawing"),
    ("outline", _names_of(OUTLINED_LEVELS), "level to outline"),
    ("scheme", SCHEMES, "class method"),
    ("palette", PALETTES, "colours"),
    ("over_time", {"yes": "Yes"}, "answer for the same classes in all periods"),
)
_STATE, _WRITTEN, _NOTES = "selection", "selection_written", "selection_notes"
_LEVEL = "selection_wished_level"
_FIND_A_PLACE = "Find a place by its name or postcode."


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

    def parameters(self) -> dict[str, str]:
        """Return the URL's parameters; those at their default are left out."""
        given = {name: getattr(self, name) for name in PARAMETERS}
        given["overlays"] = ",".join(self.overlays) or None
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
            self.over_time == "yes",
        )


def parse_selection(
    given: dict[str, str], kept: Selection, catalogue: Catalogue, index: AreaIndex
) -> tuple[Selection, list[str]]:
    """Return the selection that a URL means, and a sentence for each odd value.

    Parameters
    ----------
    given : the URL's parameters; unknown ones are ignored
    kept : the selection that holds where the URL says nothing
    """
    given = {_ALIASES.get(name, name): value for name, value in given.items()}
    notes: list[str] = []
    chosen = kept
    if "indicator" in given:
        try:
            indicator = catalogue.find(given["indicator"])
            chosen = replace(chosen, indicator=indicator.id, period="latest")
        except LpipgeoError as error:
            notes.append(f"{error} Shown instead: {_title(catalogue, chosen)}.")
    if "level" in given:
        if given["level"] in MAPPED_LEVELS:
            chosen = replace(chosen, level=given["level"])
        else:
            names = _names_of(MAPPED_LEVELS)
            notes.append(explain_unknown("level", given["level"], names))
    chosen, more = _fit_level(chosen, catalogue)
    notes += more
    if "period" in given:
        try:
            period = find_period(
                catalogue, chosen.indicator, chosen.level, given["period"]
            )
            chosen = replace(chosen, period=period)
        except LpipgeoError as error:
            chosen = replace(chosen, period="latest")
            notes.append(f"{error} The newest one is shown.")
    if "area" in given:
        chosen, more = _parse_area(given["area"], chosen, index)
        notes += more
    chosen, more = _parse_words(given, chosen)
    notes += more
    if chosen.drawing == "equal" and chosen.level != HEXAGON_LEVEL:
        notes.append("The equal-area drawing is of MSOAs only, so the map is flat.")
    return _parse_classes(given, chosen, notes)


def _parse_words(
    given: dict[str, str], chosen: Selection
) -> tuple[Selection, list[str]]:
    """Read the parameters that are one of a few words, and the overlays."""
    notes = []
    for name, known, what in _WORDS:
        if name not in given:
            continue
        if given[name] in known:
            word: dict[str, Any] = {name: given[name]}
            chosen = replace(chosen, **word)
        else:
            notes.append(explain_unknown(what, given[name], known))
    if "overlays" in given:
        titles = {name: record.title for name, record in read_overlays().items()}
        wanted = [name for name in given["overlays"].split(",") if name]
        notes += [
            explain_unknown("overlay", name, titles)
            for name in wanted
            if name not in titles
        ]
        chosen = replace(chosen, overlays=tuple(n for n in titles if n in wanted))
    return chosen, notes


def _title(catalogue: Catalogue, selection: Selection) -> str:
    return catalogue.find(selection.indicator).title


def _fit_level(chosen: Selection, catalogue: Catalogue) -> tuple[Selection, list[str]]:
    """Move to a level that the indicator can be shown at."""
    if catalogue.source_level(chosen.indicator, chosen.level):
        return chosen, []
    usable = usable_levels(catalogue, chosen.indicator)
    if not usable:
        return replace(chosen, indicator=DEFAULT_INDICATOR), [
            f"{_title(catalogue, chosen)} has no data in this installation."
        ]
    order = MAPPED_LEVELS.index
    larger = [lv for lv in usable if order(lv) > order(chosen.level)]
    level = larger[0] if larger else usable[-1]
    note = (
        f"{_title(catalogue, chosen)} has no figures for "
        f"{LEVELS[chosen.level].plural_in_text}; "
        f"{LEVELS[level].plural_in_text} are shown."
    )
    return replace(chosen, level=level, period="latest"), [note]


def usable_levels(catalogue: Catalogue, indicator_id: str) -> list[str]:
    """Return the mapped levels at which an indicator can be shown, finest first."""
    return [lv for lv in MAPPED_LEVELS if catalogue.source_level(indicator_id, lv)]


def _parse_area(
    code: str, chosen: Selection, index: AreaIndex
) -> tuple[Selection, list[str]]:
    try:
        area = index.find(code)
    except UnknownAreaError as error:
        successors = index.successors(code)
        new = [c for c in successors if index.by_code[c].in_region]
        if new:
            shown = "it" if len(successors) == 1 else index.by_code[new[0]].name
            today = index.todays_areas(code)
            note = (
                f"{plain_code(code)} is an old code. {today[0].upper()}{today[1:]}; "
                f"{shown} is shown."
            )
            return replace(chosen, area=new[0]), [note]
        way_on = "" if successors or error.suggestions else f" {_FIND_A_PLACE}"
        return replace(chosen, area=None), [f"{error}{way_on}"]
    if not area.in_region:
        note = f"{area.name} is outside the West Midlands region, so it is not shown."
        return replace(chosen, area=None), [note]
    return replace(chosen, area=area.code), []


def _parse_classes(
    given: dict[str, str], chosen: Selection, notes: list[str]
) -> tuple[Selection, list[str]]:
    if "breaks" in given:
        try:
            breaks = parse_breaks(given["breaks"])
            chosen = replace(chosen, scheme="own", breaks=breaks)
        except ClassificationError as error:
            notes.append(str(error))
    if "classes" in given:
        text = given["classes"]
        if text in [str(k) for k in range(MIN_CLASSES, MAX_CLASSES + 1)]:
            chosen = replace(chosen, classes=int(text))
        else:
            notes.append(
                f"A map has {MIN_CLASSES} to {MAX_CLASSES} classes, not "
                f"{shorten(text)!r}."
            )
    return chosen, notes


def parse_breaks(text: str) -> tuple[float, ...]:
    """Return breaks from a text such as "10, 20, 30".

    Raises
    ------
    ClassificationError : not 2 to 8 rising numbers
    """
    parts = [part.strip() for part in re.split("[,;]", text) if part.strip()]
    try:
        breaks = tuple(float(part) for part in parts)
    except ValueError:
        breaks = ()
    rises = all(low < high for low, high in pairwise(breaks))
    finite = all(math.isfinite(edge) for edge in breaks)
    if not (MIN_CLASSES - 1 <= len(breaks) <= MAX_CLASSES - 1 and rises and finite):
        raise ClassificationError(
            f"{shorten(text)!r} are not breaks. Write {MIN_CLASSES - 1} to "
            f"{MAX_CLASSES - 1} rising numbers with commas between, such as 10, 20, 30."
        )
    return breaks


def current() -> Selection:
    """Return the session's selection; a pasted URL is read first."""
    given = {k: v for k, v in st.query_params.items() if k in _READ}
    kept = st.session_state.get(_STATE, Selection())
    if given != st.session_state.get(_WRITTEN) and given:
        kept, notes = parse_selection(given, kept, read_catalogue(), read_areas())
        st.session_state[_NOTES] = [note[:800] for note in notes]
    fitted, notes = _fit_level(kept, read_catalogue())
    fitted = _fit_drawing(fitted)
    st.session_state[_STATE] = fitted
    return fitted


def change(**choices: Any) -> None:
    """Change the selection; a period that the new choice lacks becomes the latest.

    A new indicator is shown at the level that the person last chose if it has figures
    of its own there, else at its finest level above that one.
    """
    catalogue = read_catalogue()
    before = st.session_state.get(_STATE, Selection())
    chosen = replace(before, **choices)
    if "level" in choices:
        st.session_state[_LEVEL] = chosen.level
    elif "indicator" in choices:
        chosen = _without_breaks(chosen)
        wished = st.session_state.get(_LEVEL, chosen.level)
        st.session_state[_LEVEL] = wished
        level = catalogue.source_level(chosen.indicator, wished)
        chosen = replace(chosen, level=level if level in MAPPED_LEVELS else wished)
    if "drawing" in choices and "equal" in (before.drawing, chosen.drawing):
        wished = st.session_state.setdefault(_LEVEL, before.level)
        level = HEXAGON_LEVEL if chosen.drawing == "equal" else wished
        chosen = replace(chosen, level=level)
    chosen, notes = _fit_level(chosen, catalogue)
    chosen = _fit_drawing(chosen)
    if chosen.period not in catalogue.periods(chosen.indicator, chosen.level):
        chosen = replace(chosen, period="latest")
    st.session_state[_STATE] = chosen
    st.session_state[_NOTES] = notes


def _fit_drawing(chosen: Selection) -> Selection:
    """Draw flat where there are no hexagons."""
    if chosen.drawing == "equal" and chosen.level != HEXAGON_LEVEL:
        return replace(chosen, drawing="flat")
    return chosen


def _without_breaks(chosen: Selection) -> Selection:
    """Drop breaks that were chosen for another indicator."""
    if chosen.scheme != "own":
        return chosen
    return replace(chosen, scheme=None, breaks=())


def notes() -> list[str]:
    """Return the sentences about what was odd in the last choice or URL."""
    return list(st.session_state.get(_NOTES, ()))


def write_url() -> None:
    """Mirror the selection in the URL, once it differs."""
    wanted = st.session_state[_STATE].parameters()
    if {k: v for k, v in st.query_params.items() if k in _READ} != wanted:
        others = {k: v for k, v in st.query_params.items() if k not in _READ}
        st.query_params.from_dict({**others, **wanted})
    st.session_state[_WRITTEN] = wanted


def view_key(selection: Selection, catalogue: Catalogue) -> tuple[str, str, str, Style]:
    """Return what a choropleth is cached by; "latest" becomes the newest period."""
    period = selection.period
    if period == "latest":
        period = catalogue.latest(selection.indicator, selection.level)
    return selection.indicator, selection.level, period, selection.style
