"""OpenDocument sheets, read row by row.

pandas reads such files through odfpy, which holds the whole document as objects: for
a workbook of 40 MB of XML that takes minutes and gigabytes. Here one sheet streams by.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

import pandas as pd

from lpipgeo.build.sources import Sources, readable, require_columns
from lpipgeo.errors import Problem, SourceError

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def read_ods_sheet(
    sources: Sources, file: str, sheet: str, header: int, columns: Sequence[str]
) -> pd.DataFrame:
    """Read columns of one worksheet, as texts and corrected.

    Parameters
    ----------
    header : row that holds the column names, counted from 0
    columns : names of the columns

    Returns
    -------
    DataFrame of texts, stripped; numbers as the file holds them, not as it shows
        them; an empty cell is an empty text

    Raises
    ------
    SourceError : the file is no workbook, or the sheet or a column is missing
    """
    path = sources.path(file)
    with readable(file, "a workbook"), zipfile.ZipFile(path) as book:
        if "content.xml" not in book.namelist():
            raise zipfile.BadZipFile("there is no content.xml in it")
        with book.open("content.xml") as content:
            rows = list(
                _rows_of(ElementTree.iterparse(content, ("start", "end")), sheet)
            )
    if not rows:
        problem = Problem(file, "sheet", "no such sheet", f"a sheet {sheet!r}")
        raise SourceError(f"{file} lacks a sheet:", [problem])
    names = rows[header] if len(rows) > header else []
    require_columns(f"{file} [{sheet}]", names, columns)
    wanted = sources.columns_to_read(file, columns, sheet)
    places = {name: names.index(name) for name in wanted if name in names}
    body = [[*row, *[""] * len(names)] for row in rows[header + 1 :] if any(row)]
    table = pd.DataFrame(
        [[row[place] for place in places.values()] for row in body],
        columns=list(places),
    )
    return sources.correct(file, table, sheet)[list(columns)].fillna("")


def _rows_of(
    events: Iterator[tuple[str, ElementTree.Element]], sheet: str
) -> Iterator[list[str]]:
    """Yield the rows of a sheet; rows and cells that only repeat are kept once."""
    inside = False
    for event, element in events:
        if event == "start":
            if element.tag == f"{_TABLE}table":
                inside = element.get(f"{_TABLE}name") == sheet
        elif element.tag == f"{_TABLE}table-row":
            if inside:
                yield _cells_of(element)
            element.clear()
        elif element.tag == f"{_TABLE}table":
            element.clear()
            if inside:
                return


def _cells_of(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        text = cell.get(f"{_OFFICE}value") or "".join(cell.itertext())
        # An empty cell repeats to the edge of the sheet: 16,384 columns.
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if not text.strip() and times > len(row) + 1_000:
            break
        cells += [text.strip()] * times
    return cells
