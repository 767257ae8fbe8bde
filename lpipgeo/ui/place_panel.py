"""The panel beside a map: find a place, and the selected area among its parents."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_overview import larger_areas
from lpipgeo.choropleth import Choropleth
from lpipgeo.england import place_in_england
from lpipgeo.formatting import THIN_SPACE, format_value
from lpipgeo.levels import ENGLAND, LEVELS, UNITED_KINGDOM
from lpipgeo.maps.folium_map import Focus
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import explain_status, read_values
from lpipgeo.periods import period_label
from lpipgeo.search import search_places
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.page_files import AREA_PROFILE
from lpipgeo.ui.selection import change

_RANKED_BY = "1 = most "  # begins the unit of a rank: "1 = most deprived"
_FOCUS, _FOCUS_COUNT = "map_focus", "map_focus_count"


def find_place() -> None:
    """Draw the search box and its results; a single result is selected at once."""
    query = st.text_input(
        "Find a place",
        key="find_place",
        placeholder="Place, postcode or area code",
        on_change=_searched,
    )
    if not query.strip():
        return
    result = search_places(query)
    if result.message:
        quiet(result.message)
    if result.is_exact:
        return
    with st.container(gap=None, key="hits"):
        for hit in result.hits:
            st.button(
                plain(hit.label),
                key=f"hit_{hit.area.code}",
                type="tertiary",
                on_click=_hit_chosen,
                args=(hit.area.code,),
            )


def _searched() -> None:
    result = search_places(st.session_state["find_place"])
    if result.is_exact:
        go_to(result.hits[0].area.code)


def _hit_chosen(code: str) -> None:
    st.session_state["find_place"] = ""
    go_to(code)


def go_to(code: str) -> None:
    """Select an area and bring it into view on the map."""
    change(area=code)
    _focus_on(code)


def focus(selected: str | None) -> Focus | None:
    """Return the last request to bring an area into view.

    An area that came with the address is brought into view when the session starts; a
    click does not move the map.
    """
    if _FOCUS not in st.session_state:
        st.session_state[_FOCUS] = None
        if selected:
            _focus_on(selected)
    found: Focus | None = st.session_state[_FOCUS]
    return found


def _focus_on(code: str) -> None:
    box = _box(read_areas().by_code[code])
    count = st.session_state.get(_FOCUS_COUNT, 0) + 1
    st.session_state[_FOCUS_COUNT] = count
    st.session_state[_FOCUS] = Focus(f"{code}-{count}", box) if box else None


def _box(area: Area) -> tuple[float, float, float, float] | None:
    """Return degrees around an area that show it with its surroundings."""
    if np.isnan(area.lat):
        return None
    km2 = float(read_areas().table["area_km2"].loc[area.code])
    half = max(0.012, np.sqrt(km2) / 111 * 0.75)
    west, east = area.lon - half * 1.6, area.lon + half * 1.6
    return (west, area.lat - half, east, area.lat + half)


def show_hint() -> None:
    """Say how to read the map while no area is selected."""
    quiet("Point at the map to read a value, or click an area to keep it.")


def show_area(choropleth: Choropleth, area: Area) -> None:
    """Draw the selected area's value beside its larger areas and England."""
    parents = larger_areas(area)
    codes = [area.code, *(parent.code for parent in parents), UNITED_KINGDOM]
    found = read_values(choropleth.indicator.id, codes, choropleth.period)
    if ENGLAND not in found and UNITED_KINGDOM in found:
        parents[-1] = read_areas().find(UNITED_KINGDOM)
    own = _own_figure(choropleth, area, found)
    beside = [_beside(choropleth, parent, found) for parent in parents]
    rows = [row for row in beside if row.status != "not_available"]
    st.html(_card(choropleth, area, own, rows))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            AREA_PROFILE,
            label="Area profile",
            icon=":material/arrow_forward:",
            query_params={"area": area.code},
        )
        st.button("Clear", on_click=change, kwargs={"area": None}, type="tertiary")


@dataclass(frozen=True)
class _Figure:
    """A value as the card shows it, and the level that it belongs to."""

    name: str
    text: str
    value: float
    status: str
    level: str


def _own_figure(
    choropleth: Choropleth, area: Area, found: dict[str, tuple[float, str]]
) -> _Figure:
    """Return the area's figure as drawn, or its own where it is not drawn."""
    table = choropleth.table
    rows = table[table["area_code"] == area.code]
    if rows.empty:
        return _beside(choropleth, area, found)
    value, status = float(rows["value"].iloc[0]), str(rows["status"].iloc[0])
    indicator, source = choropleth.indicator, choropleth.source_level
    text = format_value(value, indicator, source, status)
    return _Figure(area.name, text, value, status, choropleth.level)


def _beside(
    choropleth: Choropleth, area: Area, found: dict[str, tuple[float, str]]
) -> _Figure:
    value, status = found.get(area.code, (float("nan"), "not_available"))
    text = format_value(value, choropleth.indicator, area.level, status)
    name = f"{area.name} region" if "rgn" in area.levels else area.name
    return _Figure(name, text, value, status, area.level)


def _card(choropleth: Choropleth, area: Area, own: _Figure, rows: list[_Figure]) -> str:
    where = read_areas().place_line(area.code)
    kind = LEVELS[area.level].name
    lies = f"{kind} in {where}" if where != kind else kind
    known = [f.value for f in (own, *rows) if not np.isnan(f.value)]
    has_bars = choropleth.indicator.aggregation != "sum"
    top = max(known, default=0) if has_bars else 0
    lines = "".join(_line(figure, top) for figure in rows)
    notes = _notes(choropleth, own)
    caption = f"{choropleth.indicator.short_title}, {period_label(choropleth.period)}"
    return f"""<section class="lp-card" aria-label="Selected area">
<h3>{escape(area.name)}</h3>
<p class="lp-quiet">{escape(lies)} · {escape(area.code)}</p>
<p class="lp-figure">{escape(own.text)}</p>
<p class="lp-quiet">{escape(caption)}</p>
{notes}
{_table(lines)}
</section>"""


def _table(lines: str) -> str:
    if not lines:
        return "<p class='lp-quiet'>There are no figures for larger areas.</p>"
    caption = "<caption class='lp-hidden'>Beside larger areas</caption>"
    return f"<table>{caption}{lines}</table>"


def _line(figure: _Figure, top: float) -> str:
    bar = ""
    if top > 0 and figure.value >= 0:
        bar = f'<i style="width:{100 * figure.value / top:.1f}%"></i>'
    track = f"<span class='lp-track'>{bar}</span>" if top > 0 else ""
    return (
        f"<tr><th scope='row'>{escape(figure.name)}{track}</th>"
        f"<td>{escape(figure.text)}</td></tr>"
    )


def _notes(choropleth: Choropleth, own: _Figure) -> str:
    sentences = []
    if own.status != "published" and not np.isnan(own.value):
        source = choropleth.source_level if own.level == choropleth.level else None
        sentences.append(explain_status(own.status, own.level, source))
    position = _position(choropleth, own)
    if position is not None:
        sentences.append(_place_text(choropleth.indicator, own.level, position))
    return "".join(f"<p class='lp-quiet'>{escape(s)}</p>" for s in sentences)


def _place_text(indicator: Indicator, level: str, position: int) -> str:
    """Return the place in England in words; a rank counts from the most of a quality.

    Parameters
    ----------
    position : percentage of England's areas of this level with a lower value
    """
    areas = f"{position}{THIN_SPACE}% of England's {LEVELS[level].plural_in_text}"
    if indicator.unit.startswith(_RANKED_BY):
        return f"{areas} are more {indicator.unit.removeprefix(_RANKED_BY)}."
    return f"Higher than in {areas}."


def _position(choropleth: Choropleth, own: _Figure) -> int | None:
    """Return the place in England, where figures may be compared that finely."""
    indicator = choropleth.indicator
    if own.level in indicator.bands or not STATUSES[own.status].is_ranked:
        return None
    return place_in_england(indicator.id, own.level, choropleth.period, own.value)
