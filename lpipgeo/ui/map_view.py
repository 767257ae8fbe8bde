"""The map itself on a page: title, flat or raised drawing, and clicks."""

from __future__ import annotations

from html import escape

import streamlit as st

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import Choropleth
from lpipgeo.formatting import publishers_of
from lpipgeo.ui.choices import DRAWINGS
from lpipgeo.ui.class_controls import choose_classes
from lpipgeo.ui.downloads import offer_downloads
from lpipgeo.ui.embed_pages import MAP
from lpipgeo.ui.map_frame import MAP_HEIGHT, draw_view
from lpipgeo.ui.picture import Picture
from lpipgeo.ui.place_panel import focus
from lpipgeo.ui.selection import change
from lpipgeo.ui.sharing import Embed, offer_sharing, title_row
from lpipgeo.ui.tour import offer_tour


def show_title(picture: Picture) -> None:
    """Draw what the map shows in words; beside it classes, sharing and download."""
    with title_row(picture.title):
        st.session_state["drawing_choice"] = picture.selection.drawing
        st.segmented_control(
            "Drawing",
            list(DRAWINGS),
            format_func=lambda drawing: DRAWINGS[drawing],
            key="drawing_choice",
            required=True,
            label_visibility="collapsed",
            help="Equal area draws every MSOA as a hexagon of the same size, so that "
            "dense places are not hidden by empty land. 3D raises a column over each "
            "area: taller is a higher value.",
            on_change=lambda: change(drawing=st.session_state["drawing_choice"]),
        )
        choose_classes(picture)
        _offer_sharing(picture)
        offer_downloads(picture)
        offer_tour("map")


def _offer_sharing(picture: Picture) -> None:
    shown = [c.indicator for c in (picture.first, picture.second) if c]
    embed = Embed(MAP, picture.selection.parameters(), picture.title)
    offer_sharing(picture.title, publishers_of(shown), embed)


def draw_map(picture: Picture) -> None:
    """Draw the flat map, or the raised one when it was chosen."""
    choropleth = picture.first
    if picture.selection.drawing == "3d":
        from lpipgeo.maps.deck_map import make_deck  # noqa: PLC0415  rarely used

        st.pydeck_chart(
            make_deck(choropleth),
            height=MAP_HEIGHT,
            key="deck",
            alt=f"Raised map: {choropleth.title}",
        )
        st.html(_colour_key(choropleth))
        return
    text = picture.text(focus(picture.selection))
    with st.container(key="map"):
        click = draw_view("region_map", text)
    code = click.get("area_code")
    if isinstance(code, str) and code in read_areas().by_code:
        change(area=code)
        st.rerun(scope="fragment")


def _colour_key(choropleth: Choropleth) -> str:
    """Return the legend of the raised map, as one line of colours with edges."""
    cells = "".join(
        f"<span><i style='background:{colour}'></i>{escape(choropleth.class_text(i))}"
        "</span>"
        for i, colour in enumerate(choropleth.colours)
    )
    unit = escape(choropleth.indicator.unit)
    banded = choropleth.classes.scheme == "bands"
    taller = "Taller is a higher band." if banded else "Taller is higher, from zero."
    if choropleth.earlier:
        taller = "Taller is a larger clear change, up or down as its colour says."
    return (
        f"<p class='lp-key'><b>{unit}</b>{cells}</p>"
        f"<p class='lp-quiet'>{taller} {escape(choropleth.method)} "
        "Areas without a figure have no column. Drag to move, with Ctrl to turn.</p>"
    )
