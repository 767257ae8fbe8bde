"""Boundaries: the register of boundary sets, and reading one as a GeoDataFrame."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lpipgeo.errors import BoundaryError, Problem, UnknownLevelError
from lpipgeo.paths import DataFolder
from lpipgeo.store import once_per_folder, open_store

if TYPE_CHECKING:
    import geopandas as gpd

REGISTER = "boundaries/boundaries.toml"
HEX = "_hex"  # ends the id of a level that is drawn by hexagons of equal size


@dataclass(frozen=True)
class BoundarySet:
    """One level's boundaries at one vintage.

    Attributes
    ----------
    level : level id, or "context" for the quiet outlines around the region; with
        `HEX` at the end where its areas are drawn by hexagons of equal size
    file : name of the TopoJSON file, which holds a hash of its content
    geoparquet : name of the GeoParquet file; None where there is none
    bbox : west, south, east, north in degrees (EPSG:4326)
    attribution, licence : the words that must stand under every map
    note : what readers of a map must know of its outlines; may be empty
    """

    level: str
    vintage: int
    file: str
    geoparquet: str | None
    sha256: str
    features: int
    bbox: tuple[float, float, float, float]
    generalisation: str
    licence: str
    attribution: str
    publisher: str
    source_title: str
    note: str = ""

    @property
    def credit(self) -> str:
        """What stands under a map: whose outlines they are, and the note on them."""
        return " ".join(filter(None, (self.attribution, self.note)))


@once_per_folder
def read_register(data: DataFolder = None) -> dict[str, BoundarySet]:
    """Return the boundary sets by level id, read once per process."""
    path = open_store(data).path(REGISTER)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            level: BoundarySet(
                **{
                    **entry,
                    "bbox": tuple(entry["bbox"]),
                    "geoparquet": entry.get("geoparquet"),
                }
            )
            for level, entry in raw.items()
        }
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise BoundaryError(
            "The boundary register has a problem:",
            [Problem(REGISTER, "", str(error), "one complete table per level")],
        ) from error


def find_boundary_set(level: str, data: DataFolder = None) -> BoundarySet:
    """Return the boundary set of a level; raise UnknownLevelError if not drawn."""
    register = read_register(data)
    if level not in register:
        raise UnknownLevelError(level, register, hint="It has no boundaries.")
    return register[level]


def read_boundaries(level: str, data: DataFolder = None) -> gpd.GeoDataFrame:
    """Return the polygons of a level.

    Returns
    -------
    GeoDataFrame, EPSG:4326, one row per area of the region: area_code, geometry.
    Larger areas are made of the same polygons as smaller ones, so edges coincide.

    Raises
    ------
    UnknownLevelError : the level has no boundaries
    DataMissingError : the file is missing
    """
    import geopandas as gpd  # noqa: PLC0415  heavy, and only needed here

    entry = find_boundary_set(level, data)
    if entry.geoparquet is None:
        raise UnknownLevelError(level, hint="It is drawn in the browser only.")
    return gpd.read_parquet(open_store(data).path(f"boundaries/{entry.geoparquet}"))
