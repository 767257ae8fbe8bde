"""Which table a person asks for: read from the address, and said as a query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from lpipgeo.area_index import AreaIndex, read_areas
from lpipgeo.errors import LpipgeoError, SelectionError, join_words, shorten
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.periods import find_range
from lpipgeo.search import search_places
from lpipgeo.statuses import find_status
from lpipgeo.table_query import TableQuery
from lpipgeo.ui.choices import COMPARED_AREAS, Selection, compared_codes
from lpipgeo.ui.odd_values import say_odd, say_unknown

MAX_LISTED = 400  # codes; an address with more is too long for many programs
# Between places; a space only where a code ends, for postcodes have one inside.
_SEPARATORS = re.compile(r"[,;\n\t]+|(?<=\b[A-Za-z]\d{8}) +")
_COLUMN = re.compile(r"-?\w{1,120}", re.ASCII)
_NAMED = 5  # of what was not found


def query_of(selection: Selection) -> TableQuery:
    """Return what the selection asks for."""
    codes = selection.areas
    if codes == (COMPARED_AREAS,):
        codes = compared_codes(selection)
    return TableQuery(
        indicator=selection.indicators or (selection.indicator,),
        level=None if codes else selection.level,
        area=codes,
        within=None if codes else selection.inside,
        period=(selection.periods,),
        status=selection.statuses,
        shape=selection.shape or "long",
        sort=selection.sort,
        inherit=selection.fill == "yes",
    )


def parse_table(
    given: Mapping[str, str], chosen: Selection, catalogue: Catalogue, index: AreaIndex
) -> tuple[Selection, list[str]]:
    """Read the parameters of a table; each odd one gets a sentence."""
    notes: list[str] = []
    if "indicators" in given:
        found, more = _known(given["indicators"], lambda n: catalogue.find(n).id)
        chosen, notes = replace(chosen, indicators=found), notes + more
    if "statuses" in given:
        found, more = _known(given["statuses"], lambda n: find_status(n).id)
        chosen, notes = replace(chosen, statuses=found), notes + more
    if "areas" in given:
        if given["areas"] == COMPARED_AREAS:
            chosen = replace(chosen, areas=(COMPARED_AREAS,))
        else:
            found, more = _known(given["areas"], lambda n: index.find(n).code)
            chosen, notes = replace(chosen, areas=found[:MAX_LISTED]), notes + more
    if "inside" in given:
        try:
            chosen = replace(chosen, inside=index.find(given["inside"]).code)
        except LpipgeoError as error:
            shown = "All areas of the level are in the table."
            notes.append(say_unknown(error, shown))
    if "periods" in given:
        text = given["periods"]
        try:
            if text not in ("latest", "all"):
                find_range(text if ".." in text else f"{text}..{text}", ())
            chosen = replace(chosen, periods=text)
        except LpipgeoError:
            shown = "The newest figures are in the table."
            what = "year or range of years, such as 2015..2020"
            notes.append(say_odd(text, what, shown))
    if "sort" in given:
        if _COLUMN.fullmatch(given["sort"]):
            chosen = replace(chosen, sort=given["sort"])
        else:
            shown = "The rows are in order of code."
            notes.append(say_odd(given["sort"], "column of a table", shown))
    return chosen, notes


def _known(text: str, find: Callable[[str], str]) -> tuple[tuple[str, ...], list[str]]:
    """Return what of a list is known, each once, and a sentence for each other."""
    found, notes = [], []
    for part in filter(None, (one.strip() for one in text.split(","))):
        try:
            found.append(find(part))
        except LpipgeoError as error:
            notes.append(say_unknown(error, "It is left out."))
    return tuple(dict.fromkeys(found)), notes


@dataclass(frozen=True)
class Pasted:
    """What a pasted list of places means.

    Attributes
    ----------
    codes : of the areas found, each once, in the list's order
    notes : sentences on what was read as something else, or not found
    """

    codes: tuple[str, ...]
    notes: tuple[str, ...]


def read_pasted(text: str) -> Pasted:
    """Return the areas that a pasted list of codes or postcodes means.

    A postcode stands for the neighbourhood in which it lies, an old code for its one
    successor; one that was split is named with its successors and left out.

    Raises
    ------
    SelectionError : more than `MAX_LISTED` places
    """
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    if len(parts) > MAX_LISTED:
        raise SelectionError(
            f"The list has {len(parts):,} places; up to {MAX_LISTED} fit here. Choose "
            "all areas inside a larger one, or use the command line with --area."
        )
    index = read_areas()
    codes: list[str] = []
    moved: list[str] = []
    unknown: list[str] = []
    for part in parts:
        code, note = _read_place(part, index)
        if code is None:
            unknown.append(note)
        else:
            codes.append(code)
            moved += [note] if note else []
    notes = [*_some(moved), *_some(unknown)]
    return Pasted(tuple(dict.fromkeys(codes)), tuple(notes))


def _read_place(part: str, index: AreaIndex) -> tuple[str | None, str]:
    """Return the code that a text means with a remark, or None with the reason."""
    try:
        return index.find(part).code, ""
    except LpipgeoError:
        new = index.successors(part)
    if len(new) == 1:
        return new[0], f"{part} is an old code; {new[0]} stands for it."
    if new:
        return None, f"{part} is an old code that was split into {join_words(new)}."
    result = search_places(part)
    if result.is_exact:
        area = result.hits[0].area
        kind = LEVELS[area.level].in_text
        return area.code, f"{part} lies in the {kind} {area.name} ({area.code})."
    return None, f"{shorten(part)!r} is no area code or postcode of the region."


def _some(sentences: Iterable[str]) -> list[str]:
    """Return the first sentences, and how many more there are."""
    every = list(sentences)
    more = len(every) - _NAMED
    return every[:_NAMED] + ([f"And {more:,} more like these."] if more > 0 else [])
