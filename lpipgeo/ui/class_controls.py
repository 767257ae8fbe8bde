"""How values are put into classes and coloured: the choices of one popover."""

from __future__ import annotations

import streamlit as st

from lpipgeo.choropleth import Choropleth
from lpipgeo.classify import COUNTED_SCHEMES, MAX_CLASSES, MIN_CLASSES, SCHEMES
from lpipgeo.england import england_tenths
from lpipgeo.errors import ClassificationError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.palettes import PALETTES
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.picking import pick
from lpipgeo.ui.picture import Picture
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.selection import change
from lpipgeo.ui.selection_url import parse_breaks

_ABOUT = {
    "quantiles": "About equally many areas in each class",
    "natural_breaks": "Breaks where the values have gaps",
    "equal_interval": "Classes of the same width",
    "std_mean": "One and two standard deviations from the mean",
    "england_tenths": "Where areas stand among all of England",
    "own": "Breaks that you write",
}
_PLAIN = {
    "scheme": None,
    "classes": None,
    "breaks": (),
    "palette": "theme",
    "over_time": None,
}


def choose_classes(picture: Picture) -> None:
    """Draw how values are put into classes and coloured, in a popover."""
    popover = open_popover("Classes", "palette", "classes_popover")
    if popover is None:
        return
    choropleth, selection = picture.first, picture.selection
    with popover:
        if picture.crossed or choropleth.earlier:
            st.write(
                "Two figures in one map are put into thirds."
                if picture.crossed
                else "Changes are put into classes on both sides of no change, in "
                "orange where things got worse and in blue where they got better."
            )
            return
        if choropleth.classes.scheme == "bands":
            st.write(
                "The publisher gives classes, not figures, so the map shows those."
                if choropleth.indicator.class_names
                else "The publisher advises against reading exact figures at this "
                "level, so the map shows bands."
            )
        else:
            _scheme(choropleth, selection)
            _over_time(choropleth, selection)
        pick("palette", "Colours", selection.palette, PALETTES, key="palette_choice")
        st.button(
            "Reset",
            on_click=change,
            kwargs=_PLAIN,
            disabled=all(getattr(selection, n) == v for n, v in _PLAIN.items()),
        )


def _scheme(choropleth: Choropleth, selection: Selection) -> None:
    offered = [scheme for scheme in SCHEMES if _is_possible(scheme, choropleth)]
    chosen = selection.scheme or choropleth.indicator.scheme
    if chosen not in offered:
        chosen = choropleth.indicator.scheme
    st.session_state["scheme_choice"] = chosen
    st.radio(
        "How to divide the values",
        offered,
        format_func=lambda scheme: SCHEMES[scheme],
        captions=[_ABOUT[scheme] for scheme in offered],
        key="scheme_choice",
        on_change=_scheme_changed,
        args=(choropleth,),
    )
    if chosen == "own":
        _own_breaks(selection)
    if chosen in COUNTED_SCHEMES:
        k = selection.classes or choropleth.indicator.k
        st.session_state["classes_choice"] = k
        st.slider(
            "Number of classes",
            MIN_CLASSES,
            MAX_CLASSES,
            key="classes_choice",
            on_change=lambda: change(classes=st.session_state["classes_choice"]),
        )


def _is_possible(scheme: str, choropleth: Choropleth) -> bool:
    if scheme != "england_tenths":
        return True
    where = (choropleth.indicator.id, choropleth.source_level, choropleth.period)
    return bool(england_tenths(*where))


def _scheme_changed(choropleth: Choropleth) -> None:
    """Change the method; own breaks start from those on the map."""
    scheme = st.session_state["scheme_choice"]
    inner = choropleth.classes.edges[1:-1]
    decimals = choropleth.indicator.decimals
    breaks = tuple(sorted({round(edge, decimals) for edge in inner}))
    change(scheme=scheme, breaks=breaks[: MAX_CLASSES - 1] if scheme == "own" else ())


def _own_breaks(selection: Selection) -> None:
    st.session_state.setdefault("breaks_text", _written(selection.breaks))
    if st.session_state.get("breaks_seen") != selection.breaks:
        st.session_state["breaks_text"] = _written(selection.breaks)
        st.session_state["breaks_seen"] = selection.breaks
    text = st.text_input(
        "Breaks",
        key="breaks_text",
        placeholder="10, 20, 30",
        help="Rising numbers with commas between.",
        on_change=_breaks_changed,
    )
    try:
        parse_breaks(text)
    except ClassificationError as error:
        st.warning(str(error))


def _breaks_changed() -> None:
    try:
        breaks = parse_breaks(st.session_state["breaks_text"])
    except ClassificationError:
        return  # said beside the field; the map stays as it is
    st.session_state["breaks_seen"] = breaks
    change(breaks=breaks)


def _written(breaks: tuple[float, ...]) -> str:
    return ", ".join(f"{edge:g}" for edge in breaks)


def _over_time(choropleth: Choropleth, selection: Selection) -> None:
    periods = read_catalogue().periods(choropleth.indicator.id, choropleth.level)
    if len(periods) < 2:
        return
    st.session_state["over_time_choice"] = selection.over_time == "yes"
    st.toggle(
        "Same classes in all periods",
        key="over_time_choice",
        help="Breaks are made from all periods, so that maps can be compared.",
        on_change=lambda: change(
            over_time="yes" if st.session_state["over_time_choice"] else None
        ),
    )
