"""Read a selection from a URL: an odd value gets a sentence, the rest stays."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

from lpipgeo.area_index import AreaIndex, plain_code
from lpipgeo.classify import MAX_CLASSES, MIN_CLASSES, SCHEMES
from lpipgeo.comparators import DEFAULT, SIMILAR, write_set
from lpipgeo.comparison import MAX_AREAS
from lpipgeo.custom_packing import pack, unpack
from lpipgeo.errors import (
    ClassificationError,
    LpipgeoError,
    UnknownAreaError,
    shorten,
)
from lpipgeo.indicator_catalogue import Catalogue, find_period
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.palettes import PALETTES
from lpipgeo.periods import Period
from lpipgeo.slides import Place
from lpipgeo.theme_balance import parse_weights, write_weights
from lpipgeo.ui.choices import (
    COMPARE_VIEWS,
    DATA_TABS,
    DRAWINGS,
    HEXAGON_LEVEL,
    OUTLINED_LEVELS,
    PARAMETERS,
    TIMERS,
    ZOOM_LEVELS,
    Selection,
    with_usable_indicator,
)
from lpipgeo.ui.fitting import fit_level, say_left_out
from lpipgeo.ui.odd_values import say_odd_word, say_unknown
from lpipgeo.ui.second import WAYS
from lpipgeo.ui.table_choice import parse_table
from lpipgeo.wide_table import SHAPES

_ALIASES = {"overlay": "overlays"}  # what people write, and what it means
READ = (*PARAMETERS, *_ALIASES)
_FIND_A_PLACE = "Find a place by its name or postcode."
_YES = {"yes": "Yes"}


def _names_of(levels: Iterable[str]) -> dict[str, str]:
    return {level: LEVELS[level].plural for level in levels}


# Parameter, the words that it may be with their names, and what it is called.
_WORDS: tuple[tuple[str, Mapping[str, str], str], ...] = (
    ("drawing", DRAWINGS, "drawing"),
    ("outline", _names_of(OUTLINED_LEVELS), "level to outline"),
    ("scheme", SCHEMES, "class method"),
    ("palette", PALETTES, "choice of colours"),
    ("over_time", _YES, "answer to “same classes in all periods”"),
    ("only", _YES, "answer to “only this area”"),
    ("reclass", _YES, "answer to “classes from this area”"),
    ("together", WAYS, "way to show two figures"),
    ("guess", _YES, "answer to “guess first”"),
    ("figures", {"all": "Every figure"}, "choice of figures to present"),
    ("timer", TIMERS, "timer"),
    ("shade", {"place": "Place among areas"}, "shading"),
    ("view", COMPARE_VIEWS, "view of a comparison"),
    ("shape", SHAPES, "shape of a table"),
    ("fill", _YES, "answer to “figures of larger areas”"),
    ("tab", DATA_TABS, "part of the page"),
)


def _say_odd_level(text: str, kept: str) -> str:
    return say_odd_word(text, "level", _names_of(MAPPED_LEVELS), kept)


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
    chosen = with_usable_indicator(kept, catalogue)
    if "indicator" in given:
        try:
            indicator = catalogue.find(given["indicator"])
            chosen = replace(chosen, indicator=indicator.id, period="latest")
        except LpipgeoError as error:
            shown = f"Shown instead: {catalogue.find(chosen.indicator).title}."
            notes.append(say_unknown(error, shown))
    if "level" in given:
        if given["level"] in MAPPED_LEVELS:
            chosen = replace(chosen, level=given["level"])
        else:
            notes.append(_say_odd_level(given["level"], chosen.level))
    chosen, more = fit_level(chosen, catalogue)
    notes += more
    if "period" in given:
        try:
            period = find_period(
                catalogue, chosen.indicator, chosen.level, given["period"]
            )
            chosen = replace(chosen, period=period)
        except LpipgeoError as error:
            chosen = replace(chosen, period="latest")
            notes.append(say_unknown(error, "The newest one is shown."))
    if "area" in given:
        chosen, more = _parse_area(given["area"], chosen, index)
        notes += more
    chosen, more = _parse_words(given, chosen)
    notes += more
    chosen, more = _parse_within(given, chosen, index)
    notes += more
    chosen, more = _parse_second(given, chosen, catalogue)
    notes += more
    chosen, more = _parse_benchmark(given, chosen, index)
    notes += more
    chosen, more = _parse_present(given, chosen)
    notes += more
    chosen, more = _parse_compared(given, chosen, catalogue, index)
    notes += more
    chosen, more = parse_table(given, chosen, catalogue, index)
    notes += more
    chosen, more = _parse_custom(given, chosen)
    notes += more
    if chosen.drawing == "equal" and chosen.level != HEXAGON_LEVEL:
        notes.append("The equal-area drawing is of MSOAs only, so the map is flat.")
    else:
        notes += say_left_out(chosen)
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
            kept = getattr(chosen, name)
            notes.append(say_odd_word(given[name], what, known, kept))
    if "overlays" in given:
        titles = {name: record.title for name, record in read_overlays().items()}
        wanted = [name for name in given["overlays"].split(",") if name]
        notes += [
            say_odd_word(name, "overlay", titles)
            for name in wanted
            if name not in titles
        ]
        chosen = replace(chosen, overlays=tuple(n for n in titles if n in wanted))
    return chosen, notes


def _parse_within(
    given: dict[str, str], chosen: Selection, index: AreaIndex
) -> tuple[Selection, list[str]]:
    if "within" not in given:
        return chosen, []
    area = index.by_code.get(plain_code(given["within"]))
    if area is None or not area.in_region or not set(area.levels) & set(ZOOM_LEVELS):
        text = shorten(given["within"])
        note = f"{text!r} is no district or larger area of the region, so all is shown."
        return replace(chosen, within=None), [note]
    return replace(chosen, within=area.code), []


def _parse_second(
    given: dict[str, str], chosen: Selection, catalogue: Catalogue
) -> tuple[Selection, list[str]]:
    """Read the second figure; whether it can be drawn is for `fit_second`."""
    notes = []
    if "second" in given:
        try:
            chosen = replace(chosen, second=catalogue.find(given["second"]).id)
        except LpipgeoError as error:
            shown = "Another figure is shown beside the first."
            notes.append(say_unknown(error, shown))
    if given.get("second_level") in MAPPED_LEVELS:
        chosen = replace(chosen, second_level=given["second_level"])
    elif "second_level" in given:
        kept = chosen.second_level or chosen.level
        notes.append(_say_odd_level(given["second_level"], kept))
    if "second_period" in given:
        indicator = chosen.second or chosen.indicator
        level = chosen.second_level or chosen.level
        try:
            text = given["second_period"]
            period = find_period(catalogue, indicator, level, text)
            chosen = replace(chosen, second_period=period)
        except LpipgeoError as error:
            notes.append(say_unknown(error, "Another one is shown."))
    return chosen, notes


def _parse_benchmark(
    given: dict[str, str], chosen: Selection, index: AreaIndex
) -> tuple[Selection, list[str]]:
    """Read what a profile compares with; whether an area has it is for the page."""
    if "benchmark" not in given:
        return chosen, []
    text = given["benchmark"].strip()
    if text.lower() in (*LEVELS, SIMILAR):
        choice = text.lower()
        return replace(chosen, benchmark=None if choice == DEFAULT else choice), []
    codes = [plain_code(code) for code in text.split(",") if code.strip()]
    unknown = [code for code in codes if code not in index.by_code]
    if unknown or not codes:
        odd = shorten(unknown[0] if len(codes) > 1 else text)
        note = f"{odd!r} is nothing to compare with. England is the benchmark."
        return replace(chosen, benchmark=None), [note]
    return replace(chosen, benchmark=write_set(codes)), []


def _parse_present(
    given: dict[str, str], chosen: Selection
) -> tuple[Selection, list[str]]:
    """Read the place among the slides; a slide that is not there is for the page."""
    if "present" not in given:
        return chosen, []
    place = Place.parse(given["present"])
    if place is not None:
        return replace(chosen, present=str(place)), []
    text = shorten(given["present"])
    note = f"{text!r} is no screen to present. Write a number such as 3; it is now 1."
    return replace(chosen, present="1"), [note]


def _parse_compared(
    given: dict[str, str], chosen: Selection, catalogue: Catalogue, index: AreaIndex
) -> tuple[Selection, list[str]]:
    """Read the compared areas and which of their figures are shown, in which order."""
    notes: list[str] = []
    if "compare" in given:
        codes = []
        for text in filter(None, given["compare"].split(",")):
            try:
                codes.append(index.find(text).code)
            except LpipgeoError as error:
                notes.append(say_unknown(error, "It is left out."))
        codes = list(dict.fromkeys(codes))
        if len(codes) > MAX_AREAS:
            notes.append(f"Up to {MAX_AREAS} areas are compared; the first are shown.")
        chosen = replace(chosen, compare=tuple(codes[:MAX_AREAS]))
    for name, instead in (
        ("order", "The areas stand in the order chosen."),
        ("against", "Another figure is set against the first."),
    ):
        if name not in given:
            continue
        try:
            found: dict[str, Any] = {name: catalogue.find(given[name]).id}
            chosen = replace(chosen, **found)
        except LpipgeoError as error:
            notes.append(say_unknown(error, instead))
    if "weights" in given:
        try:
            weights = write_weights(parse_weights(given["weights"], catalogue))
            chosen = replace(chosen, weights=weights)
        except LpipgeoError:
            text = shorten(given["weights"])
            notes.append(
                f"{text!r} are no weights. All themes and figures count alike."
            )
    if "base" in given:
        try:
            chosen = replace(chosen, base=str(Period.parse(given["base"])))
        except LpipgeoError:
            text = shorten(given["base"])
            notes.append(f"{text!r} is no period, so the figures themselves are shown.")
    if "pair" in given:
        themes = [theme for theme in catalogue.themes.themes if theme.overview]
        pairs = {
            f"{a.id},{b.id}": f"{a.name} and {b.name.lower()}"
            for a, b in combinations(themes, 2)
        }
        if given["pair"] in pairs:
            chosen = replace(chosen, pair=given["pair"])
        else:
            notes.append(say_odd_word(given["pair"], "pair of themes", pairs))
    if "figures_of" in given:
        names = catalogue.themes.names
        if given["figures_of"] in names:
            chosen = replace(chosen, figures_of=given["figures_of"])
        else:
            text = given["figures_of"]
            notes.append(say_odd_word(text, "theme", names, chosen.figures_of))
    return chosen, notes


def _parse_custom(
    given: dict[str, str], chosen: Selection
) -> tuple[Selection, list[str]]:
    """Read the custom area; whether it is large enough for figures is for the page."""
    if "custom" not in given:
        return chosen, []
    try:
        return replace(chosen, custom=pack(unpack(given["custom"]))), []
    except LpipgeoError as error:
        return replace(chosen, custom=None), [str(error)]


def _parse_area(
    code: str, chosen: Selection, index: AreaIndex
) -> tuple[Selection, list[str]]:
    try:
        area = index.find(code)
    except UnknownAreaError as error:
        successors = index.successors(code)
        new = [c for c in successors if index.by_code[c].in_region]
        if new:
            shown = "It" if len(successors) == 1 else index.by_code[new[0]].name
            note = say_unknown(error, f"{shown} is shown.")
            return replace(chosen, area=new[0]), [note]
        note = say_unknown(error, "No area is chosen.")
        way_on = "" if successors or error.suggestions else f" {_FIND_A_PLACE}"
        return replace(chosen, area=None), [f"{note}{way_on}"]
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
