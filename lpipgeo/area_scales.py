"""One indicator at every scale: from an area up to the country."""

from __future__ import annotations

import math

import pandas as pd

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_overview import find_sources, own_figure, read_figures, why_not_own
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS, UNITED_KINGDOM
from lpipgeo.paths import DataFolder

SCALE_COLUMNS = (
    *("level", "area_code", "area_name", "period", "value", "lower_ci", "upper_ci"),
    *("limits", "status", "why"),
)


def read_scales(
    area_code: str, indicator_id: str, *, data: DataFolder = None
) -> pd.DataFrame:
    """Return one indicator of an area and of every larger area that it nests in.

    Returns
    -------
    DataFrame, smallest area first, each area once, columns `SCALE_COLUMNS`: the newest
    figure of the area, and those of the larger areas at the same period. Missing values
    are null with a status; a figure of a larger area is marked as inherited, and `why`
    says so. The United Kingdom comes last where it has a figure. Empty where the
    indicator does not reach the area.

    Raises
    ------
    UnknownAreaError, UnknownIndicatorError
    """
    index = read_areas(data)
    area = index.find(area_code)
    indicator = read_catalogue(data).find(indicator_id)
    source = find_sources(area, data=data).get(indicator.id)
    if source is None:
        return pd.DataFrame(columns=list(SCALE_COLUMNS))
    chain: dict[str, tuple[str, Area]] = {area.code: (area.level, area)}
    for level in (*LEVELS[area.level].nests_in, "ctry"):
        parent = index.parent(area.code, level)
        if parent is not None:
            chain.setdefault(parent.code, (level, parent))
    union = index.by_code.get(UNITED_KINGDOM)
    if union is not None:
        chain.setdefault(union.code, ("ctry", union))
    figures = read_figures({indicator.id: source}, chain, data=data)
    rows = []
    for level, other in chain.values():
        is_here = other.code == area.code
        whose = source if is_here else source.of(level, other.code)
        figure = own_figure(other, indicator.id, whose, figures)
        if other.code == UNITED_KINGDOM and math.isnan(figure.value):
            continue
        why = why_not_own(indicator, other, whose, figure)
        numbers = (figure.value, figure.lower, figure.upper)
        start = (level, other.code, other.name, figure.period)
        rows.append((*start, *numbers, figure.limits, figure.status, why))
    return pd.DataFrame(rows, columns=list(SCALE_COLUMNS))
