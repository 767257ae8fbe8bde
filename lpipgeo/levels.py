"""The registry of levels: kinds of area, their names and how they nest.

A level's id carries its vintage where the boundaries change (``lsoa21``,
``ward25``). An area may have several levels: Birmingham is a district and, as a
metropolitan borough, also a county or unitary area.
"""

from __future__ import annotations

from dataclasses import dataclass

from lpipgeo.errors import UnknownLevelError


@dataclass(frozen=True)
class Level:
    """One kind of area.

    Attributes
    ----------
    id : short id, as in code, tables and URLs
    name, plural : as people read them
    nests_in : ids of the larger levels whose areas are made of whole areas of
        this level, nearest first; a value may be inherited along it
    mapped : whether the Map page offers it as a choropleth
    """

    id: str
    name: str
    plural: str
    nests_in: tuple[str, ...] = ()
    mapped: bool = False

    @property
    def in_text(self) -> str:
        """The name as it stands inside a sentence: "district", but "MSOA"."""
        return _in_text(self.name)

    @property
    def plural_in_text(self) -> str:
        """The plural as it stands inside a sentence."""
        return _in_text(self.plural)

    def counted(self, number: int) -> str:
        """Return a number of areas as it stands inside a sentence: "1 district"."""
        return f"{number:,} {self.in_text if number == 1 else self.plural_in_text}"


def _in_text(name: str) -> str:
    first = name.split()[0].rstrip("s")
    return name if first.isupper() else name.lower()


_LARGE = ("subregion", "cauth", "rgn")

LEVELS: dict[str, Level] = {
    level.id: level
    for level in (
        Level(
            "lsoa21",
            "Neighbourhood",
            "Neighbourhoods",
            ("msoa21", "lad24", "utla", *_LARGE),
            mapped=True,
        ),
        Level("msoa21", "MSOA", "MSOAs", ("lad24", "utla", *_LARGE), mapped=True),
        Level("ward25", "Ward", "Wards", ("lad24", "utla", *_LARGE), mapped=True),
        Level("lad24", "District", "Districts", ("utla", *_LARGE), mapped=True),
        Level(
            "utla", "County or unitary", "Counties and unitaries", _LARGE, mapped=True
        ),
        Level("subregion", "Sub-region", "Sub-regions", ("rgn",), mapped=True),
        Level("cauth", "Combined authority", "Combined authorities", ("rgn",)),
        Level("rgn", "Region", "Regions", ("ctry",)),
        Level("pcon24", "Constituency", "Constituencies", mapped=True),
        Level("itl3", "ITL 3 area", "ITL 3 areas"),
        Level("itl2", "ITL 2 area", "ITL 2 areas"),
        Level("ctry", "Country", "Countries"),
    )
}

ENGLAND = "E92000001"
UNITED_KINGDOM = "K02000001"
REGION = "E12000005"
COMBINED_AUTHORITY = "E47000007"
# The larger areas that an area is shown beside and compared with, near to far.
BESIDE = ("lad24", "subregion", "rgn", "ctry")
MAPPED_LEVELS = tuple(level.id for level in LEVELS.values() if level.mapped)
LINKED_LEVELS = (*MAPPED_LEVELS, "cauth", "rgn")  # named where an area lies in them


def find_level(level_id: str) -> Level:
    """Return the level with this id; raise UnknownLevelError with suggestions."""
    try:
        return LEVELS[level_id]
    except KeyError:
        names = {level.id: level.name for level in LEVELS.values()}
        raise UnknownLevelError(
            level_id, names, hint=f"Levels are: {', '.join(LEVELS)}."
        ) from None
