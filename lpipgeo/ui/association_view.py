"""Two figures of all areas of a level on the page Compare: picture, words and table."""

from __future__ import annotations

from functools import partial
from html import escape
from math import isnan

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_profile import ProfileRow
from lpipgeo.association import (
    METHOD,
    WARNING,
    Association,
    associated_levels,
)
from lpipgeo.export import make_table, to_bytes
from lpipgeo.formatting import format_value, publishers_of
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.intervals import Figure
from lpipgeo.levels import LEVELS, REGION
from lpipgeo.periods import period_label
from lpipgeo.ui.chart_downloads import Picture, offer_files
from lpipgeo.ui.chart_view import show_chart
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.comparison_set import offer_comparing
from lpipgeo.ui.loaders import load_association, load_headlines
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.page_files import AREA_PROFILE, MAP
from lpipgeo.ui.picking import pick
from lpipgeo.ui.selection import change, link_to

DEFAULTS = ("income_deprivation", "no_qualifications")  # to set another figure against
_CHART = "association"


def show_association(
    selection: Selection, catalogue: Catalogue, codes: tuple[str, ...]
) -> None:
    """Draw two figures of all areas of a level, with the set marked."""
    across = selection.indicator
    up = selection.against or next(name for name in DEFAULTS if name != across)
    levels = associated_levels(across, up, catalogue)
    level = selection.level if selection.level in levels else (levels or [""])[0]
    with st.container(
        horizontal=True, vertical_alignment="bottom", key="association_choices"
    ):
        titles = {i.id: i.title for i in catalogue.indicators.values()}
        for field, label, held in (
            ("indicator", "Across", across),
            ("against", "Up", up),
        ):
            key = f"association_{field}"
            pick(field, label, held, titles, key=key, width=340)
        if levels:
            names = {name: LEVELS[name].plural for name in levels}
            pick("level", "Areas", level, names, key="association_level", width=190)
        download = st.container(width="content")
    if across == up:
        st.info("These are the same figure. Choose another one for Up.")
        return
    if not levels:
        st.info(
            "These two figures have no kind of area in common for which both are "
            "given exactly. Choose another one."
        )
        return
    if selection.level not in levels:
        asked = LEVELS[selection.level].plural_in_text
        quiet(f"Not both are given exactly for {asked}, so another kind is shown.")
    found = load_association(across, up, level)
    _draw(found, codes, selection.area, download)


def _draw(
    found: Association,
    codes: tuple[str, ...],
    area_code: str | None,
    download: DeltaGenerator,
) -> None:
    from lpipgeo.association_charts import (  # noqa: PLC0415  altair is heavy
        PICKED,
        association_chart,
        mark_areas,
        signs_text,
    )

    own_pair = partial(_own_pair, found)
    marks, without = mark_areas(found, codes, area_code, own_pair)
    england = own_pair(REGION, of_england=True)
    st.html(f"<h2>{escape(found.finding)}</h2>")
    quiet(numbers_text(found))
    chart = association_chart(found, marks, england)
    show_chart(
        chart,
        key=_CHART,
        on_select=partial(_picked, PICKED),
        selection_mode=PICKED,
    )
    _show_selected(found, area_code)
    if without:
        quiet(
            f"Not marked, for want of a figure of the same time: {', '.join(without)}."
        )
    quiet(f"{METHOD} {WARNING}")
    quiet(_sources(found))
    with st.expander(f"Table of {_areas(found)}"):
        table = _equal_table(found)
        exact = {
            name: st.column_config.NumberColumn(format=f"%.{record.decimals}f")
            for name, record in zip(
                table.columns[1:3], (found.across, found.up), strict=True
            )
        }
        st.dataframe(table, hide_index=True, column_config=exact, key="associated")
    ids = (found.across.id, found.up.id, found.level)
    said = (numbers_text(found), signs_text(marks), _sources(found))
    with download:
        picture = Picture("The chart", "_".join(ids), chart, found.finding, said)
        offer_files(
            "association_download", [picture], picture.stem, partial(_table, *ids)
        )


def _picked(name: str) -> None:
    """Select the area of the point that was chosen."""
    points = st.session_state[_CHART].selection.get(name, [])
    if points and "code" in points[0]:
        change(area=points[0]["code"])


def _areas(found: Association) -> str:
    return LEVELS[found.level].counted(len(found.table))


def numbers_text(found: Association) -> str:
    """Return the correlation with its interval, and what was left out."""
    said = [f"{_areas(found)} of the West Midlands"]
    if not isnan(found.correlation):
        said.append(
            f"rank correlation {_signed(found.correlation)} (95 % range "
            f"{_signed(found.lower)} to {_signed(found.upper)})"
        )
    if found.left_out:
        said.append(f"{found.left_out:,} left out, where one of the figures is missing")
    return ", ".join(said) + "."


def _signed(number: float) -> str:
    return f"{number:.2f}".replace("-", "\N{MINUS SIGN}")


def _own_pair(
    found: Association, code: str, *, of_england: bool = False
) -> tuple[float, float] | None:
    """Return an area's own two figures of the periods shown, or England's beside it."""
    ids = (found.across.id, found.up.id)
    rows = {row.indicator.id: row for row in load_headlines(code, ids).rows}
    values = []
    for name, period in zip(ids, (found.across_period, found.up_period), strict=True):
        figure = _figure(rows.get(name), of_england=of_england)
        if figure is None or figure.period != period or isnan(figure.value):
            return None
        if figure.status == "inherited":
            return None
        values.append(figure.value)
    return values[0], values[1]


def _figure(row: ProfileRow | None, *, of_england: bool) -> Figure | None:
    if row is None:
        return None
    return row.beside.get("ctry") if of_england else row.figure


def _show_selected(found: Association, area_code: str | None) -> None:
    """Say the two figures of the selected area, and where it leads."""
    row = found.table[found.table["area_code"] == area_code]
    if row.empty or area_code is None:
        quiet("Choose a point to select its area here and on the map.")
        return
    area: Area = read_areas().find(area_code)
    (across,), (up,) = row["across"], row["up"]
    quiet(
        f"{area.name}: {found.across.short_title} "
        f"{format_value(across, found.across, found.level)}, {found.up.short_title} "
        f"{format_value(up, found.up, found.level)}."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        query = {"indicator": found.across.id, "level": found.level, "area": area_code}
        st.page_link(MAP, label="On the map", query_params=query)
        query = link_to(area=area_code)
        st.page_link(AREA_PROFILE, label="Area profile", query_params=query)
        offer_comparing(area)


def _sources(found: Association) -> str:
    parts = [
        f"{record.title}: {period_label(period)}, {publishers_of([record])}"
        for record, period in (
            (found.across, found.across_period),
            (found.up, found.up_period),
        )
    ]
    return f"Sources: {'. '.join(parts)}."


def _equal_table(found: Association) -> pd.DataFrame:
    """Return what the picture shows, one row per area."""
    columns = {"area_name": "Area"}
    table = found.table.sort_values("across", ascending=False)
    for side, record in (("across", found.across), ("up", found.up)):
        columns[side] = f"{record.short_title}, {record.unit}"
        table[side] = table[side].round(record.decimals)
    return table.rename(columns={**columns, "area_code": "Code"})[
        [*columns.values(), "Code"]
    ]


def _table(across: str, up: str, level: str) -> bytes:
    return to_bytes(make_table([across, up], level=level), "csv")
