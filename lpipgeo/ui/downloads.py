"""What a person can take away from the map: tables, shapes, pictures, a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from lpipgeo.choropleth import Choropleth
from lpipgeo.export import describe, to_bytes
from lpipgeo.formatting import in_sentence
from lpipgeo.ui.download_button import offer_file
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.page_files import DATA
from lpipgeo.ui.picture import Picture, page_text
from lpipgeo.ui.popovers import open_popover

if TYPE_CHECKING:
    from lpipgeo.maps.still_map import Sheet

_TABLES = {"csv": "CSV", "xlsx": "Excel", "geojson": "GeoJSON", "gpkg": "GeoPackage"}


def offer_downloads(picture: Picture) -> None:
    """Draw the ways to take the map away; each is made only when it is asked for."""
    popover = open_popover("Download", "download", "download")
    if popover is None:
        return
    with popover:
        quiet("The map, with title, legend, source and date.")
        with st.container(horizontal=True):
            _button(picture.first, "png", "PNG", partial(_png, picture))
            _button(picture.first, "svg", "SVG", partial(_svg, picture))
            _button(picture.first, "html", "Web page", partial(_page, picture))
        quiet("The web page opens without a network; point and zoom as here.")
        _tables(picture.first)
        if picture.second:
            _tables(picture.second)
        st.page_link(DATA, label="Other areas and periods, and how to cite them")


def _tables(choropleth: Choropleth) -> None:
    quiet(
        f"The figures of {in_sentence(choropleth.title)}, with "
        "units, statuses, sources and licences."
    )
    if choropleth.source_level in choropleth.indicator.bands:
        quiet("Bands are in a column of their own, as the publisher advises.")
    with st.container(horizontal=True):
        for ending, label in _TABLES.items():
            _button(choropleth, ending, label, partial(_table, choropleth, ending))
        _button(choropleth, "qml", "QGIS style", partial(_style, choropleth))


def _button(
    choropleth: Choropleth, ending: str, label: str, make: Callable[[], bytes]
) -> None:
    parts = [choropleth.indicator.id, choropleth.level, choropleth.period]
    if choropleth.earlier:
        parts += ["since", choropleth.earlier]
    if choropleth.within:
        parts.append(choropleth.within.code)
    name = "_".join(parts).replace("/", "_")
    offer_file(label, f"{name}.{ending}", make, key=f"take_{name}_{ending}")


def _table(choropleth: Choropleth, ending: str) -> bytes:
    """Return exactly what the map shows as a table."""
    table = describe(choropleth.table, choropleth.level, earlier=choropleth.earlier)
    return to_bytes(table, ending, level=choropleth.level)


def _style(choropleth: Choropleth) -> bytes:
    """Return the classes as a QGIS style for the GeoPackage or GeoJSON."""
    from lpipgeo.maps.qgis_style import make_qml  # noqa: PLC0415  rarely needed

    return make_qml(choropleth)


def _svg(picture: Picture) -> bytes:
    from lpipgeo.maps.still_map import still_svg  # noqa: PLC0415  rarely needed

    return still_svg(_sheets(picture), date.today()).encode()


def _png(picture: Picture) -> bytes:
    from lpipgeo.maps.still_map import still_png  # noqa: PLC0415  rarely needed

    return still_png(_sheets(picture), date.today())


def _sheets(picture: Picture) -> list[Sheet]:
    """Return what to draw: two maps that stand side by side are two sheets."""
    from lpipgeo.maps.still_map import Sheet  # noqa: PLC0415  rarely needed

    chosen = picture.selection
    isnt_flat = chosen.drawing != "flat"
    first = Sheet(
        picture.first,
        hexagons=chosen.drawing == "equal",
        crossed=picture.crossed,
        circles=picture.circles,
        overlays=() if isnt_flat else chosen.overlays,
        outline=None if isnt_flat else chosen.outline,
    )
    second = picture.beside
    return [first, replace(first, choropleth=second)] if second else [first]


def _page(picture: Picture) -> bytes:
    from lpipgeo.maps.page_map import page_html  # noqa: PLC0415  rarely needed

    return page_html(page_text(picture), picture.title).encode()
