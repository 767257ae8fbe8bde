"""The overview of a comparison on its page: what is shown, in words, and taken away."""

from __future__ import annotations

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.area_profile import Profile
from lpipgeo.comparison import (
    ComparedRow,
    Comparison,
    compare_profiles,
    default_codes,
    without_benchmark,
)
from lpipgeo.errors import join_words
from lpipgeo.export import make_table, to_bytes
from lpipgeo.formatting import format_value, publishers_of
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import ENGLAND, REGION
from lpipgeo.metadata import Indicator
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.choices import Selection, compared_codes
from lpipgeo.ui.comparison_table import key_text, overview_html
from lpipgeo.ui.download_button import offer_file
from lpipgeo.ui.loaders import load_profile
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.picking import pick
from lpipgeo.ui.popovers import open_popover

_BENCHMARKS = {ENGLAND: "England", REGION: "the West Midlands region"}
_FILES = {"csv": "CSV", "xlsx": "Excel"}


def _read_comparison(selection: Selection, catalogue: Catalogue) -> Comparison:
    """Return the comparison that the selection means, its areas in shown order."""
    found = compare_profiles(_profiles(selection), _indicators(selection, catalogue))
    return found.in_order_of(selection.order) if selection.order else found


def _profiles(selection: Selection) -> list[Profile]:
    benchmark = _benchmark(selection)
    held = None if benchmark == ENGLAND else benchmark
    return [
        without_benchmark(load_profile(code, None))
        if code == benchmark
        else load_profile(code, held)
        for code in compared_codes(selection)
    ]


def title_of(selection: Selection) -> str:
    """Return what is compared, in words; one area stands beside the benchmark."""
    codes = compared_codes(selection)
    if set(codes) == set(default_codes()):
        return "The six sub-regions of the West Midlands compared"
    names = [read_areas().find(code).name for code in codes]
    if len(names) > 4:
        names = [*names[:3], f"{len(names) - 3} more"]
    if len(names) == 1:
        alone = codes[0] == _benchmark(selection)
        beside = "by itself" if alone else f"beside {_benchmark_name(selection)}"
        return f"{names[0]} {beside}"
    return f"{', '.join(names[:-1])} and {names[-1]} compared"


def _choose_figures(
    selection: Selection, catalogue: Catalogue, comparison: Comparison
) -> None:
    """Draw which figures are shown, in which order, and how they are shaded."""
    themes = catalogue.themes.names
    titles = {row.indicator.id: row.indicator.title for row in comparison.rows}
    with st.container(
        horizontal=True, vertical_alignment="bottom", key="compare_choices"
    ):
        for field, label, names in (
            ("figures_of", "Figures", {"": "A few of each theme", **themes}),
            ("order", "Order of areas", {"": "As chosen", **titles}),
            ("shade", "Shaded by", {"": "Outcome", "place": "Place among areas"}),
        ):
            held = getattr(selection, field)
            pick(field, label, held, names, key=f"compare_{field}")
        if selection.shade != "place":
            _choose_benchmark(selection)
        _offer_tables(selection, comparison)


def _choose_benchmark(selection: Selection) -> None:
    held = _benchmark(selection)
    names = {**_BENCHMARKS, held: _benchmark_name(selection)}
    names = {"" if code == ENGLAND else code: name for code, name in names.items()}
    pick("benchmark", "Compare with", held, names, key="compare_benchmark")


def _benchmark(selection: Selection) -> str:
    """Return the code of the one area that all areas are compared with."""
    if selection.benchmark == "rgn":
        return REGION
    known = selection.benchmark in read_areas().by_code
    return selection.benchmark if selection.benchmark and known else ENGLAND


def _benchmark_name(selection: Selection) -> str:
    code = _benchmark(selection)
    return _BENCHMARKS.get(code) or read_areas().find(code).name


def _indicators(selection: Selection, catalogue: Catalogue) -> list[Indicator]:
    every = catalogue.indicators
    if selection.figures_of:
        return [i for i in every.values() if i.theme == selection.figures_of]
    return [every[name] for t in catalogue.themes.themes for name in t.overview]


def show_overview(
    selection: Selection, catalogue: Catalogue, codes: tuple[str, ...]
) -> None:
    """Draw the table, how it is read, and what was left out and why."""
    comparison = _read_comparison(selection, catalogue)
    _choose_figures(selection, catalogue, comparison)
    by_place = selection.shade == "place"
    if comparison.rows:
        places = {code: place for place, code in enumerate(codes)}
        themes = catalogue.themes.themes
        against = _benchmark_name(selection)
        # In the set it has a column already.
        column = "" if _benchmark(selection) in codes else against
        st.html(
            overview_html(comparison, themes, places, by_place=by_place, against=column)
        )
        quiet(key_text(against, by_place=by_place))
        quiet(_sources(comparison))
    else:
        st.info("None of these figures can be compared for these areas.")
    if comparison.left_out:
        with st.expander(f"Not shown, and why ({len(comparison.left_out)})"):
            items = "".join(
                f"<li><b>{escape(indicator.title)}</b>: {escape(reason)}</li>"
                for indicator, reason in comparison.left_out
            )
            st.html(f"<ul class='lp-left-out'>{items}</ul>")


def choose_indicator(selection: Selection, catalogue: Catalogue) -> None:
    """Draw the list of indicators, of which one is shown closer."""
    titles = {i.id: i.title for i in catalogue.indicators.values()}
    held, key = selection.indicator, "compare_indicator"
    pick("indicator", "Indicator", held, titles, key=key, width=440)


def show_figure(
    selection: Selection, catalogue: Catalogue, codes: tuple[str, ...]
) -> None:
    """Draw one figure of the set with margins of error, and the same as a table."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="figure_head"):
        choose_indicator(selection, catalogue)
        download = st.container(width="content")
    indicator = catalogue.find(selection.indicator)
    comparison = compare_profiles(_profiles(selection), [indicator])
    if not comparison.rows:
        ((_, reason),) = comparison.left_out
        st.info(f"{indicator.title} cannot be compared for these areas. {reason}")
        return
    (row,) = comparison.rows
    if any(cell and not cell.is_exact for cell in row.cells):
        st.info("The publisher gives classes or advises bands only: see the overview.")
        return
    from lpipgeo.comparison_charts import dot_chart  # noqa: PLC0415  altair is heavy
    from lpipgeo.ui.peers_view import offer_figure, show_peers  # noqa: PLC0415

    places = {code: place for place, code in enumerate(codes)}
    against = row.benchmark
    line = None
    if against is not None and against.period == row.period:
        figure = format_value(against.value, indicator, "", against.status)
        line = (f"{_benchmark_name(selection)} {figure}", against.value)
    dots = dot_chart(row, comparison.areas, places, line)
    show_chart(dots)
    statuses = {STATUSES[cell.figure.status].label for cell in row.cells if cell}
    how = ", ".join(sorted(statuses)).lower()
    source = f"{period_label(row.period)}, {how}. {_sources(comparison)}"
    quiet(source)
    peers = show_peers(comparison, row, places, line, source)
    _show_equal(comparison, row)
    pairs = zip(comparison.areas, row.cells, strict=True)
    without = [area.name for area, cell in pairs if cell is None]
    if without:
        quiet(f"There is no figure of its own for {join_words(without)}.")
    with download:
        offer_figure(comparison, row, dots, peers, source)


def _show_equal(comparison: Comparison, row: ComparedRow) -> None:
    """Draw the same as a table; limits only where there are some."""
    table = _equal_table(comparison, row).dropna(axis="columns", how="all")
    exact = st.column_config.NumberColumn(format=f"%.{row.indicator.decimals}f")
    columns = dict.fromkeys(table.select_dtypes("number").columns, exact)
    st.dataframe(table, hide_index=True, column_config=columns, key="compared_figure")


def _equal_table(comparison: Comparison, row: ComparedRow) -> pd.DataFrame:
    """Return what the chart shows: one row per area, in the set's order."""
    decimals = row.indicator.decimals
    return pd.DataFrame(
        [
            {
                "Area": area.name,
                f"Value, {row.indicator.unit}": round(cell.figure.value, decimals),
                "Lower limit": round(cell.figure.lower, decimals),
                "Upper limit": round(cell.figure.upper, decimals),
                "Status": STATUSES[cell.figure.status].label,
                "Code": area.code,
            }
            for area, cell in zip(comparison.areas, row.cells, strict=True)
            if cell is not None
        ]
    )


def _sources(comparison: Comparison) -> str:
    return f"Sources: {publishers_of(row.indicator for row in comparison.rows)}."


def _offer_tables(selection: Selection, comparison: Comparison) -> None:
    popover = open_popover("Download", "download", "compare_download")
    if popover is None:
        return
    with popover:
        quiet("The figures of this table, with units, statuses, sources and licences.")
        with st.container(horizontal=True):
            for ending, label in _FILES.items():
                offer_file(
                    label,
                    f"comparison.{ending}",
                    partial(_table, _shown_codes(selection), comparison, ending),
                    key=f"take_comparison_{ending}",
                )


def _shown_codes(selection: Selection) -> tuple[str, ...]:
    """Return whose figures the table shows: the set's and the benchmark's."""
    return tuple(dict.fromkeys([*compared_codes(selection), _benchmark(selection)]))


def _table(codes: tuple[str, ...], comparison: Comparison, ending: str) -> bytes:
    ids = [row.indicator.id for row in comparison.rows]
    return to_bytes(make_table(ids, areas=codes), ending)
