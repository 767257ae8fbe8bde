"""Strips of a comparison: neighbourhoods inside its areas, and all peers of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

import altair as alt
import numpy as np

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_profile import ProfileRow
from lpipgeo.chart_look import ends_of
from lpipgeo.comparison import ComparedRow
from lpipgeo.comparison_inside import InsideSet
from lpipgeo.formatting import format_value
from lpipgeo.inside_charts import inside_strip
from lpipgeo.level_figures import MIN_SPREAD, read_level
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator
from lpipgeo.palettes import COMPARED
from lpipgeo.paths import DataFolder
from lpipgeo.strips import Line, Marked, Strip, strip_chart

PEERS_KEY = (
    "Grey: all areas of the kind, as strokes, or as a hill where they are many. Pale "
    "band: the middle half of them. Signs: the areas compared."
)


def inside_strips(found: InsideSet, places: Mapping[str, int]) -> alt.LayerChart:
    """Return a strip per area of its smaller areas, with its own figure marked.

    Parameters
    ----------
    found : with areas
    places : code to place in the set, which gives colour and sign
    """
    strips = [
        inside_strip(
            one.inside,
            found.indicator,
            one.area.name,
            one.own,
            COMPARED[places[one.area.code]],
        )
        for one in found.areas
    ]
    return _draw(strips, found.indicator, _england(found))


def _england(found: InsideSet) -> Line | None:
    if isnan(found.england):
        return None
    text = format_value(found.england, found.indicator, "ctry")
    return Line(f"England {text}", found.england)


def peer_strips(
    row: ComparedRow,
    areas: Sequence[Area],
    places: Mapping[str, int],
    line: Line | None = None,
    *,
    has_key: bool = False,
    data: DataFolder = None,
) -> alt.LayerChart | None:
    """Return a strip per kind of area in the set: all of this kind, the set marked.

    Kinds of which fewer than five areas have a figure of the same period are left out;
    None where no kind is left.

    Parameters
    ----------
    row : an exact figure of the set, `areas` in the same order as its cells
    places : code to place in the set, which gives colour and sign
    has_key : whether the signs are explained, for a picture that stands alone
    """
    cells = [(area, cell) for area, cell in zip(areas, row.cells, strict=True) if cell]
    levels = [lv for lv in reversed(LEVELS) if any(c.level == lv for _, c in cells)]
    strips = []
    for level in levels:
        here = [(area, cell) for area, cell in cells if cell.level == level]
        strip = _peer_strip(row, level, here, places, data)
        if strip is not None:
            strips.append(strip)
    key = [mark for strip in strips for mark in strip.marked] if has_key else []
    return _draw(strips, row.indicator, line, key) if strips else None


def _peer_strip(
    row: ComparedRow,
    level: str,
    here: Sequence[tuple[Area, ProfileRow]],
    places: Mapping[str, int],
    data: DataFolder,
) -> Strip | None:
    figures = read_level(level, data=data)
    column = figures.columns.get(row.indicator.id)
    if column is None or column.period != row.period:
        return None
    kept = figures.among & ~np.isnan(column.value)
    values, index = column.value[kept], read_areas(data)
    if len(values) < MIN_SPREAD:
        return None
    marked = []
    for area, cell in here:
        text = format_value(cell.figure.value, row.indicator, level)
        look = COMPARED[places[area.code]]
        marked.append(Marked(area.name, text, cell.figure.value, *look))
    every = int(figures.among.sum())
    some = f"{len(values):,} of " if len(values) < every else ""
    where = "England" if level == "rgn" else "the West Midlands region"
    return Strip(
        f"{some}{every:,} {LEVELS[level].plural_in_text} of {where}",
        values,
        [index.by_code[code].name for code in figures.codes[kept].tolist()],
        [format_value(value, row.indicator, level) for value in values.tolist()],
        tuple(marked),
    )


def _draw(
    strips: Sequence[Strip],
    indicator: Indicator,
    line: Line | None,
    key: Sequence[Marked] = (),
) -> alt.LayerChart:
    is_turned = indicator.polarity == "lower_is_better"
    return strip_chart(
        strips,
        indicator.unit,
        is_turned=is_turned,
        line=line,
        key=key,
        ends=ends_of(indicator),
    )
