"""From the areas of 2011, and from abolished districts, to the areas of today.

Unchanged areas keep the publisher's figure. A split area hands its rate to each part
(*inherited*); its numerator and denominator are shared out by residents, so that
larger areas keep their totals. Merged areas are combined (*converted*).
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import NATIVE_COLUMNS
from lpipgeo.metadata import Indicator

NEW_LEVEL = {"lsoa11": "lsoa21", "msoa11": "msoa21"}
_COUNTS = ["numerator", "denominator"]


def old_to_new(old_level: str, frame: Frame) -> pd.DataFrame:
    """Return how the region's 2011 areas of a level became 2021 areas.

    Returns
    -------
    DataFrame : `old_code`, `new_code`, `change` (U, S, M), `share` (of the old area's
        residents who live in the new one); one row per pair
    """
    columns = ["old_code", "new_code", "change", "share"]
    changed = frame.successors.loc[frame.successors["old_level"] == old_level, columns]
    codes = frame.codes(NEW_LEVEL[old_level]).difference(pd.Index(changed["new_code"]))
    same = pd.DataFrame(
        {"old_code": codes, "new_code": codes, "change": "U", "share": 1.0}
    )
    return pd.concat([same, changed], ignore_index=True)


def weigh_old_areas(
    weights: pd.Series[float], old_level: str, frame: Frame
) -> pd.Series[float]:
    """Move counts of 2021 areas to those of 2011, keeping the total.

    The parts of a merged area get equal counts: only their sum is ever used.
    """
    pairs = old_to_new(old_level, frame)
    parts = pairs.groupby("new_code")["old_code"].transform("size")
    counts = pairs["new_code"].map(weights) / parts
    return counts.groupby(pairs["old_code"]).sum(min_count=1)


def merge_districts(table: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    """Add up the counts of abolished districts; keep only today's districts.

    Parameters
    ----------
    table : one row per `area_code`; `numerator`, and where it has one `denominator`

    Returns
    -------
    DataFrame with the same columns and `is_merged`; other columns keep a district's
    first value
    """
    current = frame.codes("lad24", in_region=False)
    old = frame.successors.loc[frame.successors["old_level"].str.startswith("lad")]
    # A code that a district has taken on since stands beside the code we know, and a
    # successor of which a part is missing would come out too small.
    present = old["old_code"].isin(table["area_code"])
    whole = present.groupby(old["new_code"]).transform("all")
    usable = old.loc[whole & ~old["new_code"].isin(table["area_code"])]
    new_codes = usable.set_index("old_code")["new_code"]
    codes = table["area_code"].replace(new_codes.to_dict())
    rules = {
        name: "sum" if name in _COUNTS else "first"
        for name in table.columns
        if name != "area_code"
    }
    merged = table.assign(area_code=codes).groupby("area_code", as_index=False)
    found = merged.agg(rules)[list(table.columns)]
    found = found.loc[found["area_code"].isin(current)]
    return found.assign(is_merged=~found["area_code"].isin(table["area_code"]))


def to_areas_of_2021(
    native: pd.DataFrame, record: Indicator, frame: Frame
) -> pd.DataFrame:
    """Return a native table with every 2011 level replaced by its 2021 level.

    Areas outside the region come along only where their code is unchanged.
    """
    parts = [native.loc[~native["level"].isin(list(NEW_LEVEL))]]
    for old_level, level in NEW_LEVEL.items():
        rows = native.loc[native["level"] == old_level]
        if rows.empty:
            continue
        pairs = old_to_new(old_level, frame)
        joined = rows.merge(pairs, left_on="area_code", right_on="old_code")
        outside = ~rows["area_code"].isin(pairs["old_code"]) & rows["area_code"].isin(
            frame.neighbourhoods.index
        )
        parts += [
            rows.loc[outside].assign(level=level),
            joined.loc[joined["change"] == "U"].assign(level=level),
            _split(joined.loc[joined["change"] == "S"], record).assign(level=level),
            _merge(joined.loc[joined["change"] == "M"], pairs, record, frame).assign(
                level=level
            ),
        ]
    columns = list(NATIVE_COLUMNS)
    return pd.concat([part[columns] for part in parts if len(part)], ignore_index=True)


def _split(rows: pd.DataFrame, record: Indicator) -> pd.DataFrame:
    shares = {name: rows[name] * rows["share"] for name in _COUNTS}
    rows = rows.assign(area_code=rows["new_code"], **shares)
    if record.aggregation == "sum":
        rows["value"] *= rows["share"]
    status = "converted" if record.aggregation == "sum" else "inherited"
    return rows.assign(status=rows["status"].mask(rows["value"].notna(), status))


def _merge(
    rows: pd.DataFrame, pairs: pd.DataFrame, record: Indicator, frame: Frame
) -> pd.DataFrame:
    if rows.empty:
        return rows.assign(area_code=rows["new_code"])
    # Mid-2020 residents weigh the parts, for the census of 2021 no longer knows them.
    weight = rows["old_code"].map(frame.old_residents)
    rows = rows.assign(weight=weight, product=rows["value"] * weight)
    groups = rows.groupby(["new_code", "period"])
    merged = groups[[*_COUNTS, "weight", "product"]].sum(min_count=1)
    if record.aggregation == "from_components":
        value = record.multiplier * merged["numerator"] / merged["denominator"]
    elif record.aggregation == "sum":
        value = groups["value"].sum(min_count=1)
    elif record.aggregation == "weighted_mean":
        value = merged["product"] / merged["weight"]
    else:
        value = groups["value"].first().where(groups["value"].nunique() == 1)
    expected = pairs.groupby("new_code")["old_code"].size()
    present = groups["value"].count()
    whole = present == expected.reindex(present.index, level="new_code")
    merged["value"] = value.where(whole)
    known = merged["value"].notna()
    merged[_COUNTS] = merged[_COUNTS].where(known)
    merged["status"] = known.map({True: "converted", False: "not_available"})
    merged = merged.reset_index().rename(columns={"new_code": "area_code"})
    return merged.assign(lower_ci=float("nan"), upper_ci=float("nan"))
