"""The frame in which figures are converted and added up: areas, parents, weights.

It joins the region's own hierarchy (from ``data/areas``) with what England needs:
every neighbourhood's district, MSOA, residents and households, so that districts
outside the region and England itself can be worked out too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from lpipgeo.build.sources import Sources, read_parquet, read_sheet, require_unique
from lpipgeo.errors import Problem, SourceError
from lpipgeo.levels import ENGLAND, LEVELS

RESIDENTS_FILE = "ons_census2021/ts001_lsoa21_ew.parquet"
HOUSEHOLDS_FILE = "ons_census2021/ts041_lsoa21_ew.parquet"
DISTRICTS_FILE = "desnz_fuel_poverty/2022_sub_regional_fuel_poverty_lilee.xlsx"
RESIDENTS_2020_FILE = "ons_population/population_mid2020_lsoa11_wm.parquet"
FRAME_FILES = (RESIDENTS_FILE, HOUSEHOLDS_FILE, DISTRICTS_FILE, RESIDENTS_2020_FILE)

_RESIDENTS = "Residence type: Total"
_HOUSEHOLDS = "Number of households: Number of households"


@dataclass(frozen=True)
class Frame:
    """Everything about areas that conversion and aggregation need.

    Attributes
    ----------
    areas : key `area_code`; columns as data/areas/areas.parquet
    parents : key (`area_code`, `parent_level`)
    successors : `old_code`, `new_code`, `old_level`, `change`, `share`
    neighbourhoods : key `area_code` (all LSOA21 of England): `residents`,
        `households` (Census 2021), `lad24`, `msoa21`
    old_residents : mid-2020 residents of the region's LSOA11s, index `area_code`;
        weights only where 2011 areas were merged
    """

    areas: pd.DataFrame
    parents: pd.DataFrame
    successors: pd.DataFrame
    neighbourhoods: pd.DataFrame
    old_residents: pd.Series[float]

    def codes(self, level: str, *, in_region: bool = True) -> pd.Index[str]:
        """Return the codes of a level, sorted; only the region's by default."""
        return self._codes[level, in_region]

    @cached_property
    def _codes(self) -> dict[tuple[str, bool], pd.Index[str]]:
        held = self.areas.assign(level=self.areas["levels"].str.split(";"))
        held = held.explode("level")
        found = {}
        for level in LEVELS:
            rows = held.loc[held["level"] == level]
            for in_region in (True, False):
                kept = rows.loc[rows["in_region"]] if in_region else rows
                found[level, in_region] = pd.Index(
                    sorted(kept["area_code"]), dtype=object
                )
        return found

    def children(self, level: str, parent_level: str) -> pd.DataFrame:
        """Return which areas of a level lie in which larger areas.

        England's neighbourhoods are known for `lad24` and `ctry`; every other pair
        only inside the region.

        Returns
        -------
        DataFrame : `area_code`, `parent_code`, `basis`; one row per area and parent
        """
        if level == "lsoa21" and parent_level in ("lad24", "ctry"):
            table = self.neighbourhoods.reset_index()
            parent = ENGLAND if parent_level == "ctry" else table["lad24"]
            found = pd.DataFrame(
                {"area_code": table["area_code"], "parent_code": parent}
            )
            return found.assign(basis="exact")
        if parent_level == "ctry":
            codes = self.codes(level, in_region=False)
            found = pd.DataFrame({"area_code": codes, "parent_code": ENGLAND})
            return found.assign(basis="exact")
        rows = self.parents["level"].eq(level) & self.parents["parent_level"].eq(
            parent_level
        )
        return self.parents.loc[rows, ["area_code", "parent_code", "basis"]]


def read_frame(sources: Sources, areas_folder: Path) -> Frame:
    """Read the frame from ``data/areas`` and the census weights.

    Raises
    ------
    SourceError : a source lacks a column, or neighbourhoods and districts disagree
    """
    areas = pd.read_parquet(areas_folder / "areas.parquet")
    old = read_parquet(
        sources, RESIDENTS_2020_FILE, ["lsoa11_code", "total_population"]
    )
    return Frame(
        areas=areas,
        parents=pd.read_parquet(areas_folder / "parents.parquet"),
        successors=pd.read_parquet(areas_folder / "successors.parquet"),
        neighbourhoods=_read_neighbourhoods(sources),
        old_residents=old.set_index("lsoa11_code")["total_population"],
    )


def _read_neighbourhoods(sources: Sources) -> pd.DataFrame:
    residents = read_parquet(
        sources, RESIDENTS_FILE, ["lsoa21cd", "lsoa21nm", _RESIDENTS]
    )
    households = read_parquet(sources, HOUSEHOLDS_FILE, ["lsoa21cd", _HOUSEHOLDS])
    districts = read_sheet(
        sources, DISTRICTS_FILE, "Table 3", 2, ["LSOA Code", "LA Code"]
    ).dropna()
    names = read_parquet(
        sources, "ons_census2021/ts060_msoa21_ew.parquet", ["msoa21cd", "msoa21nm"]
    ).set_index("msoa21nm")["msoa21cd"]
    table = residents.merge(households, on="lsoa21cd", validate="1:1").merge(
        districts, left_on="lsoa21cd", right_on="LSOA Code", how="left", validate="1:1"
    )
    table = table.loc[table["lsoa21cd"].str.startswith("E")]
    without = table["LA Code"].isna()
    if without.any():
        problem = Problem(
            DISTRICTS_FILE,
            "LSOA Code",
            f"{without.sum()} neighbourhoods of England are absent",
            "all of them",
        )
        raise SourceError("Neighbourhoods without a district:", [problem])
    require_unique(RESIDENTS_FILE, table, ["lsoa21cd"])
    return pd.DataFrame(
        {
            "area_code": table["lsoa21cd"],
            "residents": table[_RESIDENTS].astype(float),
            "households": table[_HOUSEHOLDS].astype(float),
            "lad24": table["LA Code"],
            "msoa21": table["lsoa21nm"].str.slice(stop=-1).map(names),
        }
    ).set_index("area_code")
