"""The parts of the Area profile page."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_overview import larger_areas, read_overview
from lpipgeo.formatting import format_value
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import ENGLAND, LEVELS, MAPPED_LEVELS, UNITED_KINGDOM
from lpipgeo.metadata import Indicator
from lpipgeo.periods import period_label
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.page_files import AREA_PROFILE

LINKED_LEVELS = (*MAPPED_LEVELS, "cauth", "rgn", "pcon24")


def show_heading(area: Area) -> None:
    """Draw name, kind, residents and the larger areas as links."""
    index = read_areas()
    others = (LEVELS[level].in_text for level in area.levels[1:])
    kinds = " and ".join([LEVELS[area.level].name, *others])
    residents = float(index.table["residents"].loc[area.code])
    people = "" if pd.isna(residents) else f" · {residents:,.0f} people in 2021"
    st.markdown(f"# {plain(area.name)}")
    quiet(f"{kinds} · {area.code}{people}")
    with st.container(horizontal=True):
        for parent in index.parents(area.code):
            if parent.in_region and parent.level in LINKED_LEVELS:
                kind = LEVELS[parent.level].name
                st.page_link(
                    AREA_PROFILE,
                    label=f"{kind}: {plain(parent.name)}",
                    query_params={"area": parent.code},
                )


def show_themes(area: Area) -> None:
    """Draw one table per theme: every indicator beside the larger areas."""
    catalogue = read_catalogue()
    overview = read_overview(area.code)
    parents = larger_areas(area)
    if overview.empty:
        st.info(f"There are no figures for {LEVELS[area.level].plural_in_text} yet.")
    for theme in catalogue.themes.themes:
        ids = [indicator.id for indicator in catalogue.of_theme(theme.id)]
        rows = overview[overview["indicator_id"].isin(ids)]
        if rows.empty:
            continue
        st.markdown(f"## {plain(theme.name)}")
        st.dataframe(
            _in_words(rows, parents),
            hide_index=True,
            alt=f"{theme.name}: {area.name} beside larger areas",
            column_config={"How it came about": st.column_config.TextColumn(width=220)},
        )


def _in_words(rows: pd.DataFrame, parents: list[Area]) -> pd.DataFrame:
    catalogue = read_catalogue()
    shown = []
    for row in rows.to_dict("records"):
        indicator = catalogue.find(row["indicator_id"])
        here = format_value(row["value"], indicator, row["level"], row["status"])
        status = STATUSES[row["status"]]
        beside = {
            _column(parent): _beside(row, indicator, parent) for parent in parents
        }
        shown.append(
            {
                "Indicator": indicator.title,
                "Period": period_label(row["period"]),
                "Here": here,
                "Status": status.label,
                **beside,
                "How it came about": row["why"] or status.about,
            }
        )
    return pd.DataFrame(shown)


def _column(parent: Area) -> str:
    return f"{parent.name} region" if parent.level == "rgn" else parent.name


def _beside(row: Mapping[Hashable, Any], indicator: Indicator, parent: Area) -> str:
    """Return a larger area's figure; the UK's, by name, where England has none."""
    value, name = row[parent.code], ""
    if parent.code == ENGLAND and pd.isna(value):
        value, name = row[UNITED_KINGDOM], "UK: "
    return (
        "–" if pd.isna(value) else name + format_value(value, indicator, parent.level)
    )
