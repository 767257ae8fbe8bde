"""What an area is like: the classes of a neighbourhood, the peers of a district."""

from __future__ import annotations

from html import escape
from itertools import groupby

import pandas as pd
import streamlit as st

from lpipgeo.area_classification import classification_name
from lpipgeo.area_index import Area, read_areas
from lpipgeo.licences import SIMILAR_DISTRICTS
from lpipgeo.similar_districts import read_peers
from lpipgeo.tables import PEER_KINDS
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.page_files import AREA_PROFILE

SHOWN_PEERS = 8
_KIND_TITLES = {
    "global": "Overall",
    "economic": "By economy",
    "demographic": "By population",
}


def show_classes(area: Area) -> None:
    """Say how rural a neighbourhood is; draw nothing for any other area."""
    rural_urban = read_areas().table.loc[area.code].to_dict()["rural_urban"]
    if not pd.isna(rural_urban):
        quiet(f"{rural_urban} (rural–urban class).")


def show_classification(area: Area) -> None:
    """Draw folded how a neighbourhood is classed; nothing for any other area.

    The names of the classes speak of people, so it is said first whose words they are.
    """
    code = read_areas().table.loc[area.code].to_dict()["area_classification"]
    if pd.isna(code):
        return
    supergroup, group = classification_name(code)
    with st.expander("Classifications"):
        st.html(
            "<p class='lp-text'>The Office for National Statistics (ONS) and "
            "University College London put every neighbourhood into a class with "
            "others whose answers to the census of 2021 were alike. The names are "
            "theirs, not ours; they tell of a class, not of each person in it.</p>"
            f"<p class='lp-text'>Here: “{escape(supergroup)}”, group "
            f"“{escape(group)}”.</p>"
        )


def show_similar(area: Area) -> None:
    """Draw a district's nearest neighbours of each kind; nothing for other areas."""
    if "lad24" not in area.levels or not area.in_region:
        return
    with st.container(key="similar", gap="xsmall"):
        st.markdown("## Similar districts")
        quiet(
            f"The districts of the United Kingdom most like {area.name}, the nearest "
            "first. Those in the region lead to their profiles."
        )
        for kind, column in zip(PEER_KINDS, st.columns(3, gap="small"), strict=True):
            with column, st.container(key=f"peers_{kind}", gap=None):
                _show_kind(area, kind)
        quiet(f"Source: {SIMILAR_DISTRICTS.publisher}, {SIMILAR_DISTRICTS.title}.")


def _show_kind(area: Area, kind: str) -> None:
    st.html(f"<h3>{_KIND_TITLES[kind]}</h3>")
    shown = read_peers(area.code, kind).head(SHOWN_PEERS)
    rows = shown[["rank", "peer_code", "peer_name"]].to_numpy().tolist()
    # Those that lead nowhere stand together in one element: a page has many of them.
    for leads_on, found in groupby(rows, lambda row: _is_ours(row[1])):
        if not leads_on:
            st.html("".join(f"<p>{rank} {escape(name)}</p>" for rank, _, name in found))
            continue
        for rank, code, name in found:
            label, query = f"{rank} {plain(name)}", {"area": code}
            st.page_link(AREA_PROFILE, label=label, query_params=query)


def _is_ours(area_code: str) -> bool:
    area = read_areas().by_code.get(area_code)
    return area is not None and area.in_region
