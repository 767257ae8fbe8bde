"""The panel beside a map: find a place, and the selected area among its parents."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.choropleth import Choropleth, read_value
from lpipgeo.england import place_in_england
from lpipgeo.formatting import format_value
from lpipgeo.levels import LEVELS
from lpipgeo.maps.folium_map import Focus
from lpipgeo.observation_table import explain_status
from lpipgeo.periods import period_label
from lpipgeo.search import search_places
from lpipgeo.ui.messages import plain
from lpipgeo.ui.selection import change

_FOCUS = "map_focus"
_BESIDE = ("lad24", "subregion", "rgn", "ctry")


def find_place() -> None:
    """Draw the search box and its results; a single result is selected at once."""
    query = st.text_input(
        "Find a place",
        key="find_place",
        placeholder="Place, postcode or area code",
        max_chars=80,
        on_change=_searched,
    )
    if not query.strip():
        return
    result = search_places(query)
    if result.message:
        st.caption(plain(result.message))
    if result.is_exact:
        return
    for hit in result.hits:
        st.button(
            plain(hit.label),
            key=f"hit_{hit.area.code}",
            type="tertiary",
            on_click=go_to,
            args=(hit.area.code,),
        )


def _searched() -> None:
    result = search_places(st.session_state["find_place"])
    if result.is_exact:
        go_to(result.hits[0].area.code)


def go_to(code: str) -> None:
    """Select an area and bring it into view on the map."""
    change(area=code)
    number = getattr(st.session_state.get(_FOCUS), "number", 0)
    st.session_state[_FOCUS] = Focus(number + 1, _box(read_areas().by_code[code]))


def focus() -> Focus | None:
    """Return the last request to bring an area into view."""
    return st.session_state.get(_FOCUS)


def _box(area: Area) -> tuple[float, float, float, float] | None:
    """Return degrees around an area that show it with its surroundings."""
    if np.isnan(area.lat):
        return None
    km2 = read_areas().table.loc[area.code, "area_km2"]
    half = max(0.012, float(np.sqrt(km2)) / 111 * 0.75)
    west, east = area.lon - half * 1.6, area.lon + half * 1.6
    return (west, area.lat - half, east, area.lat + half)


def show_area(choropleth: Choropleth, area: Area) -> None:
    """Draw the selected area's value beside its larger areas and England."""
    index = read_areas()
    beside = [index.parent(area.code, level) for level in _BESIDE]
    parents = [p for p in beside if p is not None and p.code != area.code]
    rows = [_row(choropleth, parent) for parent in parents]
    own = _own_row(choropleth, area)
    st.html(_card(choropleth, area, own, rows))
    with st.container(horizontal=True):
        st.page_link(
            "pages/area_profile.py",
            label="Area profile",
            icon=":material/arrow_forward:",
            query_params={"area": area.code},
        )
        st.button("Clear", on_click=change, kwargs={"area": None}, type="tertiary")


def _own_row(choropleth: Choropleth, area: Area) -> tuple[str, float, str, str]:
    """Return (text, value, status, level) of the area itself, drawn or not."""
    table = choropleth.table
    rows = table[table["area_code"] == area.code]
    if len(rows):
        row = rows.iloc[0]
        source = choropleth.source_level
        text = format_value(row["value"], choropleth.indicator, source, row["status"])
        return text, float(row["value"]), str(row["status"]), choropleth.level
    text, value, status = _value(choropleth, area)
    return text, value, status, area.level


def _value(choropleth: Choropleth, area: Area) -> tuple[str, float, str]:
    row = read_value(choropleth.indicator.id, area.code, choropleth.period)
    if row is None:
        return "No figure", float("nan"), "not_available"
    level = area.level
    text = format_value(row["value"], choropleth.indicator, level, row["status"])
    return text, float(row["value"]), str(row["status"])


def _row(choropleth: Choropleth, area: Area) -> tuple[str, str, float]:
    text, value, _status = _value(choropleth, area)
    kind = {"lad24": "district", "subregion": "sub-region", "rgn": "region"}
    level = next((lv for lv in _BESIDE if lv in area.levels), area.level)
    name = area.name + (f" {kind[level]}" if level == "rgn" else "")
    return name, text, value


def _card(
    choropleth: Choropleth,
    area: Area,
    own: tuple[str, float, str, str],
    rows: list[tuple[str, str, float]],
) -> str:
    text, value, status, level = own
    where = read_areas().place_line(area.code)
    kind = LEVELS[area.level].name
    bars = choropleth.indicator.aggregation != "sum"
    top = max([v for v in (value, *(r[2] for r in rows)) if not np.isnan(v)] or [0])
    lines = "".join(
        _line(name, shown, number, top if bars else 0) for name, shown, number in rows
    )
    notes = _notes(choropleth, area, value, status, level)
    return f"""<section class="lp-card" aria-label="Selected area">
<h3>{escape(area.name)}</h3>
<p class="lp-quiet">{escape(kind)} in {escape(where)} · {escape(area.code)}</p>
<p class="lp-figure">{escape(text)}</p>
<p class="lp-quiet">{escape(choropleth.indicator.short_title)},
{escape(period_label(choropleth.period))}</p>
{notes}
<table><caption class="lp-hidden">Beside larger areas</caption>{lines}</table>
</section>"""


def _line(name: str, shown: str, number: float, top: float) -> str:
    bar = ""
    if top > 0 and not np.isnan(number) and number >= 0:
        bar = f'<i style="width:{100 * number / top:.1f}%"></i>'
    return (
        f"<tr><th scope='row'>{escape(name)}<span class='lp-track'>{bar}</span></th>"
        f"<td>{escape(shown)}</td></tr>"
    )


def _notes(
    choropleth: Choropleth, area: Area, value: float, status: str, level: str
) -> str:
    sentences = []
    if status != "published" and not np.isnan(value):
        sentences.append(explain_status(status, level, choropleth.source_level))
    position = None
    if level in ("lsoa21", "msoa21") and not choropleth.is_inherited:
        if level not in choropleth.indicator.bands and status != "inherited":
            position = place_in_england(
                choropleth.indicator.id, level, choropleth.period, value
            )
    if position is not None:
        plural = LEVELS[level].plural
        plural = plural if plural.startswith("MSOA") else plural.lower()
        sentences.append(f"Higher than in {position}\u202f% of England's {plural}.")
    return "".join(f"<p class='lp-quiet'>{escape(s)}</p>" for s in sentences)
