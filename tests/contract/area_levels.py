"""How many areas the region has of each level, and which of a table they are."""

from __future__ import annotations

import pandas as pd

COUNTS = {
    "lsoa21": 3574,
    "msoa21": 736,
    "ward25": 754,
    "lad24": 30,
    "utla": 14,
    "subregion": 6,
    "cauth": 1,
    "rgn": 1,
    "pcon24": 57,
    "itl3": 14,
    "itl2": 3,
}
NESTED = ("msoa21", "lad24", "utla", "subregion", "cauth", "rgn", "itl3", "itl2")


def of_level(areas: pd.DataFrame, level: str) -> pd.DataFrame:
    return areas[areas["levels"].str.split(";").map(lambda levels: level in levels)]
