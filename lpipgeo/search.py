"""Find a place by name, area code or postcode, within the region.

The answer is a short list of areas, best first, and a sentence when there is
something to say: nothing found, an old code, or a place outside the region.
"""

from __future__ import annotations

import csv
import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lpipgeo.area_index import Area, AreaIndex, find_postcodes, read_areas
from lpipgeo.errors import UnknownAreaError, join_words
from lpipgeo.levels import LEVELS
from lpipgeo.paths import DataFolder, data_dir
from lpipgeo.store import Store, once_per_folder, open_store

MAX_QUERY = 80
MAX_HITS = 8
MAX_ALL = 60  # where all are asked for
MAX_SUGGESTIONS = 3
OTHER_NAMES = "areas/other_names.csv"  # kept by hand: "Brum" is Birmingham
_CLOSE = 0.78  # how alike two names are, of 1, to be taken for a slip of the pen
# Words that people put around a name. They count only where nothing is called so.
_AROUND = {"authority", "borough", "city", "council", "county", "district", "mbc"}
_AROUND |= {"metropolitan", "of", "royal", "spa", "the", "town", "unitary"}
_COUNCILS = ("lad24", "utla", "cauth")
_FULL_POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$")
_OUTWARD = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?$")
# A postcode that lacks its last letter or two: "B66 4", "B66 4B". The space counts,
# because WV1 1 is not WV11; without one, only a text too long for an outward code.
_BEGUN = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?) (\d[A-Z]?)$")
_BEGUN_COMPACT = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]?)$")
_CODE = re.compile(r"^([A-Z]\d{8}|WMS\d{6}|TLG\w{0,2})$")
# People look for places, not for statistics: larger and better known levels first.
_LEVEL_ORDER = (
    "rgn",
    "cauth",
    "subregion",
    "lad24",
    "utla",
    "msoa21",
    "ward25",
    "lsoa21",
)


@dataclass(frozen=True)
class Hit:
    """One place found.

    Attributes
    ----------
    area : the area
    label : name, kind and where it lies, for a list of results
    """

    area: Area
    label: str


@dataclass(frozen=True)
class SearchResult:
    """Places found, and a sentence for people; either may be empty.

    Attributes
    ----------
    hits : the best first, and with each those of its kind
    total : how many there are, where only the best are among the hits; else 0
    suggestions : names of the region that look much like a text that finds nothing
    """

    hits: tuple[Hit, ...] = ()
    message: str = ""
    total: int = 0
    suggestions: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the search can only mean this one area."""
        return len(self.hits) == 1 and not self.message


def search_places(query: str, *, most: int = MAX_HITS) -> SearchResult:
    """Return the places that a text means.

    Parameters
    ----------
    query : a place, MSOA, ward, district or sub-region name, an area code of today
        or before, a full postcode, or its beginning: outward code ("B66") or sector
        ("B66 4"); other text is safe and finds nothing
    most : how many places of a name are given
    """
    text = " ".join(query.split())[:MAX_QUERY]
    if len(text) < 2:
        return SearchResult(message="Type at least two letters, or a postcode.")
    store, index = open_store(), read_areas()
    compact = text.replace(" ", "").upper()
    if _CODE.match(compact):
        return _by_code(compact, index)
    if _FULL_POSTCODE.match(compact):
        return _by_postcode(compact, store, index)
    outward, inward = _begun(text.upper())
    if inward:
        return _by_begun(outward, inward, store, index)
    if outward:
        hits = _covered(outward, "", store, index)
        if hits:
            return SearchResult(hits, f"{outward} covers these areas:")
    return _by_name(text, index, store, most)


def _hit(area: Area, index: AreaIndex) -> Hit:
    level = LEVELS[area.level].name
    where = index.place_line(area.code)
    place = f", {where}" if where not in (area.name, level) else ""
    return Hit(area, f"{area.name} · {level}{place}")


def _by_code(code: str, index: AreaIndex) -> SearchResult:
    try:
        area = index.find(code)
    except UnknownAreaError:
        return _by_old_code(code, index)
    if not area.in_region:
        return SearchResult(message=_outside(area.name))
    return SearchResult((_hit(area, index),))


def _by_old_code(code: str, index: AreaIndex) -> SearchResult:
    areas = [index.by_code[new] for new in index.successors(code)]
    if areas and not any(area.in_region for area in areas):
        return SearchResult(message=_outside(areas[0].name))
    hits = tuple(_hit(area, index) for area in areas if area.in_region)
    if hits:
        return SearchResult(hits[:MAX_HITS], f"{code} is an old code. Today it is:")
    return SearchResult(
        message=f"No area of the region has the code {code}. Check it, or search by "
        "name."
    )


def _by_postcode(postcode: str, store: Store, index: AreaIndex) -> SearchResult:
    lies_in = find_postcodes([postcode], store.folder)
    if lies_in:
        return SearchResult((_hit(index.find(lies_in[postcode]), index),))
    shown = f"{postcode[:-3]} {postcode[-3:]}"
    return SearchResult(
        message=f"{shown} is not in our list of postcodes (2024) of the West Midlands "
        "region."
    )


def _begun(text: str) -> tuple[str, str]:
    """Return outward code and the beginning of the inward one; empty where none."""
    head, _, tail = text.rpartition(" ")
    spaced = _BEGUN.match(f"{head.replace(' ', '')} {tail}")
    if spaced:
        return spaced[1], spaced[2]
    compact = text.replace(" ", "")
    if _OUTWARD.match(compact):
        return compact, ""
    joined = _BEGUN_COMPACT.match(compact)
    return (joined[1], joined[2]) if joined else ("", "")


def _by_begun(
    outward: str, inward: str, store: Store, index: AreaIndex
) -> SearchResult:
    begun = f"{outward} {inward}"
    hits = _covered(outward, inward, store, index)
    if hits:
        return SearchResult(hits, f"{begun} covers these areas:")
    hits = _covered(outward, "", store, index)
    if hits:
        return SearchResult(
            hits, f"No postcode in our list begins with {begun}. {outward} covers:"
        )
    return SearchResult(
        message="No postcode in our list (2024) of the West Midlands region begins "
        f"with {begun}."
    )


def _covered(
    outward: str, inward: str, store: Store, index: AreaIndex
) -> tuple[Hit, ...]:
    """Return the MSOAs of the postcodes that begin so, most postcodes first."""
    rows = store.query(
        """
        SELECT lsoa21, count(*) AS n FROM read_parquet($file)
        WHERE starts_with(postcode, $begun) AND length(postcode) = $length
        GROUP BY lsoa21
        """,
        {
            "file": store.file("areas/postcodes.parquet"),
            "begun": outward + inward,
            "length": len(outward) + 3,
        },
    )
    counts: dict[str, int] = {}
    for lsoa, n in rows.itertuples(index=False):
        msoa = index.parent(lsoa, "msoa21")
        if msoa is not None:
            counts[msoa.code] = counts.get(msoa.code, 0) + int(n)
    best = sorted(counts, key=lambda code: (-counts[code], code))[:MAX_HITS]
    return tuple(_hit(index.by_code[code], index) for code in best)


def _outside(name: str) -> str:
    return f"{_elsewhere(name)}, which this dashboard is about."


def _elsewhere(name: str) -> str:
    return f"{name} is outside the West Midlands region"


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return a text for comparing: no accents, case, or punctuation."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", plain.replace("'", "")).split())


_Scored = tuple[int, int, str, str]  # less is better, level, name, code


def _by_name(text: str, index: AreaIndex, store: Store, most: int) -> SearchResult:
    wanted = fold(text)
    if not wanted:
        return SearchResult(message="Type a place, an area code or a postcode.")
    for area in index.of_level("ctry", in_region=False):
        if wanted == fold(area.name):
            return SearchResult(
                message=f"{area.name} is larger than the region. Where it has a "
                "figure, this stands beside those of every area."
            )
    others = _read_other_names(store.folder)
    scored = _score_all(wanted, index, others)
    core = " ".join(word for word in wanted.split() if word not in _AROUND)
    if not scored and core and core != wanted:
        scored = _score_all(core, index, others)
        exact = [row for row in scored if row[0] == -4]
        scored = [r for r in exact if _LEVEL_ORDER[r[1]] in _COUNCILS] or scored
    inside = [row for row in scored if index.by_code[row[3]].in_region]
    if inside:
        hits = _by_kind([_hit(index.by_code[row[3]], index) for row in inside[:most]])
        first = index.by_code[scored[0][3]]
        if not first.in_region and fold(first.name) == wanted:
            return SearchResult(hits, f"{_elsewhere(first.name)}. Inside it:")
        if len(inside) == len(hits):
            return SearchResult(hits)
        return SearchResult(
            hits, f"The best {len(hits)} of {len(inside)}:", total=len(inside)
        )
    if scored:
        return SearchResult(message=_outside(index.by_code[scored[0][3]].name))
    return _nothing(text, core, store.folder)


def _nothing(text: str, core: str, folder: Path) -> SearchResult:
    """Say that nothing has this name, and which names look much like it."""
    nothing = f"Nothing in the region is called “{text}”."
    names = suggest_names(core, folder)
    if names:
        asked = f"Did you mean {join_words(names, 'or')}?"
        return SearchResult(message=f"{nothing} {asked}", suggestions=names)
    return SearchResult(
        message=f"{nothing} Try a district, a ward, or a postcode such as B66 4BH."
    )


def suggest_names(text: str, data: DataFolder = None) -> tuple[str, ...]:
    """Return up to three names of the region, or parts of them, much like a text.

    The nearest comes first; of equally near ones that of the larger area.
    """
    wanted = fold(text)
    known = _read_phrases(len(wanted.split()), data)
    close = difflib.get_close_matches(wanted, known, MAX_SUGGESTIONS, _CLOSE)
    return tuple(known[phrase] for phrase in close)


@once_per_folder
def _read_phrases(words: int, data: DataFolder) -> dict[str, str]:
    """Return the names of the region and what people say of them, as folded and read.

    Parameters
    ----------
    words : how many words a part of a name has to have, as "Brierley Hill" has two
    """
    index = read_areas(data)
    found: dict[str, str] = {}
    for level in _LEVEL_ORDER[:-1]:  # neighbourhoods are called after their MSOAs
        for area in index.of_level(level):
            said = re.findall(r"[^\s,&/]+", area.name)
            parts = [
                " ".join(said[at : at + words]) for at in range(len(said) - words + 1)
            ]
            for part in (area.name, *parts):
                if len(part) > 3:
                    found.setdefault(fold(part), part)
    return found


@once_per_folder
def _read_other_names(data: DataFolder) -> dict[str, tuple[str, ...]]:
    """Return the codes of the areas that have an unofficial name, by folded name."""
    path = data_dir(data) / OTHER_NAMES
    if not path.is_file():  # a folder of data may do without
        return {}
    found: dict[str, tuple[str, ...]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            name = fold(row["other_name"])
            found[name] = (*found.get(name, ()), row["area_code"])
    return found


def _score_all(
    wanted: str, index: AreaIndex, others: Mapping[str, tuple[str, ...]]
) -> list[_Scored]:
    """Return all areas whose name fits, best first, then the better known levels."""
    called_so = others.get(wanted, ())
    scored = []
    for code, area in index.by_code.items():
        if area.level not in _LEVEL_ORDER:
            continue
        # "Herefordshire, County of" is official, "Brum" is not.
        whole = code in called_so or wanted == fold(area.code_name)
        score = 4 if whole else _score(wanted, fold(area.name))
        if score:
            order = _LEVEL_ORDER.index(area.level)
            scored.append((-score, order, area.name, code))
    return sorted(scored)


def _by_kind(hits: list[Hit]) -> tuple[Hit, ...]:
    """Return hits with those of a kind together, the kinds by their best hit."""
    kinds = list(dict.fromkeys(hit.area.level for hit in hits))
    return tuple(sorted(hits, key=lambda hit: kinds.index(hit.area.level)))


def _score(wanted: str, name: str) -> int:
    if name == wanted:
        return 4
    if name.startswith(wanted):
        return 3
    if f" {wanted}" in f" {name}":
        return 2
    words = wanted.split()
    if len(words) > 1 and all(f" {word}" in f" {name}" for word in words):
        return 1
    return 0
