"""The choice of a second figure: circles, a second map, two in one, or the change."""

from __future__ import annotations

import streamlit as st

from lpipgeo.change import comparable_periods, has_changes
from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.periods import period_label
from lpipgeo.ui.choices import Selection, shown_period, usable_levels
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
    later = shown_period(selection, catalogue)
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
    themes = catalogue.themes.names
    titles = {
        i: f"{catalogue.find(i).short_title} · {themes[catalogue.find(i).theme]}"
        for i in _usable(catalogue, selection)
    }
    pick(
        "second",
        "Second figure",
        selection.second,
        titles,
        key="second_choice",
        resets=["second_period"],
    )
    second = selection.second or selection.indicator
    level = selection.second_level or selection.level
    with st.container(horizontal=True):
        if selection.together != "bivariate":
            _second_level(catalogue, selection, second, level)
        _second_period(catalogue, selection, second, level)


def _usable(catalogue: Catalogue, selection: Selection) -> list[str]:
    active = [i.id for i in catalogue.active]
    if selection.together == "circles":
        return [i for i in active if has_circles(catalogue, i)]
    if selection.together == "bivariate":
        others = [i for i in active if i != selection.indicator]
        return [i for i in others if can_be_crossed(catalogue, i, selection.level)]
    return [i for i in active if catalogue.levels(i)]


def _second_level(
    catalogue: Catalogue, selection: Selection, second: str, level: str
) -> None:
    levels = usable_levels(catalogue, second)
    if selection.together == "circles":
        levels = circle_levels(catalogue, second)
    pick(
        "second_level",
        "Level of the second",
        level,
        {lv: LEVELS[lv].name for lv in levels},
        key="second_level_choice",
        resets=["second_period"],
    )


def _second_period(
    catalogue: Catalogue, selection: Selection, second: str, level: str
) -> None:
    periods = catalogue.periods(second, level)
    pick(
        "second_period",
        "Period of the second",
        selection.second_period or periods[-1],
        {period: period_label(period) for period in reversed(periods)},
        key="second_period_choice",
    )
