"""Libraries 2023 (Arts Council England): straight-line distance from neighbourhoods.

From the mean point of a neighbourhood's postcodes to the nearest open static library
of the region. A few libraries stand in the file with the place of another one; where
that is far from the library's own postcode, the postcode's place is taken.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, read_parquet, require_unique
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

PERIOD = "2023-01-01/P1Y"
MAX_FROM_POSTCODE_M = 1_000
_LIBRARIES = "culture/libraries_2023_wm.csv"
_CENTROIDS = "geography/lookups/lsoa21_postcode_mean_centroid_wm.csv"
_POSTCODES = "geography/lookups/postcodes_wm_codepoint_open.parquet"
_COLUMNS = ("Name", "Type", "Operation in 2023", "Postcode", "Easting", "Northing")
_M_PER_KM = 1_000


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Work out the distance in km on the British National Grid."""
    centroids = read_csv(sources, _CENTROIDS, ["lsoa21cd", "easting", "northing"])
    require_unique(_CENTROIDS, centroids, ["lsoa21cd"])
    places = open_libraries(sources).to_numpy(dtype=float)
    homes = centroids[["easting", "northing"]].to_numpy(dtype=float)
    apart = homes[:, None, :] - places[None, :, :]
    nearest: NDArray[np.float64] = np.hypot(apart[..., 0], apart[..., 1]).min(axis=1)
    return native_table(
        {
            "level": "lsoa21",
            "area_code": centroids["lsoa21cd"],
            "period": PERIOD,
            "value": nearest / _M_PER_KM,
        }
    )


def open_libraries(sources: Sources) -> pd.DataFrame:
    """Return the places of open static libraries: `Easting`, `Northing`, metres.

    Raises
    ------
    SourceError : there is no open library, or one has neither place nor postcode
    """
    table = read_csv(sources, _LIBRARIES, _COLUMNS)
    static = table["Type"].eq("Static Library")
    table = table.loc[static & table["Operation in 2023"].notna()]
    postcodes = read_parquet(sources, _POSTCODES, ["postcode", "easting", "northing"])
    postcodes.index = pd.Index(postcodes["postcode"].str.replace(" ", ""))
    easting = pd.to_numeric(table["Easting"])
    northing = pd.to_numeric(table["Northing"])
    spelt = table["Postcode"].str.replace(" ", "").str.upper()
    east = pd.to_numeric(spelt.map(postcodes["easting"]))
    north = pd.to_numeric(spelt.map(postcodes["northing"]))
    apart = np.hypot(easting - east, northing - north)
    moved = east.notna() & ~(apart <= MAX_FROM_POSTCODE_M)
    found = pd.DataFrame(
        {
            "Name": table["Name"],
            "Easting": easting.mask(moved, east),
            "Northing": northing.mask(moved, north),
        }
    ).set_index("Name")
    lost = found.isna().any(axis=1)
    if lost.any() or found.empty:
        names = ", ".join(found.index[lost]) or "no open static library"
        problem = Problem(_LIBRARIES, "Easting, Northing", names, "a place for each")
        raise SourceError("Open libraries cannot be placed:", [problem])
    return found
