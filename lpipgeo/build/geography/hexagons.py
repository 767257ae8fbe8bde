"""The equal-area view: one hexagon per MSOA, laid where the region is.

The House of Commons Library drew the hexagons on a grid of its own. They are moved and
scaled into the region's own box of degrees, so that the map draws them like any other
boundaries. A hexagon says nothing of where an MSOA lies to the metre, nor of its size.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from lpipgeo.build.geography.inputs import HEXAGONS
from lpipgeo.build.geography.polygons import Coverage, fit_coverage
from lpipgeo.errors import BoundaryError, Problem

_HAIR = 0.02  # of the cartogram's units; a hexagon is about one wide


def make_hexagons(
    table: gpd.GeoDataFrame, codes: set[str], bounds: tuple[float, float, float, float]
) -> Coverage:
    """Return the hexagons of MSOAs on the lattice.

    Parameters
    ----------
    table : area_code, geometry in the cartogram's units, also of other MSOAs
    codes : the MSOAs wanted
    bounds : west, south, east, north in degrees; the hexagons fill its height

    Raises
    ------
    BoundaryError : an MSOA has no hexagon, or they do not fit together
    """
    inside = table[table["area_code"].isin(codes)]
    missing = sorted(codes - set(inside["area_code"]))
    if missing:
        problem = Problem(HEXAGONS, "msoa21cd", "no hexagon", ", ".join(missing[:3]))
        raise BoundaryError("MSOAs lack a hexagon:", [problem])
    west, south, east, north = bounds
    left, low, right, high = inside.total_bounds
    scale = (north - south) / (high - low)
    # A degree of longitude is shorter; so hexagons stay regular on the screen.
    across = scale / np.cos(np.radians((south + north) / 2))
    middle = np.array([(left + right) / 2, (low + high) / 2])
    target = np.array([(west + east) / 2, (south + north) / 2])
    # Corners of neighbours differ by a hair; without this they would not be shared.
    joined = shapely.coverage_clean(
        np.asarray(inside.geometry.values),
        snapping_distance=_HAIR,
        gap_width=_HAIR,
    )
    moved = shapely.transform(
        joined,
        lambda xy: (xy - middle) * [across, scale] + target,
    )
    return fit_coverage(list(inside["area_code"]), moved, HEXAGONS)
