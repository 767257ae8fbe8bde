"""The rule by which figures of smaller areas become that of a larger one.

Each record says which rule holds for it (`Indicator.aggregation`): numbers are added
up, shares and rates are made anew from their added parts, means are weighted.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.metadata import Indicator


def combine(
    joined: pd.DataFrame, record: Indicator, weights: pd.Series[float]
) -> pd.DataFrame:
    """Combine parts into their parents.

    Parameters
    ----------
    joined : rows of parts with `parent_code`
    weights : by `area_code`

    Returns
    -------
    DataFrame : `parent_code`, `period`, `value`, `numerator`, `denominator`, `parts`
        (how many had a figure), `weight` (of those)
    """
    needed = {
        "from_components": ["numerator", "denominator"],
        "sum": ["value"],
        "weighted_mean": ["value"],
    }[record.aggregation]
    has = joined[needed].notna().all(axis=1)
    weight = joined["area_code"].map(weights).where(has)
    parts = joined.assign(
        parts=has.astype(int), weight=weight, product=joined["value"] * weight
    )
    for name in ("numerator", "denominator", "value"):
        parts[name] = parts[name].where(has)
    names = ["value", "numerator", "denominator", "weight", "product", "parts"]
    sums = parts.groupby(["parent_code", "period"])[names].sum(min_count=1)
    if record.aggregation == "from_components":
        positive = sums["denominator"].where(sums["denominator"] > 0)
        sums["value"] = record.multiplier * sums["numerator"] / positive
    else:
        sums[["numerator", "denominator"]] = float("nan")
    if record.aggregation == "weighted_mean":
        sums["value"] = sums["product"] / sums["weight"]
    return sums.drop(columns="product").reset_index()


def rule_in_words(record: Indicator) -> str:
    """Return the record's rule as a sentence; "" where figures cannot be combined."""
    above = record.numerator_label or "what is counted"
    below = record.denominator_label or "what it is divided by"
    by = {"households": "households", "population": "residents"}
    weight = by.get(record.aggregation_weight or "", "residents")
    return {
        "sum": "The numbers of its neighbourhoods, added up.",
        "from_components": (
            f"Added up over its neighbourhoods: {above}, divided by {below}."
        ),
        "weighted_mean": (
            f"Mean of its neighbourhoods, each weighted by its {weight} (Census 2021)."
        ),
        "none": "",
    }[record.aggregation]
