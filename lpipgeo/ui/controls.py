"""The row of choices over a map: theme, indicator, level, period, overlays.

Widgets mirror the one selection: their values are set from it before they are
drawn, and a change goes back through `selection.change`.
"""

from __future__ import annotations

import streamlit as st

from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.periods import period_label
from lpipgeo.ui.choices import OUTLINED_LEVELS, Selection, usable_levels
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.picking import pick
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.second_controls import choose_second
from lpipgeo.ui.selection import change, current

_LAST = "last_indicator_of_theme"


def choose_view(catalogue: Catalogue, selection: Selection) -> None:
    """Draw the choices in one row that wraps."""
    indicator = catalogue.find(selection.indicator)
    st.session_state.setdefault(_LAST, {})[indicator.theme] = indicator.id
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices"):
        _theme(catalogue, indicator.theme)
        _indicator(catalogue, selection, indicator.theme)
        _level(catalogue, selection)
        _period(catalogue, selection)
        _layers(catalogue, selection)
        choose_second(catalogue, selection)


def _theme(catalogue: Catalogue, current: str) -> None:
    themes = {t.id: t.name for t in catalogue.themes.themes if catalogue.of_theme(t.id)}
    st.session_state["theme"] = current
    st.segmented_control(
        "Theme",
        list(themes),
        format_func=lambda theme_id: themes[theme_id],
        key="theme",
        required=True,
        on_change=_theme_changed,
        args=(catalogue,),
    )


def _theme_changed(catalogue: Catalogue) -> None:
    theme = st.session_state["theme"]
    last = st.session_state[_LAST].get(theme)
    change(indicator=last or catalogue.of_theme(theme)[0].id)


def _indicator(catalogue: Catalogue, selection: Selection, theme: str) -> None:
    """Draw the theme's indicators, and below them the others for those who type."""
    titles = {i.id: i.short_title for i in catalogue.of_theme(theme)}
    for other in catalogue.themes.themes:
        for i in catalogue.of_theme(other.id) if other.id != theme else ():
            titles[i.id] = f"{i.short_title} ({other.name})"
    held, key = selection.indicator, "indicator_choice"
    pick("indicator", "Indicator", held, titles, key=key, width=235)


def _level(catalogue: Catalogue, selection: Selection) -> None:
    usable = usable_levels(catalogue, selection.indicator)
    own = catalogue.levels(selection.indicator)
    short = {"utla": "County"}
    names = {lv: short.get(lv, LEVELS[lv].name) for lv in MAPPED_LEVELS}
    finer = [LEVELS[lv].plural for lv in usable if lv not in own]
    missing = [LEVELS[lv].plural for lv in MAPPED_LEVELS if lv not in usable]
    about = ["How finely the map is divided."]
    if finer:
        about.append(f"{', '.join(finer)} show the figure of the larger area.")
    if missing:
        about.append(f"No figures for: {', '.join(missing)}.")
    pick(
        "level",
        "Level",
        selection.level,
        {level: names[level] for level in usable},
        key="level_choice",
        help=" ".join(about),
        width=160,
    )


def _period(catalogue: Catalogue, selection: Selection) -> None:
    periods = catalogue.periods(selection.indicator, selection.level)
    shown = selection.period if selection.period in periods else periods[-1]
    st.session_state["period_choice"] = shown
    st.selectbox(
        "Period",
        list(reversed(periods)),
        format_func=period_label,
        key="period_choice",
        on_change=_period_changed,
        args=(periods[-1],),
        width=145,
    )


def _period_changed(newest: str) -> None:
    period = st.session_state["period_choice"]
    change(period="latest" if period == newest else period)


def _layers(catalogue: Catalogue, selection: Selection) -> None:
    """Draw what can be drawn over the choropleth: places and larger areas."""
    popover = open_popover("Overlays", "layers", "layers_popover")
    if popover is None:
        return
    overlays = read_overlays()
    with popover:
        if selection.drawing != "flat":
            quiet("These are drawn on the flat map only.")
        for theme in catalogue.themes.themes:
            inside = [name for name, o in overlays.items() if o.theme == theme.id]
            if not inside:
                continue
            key = f"overlays_{theme.id}"
            st.session_state[key] = [n for n in inside if n in selection.overlays]
            st.pills(
                theme.name,
                inside,
                selection_mode="multi",
                format_func=lambda name: overlays[name].short_title,
                key=key,
                on_change=_overlays_changed,
                args=(inside, key),
            )
        plurals = {level: LEVELS[level].plural for level in OUTLINED_LEVELS}
        pick(
            "outline",
            "Outline and name areas of",
            selection.outline,
            {"": "No other level", **plurals},
            key="outline_choice",
            help="Draws the borders and names of larger areas over the map.",
        )
        st.button(
            "Take all away",
            on_click=change,
            kwargs={"overlays": (), "outline": None},
            disabled=not (selection.overlays or selection.outline),
        )


def _overlays_changed(inside: list[str], key: str) -> None:
    """Change the overlays of one theme; those of the others stay."""
    kept = set(current().overlays) - set(inside) | set(st.session_state[key])
    change(overlays=tuple(name for name in read_overlays() if name in kept))
