"""What overlays take from the geography that this build has just written."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd

from lpipgeo.boundary_sets import read_boundaries


class Context:
    """Areas, boundaries and place names of the data folder that is being written.

    Parameters
    ----------
    data : holds areas/ and boundaries/
    """

    def __init__(self, data: Path) -> None:
        self._data = data

    @cached_property
    def areas(self) -> pd.DataFrame:
        """All areas; columns as data/areas/areas.parquet."""
        return pd.read_parquet(self._data / "areas/areas.parquet")

    @cached_property
    def places(self) -> pd.DataFrame:
        """Towns and cities: `name`, `lat`, `lon`; MSOAs are left out."""
        table = pd.read_parquet(self._data / "areas/places.parquet")
        return table[table["kind"] != "msoa"]

    def districts(self) -> set[str]:
        """Return the codes of the region's districts."""
        is_district = self.areas["levels"].str.split(";").map(lambda x: "lad24" in x)
        return set(self.areas.loc[is_district & self.areas["in_region"], "area_code"])

    def polygons(self, level: str) -> gpd.GeoDataFrame:
        """Return a level's polygons as the map draws them: area_code, geometry."""
        return read_boundaries(level, self._data)
