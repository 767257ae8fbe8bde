"""What a person can take away from the map: tables, shapes, pictures, a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from lpipgeo.choropleth import Choropleth
from lpipgeo.export import describe, to_bytes
from lpipgeo.maps.folium_map import Focus, view_json
from lpipgeo.ui.loaders import load_view
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.popovers import open_popover
from lpipgeo.ui.selection import Selection

_MIME = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "png": "image/png",
    "svg": "image/svg+xml",
    "html": "text/html",
}
_TABLES = {
    "csv": "CSV",
    "xlsx": "Excel",
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
}


def view_text(
    choropleth: Choropleth, selection: Selection, focus: Focus | None = None
) -> str:
    """Return what the browser draws, with all that the person chose."""
    key = (choropleth.indicator.id, choropleth.level, choropleth.period)
    return view_json(
        load_view(*key, selection.style, selection.drawing == "equal"),
        selected=selection.area,
        focus=focus,
        outline=selection.outline,
        overlays=selection.overlays,
    )


def offer_downloads(choropleth: Choropleth, selection: Selection) -> None:
    """Draw the ways to take the map away; each is made only when it is asked for."""
    popover = open_popover("Download", "download", "download")
    if popover is None:
        return
    hexagons = selection.drawing == "equal"
    with popover:
        quiet("The map, with title, legend, source and date.")
        with st.container(horizontal=True):
            _button(choropleth, "png", "PNG", partial(_png, choropleth, hexagons))
            _button(choropleth, "svg", "SVG", partial(_svg, choropleth, hexagons))
            _button(
                choropleth, "html", "Web page", partial(_page, choropleth, selection)
            )
        quiet("The web page opens without a network; point and zoom as here.")
        quiet("The figures, with units, statuses, sources and licences.")
        if choropleth.source_level in choropleth.indicator.bands:
            quiet("Bands are in a column of their own, as the publisher advises.")
        with st.container(horizontal=True):
            for ending, label in _TABLES.items():
                _button(choropleth, ending, label, partial(_table, choropleth, ending))


def _button(
    choropleth: Choropleth, ending: str, label: str, make: Callable[[], bytes]
) -> None:
    period = choropleth.period.replace("/", "_")
    name = f"{choropleth.indicator.id}_{choropleth.level}_{period}.{ending}"
    st.download_button(
        label, data=make, file_name=name, mime=_MIME[ending], on_click="ignore"
    )


def _table(choropleth: Choropleth, ending: str) -> bytes:
    """Return exactly what the map shows as a table."""
    table = describe(choropleth.table, choropleth.level)
    return to_bytes(table, ending, level=choropleth.level)


def _svg(choropleth: Choropleth, hexagons: bool) -> bytes:
    from lpipgeo.maps.still_map import still_svg  # noqa: PLC0415  rarely needed

    return still_svg(choropleth, date.today(), hexagons=hexagons).encode()


def _png(choropleth: Choropleth, hexagons: bool) -> bytes:
    from lpipgeo.maps.still_map import still_png  # noqa: PLC0415  rarely needed

    return still_png(choropleth, date.today(), hexagons=hexagons)


def _page(choropleth: Choropleth, selection: Selection) -> bytes:
    from lpipgeo.maps.page_map import page_html  # noqa: PLC0415  rarely needed

    return page_html(view_text(choropleth, selection), choropleth.title).encode()
