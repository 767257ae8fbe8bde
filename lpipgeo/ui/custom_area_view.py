"""The tab for custom areas: put one together, read its figures, take it away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.custom_area import (
    MAX_NAME,
    MAX_TEXT,
    MIN_NEIGHBOURHOODS,
    MIN_RESIDENTS,
    UNNAMED,
    WHY_NOT_SMALLER,
    CustomArea,
    Draft,
    make_draft,
    plain_name,
    read_codes,
)
from lpipgeo.custom_packing import from_file, pack, to_file, unpack
from lpipgeo.custom_profile import COVERED_RULE, CustomProfile
from lpipgeo.errors import LpipgeoError, SelectionError
from lpipgeo.export import to_bytes
from lpipgeo.formatting import publishers_of
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.outcomes import METHOD
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.custom_area_map import choose_on_map, look_at
from lpipgeo.ui.custom_area_table import figures_html
from lpipgeo.ui.download_button import offer_file
from lpipgeo.ui.loaders import load_custom_profile
from lpipgeo.ui.messages import plain, quiet, show_notes
from lpipgeo.ui.selection import change, current

_NAME, _PASTED, _NOTES = "custom_name", "custom_pasted", "custom_notes"
_FILE, _OPENED = "custom_file", "custom_opened"
_DIFFERENCES = (
    "ONS alters census counts a little, so that no one can be recognised. Sums of "
    "neighbourhoods can therefore differ slightly from the figure that it publishes "
    "for a whole district."
)


def show_custom_area(selection: Selection) -> None:
    """Draw everything about the selection's custom area."""
    draft = unpack(selection.custom) if selection.custom else Draft()
    quiet(
        "Put neighbourhoods together, give the area a name and get its figures. The "
        "address of this page keeps it."
    )
    left, right = st.columns([2, 3], gap="medium")
    with left:
        _choose(selection, draft)
    with right:
        choose_on_map(selection, draft.codes, _keep)
    if not draft.codes:
        quiet(
            f"An area needs at least {MIN_NEIGHBOURHOODS} neighbourhoods with "
            f"{MIN_RESIDENTS:,} residents together. {WHY_NOT_SMALLER}"
        )
        return
    st.html(f"<h2>{escape(draft.name)}</h2>")
    try:
        profile = load_custom_profile(draft.codes, draft.name)
    except SelectionError as error:  # too small so far: the choice stays
        st.info(plain(str(error)))
        _offer_file(draft)
        return
    st.html(f"<p>{escape(facts_text(profile.area))}</p>")
    _show_figures(profile)
    _offer_tables(profile)
    _offer_file(draft)


def _choose(selection: Selection, draft: Draft) -> None:
    """Draw name, paste box and the other ways to add neighbourhoods."""
    st.session_state[_NAME] = "" if draft.name == UNNAMED else draft.name
    st.text_input(
        "Name",
        key=_NAME,
        max_chars=MAX_NAME,
        placeholder="Such as Around the High Street",
        on_change=_rename,
    )
    st.text_area(
        "Add by code or postcode",
        key=_PASTED,
        max_chars=MAX_TEXT,
        placeholder="E01009989, E01010106, B66 4BH",
        help="Codes of LSOAs (2021); codes of MSOAs, wards, districts or sub-regions "
        "stand for the neighbourhoods inside, a postcode for the one it lies in.",
    )
    with st.container(horizontal=True):
        st.button("Add these", key="custom_add", type="primary", on_click=_add_pasted)
        _offer_area(selection)
        if draft.codes:
            st.button(
                "Begin again", key="custom_clear", type="tertiary", on_click=_clear
            )
    st.file_uploader(
        "Or open an area's file",
        type="json",
        key=_FILE,
        on_change=_open_file,
        max_upload_size=1,
    )
    show_notes(st.session_state.pop(_NOTES, []))


def _offer_area(selection: Selection) -> None:
    """Draw the buttons that add the selected area and the compared ones."""
    index = read_areas()
    area = index.by_code.get(selection.area or "")
    if area is not None:
        st.button(
            f"Add {plain(area.name)}",
            key="custom_selected",
            icon=":material/add:",
            on_click=_add,
            args=(area.code,),
        )
    if selection.compare:
        st.button(
            "Add the compared areas",
            key="custom_compared",
            icon=":material/add:",
            on_click=_add,
            args=(" ".join(selection.compare),),
        )


def _draft() -> Draft:
    """Return the area as it is at the moment of a click."""
    held = current().custom
    return unpack(held) if held else Draft()


def _keep(codes: Sequence[str]) -> bool:
    """Keep the area of some neighbourhoods; say why and return False if it cannot."""
    try:
        draft = make_draft(codes, _draft().name)
    except LpipgeoError as error:
        st.session_state.setdefault(_NOTES, []).append(str(error))
        return False
    change(custom=pack(draft))
    return True


def _rename() -> None:
    draft = Draft(plain_name(st.session_state[_NAME]), _draft().codes)
    change(custom=pack(draft) if draft != Draft() else None)


def _add_pasted() -> None:
    """Add what was pasted; a text in which nothing was found stays, to be mended."""
    text = st.session_state[_PASTED]
    _add(text)
    if read_codes(text).codes:
        st.session_state[_PASTED] = ""


def _add(text: str) -> None:
    """Add what a text names, and keep sentences on what was left out."""
    found = read_codes(text)
    notes = list(found.notes)
    if not found.codes and not notes:
        notes = ["Paste or type codes of areas or full postcodes first."]
    st.session_state[_NOTES] = notes
    if found.codes:
        _keep([*_draft().codes, *found.codes])
        look_at(_draft().codes)


def _clear() -> None:
    change(custom=None)


def _open_file() -> None:
    uploaded = st.session_state[_FILE]
    if uploaded is None:
        return
    try:
        draft = from_file(uploaded.getvalue())
    except LpipgeoError as error:
        st.session_state[_NOTES] = [str(error)]
        return
    change(custom=pack(draft))
    look_at(draft.codes)


def facts_text(area: CustomArea) -> str:
    """Return in a sentence how large an area is and where it lies."""
    places = [f"{name} ({number:,})" for _, name, number in area.districts]
    where = ", ".join(places)
    noun = "district" if len(places) == 1 else "districts"
    return (
        f"{len(area.codes):,} neighbourhoods with {area.residents:,} residents (Census "
        f"2021) on {area.area_km2:,.1f} km², in the {noun} (neighbourhoods in each) "
        f"{where}."
    )


def _show_figures(profile: CustomProfile) -> None:
    themes = read_catalogue().themes.themes
    st.html(figures_html(profile, themes))
    quiet(f"Open an indicator to read how its figure was worked out. {METHOD}")
    quiet(f"{COVERED_RULE} {_DIFFERENCES}")
    quiet(f"Figures: {publishers_of([row.indicator for row in profile.rows])}.")
    with st.expander(f"{len(profile.refused)} indicators without a figure, and why"):
        st.dataframe(
            profile.refusals()[["indicator", "reason"]],
            hide_index=True,
            column_config={"indicator": "Indicator", "reason": "Why"},
        )


def _offer_tables(profile: CustomProfile) -> None:
    for ending, label in (("csv", "Figures as CSV"), ("xlsx", "Figures as Excel")):
        make = partial(_table, profile, ending)
        offer_file(label, f"custom_area.{ending}", make, key=f"custom_take_{ending}")


def _table(profile: CustomProfile, ending: str) -> bytes:
    return to_bytes(profile.frame(), ending)


def _offer_file(draft: Draft) -> None:
    label = "The area's file, to open again"
    offer_file(label, "custom_area.json", to_file(draft), key="custom_take_file")
