"""Comparators: what an area is compared with – a larger area, any area, or a group.

A group has no figure of its own and is never averaged: an area stands out from it only
where its margin of error lies wholly outside the middle half of the group's figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lpipgeo.area_index import Area, AreaIndex, read_areas
from lpipgeo.errors import SelectionError, UnknownAreaError, join_words
from lpipgeo.levels import BESIDE, LEVELS
from lpipgeo.paths import DataFolder
from lpipgeo.similar_districts import read_peers

SIMILAR = "similar"
DEFAULT = "ctry"
MIN_GROUP = 4  # fewer areas have no middle half to speak of
MAX_NAMED = 10  # of a comparison set, where it is explained
MIN_ALIKE = 8  # fewer neighbourhoods of the same subgroup: take those of its group


@dataclass(frozen=True, slots=True)
class Comparator:
    """What an area is compared with.

    Attributes
    ----------
    name : as it stands in a sentence after "in": "Sandwell", "similar districts", "the
        comparison set"
    code : of one area; "" for a group
    codes : areas of a group, in order of code; empty for one area
    about : how a group was chosen, in words; "" for one area
    choice : by which `find_comparator` finds it again
    counted : what some areas of a group are, after their number: "12 similar", "5 in
        the set"
    """

    name: str
    code: str = ""
    codes: tuple[str, ...] = ()
    about: str = ""
    choice: str = ""
    counted: str = "similar"


def find_comparator(
    area: Area, choice: str | None = None, *, data: DataFolder = None
) -> Comparator | None:
    """Return what an area is compared with.

    Parameters
    ----------
    choice : the level of a larger area ("lad24", "subregion", "rgn", "ctry"), an area
        code, "similar", or several codes with commas between, of which those of the
        area's own level are a group without it; England (or nothing, for England) when
        left out

    Returns
    -------
    Comparator, or None for a country when `choice` is left out

    Raises
    ------
    UnknownAreaError : `choice` is neither a level nor a known code
    SelectionError : the area has no larger area of this level, none that is similar, or
        too few others of its level are among the codes
    """
    index = read_areas(data)
    if choice is not None and "," in choice:
        return _set(index, area, choice)
    if choice == SIMILAR:
        return _similar(index, area, data)
    if choice is not None and choice not in LEVELS:
        if choice not in index.by_code and not index.successors(choice):
            hint = (
                "Compare with a level such as rgn, an area code, several with commas "
                "between, or 'similar'."
            )
            raise UnknownAreaError(choice, index.by_code, hint=hint)
        return _one(index.find(choice))
    parent = index.parent(area.code, choice or DEFAULT)
    if parent is not None and parent.code != area.code:
        return _one(parent)
    if choice is None:
        return None
    offered = [a.level for a in index.parents(area.code)]
    options = f"Choose one of: {', '.join(offered)}." if offered else "It is a country."
    raise SelectionError(
        f"{area.name} has no larger area of the level {choice!r}. {options}"
    )


def offer_comparators(area: Area, *, data: DataFolder = None) -> dict[str, Comparator]:
    """Return what an area is usually compared with, by choice, near to far.

    Returns
    -------
    dict of choice, as `find_comparator` takes it, to Comparator: the larger areas, then
    "similar" where similar areas are known. Empty for a country
    """
    index = read_areas(data)
    found = {}
    for level in BESIDE:
        parent = index.parent(area.code, level)
        if parent is not None and parent.code != area.code:
            found[level] = _one(parent)
    if area.in_region and area.level in ("lad24", "lsoa21"):
        found[SIMILAR] = _similar(index, area, data)
    return found


def write_set(codes: Iterable[str]) -> str:
    """Return a group of areas as `find_comparator` takes it, in one way of writing."""
    return ",".join(sorted(set(codes)))


def name_in_sentence(area: Area) -> str:
    """Return a name as it stands inside a sentence: "the Black Country"."""
    if area.level == "rgn":
        return f"the {area.name} region"
    if area.level == "cauth":
        return f"the {area.name}"
    if area.name.startswith("The "):
        return f"the {area.name.removeprefix('The ')}"
    return area.name


def full_name(area: Area) -> str:
    """Return a name that is nobody else's: the region is not its combined authority."""
    return f"{area.name} region" if area.level == "rgn" else area.name


def _one(area: Area) -> Comparator:
    return Comparator(name_in_sentence(area), area.code, choice=area.code)


def _set(index: AreaIndex, area: Area, choice: str) -> Comparator:
    """Return the areas of a list that are of an area's level, without it."""
    given = {index.find(code).code for code in choice.split(",") if code.strip()}
    others = [index.by_code[code] for code in sorted(given - {area.code})]
    held = [other for other in others if area.level in other.levels]
    level = LEVELS[area.level]
    noun = level.in_text if len(held) == 1 else level.plural_in_text
    if len(held) < MIN_GROUP:
        raise SelectionError(
            f"The areas to compare with hold {len(held) or 'no'} {noun} other than "
            f"{area.name}, and a group needs at least {MIN_GROUP}. Add more of them, "
            "or compare with one area or a level such as rgn."
        )
    names = [other.name for other in held[:MAX_NAMED]]
    if len(held) > MAX_NAMED:
        names.append(f"{len(held) - MAX_NAMED} more")
    besides = "other " if area.code in given else ""
    about = f"The {len(held)} {besides}{noun} of the comparison set: "
    about += f"{join_words(names)}."
    left = len(others) - len(held)
    if left:
        verb = "is" if left == 1 else "are"
        about += f" The other {left} {verb} of another level and left out."
    codes = tuple(other.code for other in held)
    name, counted = "the comparison set", "in the set"
    return Comparator(name, "", codes, about, write_set(given), counted)


def _similar(index: AreaIndex, area: Area, data: DataFolder) -> Comparator:
    if area.level == "lad24":
        peers = read_peers(area.code, data=data)
        held = tuple(sorted(peers.loc[peers["in_data"], "peer_code"]))
        about = (
            f"Of the 20 districts of the United Kingdom most like {area.name} by all "
            f"that ONS compared, the {len(held)} in England."
        )
        name = "similar districts"
        return Comparator(name, codes=held, about=about, choice=SIMILAR)
    if area.level == "lsoa21" and area.in_region:
        return _same_class(index, area)
    raise SelectionError(
        "Similar areas are known for districts and neighbourhoods, not for "
        f"{LEVELS[area.level].plural_in_text}."
    )


def _same_class(index: AreaIndex, area: Area) -> Comparator:
    table = index.table[index.table["in_region"]]
    classes = table["area_classification"].dropna()
    own = classes.get(area.code)
    if own is None:
        raise SelectionError(
            f"{area.name} has no class, so none are known to be alike."
        )
    for sign in (own, own[:2]):
        found = classes.index[classes.str.startswith(sign)]
        codes = tuple(sorted(code for code in found if code != area.code))
        if len(codes) >= MIN_ALIKE:
            break
    kind = "subgroup" if len(sign) == len(own) else "group"
    about = (
        f"The {len(codes):,} other neighbourhoods of the region in {kind} {sign} of "
        "the area classification (Census 2021)."
    )
    name = "similar neighbourhoods"
    return Comparator(name, codes=codes, about=about, choice=SIMILAR)
