"""A table as files, and the same table said as address, command and code."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from lpipgeo.bundle import MAX_ROWS, make_bundle, make_file
from lpipgeo.levels import MAPPED_LEVELS
from lpipgeo.table_query import TableQuery, drawn_level, parse_query_string
from lpipgeo.ui.download_button import offer_file
from lpipgeo.ui.messages import quiet
from lpipgeo.ui.sharing import base_address, page_address

# Ending, label, most rows, and whether it needs one level's outlines.
_FORMATS = (
    ("csv", "CSV", MAX_ROWS, False),
    ("xlsx", "Excel", 200_000, False),
    ("parquet", "Parquet", 5_000_000, False),
    ("json", "JSON", 200_000, False),
    ("geojson", "GeoJSON", 50_000, True),
    ("gpkg", "GeoPackage", 200_000, True),
)


def offer_table(query: TableQuery, rows: int) -> None:
    """Draw a button for each format that can hold the table, and say which cannot."""
    text = query.query_string()
    address = page_address() if base_address() else ""
    offer_file(
        "Bundle (zip)",
        f"{_stem(query)}.zip",
        partial(_bundle, text, address),
        type="primary",
        icon=":material/package_2:",
        disabled=rows > MAX_ROWS,
        help="The table with dictionary, sources, licences, citation and the way to "
        "make it again.",
        key="take_bundle",
    )
    refused = []
    has_shapes = drawn_level(query) in MAPPED_LEVELS
    for ending, label, most, needs_level in _FORMATS:
        if needs_level and not has_shapes:
            continue
        if rows > most:
            refused.append(f"{label} up to {most:,}")
            continue
        make = partial(_file, text, ending, address=address)
        offer_file(label, f"{_stem(query)}.{ending}", make, key=f"take_table_{ending}")
    offer_file(
        "CSV for Excel",
        f"{_stem(query)}_for_excel.csv",
        partial(_file, text, "csv", bom=True),
        disabled=rows > MAX_ROWS,
        help="With a mark (BOM) by which Excel reads accents and Welsh letters.",
        key="take_table_bom",
    )
    if not has_shapes:
        quiet("GeoJSON and GeoPackage are made where all areas are of one level.")
    if refused or rows > MAX_ROWS:
        kinds = ", ".join(refused)
        quiet(
            f"{rows:,} rows are too many for some kinds of file: {kinds}. Ask for "
            "fewer, take Parquet, or use the command line below."
        )


def _stem(query: TableQuery) -> str:
    names = query.indicator
    figures = names[0] if len(names) == 1 else f"{len(names)}_indicators"
    wide = "_wide" if query.shape == "wide" else ""
    return f"{figures}_{drawn_level(query) or 'areas'}{wide}"


def _file(text: str, ending: str, *, bom: bool = False, address: str = "") -> bytes:
    query = parse_query_string(text)
    body = make_file(query, ending, address=address, made_on=date.today())
    return b"\xef\xbb\xbf" + body if bom else body


def _bundle(text: str, address: str) -> bytes:
    query = parse_query_string(text)
    return make_bundle(query, address=address, made_on=date.today())


def show_ways(query: TableQuery) -> None:
    """Draw the same table as command, as code and as address."""
    with st.expander("The same table by command, code or address"):
        quiet("On the command line")
        st.code(query.command("table.csv"), language="bash", wrap_lines=True)
        quiet("In Python")
        st.code(query.code(), language="python")
        quiet("From the HTTP API of this dashboard")
        address = f"/api/v1/observations?{query.query_string()}&format=csv"
        st.code(address, language=None, wrap_lines=True)
