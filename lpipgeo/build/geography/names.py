"""Names of areas as people say them; the official names stay in `code_name`."""

from __future__ import annotations

import pandas as pd

# "Herefordshire, County of", "Bristol, City of"
_INVERTED = r", (?:County|City) of$"
# "Kidderminster BUASD", "Dudley (Dudley) BUASD"
_BUILT_UP = r"(?: \([^)]*\))? BUA(?:SD)?$"


def plain_names(official: pd.Series[str]) -> pd.Series[str]:
    """Return "Herefordshire" for "Herefordshire, County of"; others as they are."""
    return official.str.replace(_INVERTED, "", regex=True)


def neighbourhood_names(
    msoa_names: pd.Series[str], official: pd.Series[str]
) -> pd.Series[str]:
    """Return "Smethwick High Street 008B" for "Sandwell 008B" in that MSOA."""
    return msoa_names + " " + official.str.rsplit(" ", n=1).str[-1]


def town_names(official: pd.Series[str]) -> pd.Series[str]:
    """Return "Dudley" for "Dudley (Dudley) BUASD"."""
    return official.str.replace(_BUILT_UP, "", regex=True)
