"""Corrections to the publishers' figures, kept by hand in ``data/corrections.toml``.

Each says which cells of which file are wrong, what stands there, what is read instead,
and why. The build applies them and stops where the publisher has changed such a cell;
the page on sources shows them. Here they are read and told, never applied.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import BeforeValidator, Field, model_validator

from lpipgeo.errors import DataMissingError, MetadataError, PeriodError
from lpipgeo.metadata import Catalogued, Line, Record, Text
from lpipgeo.periods import day_text, period_label
from lpipgeo.record_reading import read_record

CORRECTIONS = "corrections.toml"
_CELLS = ("Where", "It said", "We read")
_WORKBOOKS = (".ods", ".xls", ".xlsx")


def _text_or_number(cell: object) -> object:
    is_cell = isinstance(cell, str | int | float) and not isinstance(cell, bool)
    if not is_cell or (isinstance(cell, float) and not math.isfinite(cell)):
        raise ValueError("expected a text or a number")
    return cell


Cell = Annotated[str | int | float, BeforeValidator(_text_or_number)]
# Names of columns stay as they are: a publisher's may end in a blank.
Cells = Annotated[dict[str, Cell], Field(min_length=1)]


class Correction(Record):
    """What is wrong in one file, and what is read instead.

    Attributes
    ----------
    file : path below the sources folder
    sheet : worksheet; needed for a workbook, and only there
    where : column → text or number; the rows that bear all of them are meant. An
        empty text is an empty cell, here and below
    found : column → what the publisher's file says in those rows
    corrected : column → what is read instead; each is also in `found`, which may name
        further columns that must not change either
    rows : how many rows `where` selects
    reason, evidence : what is wrong, and how we know, in plain sentences
    noted_on : day on which the correction was written
    """

    file: Line
    sheet: Line | None = None
    where: Cells
    found: Cells
    corrected: Cells
    rows: int = Field(default=1, ge=1)
    reason: Text
    evidence: Text
    noted_on: date

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the correction looks at, each once."""
        return tuple(dict.fromkeys([*self.where, *self.found]))

    @model_validator(mode="after")
    def _rules_between_fields(self) -> Correction:
        faults = []
        is_workbook = self.file.lower().endswith(_WORKBOOKS)
        if is_workbook != (self.sheet is not None):
            faults.append("sheet: needed for a workbook, and only there")
        for column, cell in self.corrected.items():
            if column not in self.found:
                faults.append(f"found: lacks {column!r}, which is corrected")
            elif self.found[column] == cell:
                faults.append(f"corrected: {column!r} is as it was found")
        if faults:
            raise ValueError("; ".join(faults))
        return self


class _File(Record):
    """Contents of ``data/corrections.toml``."""

    corrections: tuple[Correction, ...]

    @model_validator(mode="after")
    def _each_once(self) -> _File:
        known: list[object] = []
        for correction in self.corrections:
            rows = (correction.file, correction.sheet, correction.where)
            if rows in known:
                text = f"{correction.file} where {correction.where}"
                raise ValueError(f"two corrections of the same rows: {text}")
            known.append(rows)
        return self


def read_corrections(data: Path) -> tuple[Correction, ...]:
    """Read the corrections of a data folder, in the order of the file.

    Raises
    ------
    MetadataError : the file is missing or breaks rules; names every problem. A data
        folder without corrections holds an empty list, so that none is lost unnoticed.
    """
    found, problems = read_record(data / CORRECTIONS, _File)
    if found is None:
        raise MetadataError("The corrections have problems:", problems)
    return found.corrections


def corrections_table(
    corrections: Iterable[Correction], works: Mapping[str, tuple[str, str]]
) -> pd.DataFrame:
    """Return the corrections as a table, one row each, with headings as on screen.

    Parameters
    ----------
    works : file → publisher and title; a file that is not in it stands for itself

    Returns
    -------
    DataFrame of texts: Publisher, Work, Why, How we know, Noted on, Where, It said, We
    read. The last three hold a line for every column, such as "Easting: 404785.67"
    """
    rows = []
    for correction in corrections:
        publisher, title = works.get(correction.file, ("", correction.file))
        where = _lines(correction.where)
        if correction.rows > 1:
            where += f"\n{correction.rows} rows"
        rows.append(
            {
                "Publisher": publisher,
                "Work": title,
                "Why": correction.reason,
                "How we know": correction.evidence,
                "Noted on": day_text(correction.noted_on),
                "Where": where,
                "It said": _lines(correction.found),
                "We read": _lines(correction.corrected),
            }
        )
    columns = ["Publisher", "Work", "Why", "How we know", "Noted on", *_CELLS]
    return pd.DataFrame(rows, columns=columns)


def _lines(cells: Mapping[str, str | int | float]) -> str:
    return "\n".join(f"{column}: {_in_words(cell)}" for column, cell in cells.items())


def _in_words(cell: str | int | float) -> str:
    if cell == "":
        return "nothing"
    try:
        return period_label(str(cell))
    except PeriodError:
        return str(cell)


def works_of_files(
    data: Path, records: Iterable[Catalogued]
) -> dict[str, tuple[str, str]]:
    """Return publisher and title of every file that the data were made from.

    In the words of the records; where none names a file, as for boundaries,
    in those of the provenance.

    Raises
    ------
    DataMissingError : the provenance is missing or cannot be read
    """
    path = data / "provenance.toml"
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["files"]
        works = {e["file"]: (e["publisher"], e["title"]) for e in entries}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise DataMissingError(
            f"The provenance of the data cannot be read: {error!r}. Restore {path} "
            "with git checkout, or rebuild the data."
        ) from error
    for record in records:
        for source in record.sources:
            named = (source.publisher, source.title)
            works |= dict.fromkeys(source.files, named)
    return works
