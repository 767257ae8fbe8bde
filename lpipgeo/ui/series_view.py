"""Parts of the page Trends: lines, what changed, and files of both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from operator import itemgetter

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lpipgeo.area_index import Area, read_areas
from lpipgeo.change import change_record
from lpipgeo.comparators import full_name, name_in_sentence
from lpipgeo.comparison import Preset, find_presets
from lpipgeo.errors import join_words
from lpipgeo.export import make_table, to_bytes
from lpipgeo.formatting import capital, format_change, format_value, publishers_of
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.metadata import Indicator
from lpipgeo.periods import Period, period_label
from lpipgeo.time_series import (
    CLEAR,
    MISSING,
    NO_FIGURE,
    UNTESTED,
    WITHIN,
    Series,
    SeriesFound,
    base_periods,
    find_change,
    series_of,
    set_to_base,
)
from lpipgeo.ui.chart_downloads import Picture, offer_files
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.comparison_set import sign_key
from lpipgeo.ui.loaders import load_headlines
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.picking import pick
from lpipgeo.ui.profile_rows import TRENDS
from lpipgeo.ui.selection import change

MIN_PERIODS = 2
_OF_SEVERAL = {
    NO_FIGURE: "They have no figures of their own.",
    MISSING: "Their figures are missing.",
}
TESTS = {WITHIN: "within the margins of error", UNTESTED: "no margins, so not tested"}
METHOD = (
    "A rise or fall is called clear only where the margins of error of the two figures "
    "do not overlap. No line leads across a break, a missing year or another kind of "
    "period."
)


def read_lines(indicator: Indicator, codes: Sequence[str]) -> SeriesFound:
    """Return the series of the set, the region and England, and who has none."""
    shown = dict.fromkeys([*codes, REGION, ENGLAND])
    found, without = series_of(
        indicator, [load_headlines(code, (indicator.id,)) for code in shown]
    )
    return found, tuple((area, why) for area, why in without if area.code in codes)


def choose_indicator(selection: Selection, catalogue: Catalogue) -> Indicator:
    """Draw the list of indicators that have several periods; return the chosen one."""
    titles = {i.id: i.title for i in catalogue.active if _has_several(catalogue, i)}
    chosen = catalogue.find(selection.indicator)
    titles.setdefault(chosen.id, f"{chosen.title} (one period only)")
    key = "trends_indicator"
    pick("indicator", "Indicator", chosen.id, titles, key=key, width=440)
    return chosen


def _has_several(catalogue: Catalogue, indicator: Indicator) -> bool:
    return any(
        len(catalogue.periods(indicator.id, level)) >= MIN_PERIODS
        for level in catalogue.levels(indicator.id)
    )


def choose_base(
    indicator: Indicator, series: Sequence[Series], held: str | None
) -> str:
    """Draw what the lines show: the figures, or hundredths of one period's; return it.

    Nothing is drawn, and "" returned, where no period can be the base.
    """
    periods = base_periods(indicator, series)
    if held and held not in periods:
        quiet(f"{period_label(held)} cannot be set to 100 for all of these.")
    if len(periods) < MIN_PERIODS:
        return ""
    names = {"": "The figures", **{p: f"{period_label(p)} = 100" for p in periods}}
    pick("base", "Show", held, names, key="trends_base", width=220)
    return held if held in periods else ""


def show_lines(
    indicator: Indicator,
    found: SeriesFound,
    codes: Sequence[str],
    base: str,
    download: DeltaGenerator,
) -> None:
    """Draw the lines, in words what the picture leaves open, and both as files.

    Parameters
    ----------
    download : where the files are offered
    """
    from lpipgeo.series_charts import (  # noqa: PLC0415  altair is heavy
        break_lines,
        series_chart,
    )

    series, _ = found
    drawn = tuple(set_to_base(one, base) for one in series) if base else series
    places = {code: place for place, code in enumerate(codes)}
    chart = series_chart(indicator, drawn, places, base)
    show_chart(chart, key="trends_lines")
    periods = [figure.period for one in series for figure in one.figures]
    if base:
        quiet("Set to a base the figures have no margins of error, so none are drawn.")
    for line in break_lines(indicator, periods):
        quiet(f"Break in the series. {line}")
    if len({(p.count, p.unit) for p in map(Period.parse, periods)}) > 1:
        quiet("The periods are of different length; their figures are not joined.")
    quiet(f"{METHOD} {source_line(indicator)}")
    said = (sign_key(codes), source_line(indicator))
    name = f"{indicator.id}_trends"
    picture = Picture("The chart", name, chart, indicator.title, said)
    make_csv = partial(_table, indicator.id, [one.area.code for one in series])
    with download:
        offer_files("trends_download", [picture], name, make_csv)


def show_without(
    catalogue: Catalogue, indicator: Indicator, without: Sequence[tuple[Area, str]]
) -> None:
    """Say in one sentence for each reason who has no line, and offer districts."""
    for reason, pairs in groupby(sorted(without, key=itemgetter(1)), itemgetter(1)):
        names = [name_in_sentence(area) for area, _ in pairs]
        said = capital(join_words(names))
        if len(names) == 1:
            quiet(f"{said} has no line. {reason}")
        else:
            quiet(f"{said} have no line. {_OF_SEVERAL.get(reason, reason)}")
    areas = [area for area, reason in without if reason == NO_FIGURE]
    has_districts = "lad24" in catalogue.levels(indicator.id)
    if not areas or not has_districts or any("lad24" in a.levels for a in areas):
        return
    near = areas[0] if len(areas) == 1 else None
    *_, districts = (p for p in find_presets(near) if _are_districts(p))
    st.button(
        f"Compare {plain(_lower(districts.name))}, which have figures",
        key="trends_districts",
        on_click=change,
        kwargs={"compare": districts.codes},
    )


def _are_districts(preset: Preset) -> bool:
    find = read_areas().find
    return all("lad24" in find(code).levels for code in preset.codes)


def _lower(name: str) -> str:
    return f"the{name[3:]}" if name.startswith("The ") else name


def source_line(indicator: Indicator) -> str:
    """Return who published the figures."""
    return f"Source: {publishers_of([indicator])}."


def show_changes(indicator: Indicator, series: Sequence[Series]) -> None:
    """Draw what changed in each area, as a table."""
    st.html("<h2>What changed</h2>")
    rows = [_change_row(indicator, one) for one in series]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="trends_changes")


def _change_row(indicator: Indicator, one: Series) -> dict[str, str]:
    found = find_change(indicator, one)
    word = TESTS.get(found.test, "")
    if found.test == CLEAR:
        verdict = f", for the {found.verdict}" if found.verdict else ""
        word = f"clear {found.direction}{verdict}"
    trend = TRENDS.get(one.trend.word, "") or f"none: {one.trend.reason}"

    def text(figure_period: str | None, value: float | None, status: str) -> str:
        if figure_period is None or value is None:
            return ""
        figure = format_value(value, indicator, one.level, status)
        return f"{figure} in {period_label(figure_period)}"

    first, last = found.first, found.last
    return {
        "Area": full_name(one.area),
        "From": text(first.period, first.value, first.status) if first else "",
        "To": text(last.period, last.value, last.status),
        "Change": ""
        if found.reason
        else format_change(found.change, change_record(indicator)),
        "What may be said": found.reason or word,
        "Trend of five years": trend,
        "Code": one.area.code,
    }


def _table(indicator_id: str, codes: Sequence[str]) -> bytes:
    return to_bytes(make_table(indicator_id, areas=codes, periods="all"), "csv")
