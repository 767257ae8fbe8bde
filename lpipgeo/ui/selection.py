"""One selection for all pages: area, indicator, level, period, classes and more.

It is kept in the session, mirrored in the URL, and read from a pasted URL. What
comes from a URL or a click is checked: an odd value falls back to the default with
a sentence that says so, and the rest of the selection is kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lpipgeo.area_index import read_areas
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS
from lpipgeo.ui.choices import HEXAGON_LEVEL, Selection
from lpipgeo.ui.fitting import fit, say_left_out
from lpipgeo.ui.selection_url import READ, parse_selection

_STATE, _WRITTEN, _NOTES = "selection", "selection_written", "selection_notes"
_LEVEL = "selection_wished_level"


def current() -> Selection:
    """Return the session's selection; a pasted URL, or Back, is read first.

    A choice can reach us before the browser has the URL of the choice before it. So
    the URLs we wrote are remembered until the browser shows them: one of these is no
    new wish, and the selection stays.
    """
    given = _given()
    kept = st.session_state.get(_STATE, Selection())
    written = st.session_state.get(_WRITTEN, [])
    if given and (_went_back() or given not in written):
        kept, notes = parse_selection(given, kept, read_catalogue(), read_areas())
        st.session_state[_NOTES] = [note[:800] for note in notes]
        written = [given]
    elif given:
        written = written[written.index(given) :]
    st.session_state[_WRITTEN] = written
    fitted, notes = fit(kept, read_catalogue())
    st.session_state.setdefault(_NOTES, []).extend(note[:800] for note in notes)
    st.session_state[_STATE] = fitted
    return fitted


def change(**choices: Any) -> None:
    """Change the selection; a period that the new choice lacks becomes the latest.

    A new indicator is shown at the level that the person last chose if it has figures
    of its own there, else at its finest level above that one.
    """
    catalogue, moved = read_catalogue(), []
    before = st.session_state.get(_STATE, Selection())
    chosen = replace(before, **choices)
    if "level" in choices:
        st.session_state[_LEVEL] = chosen.level
    elif "indicator" in choices:
        chosen = replace(_without_breaks(chosen), base=choices.get("base"))
        if before.second == before.indicator:  # two maps of one figure stay so
            chosen = replace(chosen, second=chosen.indicator, second_period=None)
        wished = st.session_state.get(_LEVEL, chosen.level)
        st.session_state[_LEVEL] = wished
        level = catalogue.source_level(chosen.indicator, wished)
        chosen = replace(chosen, level=level if level in MAPPED_LEVELS else wished)
        if chosen.level not in (wished, before.level):
            moved.append(
                f"{catalogue.find(chosen.indicator).title} has no figures of its own "
                f"for {LEVELS[wished].plural_in_text}; "
                f"{LEVELS[chosen.level].plural_in_text} are shown."
            )
    if "drawing" in choices and "equal" in (before.drawing, chosen.drawing):
        wished = st.session_state.setdefault(_LEVEL, before.level)
        level = HEXAGON_LEVEL if chosen.drawing == "equal" else wished
        chosen = replace(chosen, level=level)
        if chosen.drawing == "equal":
            moved += _lost_on_hexagons(before)
    if "drawing" in choices:
        moved += say_left_out(chosen)
    chosen, notes = fit(chosen, catalogue)
    st.session_state[_STATE] = chosen
    st.session_state[_NOTES] = [*moved, *notes]


def _lost_on_hexagons(before: Selection) -> list[str]:
    """Return what a person saw before and does not see on the equal-area map."""
    said = []
    if before.level != HEXAGON_LEVEL:
        instead, usual = LEVELS[HEXAGON_LEVEL].plural, LEVELS[before.level]
        said.append(
            f"The equal-area map draws {instead}, not {usual.plural_in_text}; the flat "
            f"map is by {usual.in_text} again."
        )
    around = read_areas().parent(before.area, HEXAGON_LEVEL) if before.area else None
    if around is not None and around.code != before.area:
        name = read_areas().find(before.area or "").name
        said.append(f"The MSOA that {name} lies in is outlined.")
    return said


def _without_breaks(chosen: Selection) -> Selection:
    """Drop breaks that were chosen for another indicator."""
    if chosen.scheme != "own":
        return chosen
    return replace(chosen, scheme=None, breaks=())


def _given() -> dict[str, str]:
    """Return what the browser's URL says of the selection."""
    return {k: v for k, v in st.query_params.items() if k in READ}


def _went_back() -> bool:
    """Return whether the person just went back or forward in the browser."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def notes() -> list[str]:
    """Return the sentences about what was odd in the last choice or URL."""
    return list(st.session_state.get(_NOTES, ()))


def write_url() -> None:
    """Mirror the selection in the URL, once it differs.

    Pages do it before they draw: whoever clicks while a page is still drawn would send
    the address of before, which would be read as a wish to go back there.
    """
    wanted = st.session_state[_STATE].parameters()
    if _given() != wanted:
        others = {k: v for k, v in st.query_params.items() if k not in READ}
        st.query_params.from_dict({**others, **wanted})
    written = st.session_state.setdefault(_WRITTEN, [])
    if wanted not in written[-1:]:
        written.append(wanted)


def link_to(**choices: Any) -> dict[str, str]:
    """Return the parameters of a link to another page with other choices.

    They are all that the page will have: it would have to write those that a link
    leaves out, and a browser would keep two addresses, so that Back led nowhere. Not
    for links to the page itself, whose address a browser changes only when told.
    """
    kept = st.session_state.get(_STATE, Selection())
    return replace(kept, **choices).parameters()
