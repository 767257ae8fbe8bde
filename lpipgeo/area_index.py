"""Areas: names, levels, parents and successors, held once in memory.

About 5,500 areas with all their larger areas. Codes from outside (URLs, clicks,
uploads) are checked here, with the nearest known codes in the error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from lpipgeo.errors import UnknownAreaError, join_words
from lpipgeo.levels import ENGLAND, LEVELS, UNITED_KINGDOM, find_level
from lpipgeo.paths import DataFolder
from lpipgeo.store import once_per_folder, open_store

MAX_NAMED = 3  # successors of one old code


def plain_code(typed: str) -> str:
    """Return a code as it is written here: upper case, no spaces around."""
    return typed.strip().upper()


@dataclass(frozen=True, slots=True)
class Area:
    """One place.

    Attributes
    ----------
    code : GSS code (or ITL code; ``WMS…`` for the six sub-regions)
    name : as people say it; `code_name` is the official name
    levels : ids of the levels it has, finest first
    in_region : whether it lies in the West Midlands region
    lat, lon : a point inside it, WGS84; NaN where it is not drawn
    """

    code: str
    name: str
    code_name: str
    levels: tuple[str, ...]
    in_region: bool
    lat: float
    lon: float

    @property
    def level(self) -> str:
        """The area's finest level."""
        return self.levels[0]


class AreaIndex:
    """All areas of a data folder, with lookups along the hierarchy.

    Parameters
    ----------
    table : areas, key `area_code` (see data/areas/areas.parquet)
    parents : key (`area_code`, `parent_level`)
    successors : old and new codes
    """

    def __init__(
        self, table: pd.DataFrame, parents: pd.DataFrame, successors: pd.DataFrame
    ) -> None:
        self.table = table.set_index("area_code", drop=False).sort_index()
        self.parents_table = parents
        self.successors_table = successors
        columns = ["area_code", "area_name", "code_name", "levels", "in_region"]
        records = self.table[[*columns, "lat", "lon"]].itertuples(index=False)
        self.by_code: dict[str, Area] = {
            row[0]: Area(row[0], row[1], row[2], tuple(row[3].split(";")), *row[4:])
            for row in records
        }
        self._parents: dict[str, dict[str, str]] = {}
        triples = parents[["area_code", "parent_level", "parent_code"]]
        for code, level, parent in triples.itertuples(index=False):
            self._parents.setdefault(code, {})[level] = parent

    def find(self, code: str) -> Area:
        """Return the area with this code; raise UnknownAreaError with suggestions.

        The code may be in any case, with spaces around it: use `Area.code` after. An
        old code (2011 LSOA, abolished district) names its successors.
        """
        area = self.by_code.get(plain_code(code))
        if area is not None:
            return area
        new = self.todays_areas(code, with_codes=True)
        typed = code.strip().casefold()
        if new:
            raise UnknownAreaError(code, hint=f"It is an old code; {new}.")
        called = [a for a in self.by_code.values() if a.name.casefold() == typed]
        if called:
            said = [f"{a.code} ({LEVELS[a.level].in_text})" for a in called[:MAX_NAMED]]
            hint = f"Ask for it by its code: {join_words(said, 'or')}."
            error = UnknownAreaError(code, hint=hint)
            error.suggestions = [a.code for a in called[:MAX_NAMED]]
            raise error
        raise UnknownAreaError(code, {c: a.name for c, a in self.by_code.items()})

    def todays_areas(self, old_code: str, *, with_codes: bool = False) -> str:
        """Return the words that name up to three successors, or "" where none are."""
        areas = [self.by_code[code] for code in self.successors(old_code)]
        names = [f"{a.name} ({a.code})" if with_codes else a.name for a in areas]
        if len(names) < 2:
            return f"today's area is {names[0]}" if names else ""
        left = len(names) - MAX_NAMED
        if left > 0:
            return f"today's areas are {', '.join(names[:MAX_NAMED])} and {left} more"
        return f"today's areas are {join_words(names)}"

    def successors(self, code: str) -> list[str]:
        """Return today's areas of an old code in any case, largest share first."""
        is_old = self.successors_table["old_code"] == plain_code(code)
        rows = self.successors_table[is_old]
        codes = rows.sort_values("share", ascending=False)["new_code"]
        return [new for new in codes if new in self.by_code]

    def of_level(self, level: str, *, in_region: bool = True) -> list[Area]:
        """Return the areas of a level in order of code."""
        find_level(level)
        return [
            area
            for area in self.by_code.values()
            if level in area.levels and (area.in_region or not in_region)
        ]

    def codes(self, level: str) -> list[str]:
        """Return the codes of the region's areas of a level, sorted as in the maps."""
        return [area.code for area in self.of_level(level)]

    def codes_within(self, level: str, larger: str) -> list[str]:
        """Return the region's areas of a level that lie inside a larger area, sorted.

        A larger area of this level itself gives its own code. Empty where areas of the
        level do not nest in it, as constituencies do not in districts.
        """
        levels = self.find(larger).levels
        return [
            code
            for code in self.codes(level)
            if code == larger
            or any(self._parents.get(code, {}).get(lv) == larger for lv in levels)
        ]

    def parent(self, code: str, level: str) -> Area | None:
        """Return the larger area of a level that an area lies in, if there is one."""
        if level == "ctry" and code not in (ENGLAND, UNITED_KINGDOM):
            return self.by_code.get(ENGLAND)
        parent = self._parents.get(code, {}).get(level)
        return self.by_code.get(parent) if parent else None

    def parents(self, code: str) -> list[Area]:
        """Return the larger areas of an area, nearest first, each once."""
        found: dict[str, Area] = {}
        for level in LEVELS:
            area = self.parent(code, level)
            if area is not None and area.code != code:
                found.setdefault(area.code, area)
        return list(found.values())

    def place_line(self, code: str) -> str:
        """Return the line that says where an area lies, such as "Sandwell"."""
        area = self.by_code[code]
        for level in ("lad24", "utla", "rgn"):
            parent = self.parent(code, level)
            if parent is not None and parent.code != code:
                return parent.name
        return LEVELS[area.level].name

    def distinct_names(self, codes: Sequence[str]) -> list[str]:
        """Return names; those that several of the areas have, with where they lie."""
        counts = Counter(self.by_code[code].name for code in codes)
        return [
            f"{name}, {self.place_line(code)}" if counts[name] > 1 else name
            for code, name in ((code, self.by_code[code].name) for code in codes)
        ]


@once_per_folder
def read_areas(data: DataFolder = None) -> AreaIndex:
    """Return the areas of a data folder, read once per process."""
    store = open_store(data)
    return AreaIndex(
        store.table("areas/areas.parquet"),
        store.table("areas/parents.parquet"),
        store.table("areas/successors.parquet"),
    )


def find_postcodes(postcodes: Iterable[str], data: DataFolder = None) -> dict[str, str]:
    """Return the neighbourhood (LSOA 2021) that each postcode lies in.

    Parameters
    ----------
    postcodes : in capitals, without a space; those that are not held are left out
    """
    store = open_store(data)
    rows = store.query(
        "SELECT postcode, lsoa21 FROM read_parquet($file) "
        "WHERE postcode IN (SELECT unnest($postcodes))",
        {"file": store.file("areas/postcodes.parquet"), "postcodes": list(postcodes)},
    )
    return dict(zip(rows["postcode"], rows["lsoa21"], strict=True))
