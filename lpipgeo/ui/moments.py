"""Through time: the line of periods under the map, and playing them.

Whoever goes through time gets the same classes in all periods, for else the colours of
two maps could not be compared.
"""

from __future__ import annotations

import time

import streamlit as st

from lpipgeo.indicator_catalogue import Catalogue
from lpipgeo.periods import period_label
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.selection import change, current

SECONDS_PER_PERIOD = 1.5
_ABOUT_PLAY = "Shows one period after the other, from the first to the last."
_PLAYED_AT = "played_at"  # when the last step was taken; there only while playing


def step_seconds() -> float | None:
    """Return how often the page steps on by itself; None while nothing is played."""
    return SECONDS_PER_PERIOD if _PLAYED_AT in st.session_state else None


def advance(catalogue: Catalogue) -> None:
    """Go to the next period when its time has come; the last one ends the playing."""
    played_at = st.session_state.get(_PLAYED_AT)
    # A choice made while playing reruns the page, too, but is no step.
    if played_at is None or time.monotonic() - played_at < 0.8 * SECONDS_PER_PERIOD:
        return
    selection = current()
    periods = catalogue.periods(selection.indicator, selection.level)
    following = periods[_place(selection, periods) + 1 :]
    if not following:
        _stop()
        st.rerun()
    _go_to(following[0], periods)
    st.session_state[_PLAYED_AT] = time.monotonic()


def choose_moment(catalogue: Catalogue, selection: Selection) -> None:
    """Draw the line of periods under the map; arrow keys go through them."""
    periods = catalogue.periods(selection.indicator, selection.level)
    if len(periods) < 2 or selection.together == "change":
        return
    st.session_state["moment_choice"] = periods[_place(selection, periods)]
    with st.container(
        horizontal=True, vertical_alignment="bottom", key="moments", gap="medium"
    ):
        is_playing = _PLAYED_AT in st.session_state
        pressed = st.button(
            "Pause" if is_playing else "Play",
            icon=":material/pause:" if is_playing else ":material/play_arrow:",
            key="pause" if is_playing else "play",
            # While it plays the words would only lie over the line of periods.
            help=None if is_playing else _ABOUT_PLAY,
        )
        st.select_slider(
            "Through time",
            list(periods),
            format_func=period_label,
            key="moment_choice",
            label_visibility="collapsed",
            on_change=lambda: _go_to(st.session_state["moment_choice"], periods),
        )
    if pressed:
        _stop() if is_playing else _start(selection, periods)
        st.rerun()  # all of the page, for its pace changes


def _place(selection: Selection, periods: tuple[str, ...]) -> int:
    if selection.period in periods:
        return periods.index(selection.period)
    return len(periods) - 1


def _go_to(period: str, periods: tuple[str, ...]) -> None:
    change(period="latest" if period == periods[-1] else period, over_time="yes")


def _start(selection: Selection, periods: tuple[str, ...]) -> None:
    """Play from the period shown; from the first where that is the last."""
    if _place(selection, periods) == len(periods) - 1:
        _go_to(periods[0], periods)
    st.session_state[_PLAYED_AT] = time.monotonic()


def _stop() -> None:
    st.session_state.pop(_PLAYED_AT, None)
