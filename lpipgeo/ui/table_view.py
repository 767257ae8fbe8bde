"""The table of the page Data: what it holds, how large it is, and its first rows."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.errors import PeriodError, SelectionError
from lpipgeo.indicator_catalogue import Catalogue, read_catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.periods import Period
from lpipgeo.statuses import STATUSES
from lpipgeo.table_query import TableQuery, explain_lacking
from lpipgeo.ui.choices import COMPARED_AREAS, Selection, compared_codes
from lpipgeo.ui.loaders import PREVIEW, count_table, load_head, load_lacking
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.picking import pick, tick
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.selection import change
from lpipgeo.ui.table_choice import query_of, read_pasted
from lpipgeo.ui.table_files import offer_table, show_ways
from lpipgeo.ui.zoom import larger_parts
from lpipgeo.wide_table import SHAPES

_WAYS = {"all": "All of a level", "set": "The comparison set", "list": "A list"}
_RANGE = "range"


def show_table(selection: Selection) -> None:
    """Draw the choices, the size, the first rows and the ways to take it all."""
    catalogue = read_catalogue()
    _choose_indicators(selection, catalogue)
    with st.container(horizontal=True, vertical_alignment="bottom", key="table_areas"):
        _choose_areas(selection)
    if selection.areas not in ((), (COMPARED_AREAS,)):
        for note in st.session_state.get("table_pasted_notes", ()):
            quiet(note)
    with st.container(horizontal=True, vertical_alignment="bottom", key="table_rest"):
        _choose_periods(selection, catalogue)
        pick(
            "shape",
            "Rows",
            selection.shape or "long",
            SHAPES,
            key="table_shape",
            width=300,
        )
        _choose_more(selection)
    query = _checked(query_of(selection))
    rows = count_table(query.query_string())
    st.html(f"<h2 class='lp-count'>{_size_text(query, rows)}</h2>")
    lacking = explain_lacking(query, load_lacking(query.query_string()))
    if lacking:
        quiet(lacking)
    with st.container(horizontal=True, key="table_files"):
        offer_table(query, rows)
    _show_head(query, rows)
    show_ways(query)


def _checked(query: TableQuery) -> TableQuery:
    """Return the query; without an order by a column that its table does not have."""
    try:
        load_head(query.query_string())
    except SelectionError as error:
        if not query.sort:
            raise
        st.info(plain(f"{error} The rows are in order of code."))
        return replace(query, sort=None)
    return query


def _size_text(query: TableQuery, rows: int) -> str:
    """Return how many rows there are, and how large they are as CSV."""
    if not rows:
        return "No rows"
    count = "1 row" if rows == 1 else f"{rows:,} rows"
    head = load_head(query.query_string())
    text = head.to_csv(index=False)
    per_row = len(text.encode()) / max(1, len(head))
    return f"{count}, about {_megabytes(rows * per_row)} as CSV"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{max(1, size / 1e3):,.0f} kB"


def _choose_indicators(selection: Selection, catalogue: Catalogue) -> None:
    """Draw the list of indicators, and ways to add many at once."""
    titles = {i.id: i.title for i in catalogue.active}
    held = list(selection.indicators or (selection.indicator,))
    with st.container(
        horizontal=True, vertical_alignment="bottom", key="table_indicators"
    ):
        key = "table_indicator_list"
        st.session_state[key] = [name for name in held if name in titles]
        st.multiselect(
            "Indicators",
            list(titles),
            format_func=lambda name: titles[name],
            key=key,
            on_change=lambda: change(indicators=tuple(st.session_state[key])),
            placeholder="Choose indicators, or type to find some",
        )
        groups = _groups(catalogue)
        st.session_state["table_group"] = None
        st.selectbox(
            "Add all of",
            list(groups),
            key="table_group",
            placeholder="A theme or priority",
            on_change=lambda: _add_group(groups, held),
            width=240,
        )
        st.button(
            "Only the first",
            key="table_first",
            disabled=len(held) < 2,
            on_click=change,
            kwargs={"indicators": tuple(held[:1])},
        )


def _groups(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return the indicators of each theme, subtheme and priority, by name."""
    found = {}
    for theme in catalogue.themes.themes:
        mine = catalogue.of_theme(theme.id)
        found[theme.name] = tuple(i.id for i in mine)
        for part in theme.subthemes:
            name = f"{theme.name}: {part.name.lower()}"
            found[name] = tuple(i.id for i in mine if i.subtheme == part.id)
    for priority in catalogue.themes.priorities:
        name = f"Priority: {priority.name}"
        mine = [i for i in catalogue.active if priority.id in i.priorities]
        found[name] = tuple(i.id for i in mine)
    return {f"{name} ({len(ids)})": ids for name, ids in found.items() if ids}


def _add_group(groups: dict[str, tuple[str, ...]], held: list[str]) -> None:
    chosen = st.session_state["table_group"]
    if chosen:
        change(indicators=tuple(dict.fromkeys([*held, *groups[chosen]])))


def _choose_areas(selection: Selection) -> None:
    """Draw whose rows the table holds."""
    is_set = selection.areas == (COMPARED_AREAS,)
    way = "set" if is_set else "list" if selection.areas else "all"
    key = "table_way"
    wished = st.session_state.get("table_wished_list", False)
    st.session_state[key] = _WAYS["list" if wished and way == "all" else way]
    st.segmented_control(
        "Areas", list(_WAYS.values()), key=key, required=True, on_change=_way_chosen
    )
    if way == "set":
        quiet(
            ", ".join(read_areas().by_code[c].name for c in compared_codes(selection))
        )
    elif st.session_state[key] == _WAYS["list"]:
        _choose_list(selection)
        if way == "all":
            quiet("Paste your places; until then the table holds all of the level.")
    else:
        names = {level: LEVELS[level].plural for level in MAPPED_LEVELS}
        pick("level", "Level", selection.level, names, key="table_level", width=200)
        parts = {"": "The whole region", **larger_parts()}
        pick("inside", "Inside", selection.inside, parts, key="table_inside", width=260)


def _way_chosen() -> None:
    names = {label: way for way, label in _WAYS.items()}
    way = names[st.session_state["table_way"]]
    st.session_state["table_wished_list"] = way == "list"
    change(areas=(COMPARED_AREAS,) if way == "set" else ())


def _choose_list(selection: Selection) -> None:
    listed = () if selection.areas == (COMPARED_AREAS,) else selection.areas
    popover = open_popover(
        f"{len(listed):,} areas listed" if listed else "Paste a list",
        "list",
        "table_paste",
    )
    if popover is None:
        return
    with popover, st.form("table_pasted", border=False):
        text = st.text_area(
            "Area codes or postcodes",
            value="\n".join(listed),
            height=200,
            help="One in a line, or with commas between.",
        )
        if st.form_submit_button("Use these"):
            try:
                found = read_pasted(text)
            except SelectionError as error:
                st.warning(plain(str(error)))
                return
            st.session_state["table_pasted_notes"] = found.notes
            change(areas=found.codes)
            st.rerun()


def _choose_periods(selection: Selection, catalogue: Catalogue) -> None:
    """Draw which periods are held: the newest, all, or those between two years."""
    names = {"latest": "Newest", "all": "All", _RANGE: "From – to"}
    has_range = selection.periods not in ("latest", "all")
    key = "table_periods"
    st.session_state[key] = names[_RANGE if has_range else selection.periods]
    years = _years(selection, catalogue)

    def chosen() -> None:
        way = next(w for w, label in names.items() if label == st.session_state[key])
        text = f"{years[0]}..{years[-1]}" if way == _RANGE else way
        change(periods=text)

    st.segmented_control(
        "Periods", list(names.values()), key=key, required=True, on_change=chosen
    )
    if not has_range or len(years) < 2:
        return
    first, last = _ends(selection.periods, years)
    slider = "table_years"
    # A range by its value: the state alone would not tell it from a single year.
    st.session_state.pop(slider, None)
    st.select_slider(
        "Years",
        years,
        (first, last),
        key=slider,
        on_change=lambda: change(periods="..".join(map(str, st.session_state[slider]))),
        width=280,
    )


def _years(selection: Selection, catalogue: Catalogue) -> list[int]:
    """Return the years from the first to the last period of the indicators."""
    ids = selection.indicators or (selection.indicator,)
    found = [
        Period.parse(period)
        for name in ids
        for level in catalogue.levels(name)
        for period in catalogue.periods(name, level)
    ]
    if not found:
        return []
    last = max(period.last_day.year for period in found)
    return list(range(min(period.start.year for period in found), last + 1))


def _ends(text: str, years: list[int]) -> tuple[int, int]:
    """Return the years of a range as the slider takes them."""
    first, _, last = text.partition("..")
    try:
        low = int(first[:4]) if first else years[0]
        high = int((last or first)[:4]) if (last or first) else years[-1]
    except ValueError as error:
        raise PeriodError(f"{text!r} is no range of years.") from error
    low = min(max(low, years[0]), years[-1])
    return low, max(low, min(high, years[-1]))


def _choose_more(selection: Selection) -> None:
    """Draw what few people need: statuses, order, figures of larger areas."""
    popover = open_popover("More", "tune", "table_more")
    if popover is None:
        return
    with popover:
        key = "table_statuses"
        st.session_state[key] = list(selection.statuses)
        st.multiselect(
            "Only these statuses",
            list(STATUSES),
            format_func=lambda name: STATUSES[name].label,
            key=key,
            on_change=lambda: change(statuses=tuple(st.session_state[key])),
        )
        query = replace(query_of(selection), sort=None)
        columns = load_head(query.query_string()).columns
        offered = {"": "By code"}
        for column in columns:
            offered |= {column: f"{column}, lowest first"}
            offered |= {f"-{column}": f"{column}, highest first"}
        pick("sort", "Order of rows", selection.sort, offered, key="table_sort")
        tick(
            "fill",
            "Give smaller areas the figures of larger ones",
            selection.fill,
            key="table_fill",
            help="Marked as inherited, without limits; they were not measured there.",
        )


def _show_head(query: TableQuery, rows: int) -> None:
    """Draw the first rows, or say why there are none."""
    head = load_head(query.query_string())
    if not rows:
        st.info(
            "No figure fits these choices, so a file would hold headers only. Try "
            "another level, all periods, or fewer statuses."
        )
        return
    st.dataframe(head, hide_index=True, key="table_head", placeholder="")
    if len(head) >= PREVIEW:
        quiet(f"The first {len(head):,} rows.")
