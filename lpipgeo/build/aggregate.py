"""Figures of larger areas, worked out as each record's `aggregation` allows.

The publisher's own figure always wins. A larger area is worked out only when every
part has a figure. Two exceptions hold for means, and both give the status "converted":
the record may say which share of residents is enough (`build.partial`), and outside
the region areas that changed since 2011 are left out.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.convert import NEW_LEVEL, old_to_new
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import NATIVE_COLUMNS, NATIVE_KEY
from lpipgeo.combining import combine
from lpipgeo.metadata import Indicator

TARGETS = ("msoa21", "ward25", "lad24", "utla", "subregion", "cauth", "rgn", "ctry")
MIN_SHARE_OUTSIDE = 0.85

_FINE = ("lsoa21", "msoa21")
# Published districts are nearer the truth than sums of perturbed neighbourhoods.
_PARTS_OF_COUNTS: dict[str, tuple[str, ...]] = {
    "msoa21": ("lsoa21",),
    "ward25": ("lsoa21",),
    "lad24": _FINE,
    "utla": ("lad24",),
    "subregion": ("lad24",),
    "cauth": ("lad24",),
    "rgn": ("lad24",),
    "ctry": ("rgn", "lad24", "lsoa21"),
}
_PARTS_OF_MEANS: dict[str, tuple[str, ...]] = {
    target: ("lsoa21",) if target in ("msoa21", "ward25", "ctry") else _FINE
    for target in TARGETS
}
_PARTS_OF_DISTRICT_MEANS: dict[str, tuple[str, ...]] = {
    target: () if target in ("msoa21", "ward25", "lad24") else ("lad24",)
    for target in TARGETS
}


def roll_up(
    converted: pd.DataFrame, native_levels: set[str], record: Indicator, frame: Frame
) -> pd.DataFrame:
    """Add the figures of larger areas to those at hand.

    Parameters
    ----------
    converted : native table on 2021 areas
    native_levels : levels that the source came in, such as {"lsoa11"}

    Returns
    -------
    DataFrame : the same columns; one row per area and period; where an area has
        several levels, the row carries the finest
    """
    if record.aggregation == "none":
        return converted
    rows = converted
    parts_of = _PARTS_OF_COUNTS
    if record.aggregation == "weighted_mean":
        of_districts = record.finest_level == "lad24"
        parts_of = _PARTS_OF_DISTRICT_MEANS if of_districts else _PARTS_OF_MEANS
    for target in TARGETS:
        for source in parts_of[target]:
            added = _aggregate(rows, source, target, record, frame, native_levels)
            rows = _prefer_known(rows, added)
    return rows


def _prefer_known(known: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    if added.empty:
        return known
    return pd.concat([known, added], ignore_index=True).drop_duplicates(
        ["area_code", "period"], keep="first", ignore_index=True
    )


def _aggregate(
    rows: pd.DataFrame,
    source: str,
    target: str,
    record: Indicator,
    frame: Frame,
    native_levels: set[str],
) -> pd.DataFrame:
    links = _links(source, target, frame)
    joined = rows.loc[rows["level"] == source].merge(links, on="area_code")
    if joined.empty:
        return rows.iloc[:0]
    weights = area_weights(record, source, frame)
    result = combine(joined, record, weights)
    groups = links.assign(weight=links["area_code"].map(weights)).groupby("parent_code")
    parts = result["parent_code"].map(groups["area_code"].size())
    weight = result["parent_code"].map(groups["weight"].sum())
    whole = result["parts"] == parts
    part = pd.Series(False, index=result.index)
    if record.aggregation == "weighted_mean":
        least = pd.Series(record.build.get("partial", 1.0), index=result.index)
        if native_levels & set(NEW_LEVEL):
            inside = result["parent_code"].isin(frame.codes(target))
            least = least.where(inside, MIN_SHARE_OUTSIDE)
        part = (least < 1) & (result["weight"] >= least * weight)
    straddling = _straddling(native_levels, target, frame)
    exact = whole & bool(links["basis"].eq("exact").all())
    exact &= ~result["parent_code"].isin(straddling)
    result["status"] = exact.map({True: "aggregated", False: "converted"})
    # What does not describe the people of a part does not describe those of the whole.
    flagged = joined.loc[joined["status"] == "not_ranked", "parent_code"]
    result.loc[result["parent_code"].isin(flagged), "status"] = "not_ranked"
    result = result.loc[(whole | part) & result["value"].notna()]
    result = result.rename(columns={"parent_code": "area_code"}).assign(level=target)
    return result.reindex(columns=list(NATIVE_COLUMNS))


def _links(source: str, target: str, frame: Frame) -> pd.DataFrame:
    links = frame.children(source, target)
    if target in ("lad24", "ctry"):
        return links
    return links.loc[links["parent_code"].isin(frame.codes(target))]


def area_weights(record: Indicator, level: str, frame: Frame) -> pd.Series[float]:
    """Return the weight of each area that means are made of; residents unless said."""
    column = {"households": "households"}.get(
        record.aggregation_weight or "", "residents"
    )
    weights = frame.neighbourhoods[column]
    if level in ("msoa21", "lad24"):
        return weights.groupby(frame.neighbourhoods[level]).sum()
    return weights


def _straddling(native_levels: set[str], target: str, frame: Frame) -> set[str]:
    """Return larger areas that share a split 2011 area with a neighbour."""
    found: set[str] = set()
    if target == "ctry":
        return found
    for old_level in native_levels & set(NEW_LEVEL):
        pairs = old_to_new(old_level, frame)
        links = frame.children(NEW_LEVEL[old_level], target)
        parents = links.set_index("area_code")["parent_code"]
        split = pairs.loc[pairs["change"] == "S"]
        split = split.assign(parent=split["new_code"].map(parents))
        families = split.groupby("old_code")["parent"].transform("nunique")
        found |= set(split.loc[families > 1, "parent"])
    return found


def fill_missing(
    rows: pd.DataFrame, frame: Frame, finest_level: str = "lsoa21"
) -> pd.DataFrame:
    """Add a null row for every area of a covered level that has no row.

    A level is covered in a period when one of its areas in the region has a figure.
    Districts outside the region are filled in only where some of them have figures.
    Levels finer than `finest_level` stay out: a unitary district's figure of an
    upper-tier indicator does not make the districts of a county missing.
    """
    added = []
    levels = [*_FINE, *TARGETS[1:-1]]
    first = levels.index(finest_level) if finest_level in levels else 0
    for level in levels[first:]:
        codes = frame.codes(level)
        valued = rows.loc[rows["value"].notna()]
        periods = valued.loc[valued["area_code"].isin(codes), "period"]
        added.append(_grid(codes, sorted(set(periods)), level))
        if level == "lad24":
            outside = frame.codes(level, in_region=False).difference(codes)
            periods = valued.loc[valued["area_code"].isin(outside), "period"]
            added.append(_grid(outside, sorted(set(periods)), level))
    return _prefer_known(rows, pd.concat(added, ignore_index=True))


def _grid(codes: pd.Index[str], periods: list[str], level: str) -> pd.DataFrame:
    pairs = pd.DataFrame({"area_code": codes}).merge(
        pd.DataFrame({"period": periods}, dtype=object), how="cross"
    )
    grid = pairs.assign(level=level, status="not_available")
    return grid.reindex(columns=list(NATIVE_COLUMNS)).astype(
        dict.fromkeys(set(NATIVE_COLUMNS) - {*NATIVE_KEY, "status"}, float)
    )
