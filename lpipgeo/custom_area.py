"""Custom areas: neighbourhoods that somebody put together and gave a name.

They are given as codes or postcodes; `custom_ground` finds those of an outline or
around a place. Only whole neighbourhoods of the region can be taken, for official
figures know nothing smaller.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lpipgeo.area_index import AreaIndex, find_postcodes, plain_code, read_areas
from lpipgeo.errors import SelectionError, join_words, shorten
from lpipgeo.levels import LEVELS
from lpipgeo.paths import DataFolder

NEIGHBOURHOOD = "lsoa21"
MIN_NEIGHBOURHOODS = 2
MIN_RESIDENTS = 3_000
MAX_NEIGHBOURHOODS = 1_500
MAX_NAME = 80
MAX_TEXT = 100_000  # letters that are read of what somebody pastes
UNNAMED = "Custom area"
WHY_NOT_SMALLER = (
    "Figures of fewer people say more about chance than about the place, and could "
    "point to single households."
)
_LARGER = ("msoa21", "ward25", "lad24", "utla", "subregion", "cauth")
_MAX_LISTED = 5
# A postcode with or without its space, or anything between spaces and separators.
_TOKENS = re.compile(
    r"(?<![A-Z0-9])(?P<postcode>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?![A-Z0-9])"
    r"|(?P<code>[^\s,;|\"']+)"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """Chosen neighbourhoods with a name, whether or not they are enough for figures.

    Attributes
    ----------
    name : as given, at most `MAX_NAME` letters
    codes : of neighbourhoods (LSOA 2021) of the region, sorted, each once
    """

    name: str = UNNAMED
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomArea:
    """A named area of whole neighbourhoods, large enough for figures.

    Attributes
    ----------
    name, codes : see `Draft`
    residents : Census 2021
    area_km2 : ground in square kilometres
    districts : code, name and number of chosen neighbourhoods of each district that
        it lies in, most neighbourhoods first
    """

    name: str
    codes: tuple[str, ...]
    residents: int
    area_km2: float
    districts: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Neighbourhoods that were found in a text, and sentences on the rest."""

    codes: tuple[str, ...]
    notes: tuple[str, ...] = ()


def plain_name(text: str) -> str:
    """Return a name on one line and not too long; `UNNAMED` where nothing is left."""
    printable = "".join(c if c.isprintable() else " " for c in text[: 4 * MAX_NAME])
    return " ".join(printable.split())[:MAX_NAME].strip() or UNNAMED


def make_draft(
    codes: Iterable[str], name: str = UNNAMED, *, data: DataFolder = None
) -> Draft:
    """Return neighbourhoods by name and sorted code.

    Raises
    ------
    UnknownAreaError : a code is not known, or is an old one
    SelectionError : a code is no neighbourhood of the region, or there are too many
    """
    index = read_areas(data)
    areas = {area.code: area for area in map(index.find, codes)}
    for area in areas.values():
        if area.level != NEIGHBOURHOOD or not area.in_region:
            raise SelectionError(
                f"{area.name} ({area.code}) is no neighbourhood of the West Midlands "
                "region. A custom area is made of codes of LSOAs (2021), such as "
                "E01009989."
            )
    if len(areas) > MAX_NEIGHBOURHOODS:
        raise SelectionError(
            f"A custom area has up to {MAX_NEIGHBOURHOODS:,} neighbourhoods, and these "
            f"are {len(areas):,}. Take some out, or use a district, sub-region or the "
            "region, which have figures of their own."
        )
    return Draft(plain_name(name), tuple(sorted(areas)))


def make_area(
    codes: Iterable[str], name: str = UNNAMED, *, data: DataFolder = None
) -> CustomArea:
    """Return the custom area of some neighbourhoods.

    Parameters
    ----------
    codes : of LSOAs (2021) of the region, in any case and order

    Raises
    ------
    UnknownAreaError : a code is not known, or is an old one
    SelectionError : not a neighbourhood of the region; too few neighbourhoods or
        residents (`WHY_NOT_SMALLER`); or too many
    """
    index = read_areas(data)
    draft = make_draft(codes, name, data=data)
    table = index.table.loc[list(draft.codes)]
    residents = int(table["residents"].sum())
    if len(draft.codes) < MIN_NEIGHBOURHOODS or residents < MIN_RESIDENTS:
        have = "no neighbourhood"
        if draft.codes:
            plural = "neighbourhoods" if len(draft.codes) > 1 else "neighbourhood"
            have = f"{len(draft.codes)} {plural} with {residents:,} residents"
        raise SelectionError(
            f"The area is too small: it has {have}. Choose at least "
            f"{MIN_NEIGHBOURHOODS} neighbourhoods with {MIN_RESIDENTS:,} residents "
            f"together. {WHY_NOT_SMALLER}"
        )
    return CustomArea(
        draft.name,
        draft.codes,
        residents,
        float(table["area_km2"].sum()),
        _districts(draft.codes, index),
    )


def _districts(
    codes: Sequence[str], index: AreaIndex
) -> tuple[tuple[str, str, int], ...]:
    parents = [index.parent(code, "lad24") for code in codes]
    counts = Counter(parent.code for parent in parents if parent is not None)
    ordered = sorted(counts, key=lambda code: (-counts[code], code))
    return tuple((code, index.by_code[code].name, counts[code]) for code in ordered)


def read_codes(text: str) -> Found:
    """Return the neighbourhoods that a pasted text names.

    Parameters
    ----------
    text : codes of LSOAs, and of MSOAs, wards, districts, counties or sub-regions,
        which stand for the neighbourhoods inside; full postcodes, which stand for the
        neighbourhood they lie in; between them spaces, commas or new lines

    Returns
    -------
    Found : its notes say which texts were left out and why: old codes with those of
        today, places outside the region, and what is no code at all
    """
    index, notes = read_areas(), []
    if len(text) > MAX_TEXT:
        notes.append(f"Only the first {MAX_TEXT:,} letters were read.")
    upper = text[:MAX_TEXT].upper()
    matches = list(_TOKENS.finditer(upper))
    words = list(dict.fromkeys(m["code"] for m in matches if m["code"]))
    postcodes = [m["postcode"].replace(" ", "") for m in matches if m["postcode"]]
    inside, old, outside, unknown = set[str](), list[str](), list[str](), list[str]()
    larger: list[str] = []
    for word in words:
        area = index.by_code.get(plain_code(word))
        if area is None:
            today = index.todays_areas(word, with_codes=True)
            if today:
                old.append(f"{shorten(word)} ({today})")
            else:
                unknown.append(shorten(word))
        elif not area.in_region:
            outside.append(f"{area.name} ({area.code})")
        elif area.level == NEIGHBOURHOOD:
            inside.add(area.code)
        elif set(area.levels) & set(_LARGER):
            larger.append(area.code)
        else:
            kind = LEVELS[area.level].plural_in_text
            notes.append(f"{area.name} is left out: {kind} are not taken apart here.")
    inside |= _inside(larger, index)
    if any("ward25" in index.by_code[code].levels for code in larger):
        notes.append("Wards are taken as the neighbourhoods that fit them best.")
    lies_in = find_postcodes(dict.fromkeys(postcodes)) if postcodes else {}
    inside |= set(lies_in.values())
    unknown += [code for code in dict.fromkeys(postcodes) if code not in lies_in]
    notes += _left_out("old codes: use today's", old)
    notes += _left_out("outside the West Midlands region", outside)
    notes += _left_out("no code or live postcode (2024) of the region", unknown)
    return Found(tuple(sorted(inside)), tuple(notes))


def _left_out(why: str, texts: Sequence[str]) -> list[str]:
    if not texts:
        return []
    left = len(texts) - _MAX_LISTED
    shown = [*texts[:_MAX_LISTED], f"{left:,} more"] if left > 0 else list(texts)
    return [f"Left out ({why}): {join_words(shown)}."]


def _inside(larger: Sequence[str], index: AreaIndex) -> set[str]:
    """Return the region's neighbourhoods inside any of some larger areas."""
    if not larger:
        return set()
    table = index.parents_table
    chosen = table["parent_code"].isin(larger) & (table["level"] == NEIGHBOURHOOD)
    codes = set(table.loc[chosen, "area_code"])
    return {code for code in codes if index.by_code[code].in_region}
