"""What became of codes that are no longer in use, and in which proportions."""

from __future__ import annotations

import pandas as pd

# Districts that became unitary authorities on 1 April 2023, whole: The Cumbria,
# North Yorkshire and Somerset (Structural Changes) Orders 2022 (SI 2022/331, 328, 329).
NEW_UNITARIES: dict[str, tuple[str, ...]] = {
    "E06000063": ("E07000026", "E07000028", "E07000029"),
    "E06000064": ("E07000027", "E07000030", "E07000031"),
    "E06000065": (
        "E07000163",
        "E07000164",
        "E07000165",
        "E07000166",
        "E07000167",
        "E07000168",
        "E07000169",
    ),
    "E06000066": ("E07000187", "E07000188", "E07000189", "E07000246"),
}
# Northamptonshire had made that step before the census, on 1 April 2021 (SI 2020/156).
UNITARIES_OF_2021 = {
    "E06000061": ("E07000150", "E07000152", "E07000153", "E07000156"),
    "E06000062": ("E07000151", "E07000154", "E07000155"),
}
# Barnsley and Sheffield got new codes in 2025, when a few homes changed sides.
RECODED = {"E08000038": "E08000016", "E08000039": "E08000019"}


def make_successors(
    lsoa_changes: pd.DataFrame,
    msoa_changes: pd.DataFrame,
    old_wards: pd.DataFrame,
    residents: pd.Series[float],
) -> pd.DataFrame:
    """Return today's areas of every code that is no longer in use.

    Parameters
    ----------
    lsoa_changes, msoa_changes : old_code, new_code, change
    old_wards : one row per LSOA whose ward of 2024 is gone: `ward24`, `ward25`,
        `residents`
    residents : Census 2021 residents by code of LSOA21 and MSOA21

    Returns
    -------
    DataFrame, key (old_code, new_code), sorted by it: old_code, new_code, old_level,
    change, share. Old LSOAs and MSOAs that did not change are left out. `share` is
    the part of the old area's residents of 2021 that live in the new one; null where
    an old area was changed in a way that no lookup tells (X).
    """
    tables = [
        _changed(lsoa_changes, "lsoa11", residents),
        _changed(msoa_changes, "msoa11", residents),
        _old_districts(),
        _old_wards(old_wards),
    ]
    table = pd.concat(tables, ignore_index=True)
    columns = ["old_code", "new_code", "old_level", "change", "share"]
    return table[columns].sort_values(["old_code", "new_code"], ignore_index=True)


def _changed(
    changes: pd.DataFrame, old_level: str, residents: pd.Series[float]
) -> pd.DataFrame:
    table = changes[changes["change"] != "U"].assign(old_level=old_level)
    people = table["new_code"].map(residents).astype(float)
    of_old = people.groupby(table["old_code"]).transform("sum")
    share = (people / of_old).mask(table["change"] == "M", 1.0)
    return table.assign(share=share.mask(table["change"] == "X"))


def _old_districts() -> pd.DataFrame:
    unitaries = UNITARIES_OF_2021 | NEW_UNITARIES
    merged = [(old, new, "M", 1.0) for new, olds in unitaries.items() for old in olds]
    recoded = [(old, new, "X", 1.0) for old, new in RECODED.items()]
    columns = ["old_code", "new_code", "change", "share"]
    table = pd.DataFrame([*merged, *recoded], columns=columns)
    return table.assign(old_level="lad")


def _old_wards(lsoas: pd.DataFrame) -> pd.DataFrame:
    people = lsoas.groupby(["ward24", "ward25"])["residents"].sum().reset_index()
    of_old = people.groupby("ward24")["residents"].transform("sum")
    table = people.assign(share=people["residents"] / of_old)
    table = table.rename(columns={"ward24": "old_code", "ward25": "new_code"})
    return table.assign(old_level="ward24", change="X").drop(columns="residents")
