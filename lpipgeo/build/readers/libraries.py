"""Libraries 2023 (Arts Council England): straight-line distance from neighbourhoods.

From the mean point of a neighbourhood's postcodes to the nearest open static library
of the region. A few libraries stand in the file with the place of another one; they are
corrected in data/corrections.toml, and a new one far from its own postcode stops the
build.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, read_parquet, require_unique
from lpipgeo.corrections import CORRECTIONS
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

PERIOD = "2023-01-01/P1Y"
MAX_FROM_POSTCODE_M = 1_000
_LIBRARIES = "culture/libraries_2023_wm.csv"
_CENTROIDS = "geography/lookups/lsoa21_postcode_mean_centroid_wm.csv"
_POSTCODES = "geography/lookups/postcodes_wm_codepoint_open.parquet"
_COLUMNS = ("Name", "Type", "Operation in 2023", "Postcode", "Easting", "Northing")
_M_PER_KM = 1_000
_CORRECT = f"Find out where it is, and write a correction in data/{CORRECTIONS}"


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
    SourceError : there is no open library, one has no place, or one is farther than
        `MAX_FROM_POSTCODE_M` from its own postcode; names each of them
    """
    table = read_csv(sources, _LIBRARIES, _COLUMNS)
    static = table["Type"].eq("Static Library")
    table = table.loc[static & table["Operation in 2023"].notna()].set_index("Name")
    found: pd.DataFrame = table[["Easting", "Northing"]].apply(pd.to_numeric)
    lost = found.isna().any(axis=1)
    if lost.any() or found.empty:
        names = ", ".join(found.index[lost]) or "no open static library"
        problem = Problem(
            _LIBRARIES, "Easting, Northing", names, "a place for each", _CORRECT
        )
        raise SourceError("Open libraries cannot be placed:", [problem])
    _check_postcodes(sources, table["Postcode"], found)
    return found


def _check_postcodes(
    sources: Sources, written: pd.Series[str], places: pd.DataFrame
) -> None:
    """Raise where a library is far from its postcode; unknown ones are passed over."""
    postcodes = read_parquet(sources, _POSTCODES, ["postcode", "easting", "northing"])
    postcodes.index = pd.Index(postcodes["postcode"].str.replace(" ", ""))
    spelt = written.str.replace(" ", "").str.upper()
    apart = np.hypot(
        places["Easting"] - spelt.map(postcodes["easting"]),
        places["Northing"] - spelt.map(postcodes["northing"]),
    )
    far = pd.DataFrame({"km": apart / _M_PER_KM, "postcode": written})
    problems = [
        Problem(
            _LIBRARIES,
            "Easting, Northing",
            f"{row.Index} {row.km:.1f} km from {row.postcode}",
            f"at most {MAX_FROM_POSTCODE_M / _M_PER_KM:g} km",
            _CORRECT,
        )
        for row in far.loc[apart > MAX_FROM_POSTCODE_M].itertuples()
    ]
    if problems:
        raise SourceError("Open libraries are far from their postcode:", problems)
