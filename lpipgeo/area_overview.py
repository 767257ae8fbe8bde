"""Which figures an area is shown: its own, or those of a larger area."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lpipgeo.area_index import Area, read_areas
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.intervals import Figure, add_limits
from lpipgeo.levels import BESIDE
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import explain_status
from lpipgeo.paths import DataFolder
from lpipgeo.store import open_store
from lpipgeo.tables import BY_AREA, OBSERVATION_COLUMNS

FigureKey = tuple[str, str, str]  # indicator id, area code, period


@dataclass(frozen=True, slots=True)
class FigureSource:
    """Whose figure of an indicator an area is shown.

    Attributes
    ----------
    level, code : of the area itself, or of the larger one that it inherits from
    period : the newest one
    """

    level: str
    period: str
    code: str

    def of(self, level: str, code: str) -> FigureSource:
        """Return the same period of another area."""
        return replace(self, level=level, code=code)


def larger_areas(area: Area, *, data: DataFolder = None) -> list[Area]:
    """Return district, sub-region, region and England, as far as they are larger."""
    index = read_areas(data)
    found = [index.parent(area.code, level) for level in BESIDE]
    return [p for p in found if p is not None and p.code != area.code]


def find_sources(area: Area, *, data: DataFolder = None) -> dict[str, FigureSource]:
    """Return, per indicator in catalogue order, whose figure an area is shown."""
    catalogue, index = read_catalogue(data), read_areas(data)
    chosen = {}
    for indicator in catalogue.active:
        for level in area.levels:
            source = catalogue.source_level(indicator.id, level)
            if source is None:
                continue
            other = area if source == level else index.parent(area.code, source)
            if other is not None:
                period = catalogue.latest(indicator.id, level)
                chosen[indicator.id] = FigureSource(source, period, other.code)
                break
    return chosen


def read_figures(
    sources: Mapping[str, FigureSource],
    area_codes: Iterable[str],
    *,
    data: DataFolder = None,
) -> dict[FigureKey, Figure]:
    """Return the figures of some areas, of all periods, with their limits.

    Parameters
    ----------
    sources : the indicators to read; figures of their own areas are read too
    area_codes : further areas

    Returns
    -------
    dict of (indicator id, area code, period) to Figure, in order of period; missing
    values are NaN
    """
    if not sources:
        return {}
    store = open_store(data)
    codes = sorted({*area_codes, *(source.code for source in sources.values())})
    rows = store.query(
        f"""
        SELECT {", ".join(OBSERVATION_COLUMNS)} FROM read_parquet($file)
        WHERE area_code IN (SELECT unnest($codes))
        AND indicator_id IN (SELECT unnest($ids))
        ORDER BY period
        """,
        {"file": store.file(BY_AREA), "codes": codes, "ids": list(sources)},
    )
    rows = add_limits(rows, read_catalogue(data).indicators)
    names = ("area_code", "period", "value", "lower_ci", "upper_ci", "status", "limits")
    made = map(Figure, *(rows[name].tolist() for name in names))
    ids = rows["indicator_id"].astype(str).tolist()
    return {
        (indicator_id, figure.area_code, figure.period): figure
        for indicator_id, figure in zip(ids, made, strict=True)
    }


def own_figure(
    area: Area,
    indicator_id: str,
    source: FigureSource,
    figures: Mapping[FigureKey, Figure],
) -> Figure:
    """Return the figure that an area is shown, marked where it is another area's.

    An inherited figure has no limits: they describe the larger area.
    """
    nothing = Figure(
        area.code, source.period, math.nan, math.nan, math.nan, "not_available"
    )
    figure = figures.get((indicator_id, source.code, source.period), nothing)
    if source.code == area.code or math.isnan(figure.value):
        return replace(figure, area_code=area.code)
    return replace(nothing, value=figure.value, status="inherited")


def why_not_own(
    indicator: Indicator, area: Area, source: FigureSource, own: Figure
) -> str:
    """Return a sentence where the figure is not the publisher's own, else ""."""
    if own.status == "published":
        return ""
    return explain_status(indicator, own.status, area.level, source.level)
