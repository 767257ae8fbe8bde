"""The native table: what every reader returns, before conversion and aggregation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.sources import Sources
from lpipgeo.metadata import Indicator
from lpipgeo.tables import OBSERVATION_NUMBERS

NATIVE_KEY = ("level", "area_code", "period")
NATIVE_COLUMNS = (*NATIVE_KEY, *OBSERVATION_NUMBERS, "status")

Reader = Callable[[Indicator, Sources, Frame], pd.DataFrame]

_LEVEL_BY_PREFIX = {
    "E06": "lad24",
    "E07": "lad24",
    "E08": "lad24",
    "E09": "lad24",
    "E10": "utla",
    "E12": "rgn",
    "E47": "cauth",
    "E92": "ctry",
    "K02": "ctry",
}


def level_of(codes: pd.Series[str]) -> pd.Series[str]:
    """Return the level of GSS codes by prefix; missing for kinds we do not keep."""
    return codes.str[:3].map(_LEVEL_BY_PREFIX)


def native_table(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Make a native table: all columns in order, absent ones null.

    A row without a value has the status "not_available" unless `columns` says
    otherwise; a row with one is "published".
    """
    table = pd.DataFrame(dict(columns))
    for name in OBSERVATION_NUMBERS:
        number = table[name] if name in table else float("nan")
        table[name] = pd.Series(number, index=table.index).astype(float)
    if "status" not in table:
        missing = table["value"].isna()
        table["status"] = missing.map({True: "not_available", False: "published"})
    return table[list(NATIVE_COLUMNS)].reset_index(drop=True)
