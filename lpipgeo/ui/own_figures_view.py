"""Own figures on the page Data: opened, matched, mapped and compared; never stored."""

from __future__ import annotations

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.association import METHOD, WARNING, associate_values, associated_levels
from lpipgeo.errors import SelectionError, join_words
from lpipgeo.export import to_bytes
from lpipgeo.formatting import publishers_of
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.maps.views import make_view, view_json
from lpipgeo.own_comparison import compare_own
from lpipgeo.own_figures import (
    JOINS,
    MATCHED,
    OUTCOMES,
    OwnFigures,
    code_columns,
    match_figures,
    number_columns,
    own_table,
    report_sentences,
)
from lpipgeo.own_map import make_own_choropleth, own_indicator
from lpipgeo.periods import period_label
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.comparison_set import choose_set
from lpipgeo.ui.download_button import offer_file
from lpipgeo.ui.map_frame import draw_view
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.uploads import ENDINGS, MAX_BYTES, Upload, read_upload

ABOUT = (
    "The file stays in this browser tab and in this computer's memory while the tab is "
    "open. It is not stored, nobody else sees it, and no download mixes it with other "
    "figures without saying so."
)


def show_own_figures(selection: Selection) -> None:
    """Draw the way in, what became of each row, the map and a comparison."""
    opened = st.file_uploader(
        "A CSV or XLSX file with area codes or postcodes, and a number",
        type=list(ENDINGS),
        key="own_file",
        max_upload_size=MAX_BYTES // 1_000_000,
    )
    quiet(ABOUT)
    if opened is None:
        return
    try:
        own, unit = _match(read_upload(opened.name, opened.getvalue()))
        for line in report_sentences(own):
            quiet(line)
        _show_report(own)
        _show_map(own, unit)
        _show_set(own, unit, selection)
        _show_beside(own, unit, selection)
    except SelectionError as error:
        st.info(plain(str(error)))


def _match(upload: Upload) -> tuple[OwnFigures, str]:
    """Draw which columns are taken and how; return what they give, and the unit."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="own_columns"):
        code = _choose("Codes or postcodes", code_columns(upload), "own_codes")
        number = _choose("Numbers", number_columns(upload, code), "own_numbers")
        unit = st.text_input(
            "Unit", placeholder="such as %", max_chars=24, key="own_unit", width=110
        )
        ways = {"": "One row for each area", **JOINS}
        join = st.selectbox(
            "Several rows of one area",
            list(ways),
            format_func=lambda way: ways[way],
            key="own_join",
            width=240,
        )
    successors = st.checkbox(
        "Use today's area for an old code with one successor", key="own_successors"
    )
    own = match_figures(
        upload, code, number, use_successors=successors, join=join or None
    )
    return own, unit


def _choose(label: str, columns: list[str], key: str) -> str:
    """Draw a list of columns; return the one that is chosen, the first at first."""
    if st.session_state.get(key) not in columns:
        st.session_state[key] = columns[0]
    chosen = st.selectbox(label, columns, key=key, width=260)
    return chosen or columns[0]


def _show_report(own: OwnFigures) -> None:
    others = own.report[own.report["outcome"] != MATCHED]
    if others.empty:
        return
    with st.expander(f"Rows not on the map ({len(others):,})", key="own_report"):
        names = {"row": "Row", "given": "Code", "number": "Number", "note": "Remark"}
        shown = others.rename(columns=names).assign(
            Why=others["outcome"].map(OUTCOMES)
        )[["Row", "Code", "Number", "Why", "Remark"]]
        st.dataframe(shown, hide_index=True, placeholder="", key="own_report_table")


def _show_map(own: OwnFigures, unit: str) -> None:
    choropleth = make_own_choropleth(own, unit)
    st.html(f"<h2>{escape(choropleth.title)}</h2>")
    text = view_json(make_view(choropleth))
    with st.container(key="map"):
        draw_view("own_map", text)
    table = own_table(own)
    yours = f"{own.name} (yours)"
    shown = table.rename(
        columns={"area_name": "Area", "value": yours, "area_code": "Code"}
    )[["Area", yours, "Code"]]
    with st.expander(f"Table of {LEVELS[own.level].counted(len(table))}"):
        st.dataframe(shown, hide_index=True, key="own_table")
        make = partial(to_bytes, table, "csv")
        offer_file("CSV", "own_figures.csv", make, key="take_own")


def _show_set(own: OwnFigures, unit: str, selection: Selection) -> None:
    """Draw the figures of the areas compared, else the highest and the lowest."""
    from lpipgeo.comparison_charts import dot_chart  # noqa: PLC0415  altair is heavy

    codes = selection.compare
    found = compare_own(own, codes, unit)
    title = "The areas compared" if found.is_set else "The highest and the lowest"
    st.html(f"<h2>{title}</h2>")
    way_on = () if found.is_set else ("Choose areas to see theirs side by side.",)
    quiet(" ".join([*found.notes, *way_on]))
    choose_set(selection, codes)
    places = {code: place for place, code in enumerate(codes)}
    chart = dot_chart(found.row, found.areas, places, None)
    show_chart(chart, key="own_dots")
    shown, yours = [area.code for area in found.areas], f"{own.name} (yours)"
    table = pd.DataFrame(
        {
            "Area": read_areas().distinct_names(shown),
            yours: [cell.figure.value for cell in found.row.cells if cell],
            "Code": shown,
        }
    )
    exact = st.column_config.NumberColumn(format=f"%.{found.row.indicator.decimals}f")
    st.dataframe(
        table, hide_index=True, column_config={yours: exact}, key="own_compared"
    )


def _show_beside(own: OwnFigures, unit: str, selection: Selection) -> None:
    """Draw the figures beside an indicator of the catalogue, with the set marked."""
    catalogue = read_catalogue()
    titles = {
        record.id: record.title
        for record in catalogue.indicators.values()
        if own.level in associated_levels(record.id, record.id, catalogue)
    }
    if not titles:
        return
    key = "own_beside"
    if st.session_state.get(key) not in titles:
        wished = selection.indicator
        st.session_state[key] = wished if wished in titles else next(iter(titles))
    st.html("<h2>Beside another figure</h2>")
    chosen = st.selectbox(
        "Figure",
        list(titles),
        format_func=lambda name: titles[name],
        key=key,
        width=440,
    )
    from lpipgeo.association_charts import (  # noqa: PLC0415  altair is heavy
        association_chart,
        mark_areas,
        signs_text,
    )
    from lpipgeo.ui.association_view import numbers_text  # noqa: PLC0415

    found = associate_values(own_indicator(own, unit), own.table, chosen, own.level)
    st.html(f"<p class='lp-text'>{escape(found.finding)}</p>")
    quiet(numbers_text(found))
    codes = selection.compare
    marks, without = mark_areas(found, codes, selection.area, found.pair)
    chart = association_chart(found, marks, None)
    show_chart(chart, key="own_association")
    if marks:
        quiet(signs_text(marks))
    if without:
        quiet(f"Not marked, for want of one of the two figures: {join_words(without)}.")
    period = period_label(found.up_period)
    publishers = publishers_of([found.up])
    quiet(f"{METHOD} {WARNING}")
    quiet(f"Across: your own figures ({own.file}). Up: {period}, {publishers}.")
    _show_pairs(own, found.table, found.up.title)


def _show_pairs(own: OwnFigures, table: pd.DataFrame, title: str) -> None:
    names = {"area_name": "Area", "across": f"{own.name} (yours)", "up": title}
    shown = table.rename(columns={**names, "area_code": "Code"})
    with st.expander("Table of both"):
        st.dataframe(shown[[*names.values(), "Code"]], hide_index=True, key="own_pairs")
