"""A table as an Excel workbook: a cover, the data, what its columns mean, its sources.

Made to be read by programs and by screen readers alike: one table per sheet that
begins in the first cell, no merged or empty cells inside it, one frozen header.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pandas as pd

MAX_WIDTH, WIDE = 60, 40
DATA, COVER = "data", "cover"


def write_workbook(
    sheets: Mapping[str, pd.DataFrame], title: str, about: Mapping[str, str]
) -> bytes:
    """Return a workbook.

    Parameters
    ----------
    sheets : table by name of its sheet, in shown order; an empty one is left out,
        unless it is the data
    title : of the workbook, also in its properties
    about : what the cover says, by heading
    """
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(
        buffer, engine="xlsxwriter", engine_kwargs={"options": options}
    ) as writer:
        book = writer.book
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True, "valign": "top"})
        large = book.add_format({"bold": True, "font_size": 14})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        held = {n: t for n, t in sheets.items() if len(t) or n == DATA}
        cover = book.add_worksheet(COVER)
        writer.sheets[COVER] = cover
        cover.set_column(0, 0, 24, bold)
        cover.set_column(1, 1, 100, wrapped)
        cover.write(0, 0, title, large)
        lines = {**about, "Sheets": ", ".join(held)}
        for row, (heading, text) in enumerate(lines.items(), start=1):
            cover.write(row, 0, heading, bold)
            cover.write_string(row, 1, text, wrapped)
        for name, table in held.items():
            table.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
            if len(table):
                size = len(table), len(table.columns) - 1
                writer.sheets[name].autofilter(0, 0, *size)
            _set_widths(writer.sheets[name], table, wrapped if name != DATA else None)
        cover.activate()
    return buffer.getvalue()


def _set_widths(sheet: Any, table: pd.DataFrame, wrapped: Any) -> None:
    """Make columns as wide as their texts; long ones wrap where they may."""
    for place, column in enumerate(table.columns):
        texts = table[column].head(200).astype(str).str.len()
        longest = max([len(str(column)), *texts.tolist()])
        limit = MAX_WIDTH if wrapped is not None else WIDE
        sheet.set_column(place, place, min(longest + 2, limit), wrapped)
