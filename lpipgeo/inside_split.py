"""How much of the difference between neighbourhoods lies between compared areas.

Only figures that were made for the neighbourhoods and that may be averaged are split,
and only between areas that do not overlap; else a sentence says why not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan

import pandas as pd

from lpipgeo.area_index import Area, read_areas
from lpipgeo.comparison_inside import (
    AreaInside,
    InsideSet,
    has_true_zero,
)
from lpipgeo.formatting import THIN_SPACE
from lpipgeo.inequality import Split, split_theil, split_variance
from lpipgeo.levels import LEVELS
from lpipgeo.paths import DataFolder

MAX_TOLD = 3  # overlaps
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class InsideSplit:
    """How much of the difference between neighbourhoods lies between the areas.

    Attributes
    ----------
    areas : those that were split
    variance : in the square of the unit; None where `reason` is given
    theil : None also where figures are not all above 0, or have no true zero
    count : of the smaller areas
    reason : why nothing was split; else ""
    """

    areas: tuple[Area, ...] = ()
    variance: Split | None = None
    theil: Split | None = None
    count: int = 0
    reason: str = ""


def find_overlaps(found: InsideSet) -> list[str]:
    """Return a sentence for each pair of areas that share smaller areas."""
    told = []
    for here, there in combinations(found.areas, 2):
        mine = set(here.inside.table["area_code"])
        theirs = set(there.inside.table["area_code"])
        names = here.area.name, there.area.name
        if mine <= theirs:
            told.append("{} lies in {}.".format(*names))
        elif theirs < mine:
            told.append("{1} lies in {0}.".format(*names))
        elif mine & theirs:
            told.append("{} and {} overlap.".format(*names))
    return told


def split_inside(found: InsideSet, *, data: DataFolder = None) -> InsideSplit:
    """Split the difference between neighbourhoods into between and within the areas.

    Each neighbourhood counts by its residents (Census 2021). Only areas with at least
    two figures inside are split; areas without are left out.
    """
    kept = [one for one in found.areas if len(one.inside.ranked) > 1]
    reason = _why_no_split(found, kept)
    if reason:
        return InsideSplit(reason=reason)
    tables = [one.inside.ranked.assign(of=one.area.code) for one in kept]
    places = pd.concat(tables, ignore_index=True)
    residents = read_areas(data).table["residents"].loc[places["area_code"]].to_numpy()
    values, groups = places["value"].to_numpy(float), places["of"].tolist()
    theil = None
    if has_true_zero(found.indicator) and values.min() > 0:
        theil = split_theil(values, residents, groups)
    variance = split_variance(values, residents, groups)
    areas = tuple(one.area for one in kept)
    return InsideSplit(areas, variance, theil, len(places))


def _why_no_split(found: InsideSet, kept: Sequence[AreaInside]) -> str:
    indicator = found.indicator
    if found.reason:
        return found.reason
    if indicator.value_type == "median":
        return (
            "Each figure is a median: the middle of a larger area is not the average "
            "of the middles inside it."
        )
    if indicator.aggregation == "none":
        return indicator.aggregation_note
    overlaps = find_overlaps(found)
    if overlaps:
        more = len(overlaps) - MAX_TOLD
        rest = [f"{more} more pairs overlap."] if more > 0 else []
        return " ".join([*overlaps[:MAX_TOLD], *rest])
    if len(kept) < 2:
        return f"That takes two areas with {found.plural} inside."
    return ""


def split_sentence(split: InsideSplit, found: InsideSet) -> str:
    """Return how much lies between the areas and within them; "" where nothing split.

    Such as "12 % of the differences between neighbourhoods lie between these six
    sub-regions, 88 % within them."
    """
    if split.variance is None:
        return ""
    areas = name_kind(split.areas)
    share = split.variance.share_between
    if isnan(share):
        return f"All {split.count:,} {found.plural} have the same figure."
    between, within = percentages(share)
    return (
        f"{between} of the differences between {found.plural} lie between these "
        f"{areas}, {within} within them."
    )


def percentages(share: float) -> tuple[str, str]:
    """Return a share and its rest as whole percentages that add up to 100."""
    whole = round(100 * share)
    if share > 0 and whole == 0:
        return f"Less than 1{THIN_SPACE}%", f"more than 99{THIN_SPACE}%"
    if share < 1 and whole == 100:
        return f"More than 99{THIN_SPACE}%", f"less than 1{THIN_SPACE}%"
    return f"{whole}{THIN_SPACE}%", f"{100 - whole}{THIN_SPACE}%"


def name_kind(areas: Sequence[Area]) -> str:
    """Return how many areas of which kind these are: "six sub-regions"."""
    number = NUMBERS[len(areas)] if len(areas) < len(NUMBERS) else str(len(areas))
    shared = [lv for lv in areas[0].levels if all(lv in area.levels for area in areas)]
    return f"{number} {LEVELS[shared[0]].plural_in_text if shared else 'areas'}"
