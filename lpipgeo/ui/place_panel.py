"""The panel beside a map: find a place, and the selected area among its parents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from uuid import uuid4

import numpy as np
import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.area_overview import larger_areas
from lpipgeo.browser_files import Box, area_box
from lpipgeo.choropleth import Choropleth
from lpipgeo.england import place_in_england
from lpipgeo.formatting import THIN_SPACE
from lpipgeo.levels import ENGLAND, LEVELS, REGION, UNITED_KINGDOM
from lpipgeo.maps.views import Focus
from lpipgeo.metadata import Indicator
from lpipgeo.observation_table import explain_status, read_values
from lpipgeo.search import MAX_ALL, MAX_HITS, SearchResult, search_places
from lpipgeo.statuses import STATUSES
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.keyboard_focus import give_focus
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.page_files import AREA_PROFILE
from lpipgeo.ui.picture import Picture
from lpipgeo.ui.selection import change, link_to

_FOCUS, _WITHIN, _AROUND = "map_focus", "map_focus_within", "map_focus_around"
_SIZES = {
    "lsoa21": ", about 1,700 people each",
    "msoa21": ", about 8,000 people each",
}
_RANKED_BY = "1 = most "  # begins the unit of a rank: "1 = most deprived"


def find_place(
    choose: Callable[[str], None] | None = None,
    label: str = "Find a place",
    key: str = "find_place",
) -> None:
    """Draw the search box and its results; a single result is chosen at once.

    Parameters
    ----------
    choose : what is done with the code of the place; it is selected when left out
    key : of the box; a page that has two of them needs two
    """
    choose = choose or go_to
    query = st.text_input(
        label,
        key=key,
        placeholder="Place, postcode or area code",
        on_change=_searched,
        args=(choose, key),
    )
    if st.session_state.pop(_pressed(key), False):
        give_focus(f".st-key-{key} input")
    if not query.strip():
        return
    is_all = st.session_state.get(_all_of(key)) == query
    result = search_places(query, most=MAX_ALL if is_all else MAX_HITS)
    if result.message:
        quiet(result.message)
    if result.is_exact:
        return
    with st.container(gap=None, key="hits" if key == "find_place" else f"hits_{key}"):
        _show_hits(result, choose, key)
        if result.total and not is_all:
            most = min(result.total, MAX_ALL)
            st.button(
                f"Show all {most}" if most == result.total else f"Show the best {most}",
                key=f"{key}_all",
                on_click=st.session_state.update,
                args=({_all_of(key): query, _pressed(key): True},),
            )


def _all_of(key: str) -> str:
    """Return where it is kept for which text all results are wanted."""
    return f"{key}_all_of"


def _pressed(key: str) -> str:
    """Return where it is kept that a button of the results, now gone, was pressed."""
    return f"{key}_pressed"


def _show_hits(result: SearchResult, choose: Callable[[str], None], key: str) -> None:
    """Draw places by kind, or names to try instead, as what they are: ways on."""
    for name in result.suggestions:
        st.button(
            plain(name),
            key=f"{key}_try_{name}",
            type="tertiary",
            on_click=_name_tried,
            args=(choose, key, name),
        )
    for level, hits in groupby(result.hits, lambda hit: hit.area.level):
        quiet(f"{LEVELS[level].plural}{_SIZES.get(level, '')}")
        for hit in hits:
            st.button(
                plain(hit.label),
                key=f"{key}_{hit.area.code}",
                type="tertiary",
                on_click=_hit_chosen,
                args=(choose, key, hit.area.code),
            )


def _name_tried(choose: Callable[[str], None], key: str, name: str) -> None:
    st.session_state.update({key: name, _pressed(key): True})
    _searched(choose, key)


def _searched(choose: Callable[[str], None], key: str) -> None:
    result = search_places(st.session_state[key])
    if result.is_exact:
        choose(result.hits[0].area.code)


def _hit_chosen(choose: Callable[[str], None], key: str, code: str) -> None:
    st.session_state.update({key: "", _pressed(key): True})
    choose(code)


def go_to(code: str) -> None:
    """Select an area and bring it into view on the map."""
    change(area=code)
    _focus_on(code)


def focus(selection: Selection) -> Focus | None:
    """Return the last request to bring an area into view.

    An area that came with the address is brought into view when the session starts; a
    click does not move the map. A part of the region that is zoomed to comes into view
    when it is chosen, and the region when it is given up.
    """
    if _FOCUS not in st.session_state:
        st.session_state[_FOCUS] = None
        if selection.area:
            _focus_on(selection.area)
    if selection.within != st.session_state.get(_WITHIN):
        focus_on_part(selection.within)
    found: Focus | None = st.session_state[_FOCUS]
    return found


def focus_on_part(code: str | None) -> None:
    """Bring a part of the region into view; None for the whole of it."""
    st.session_state.update({_WITHIN: code, _AROUND: None})
    _ask_for(area_box(code or REGION))


def place_in_view() -> str | None:
    """Return the area that was brought into view last, if that was no part or all."""
    found: str | None = st.session_state.get(_AROUND)
    return found


def _focus_on(code: str) -> None:
    """Bring an area into view with what lies around it."""
    box = area_box(code)
    if box is None:
        return
    west, south, east, north = box
    across, up = max(0.3 * (east - west), 0.012), max(0.3 * (north - south), 0.008)
    st.session_state[_AROUND] = code
    _ask_for((west - across, south - up, east + across, north + up))


def _ask_for(box: Box | None) -> None:
    st.session_state[_FOCUS] = Focus(uuid4().hex, box) if box else None


def show_area(picture: Picture, area: Area) -> None:
    """Draw the selected area's values beside its larger areas and England."""
    drawn = [c for c in (picture.first, picture.second) if c is not None]
    st.html(_card(area, "".join(_figures(choropleth, area) for choropleth in drawn)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            AREA_PROFILE,
            label="Area profile",
            icon=":material/arrow_forward:",
            query_params=link_to(area=area.code),
        )
        st.button("Clear", on_click=change, kwargs={"area": None}, type="tertiary")


def _figures(choropleth: Choropleth, area: Area) -> str:
    """Return the area's figure on one map, with those of its larger areas."""
    parents = larger_areas(area)
    codes = [area.code, *(parent.code for parent in parents), UNITED_KINGDOM]
    found = read_values(
        choropleth.indicator.id, codes, choropleth.period, earlier=choropleth.earlier
    )
    if ENGLAND not in found and UNITED_KINGDOM in found:
        parents[-1] = read_areas().find(UNITED_KINGDOM)
    own = _own_figure(choropleth, area, found)
    beside = [_beside(choropleth, parent, found) for parent in parents]
    if own.status == "not_available":
        own = _of_larger(choropleth, area, parents, beside) or own
    rows = [row for row in beside if row.status != "not_available"]
    return _card_part(choropleth, own, rows)


@dataclass(frozen=True)
class _Figure:
    """A value as the card shows it.

    Attributes
    ----------
    status, level : of the value at the level of the area whose card it is
    source : the level that the value was made for, where that may be another
    made : the status of the value there, where it is another area's
    """

    name: str
    text: str
    value: float
    status: str
    level: str
    source: str | None = None
    made: str = "published"


def _own_figure(
    choropleth: Choropleth, area: Area, found: dict[str, tuple[float, str]]
) -> _Figure:
    """Return the area's figure as drawn, or its own where it is not drawn."""
    table = choropleth.table
    rows = table[table["area_code"] == area.code]
    if rows.empty:
        return _beside(choropleth, area, found)
    value, status = float(rows["value"].iloc[0]), str(rows["status"].iloc[0])
    text = choropleth.value_text(value, choropleth.source_level, status)
    level, source = choropleth.level, choropleth.source_level
    return _Figure(area.name, text, value, status, level, source)


def _of_larger(
    choropleth: Choropleth, area: Area, parents: list[Area], beside: list[_Figure]
) -> _Figure | None:
    """Return the figure of the drawn area that a smaller one lies in, and whose it is.

    None where no such area is drawn, or it has no figure either.
    """
    for parent, figure in zip(parents, beside, strict=True):
        if choropleth.level in parent.levels and not np.isnan(figure.value):
            made = "Worked out" if figure.status == "aggregated" else "Published"
            kinds = LEVELS[choropleth.level].plural_in_text
            return replace(
                figure,
                text=f"{made} for {kinds}: {figure.name} {figure.text}",
                status="inherited",
                level=area.level,
                source=choropleth.level,
                made=figure.status,
            )
    return None


def _beside(
    choropleth: Choropleth, area: Area, found: dict[str, tuple[float, str]]
) -> _Figure:
    value, status = found.get(area.code, (float("nan"), "not_available"))
    text = choropleth.value_text(value, area.level, status)
    name = f"{area.name} region" if "rgn" in area.levels else area.name
    return _Figure(name, text, value, status, area.level)


def _card(area: Area, figures: str) -> str:
    where = read_areas().place_line(area.code)
    kind = LEVELS[area.level].name
    lies = f"{kind} in {where}" if where != kind else kind
    return f"""<section class="lp-card" aria-label="Selected area">
<h3>{escape(area.name)}</h3>
<p class="lp-quiet">{escape(lies)} · {escape(area.code)}</p>
{figures}
</section>"""


def _card_part(choropleth: Choropleth, own: _Figure, rows: list[_Figure]) -> str:
    known = [f.value for f in (own, *rows) if not np.isnan(f.value)]
    has_bars = choropleth.indicator.aggregation != "sum" and not choropleth.earlier
    top = max(known, default=0) if has_bars else 0
    lines = "".join(_line(figure, top) for figure in rows)
    caption = f"{choropleth.indicator.short_title}, {choropleth.period_text}"
    # A change has a long unit; a larger area's figure says whose it is.
    is_long = choropleth.earlier or own.source == choropleth.level != own.level
    length = " lp-long" if is_long else ""
    return f"""<p class="lp-figure{length}">{escape(own.text)}</p>
<p class="lp-quiet">{escape(caption)}</p>
{_notes(choropleth, own)}
{_table(lines)}"""


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
    told = [(own.status, own.level, own.source), (own.made, own.source or "", None)]
    sentences = [
        explain_status(choropleth.indicator, status, level, source)
        for status, level, source in told
        if status not in ("published", "change") and not np.isnan(own.value)
    ]
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
    is_fair = STATUSES[own.status].is_ranked and not choropleth.earlier
    if own.level in indicator.bands or not is_fair:
        return None
    return place_in_england(indicator.id, own.level, choropleth.period, own.value)
