"""The profile to print: PDF and web page, of one area or of its districts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.comparators import find_comparator
from lpipgeo.errors import SelectionError
from lpipgeo.printed import profile_html, profile_pdf
from lpipgeo.ui.download_button import offer_file
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.sharing import base_address

_MADE = "profiles_made"  # code of the area, and the PDF of its districts


def offer_print(area: Area, benchmark: str | None) -> None:
    """Draw the ways to print the profile; each is made only when it is asked for."""
    popover = open_popover("Print", "print", "print")
    if popover is None:
        return
    with popover:
        quiet("Four A4 pages that can be read in black and white, with sources.")
        with st.container(horizontal=True):
            name = f"profile_{area.code}"
            pdf = partial(_pdf, [area.code], benchmark, base_address())
            offer_file("PDF", f"{name}.pdf", pdf)
            page = partial(_page, area, benchmark, base_address())
            offer_file("Web page", f"{name}.html", page)
        districts = [
            code
            for code in read_areas().codes_within("lad24", area.code)
            if code != area.code
        ]
        if districts:
            _offer_districts(area, districts, benchmark)


def _offer_districts(area: Area, districts: list[str], benchmark: str | None) -> None:
    """Draw the button that makes one PDF of all districts, then the PDF itself."""
    held = benchmark if _is_held_by_all(districts, benchmark) else None
    instead = "" if held == benchmark else " They are compared with England."
    quiet(f"All {len(districts)} districts inside, one after the other.{instead}")
    if st.button("Make one PDF of them", key="make_districts"):
        bar = st.progress(0.0, "Reading the districts")

        def show(done: int, of: int) -> None:
            bar.progress(done / of, f"{done} of {of} districts")

        pdf = _pdf(districts, held, base_address(), show)
        bar.empty()
        st.session_state[_MADE] = (area.code, pdf)
    made = st.session_state.get(_MADE)
    if made and made[0] == area.code:
        name = f"profiles_{area.code}_districts.pdf"
        offer_file("Take the PDF of all districts", name, made[1])


def _is_held_by_all(codes: list[str], benchmark: str | None) -> bool:
    """Return whether every area can be compared with a benchmark."""
    try:
        for code in codes:
            find_comparator(read_areas().find(code), benchmark)
    except SelectionError:
        return False
    return True


def _pdf(
    codes: list[str],
    benchmark: str | None,
    base: str | None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    day = date.today()
    return profile_pdf(
        codes, benchmark, address=base, printed_on=day, progress=progress
    )


def _page(area: Area, benchmark: str | None, base: str | None) -> bytes:
    day = date.today()
    return profile_html(area.code, benchmark, address=base, printed_on=day).encode()
