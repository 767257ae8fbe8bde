"""The set of compared areas: shown as chips, added to, and kept on every page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lpipgeo.area_index import Area, read_areas
from lpipgeo.comparators import full_name
from lpipgeo.comparison import MAX_AREAS, find_company, find_presets
from lpipgeo.palettes import COMPARED
from lpipgeo.ui.choices import Selection
from lpipgeo.ui.messages import plain, quiet
from lpipgeo.ui.page_files import COMPARE
from lpipgeo.ui.place_panel import find_place
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.selection import change, current


def choose_set(selection: Selection, codes: tuple[str, ...]) -> None:
    """Draw the areas as chips that can be taken out, and the ways to add some.

    Parameters
    ----------
    codes : of the set; a page may begin without any
    """
    index = read_areas()
    after = "; the six sub-regions are then compared" if len(codes) == 1 else ""
    with st.container(horizontal=True, vertical_alignment="center", key="compared"):
        for place, code in enumerate(codes):
            name = index.find(code).name
            st.button(
                f"{COMPARED[place][1]} {plain(name)}",
                key=f"chip_{place}",
                icon=":material/close:",
                icon_position="right",
                help=f"Take {plain(name)} out{after}",
                on_click=_take_out,
                args=(codes, code),
            )
        _offer_more(selection, codes)
    if len(codes) == 1:
        _offer_company(index.find(codes[0]))


def _offer_company(area: Area) -> None:
    """Draw what one area alone may stand beside, each one click away."""
    larger, presets = find_company(area)
    if not larger and not presets:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="company"
    ):
        st.html(
            "<p class='lp-company'><b>Add a second place</b>, such as</p>",
            width="content",
        )
        offered: dict[str, tuple[str, ...]] = {}
        offered |= {full_name(one): (area.code, one.code) for one in larger}
        offered |= {preset.name: preset.codes for preset in presets}
        for number, (name, codes) in enumerate(offered.items()):
            st.button(
                plain(name),
                key=f"company_{number}",
                type="tertiary",
                on_click=change,
                kwargs={"compare": codes},
            )


def _offer_more(selection: Selection, codes: tuple[str, ...]) -> None:
    popover = open_popover("Add or choose", "add", "more_areas")
    if popover is None:
        return
    with popover:
        if len(codes) < MAX_AREAS:
            find_place(partial(_add_to, codes), "Add an area", "add_area")
        else:
            quiet(f"Up to {MAX_AREAS} areas are compared. Take one out to add another.")
        quiet("Or compare")
        near = codes[0] if len(codes) == 1 else selection.area
        area = read_areas().find(near) if near else None
        for preset in find_presets(area):
            st.button(
                plain(preset.name),
                key=f"preset_{preset.codes[0]}_{len(preset.codes)}",
                type="tertiary",
                on_click=change,
                kwargs={"compare": preset.codes},
            )


def sign_key(codes: Sequence[str]) -> str:
    """Return which sign is whose, for a picture that stands alone."""
    pairs = zip(codes, COMPARED, strict=False)
    return " · ".join(f"{sign} {read_areas().find(c).name}" for c, (_, sign) in pairs)


def _take_out(codes: tuple[str, ...], code: str) -> None:
    change(compare=tuple(c for c in codes if c != code))


def _add_to(codes: tuple[str, ...], code: str) -> None:
    change(compare=tuple(dict.fromkeys([*codes, code]))[:MAX_AREAS])


def offer_comparing(area: Area) -> None:
    """Draw the button that puts an area into the set, and the way to the page."""
    codes = current().compare
    if area.code in codes:
        st.page_link(
            COMPARE,
            label=f"In your comparison ({len(codes)})",
            icon=":material/arrow_forward:",
            help="Open the page Compare",
            query_params={},
        )
        return
    st.button(
        "Add to comparison",
        key="add_to_comparison",
        type="tertiary",
        icon=":material/add:",
        disabled=len(codes) >= MAX_AREAS,
        help=f"Up to {MAX_AREAS} areas are compared, on the page Compare.",
        on_click=_add_to,
        args=(codes, area.code),
    )
