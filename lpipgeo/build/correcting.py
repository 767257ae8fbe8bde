"""Corrections put into a table as it was read, and the guard that they still fit.

A correction holds as long as the publisher's file says what it was written for. Where
the file says something else, the build stops, so that a repair by the publisher is
never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd

from lpipgeo.corrections import CORRECTIONS, Correction
from lpipgeo.errors import Problem, SourceError

# A table as it comes: a GeoDataFrame remains one.
Table = TypeVar("Table", bound=pd.DataFrame)

_HINT = (
    "The publisher has changed it: take the correction away from "
    f"data/{CORRECTIONS}, or look at it again"
)
# Equal but for the last digits, which depend on who reads a number.
_RELATIVE_TOLERANCE = 1e-12


def apply_corrections(
    where: str, table: Table, corrections: Iterable[Correction]
) -> Table:
    """Return a table with its corrections; the table itself stays as it was.

    Parameters
    ----------
    where : file, and sheet if any, as problems name it
    table : as read, with every column that a correction looks at
    corrections : those of the file; all are held against the table as it was read

    Returns
    -------
    Table with the same rows and columns. An empty text becomes a missing value; in
    a column of texts a number becomes a text, as the publisher would have written it

    Raises
    ------
    SourceError : a correction selects other rows than it should, or one of them no
        longer says what was found; names every correction that does not fit
    """
    wanted = tuple(corrections)
    problems = [p for correction in wanted for p in _misfits(where, table, correction)]
    if problems:
        raise SourceError(f"Corrections no longer fit {where}:", problems)
    corrected = table.copy()
    for correction in wanted:
        rows = _select(table, correction.where)
        for column, cell in correction.corrected.items():
            corrected[column] = _put(corrected[column], rows, cell)
    return corrected


def _misfits(where: str, table: pd.DataFrame, correction: Correction) -> list[Problem]:
    absent = [column for column in correction.columns if column not in table]
    if absent:
        expected = "a column, because a correction looks at it"
        return [Problem(where, name, "nothing", expected, _HINT) for name in absent]
    rows = _select(table, correction.where)
    words = " and ".join(f"{name} {cell!r}" for name, cell in correction.where.items())
    if rows.sum() != correction.rows:
        found = f"{rows.sum()} rows with {words}"
        field = ", ".join(correction.where)
        return [Problem(where, field, found, str(correction.rows), _HINT)]
    problems = []
    for column, cell in correction.found.items():
        others = table.loc[rows & ~_says(table[column], cell), column]
        if len(others):
            found = f"{others.iloc[0]} in the row with {words}"
            problems.append(Problem(where, column, found, str(cell), _HINT))
    return problems


def _select(
    table: pd.DataFrame, where: Mapping[str, str | int | float]
) -> pd.Series[bool]:
    rows = pd.Series(True, index=table.index)
    for column, cell in where.items():
        rows &= _says(table[column], cell)
    return rows


def _says(column: pd.Series, cell: str | int | float) -> pd.Series[bool]:
    """Return which rows hold a cell; texts that are numbers count as numbers."""
    texts = column.astype("string")
    if cell == "":
        return texts.fillna("").eq("").astype(bool)
    if isinstance(cell, str):
        return texts.eq(cell).fillna(False).astype(bool)
    is_text = not pd.api.types.is_numeric_dtype(column)
    numbers = pd.to_numeric(texts.str.strip() if is_text else column, errors="coerce")
    close = np.isclose(numbers.astype(float), cell, rtol=_RELATIVE_TOLERANCE, atol=0)
    return pd.Series(close, index=column.index)


def _put(
    column: pd.Series, rows: pd.Series[bool], cell: str | int | float
) -> pd.Series:
    is_number = pd.api.types.is_numeric_dtype(column)
    if cell == "":
        return column.mask(rows)
    if isinstance(cell, str):
        return (column.astype(object) if is_number else column).mask(rows, cell)
    return column.mask(rows, cell if is_number else str(cell))
