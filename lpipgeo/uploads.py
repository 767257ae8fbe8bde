"""A person's own file, CSV or XLSX, read with care; nothing of it is stored."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import pandas as pd

from lpipgeo.errors import SelectionError, shorten

MAX_BYTES = 20_000_000
MAX_UNPACKED = 150_000_000
MAX_ROWS, MAX_COLUMNS = 50_000, 200
ENDINGS = ("csv", "xlsx")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = ",;\t|"
_SNIFFED = 20_000  # letters in which the delimiter is looked for


@dataclass(frozen=True)
class Upload:
    """A table from a file.

    Attributes
    ----------
    name : of the file, without folders
    table : all texts, "" for empty; the index is the row's number in the file
    delimiter : between its columns; "" for a workbook
    """

    name: str
    table: pd.DataFrame = field(repr=False)
    delimiter: str = ""


def read_upload(name: str, body: bytes) -> Upload:
    """Return the table in a file; its first row names the columns.

    Raises
    ------
    SelectionError : too large, packed suspiciously tight, another kind of file,
        damaged, or without rows; the text says which and what to do
    """
    name = shorten(PurePath(name.replace("\\", "/")).name)
    if len(body) > MAX_BYTES:
        raise SelectionError(
            f"{name} has {len(body) / 1e6:,.0f} MB; up to {MAX_BYTES / 1e6:.0f} MB are "
            "read. Keep the columns with codes and numbers only."
        )
    is_packed = body[:2] == b"PK"
    if not is_packed and name.lower().endswith((".xlsx", ".xls", ".ods", ".xlsm")):
        raise SelectionError(
            f"{name} is no XLSX workbook. Save it as XLSX or as CSV and try again."
        )
    if is_packed:
        return Upload(name, _table(name, _read_workbook(name, body)))
    rows, delimiter = _read_csv(name, body)
    return Upload(name, _table(name, rows), delimiter)


def _table(name: str, rows: list[list[str]]) -> pd.DataFrame:
    """Return rows as a table: the first one that is not empty is the header."""
    start = next((n for n, row in enumerate(rows) if any(row)), None)
    if start is None or len(rows) < start + 2:
        raise SelectionError(
            f"{name} has no rows. Its first row names the columns, each further one "
            "has an area code and a number."
        )
    width = max(len(row) for row in rows)
    if width > MAX_COLUMNS:
        raise SelectionError(
            f"{name} has {width:,} columns; up to {MAX_COLUMNS} are read. Keep those "
            "with codes and numbers."
        )
    if len(rows) - start - 1 > MAX_ROWS:
        raise SelectionError(
            f"{name} has more than {MAX_ROWS:,} rows. Keep the rows of the West "
            "Midlands region."
        )
    names: list[str] = []
    for number, text in enumerate([*rows[start], *[""] * width][:width], start=1):
        wanted = shorten(" ".join(text.split())) or f"Column {number}"
        names.append(f"{wanted} ({number})" if wanted in names else wanted)
    body = [[*row, *[""] * width][:width] for row in rows[start + 1 :]]
    numbers = range(start + 2, len(rows) + 1)
    table = pd.DataFrame(body, columns=names, index=list(numbers), dtype="str")
    return table[(table != "").any(axis="columns")]


def _read_csv(name: str, body: bytes) -> tuple[list[list[str]], str]:
    """Return the rows of a text file, and what stands between its columns."""
    text = _decode(name, body)
    if "\0" in text:
        raise SelectionError(
            f"{name} is no text. Save it as CSV or XLSX and try again."
        )
    try:
        dialect: Any = csv.Sniffer().sniff(text[:_SNIFFED], _DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    lines = csv.reader(io.StringIO(text, newline=""), dialect)
    try:
        rows = _limited([part.strip() for part in line] for line in lines)
    except csv.Error as error:
        raise SelectionError(
            f"{name} cannot be read as CSV: {error}. Save it again from a spreadsheet."
        ) from error
    return rows, dialect.delimiter


def _decode(name: str, body: bytes) -> str:
    """Return the text of a file by its mark, or as UTF-8, or as Windows writes it."""
    marked = [encoding for mark, encoding in _BOMS if body.startswith(mark)]
    for encoding in (*marked, "utf-8", "cp1252"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SelectionError(
        f"The letters of {name} cannot be read. Save it as CSV with UTF-8."
    )


def _limited(rows: Iterable[list[str]]) -> list[list[str]]:
    """Return rows, and one more than may be, so that too many are noticed."""
    found = []
    for row in rows:
        found.append(row)
        if len(found) > MAX_ROWS + 20:
            break
    return found


def _read_workbook(name: str, body: bytes) -> list[list[str]]:
    """Return the first sheet of a workbook that has rows."""
    _check_packed(name, body)
    import openpyxl  # noqa: PLC0415  rarely needed

    try:
        options: dict[str, Any] = {"read_only": True, "keep_links": False}
        values = openpyxl.load_workbook(io.BytesIO(body), data_only=True, **options)
        written = openpyxl.load_workbook(io.BytesIO(body), **options)
        for sheet, formulas in zip(values.worksheets, written.worksheets, strict=True):
            rows = _limited(
                _checked(name, number, shown, typed)
                for number, (shown, typed) in enumerate(
                    zip(sheet.values, formulas.values, strict=True), start=1
                )
            )
            if any(any(row) for row in rows):
                return rows
    except SelectionError:
        raise
    except Exception as error:  # a damaged workbook raises nearly any
        raise SelectionError(
            f"{name} is damaged or no XLSX workbook. Save it again, or as CSV."
        ) from error
    return []


def _checked(
    name: str, number: int, shown: Iterable[object], typed: Iterable[object]
) -> list[str]:
    """Return a row as texts; a formula without its result is refused."""
    found = []
    for value, text in zip(shown, typed, strict=True):
        if value is None and isinstance(text, str) and text.startswith("="):
            raise SelectionError(
                f"Row {number} of {name} has a formula without its result. Open the "
                "file in a spreadsheet, save it, and try again; or save it as CSV."
            )
        found.append("" if value is None else str(value).strip())
    return found


def _check_packed(name: str, body: bytes) -> None:
    """Raise where a packed file is damaged, no workbook, or unpacks to very much."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            files = archive.infolist()
    except zipfile.BadZipFile as error:
        raise SelectionError(
            f"{name} is damaged. Save it again, or as CSV, and try again."
        ) from error
    if sum(file.file_size for file in files) > MAX_UNPACKED:
        raise SelectionError(
            f"{name} would unpack to more than {MAX_UNPACKED / 1e6:.0f} MB, so it is "
            "not opened. Keep the columns with codes and numbers, and save it again."
        )
    if "xl/workbook.xml" not in {file.filename for file in files}:
        raise SelectionError(
            f"{name} is no XLSX workbook. Save it as XLSX or as CSV and try again."
        )
