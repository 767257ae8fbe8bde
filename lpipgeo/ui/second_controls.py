"""The choice of a second figure: circles, a second map, two in one, or the change."""

from __future__ import annotations

import streamlit as st

from lpipgeo.change import comparable_periods, has_changes
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.periods import period_label
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.picking import pick
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.second import WAYS, can_be_crossed, circle_levels, has_circles
from lpipgeo.ui.selection import change

_ONE = "one"
_ABOUT = {
    _ONE: "Only the figure chosen above",
    "circles": "A second figure as circles, also of other areas",
    "side_by_side": "Two maps that move and point together",
    "bivariate": "Both figures in thirds, three colours by three",
    "change": "How the figure changed since an earlier period",
}


def choose_second(catalogue: Catalogue, selection: Selection) -> None:
    """Draw what is shown together with the first figure, in a popover."""
    popover = open_popover("Combine", "compare", "second_popover")
    if popover is None:
        return
    with popover:
        _way(selection, catalogue)
        if selection.together == "change":
            _earlier(catalogue, selection)
        elif selection.together:
            if selection.drawing != "flat" and selection.together != "bivariate":
                quiet("This is drawn on the flat map only.")
            _second(catalogue, selection)


def _way(selection: Selection, catalogue: Catalogue) -> None:
    offered = [_ONE, "circles", "side_by_side"]
    if can_be_crossed(catalogue, selection.indicator, selection.level):
        offered.append("bivariate")
    if has_changes(selection.indicator, selection.level):
        offered.append("change")
    st.session_state["together_choice"] = selection.together or _ONE
    st.radio(
        "What to show together",
        offered,
        format_func=lambda way: WAYS.get(way, "One figure"),
        captions=[_ABOUT[way] for way in offered],
        key="together_choice",
        on_change=_way_changed,
    )
    missing = [WAYS[way] for way in WAYS if way not in offered]
    if missing:
        names = " and ".join(f"“{name}”" for name in missing)
        quiet(
            f"{names} cannot be shown here: that needs exact figures of this level, or "
            "two periods that can be compared."
        )


def _way_changed() -> None:
    way = st.session_state["together_choice"]
    if way == _ONE:
        change(together=None)
    else:  # level and period of another way would seldom fit
        change(together=way, second_level=None, second_period=None)


def _earlier(catalogue: Catalogue, selection: Selection) -> None:
    later = selection.period
    if later == "latest":
        later = catalogue.latest(selection.indicator, selection.level)
    possible = comparable_periods(selection.indicator, selection.level, later)
    pick(
        "second_period",
        f"Change to {period_label(later)} since",
        selection.second_period,
        {period: period_label(period) for period in reversed(possible)},
        key="earlier_choice",
        help="Only periods that can be compared are offered.",
    )


def _second(catalogue: Catalogue, selection: Selection) -> None:
    """Draw the choice of the second figure, its level and period."""
    usable = _usable(catalogue, selection)
    themes = {theme.id: theme.name for theme in catalogue.themes.themes}
    titles = {
        i: f"{catalogue.find(i).short_title} · {themes[catalogue.find(i).theme]}"
        for i in usable
    }
    st.session_state["second_choice"] = selection.second
    st.selectbox(
        "Second figure",
        usable,
        format_func=lambda indicator_id: titles[indicator_id],
        key="second_choice",
        on_change=lambda: change(
            second=st.session_state["second_choice"], second_period=None
        ),
    )
    second = selection.second or selection.indicator
    level = selection.second_level or selection.level
    with st.container(horizontal=True):
        if selection.together != "bivariate":
            _second_level(catalogue, selection, second, level)
        _second_period(catalogue, selection, second, level)


def _usable(catalogue: Catalogue, selection: Selection) -> list[str]:
    active = [i.id for i in catalogue.indicators.values() if i.state == "active"]
    if selection.together == "circles":
        return [i for i in active if has_circles(catalogue, i)]
    if selection.together == "bivariate":
        others = [i for i in active if i != selection.indicator]
        return [i for i in others if can_be_crossed(catalogue, i, selection.level)]
    return [i for i in active if catalogue.levels(i)]


def _second_level(
    catalogue: Catalogue, selection: Selection, second: str, level: str
) -> None:
    levels = [lv for lv in MAPPED_LEVELS if catalogue.source_level(second, lv)]
    if selection.together == "circles":
        levels = circle_levels(catalogue, second)
    st.session_state["second_level_choice"] = level
    st.selectbox(
        "Level of the second",
        levels,
        format_func=lambda lv: LEVELS[lv].name,
        key="second_level_choice",
        on_change=lambda: change(
            second_level=st.session_state["second_level_choice"], second_period=None
        ),
    )


def _second_period(
    catalogue: Catalogue, selection: Selection, second: str, level: str
) -> None:
    periods = catalogue.periods(second, level)
    st.session_state["second_period_choice"] = selection.second_period or periods[-1]
    st.selectbox(
        "Period of the second",
        list(reversed(periods)),
        format_func=period_label,
        key="second_period_choice",
        on_change=lambda: change(
            second_period=st.session_state["second_period_choice"]
        ),
    )
