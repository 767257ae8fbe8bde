"""One row of a profile as a chart of its own, to put on a slide or into a report."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import altair as alt
import numpy as np
import pandas as pd

from lpipgeo.area_profile import Profile, ProfileRow
from lpipgeo.chart_files import WIDTH, draw_chart, with_title
from lpipgeo.chart_look import BAND
from lpipgeo.comparators import Comparator
from lpipgeo.errors import SelectionError
from lpipgeo.formatting import format_value, publishers_of
from lpipgeo.headlines import find_headlines
from lpipgeo.intervals import Figure
from lpipgeo.level_figures import read_level
from lpipgeo.levels import LEVELS
from lpipgeo.outcomes import NOT_COMPARED
from lpipgeo.palettes import ACCENT, RULE, SECONDARY_TEXT, TEXT
from lpipgeo.paths import DataFolder
from lpipgeo.periods import Period, period_label
from lpipgeo.series_parts import divide_series
from lpipgeo.trend_lines import MIN_POINTS


def row_chart(
    profile: Profile, row: ProfileRow, *, data: DataFolder = None
) -> alt.VConcatChart:
    """Return a row's figure among its peers, and its line through time below.

    Worst is left; a dark line with its name is the benchmark, a frame the middle half
    of a group, a pale band that of the peers, a thin line the margin of error. The line
    joins only what `divide_series` joins; fewer than three figures make no line.

    Raises
    ------
    SelectionError : the row may not be drawn
    """
    if not row.can_be_drawn:
        raise SelectionError(
            f"{row.indicator.title} of {profile.area.name} has no exact figure of its "
            "own to draw. Take the table."
        )
    parts = [_strip(profile, row, data)]
    series = divide_series(row.indicator, row.history)
    if sum(map(len, series)) >= MIN_POINTS:
        parts.append(_line(row, series))
    whole = alt.VConcatChart(vconcat=parts, spacing=24)
    return with_title(whole, title_of(profile, row), _subtitle(profile, row))


def draw_row(
    profile: Profile,
    row: ProfileRow,
    file_format: str = "svg",
    *,
    data: DataFolder = None,
) -> bytes:
    """Return the chart of a row as a file.

    Parameters
    ----------
    file_format : "svg", or "png" at twice the size

    Raises
    ------
    SelectionError : the row may not be drawn, or another format
    """
    return draw_chart(row_chart(profile, row, data=data), file_format)


def title_of(profile: Profile, row: ProfileRow) -> str:
    """Return the finding where it was tested, else the subject."""
    for made in find_headlines(profile):
        if made.indicator_id == row.indicator.id and made.basis == "tested":
            return made.sentence.removesuffix(".")
    return _subject(profile, row)


def _subject(profile: Profile, row: ProfileRow) -> str:
    where, when = profile.area.name, period_label(row.figure.period)
    return f"{row.indicator.title}, {where}, {when}"


def _subtitle(profile: Profile, row: ProfileRow) -> list[str]:
    """Return place, period and outcome where the title has none; then the sources."""
    said = [profile.area.name, period_label(row.figure.period)]
    if title_of(profile, row) == _subject(profile, row):
        said = []
    if profile.comparator and row.outcome.word != NOT_COMPARED:
        beside = (
            "similar to"
            if row.outcome.word == "similar"
            else (f"{row.outcome.word} than")
        )
        said.append(f"{beside} {_benchmark_name(profile.comparator)}")
    credit = f"Source: {publishers_of([row.indicator])}"
    return [" · ".join(said), credit] if said else [credit]


def _benchmark_name(comparator: Comparator) -> str:
    """Return what the figure is compared with; a group is not one figure."""
    half = "the middle half of " if comparator.codes else ""
    return f"{half}{comparator.name}"


def _strip(profile: Profile, row: ProfileRow, data: DataFolder) -> alt.LayerChart:
    level = read_level(row.level, data=data)
    column = level.columns.get(row.indicator.id)
    values = np.empty(0) if column is None else column.value[level.among]
    peers = pd.DataFrame({"value": values[~np.isnan(values)]})
    turned = row.indicator.polarity == "lower_is_better"
    scale = alt.Scale(zero=False, nice=True, reverse=turned)

    standing, figure = row.standing, row.figure
    among = f"one line for each of {len(peers):,} {LEVELS[row.level].plural_in_text}"
    half = "" if isnan(standing.quarter_low) else ", the band is their middle half"
    title = f"{row.indicator.unit} ({among}{half})"

    def x(field: str) -> alt.X:
        axis = alt.Axis(grid=False, tickCount=8)
        return alt.X(f"{field}:Q", title=title, axis=axis, scale=scale)

    layers = []
    if not isnan(standing.quarter_low):
        ends = {"value": [standing.quarter_low], "to": [standing.quarter_high]}
        band = alt.Chart(pd.DataFrame(ends)).mark_rect(color=BAND, y=30, y2=80)
        layers.append(band.encode(x=x("value"), x2=alt.X2("to:Q")))
    ticks = alt.Chart(peers).mark_tick(color=SECONDARY_TEXT, opacity=0.5, y=55, size=40)
    layers.append(ticks.encode(x=x("value")))
    layers += _benchmark(profile, row, x("value"))
    here = pd.DataFrame(
        {
            "value": [figure.value],
            "lower": [figure.lower],
            "upper": [figure.upper],
            "text": [format_value(figure.value, row.indicator, row.level)],
        }
    )
    if figure.has_limits:
        whisker = alt.Chart(here).mark_rule(color=ACCENT, strokeWidth=3, y=55)
        layers.append(whisker.encode(x=x("lower"), x2=alt.X2("upper:Q")))
    dot = alt.Chart(here).mark_point(
        color=ACCENT, filled=True, size=180, y=55, opacity=1
    )
    layers.append(dot.encode(x=x("value")))
    text = alt.Chart(here).mark_text(
        color=ACCENT, fontSize=18, fontWeight=600, y=98, baseline="middle"
    )
    layers.append(text.encode(x=x("value"), text=alt.Text("text:N")))
    return alt.LayerChart(layer=layers, width=WIDTH, height=112)


def _benchmark(profile: Profile, row: ProfileRow, x: alt.X) -> list[alt.Chart]:
    there = row.benchmark
    if profile.comparator is None or there is None:
        return []
    if there.period != row.figure.period:
        return []
    if profile.comparator.codes:
        return _frame(f"middle half of {profile.comparator.name}", there, x)
    if isnan(there.value):
        return []
    value = format_value(there.value, row.indicator, row.level)
    name = f"{profile.comparator.name} {value}"
    data = pd.DataFrame({"value": [there.value], "name": [name]})
    rule = alt.Chart(data).mark_rule(color=TEXT, strokeWidth=2, y=18, y2=86)
    label = alt.Chart(data).mark_text(color=TEXT, fontSize=14, y=8)
    return [rule.encode(x=x), label.encode(x=x, text=alt.Text("name:N"))]


def _frame(name: str, half: Figure, x: alt.X) -> list[alt.Chart]:
    """Return the middle half of a group as a frame with its name."""
    if not half.has_limits:
        return []
    ends = pd.DataFrame({"value": [half.lower], "to": [half.upper]})
    middle = pd.DataFrame({"value": [(half.lower + half.upper) / 2], "name": [name]})
    frame = alt.Chart(ends).mark_rect(
        filled=False, stroke=TEXT, strokeWidth=2, y=18, y2=86
    )
    label = alt.Chart(middle).mark_text(color=TEXT, fontSize=14, y=8)
    return [
        frame.encode(x=x, x2=alt.X2("to:Q")),
        label.encode(x=x, text=alt.Text("name:N")),
    ]


def _line(row: ProfileRow, series: Sequence[Sequence[Figure]]) -> alt.LayerChart:
    known = [figure for part in series for figure in part]
    table = pd.DataFrame(
        {
            "day": [pd.Timestamp(Period.parse(f.period).start) for f in known],
            "value": [figure.value for figure in known],
            "lower": [figure.lower for figure in known],
            "upper": [figure.upper for figure in known],
            "part": [number for number, part in enumerate(series) for _ in part],
        }
    )
    length = Period.parse(row.figure.period)
    over = length.unit == "Y" and length.count > 1
    title = f"first of {length.count} years" if over else None
    axis = alt.Axis(title=title, grid=False, tickCount="year", format="%Y")
    x = alt.X("day:T", axis=axis)
    titled = alt.Axis(gridColor=RULE, tickCount=5)

    def y(field: str) -> alt.Y:
        scale = alt.Scale(zero=False, nice=True)
        return alt.Y(f"{field}:Q", title=row.indicator.unit, axis=titled, scale=scale)

    limits = alt.Chart(table.dropna(subset=["lower", "upper"])).mark_area(color=BAND)
    line = alt.Chart(table).mark_line(
        color=ACCENT, point=alt.OverlayMarkDef(color=ACCENT), strokeWidth=2
    )
    return alt.LayerChart(
        layer=[
            limits.encode(
                x=x, y=y("lower"), y2=alt.Y2("upper:Q"), detail=alt.Detail("part:N")
            ),
            line.encode(x=x, y=y("value"), detail=alt.Detail("part:N")),
        ],
        width=WIDTH,
        height=200,
    )
