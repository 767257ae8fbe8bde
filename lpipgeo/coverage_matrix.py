"""Which indicator has figures at which level and for which periods, gaps included."""

from __future__ import annotations

import pandas as pd

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.periods import Period
from lpipgeo.store import open_store


def coverage_matrix() -> pd.DataFrame:
    """Return one row per active indicator and one column per level, in words.

    Returns
    -------
    DataFrame, index `indicator_id` in catalogue order: columns are level ids, finest
    first; a cell says the periods, how many years are missing, and the share of areas
    with a figure where it is below all ("2013–2022; 98 % of areas").
    Empty where there is no figure.
    """
    catalogue = read_catalogue()
    table = open_store().table("summaries/coverage.parquet")
    key = [table[name].astype(str) for name in ("indicator_id", "level", "period")]
    numbers = zip(table["values"], table["areas"], strict=True)
    counts = dict(zip(zip(*key, strict=True), numbers, strict=True))
    rows = {}
    for indicator in catalogue.active:
        cells = {}
        for level in catalogue.levels(indicator.id):
            periods = catalogue.periods_by_level[indicator.id, level]
            share = _share_text(*counts[indicator.id, level, periods[-1]])
            cells[level] = periods_text(periods) + share
        rows[indicator.id] = cells
    matrix = pd.DataFrame.from_dict(rows, orient="index", columns=list(LEVELS))
    return matrix.fillna("").rename_axis("indicator_id")


def periods_text(periods: tuple[str, ...]) -> str:
    """Return ISO periods, oldest first, in few words: "2013–2022", "2019, 2025".

    Periods within one year are told by their year, longer ones as everywhere else
    ("2021 to 2023"); years that a yearly series leaves out are counted ("2019–2022, 3
    of 4 years").
    """
    parsed = [Period.parse(text) for text in periods]
    labels = list(dict.fromkeys(_year_label(period) for period in parsed))
    if len(labels) <= 2:
        return ", ".join(labels)
    between = " … " if " to " in labels[0] else "–"
    text = f"{labels[0]}{between}{labels[-1]}"
    years = parsed[-1].start.year - parsed[0].start.year + 1
    if len(labels) < years:
        return f"{text}, {len(labels)} of {years} years"
    return text


def _year_label(period: Period) -> str:
    within_a_year = period.start.year == period.last_day.year
    return str(period.start.year) if within_a_year else period.label


def _share_text(values: int, areas: int) -> str:
    if values >= areas:
        return ""
    share = min(99, max(1, round(100 * values / areas)))
    return f"; {share} % of areas"
