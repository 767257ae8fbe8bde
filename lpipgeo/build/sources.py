"""The publishers' files: found through the manifest, verified, and read with care.

A file is used only when its size and SHA-256 equal the manifest's. Whatever is
missing, truncated, altered or lacks a column becomes one SourceError that names
file, field, found and expected. Whoever reads a table gets it with its corrections.
Nothing here writes.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from lpipgeo.build.correcting import Table, apply_corrections
from lpipgeo.corrections import Correction, read_corrections
from lpipgeo.errors import Problem, SourceError

MANIFEST = "MANIFEST.csv"
_MANIFEST_COLUMNS = ("file", "publisher", "title", "licence", "bytes", "sha256")
_REPAIR = "Fetch the file again from its publisher's copy"
_MAX_NAMED = 5


@dataclass(frozen=True)
class SourceFile:
    """One row of the manifest.

    Attributes
    ----------
    file : path below the sources folder, with forward slashes
    publisher, title, licence, attribution : who published what, and on what terms
    bytes, sha256 : size and checksum that the file must have
    """

    file: str
    publisher: str
    title: str
    licence: str
    attribution: str
    bytes: int
    sha256: str


class Sources:
    """The sources folder, opened through its manifest; see `open_sources`.

    Parameters
    ----------
    folder : holds MANIFEST.csv and the files it lists
    corrections : applied to every table that is read

    Raises
    ------
    SourceError : the manifest is missing or lacks a column
    """

    def __init__(
        self, folder: str | Path, corrections: Iterable[Correction] = ()
    ) -> None:
        self.folder = Path(folder)
        self.files = _read_manifest(self.folder / MANIFEST)
        self.corrections = tuple(corrections)
        self._applied: set[tuple[str, str | None]] = set()
        self._verified: dict[str, list[Problem]] = {}
        self._used: dict[str, set[str]] = {}
        self._user = ""

    def used_by(self, user: str) -> set[str]:
        """Return the files asked for on behalf of a user."""
        return {file for file, users in self._used.items() if user in users}

    @contextmanager
    def on_behalf_of(self, user: str) -> Iterator[None]:
        """Note a user (an indicator id, "geography", …) beside the files it uses."""
        before, self._user = self._user, user
        try:
            yield
        finally:
            self._user = before

    def verify(self, files: Iterable[str]) -> None:
        """Verify files; raise one SourceError with every problem."""
        problems = [p for file in sorted(set(files)) for p in self._problems(file)]
        if problems:
            raise SourceError("Sources cannot be used:", problems)

    def path(self, file: str) -> Path:
        """Return the path of a verified file and note that it was used.

        Raises
        ------
        SourceError : the file is not in the manifest, missing, truncated or altered
        """
        self.verify([file])
        self._used.setdefault(file, set()).add(self._user)
        return self.folder / file

    @property
    def unapplied(self) -> tuple[Correction, ...]:
        """Corrections of tables that nobody has read so far."""
        return tuple(
            correction
            for correction in self.corrections
            if (correction.file, correction.sheet) not in self._applied
        )

    def columns_to_read(
        self, file: str, columns: Iterable[str], sheet: str | None = None
    ) -> list[str]:
        """Return columns asked for, then those that only corrections look at."""
        extra = [
            column
            for correction in self._corrections_of(file, sheet)
            for column in correction.columns
        ]
        return list(dict.fromkeys([*columns, *extra]))

    def correct(self, file: str, table: Table, sheet: str | None = None) -> Table:
        """Return a table with the corrections of its file.

        Parameters
        ----------
        table : as read, with the columns of `columns_to_read`; may be a GeoDataFrame

        Raises
        ------
        SourceError : a correction does not fit; see `apply_corrections`
        """
        self._applied.add((file, sheet))
        found = self._corrections_of(file, sheet)
        where = f"{file} [{sheet}]" if sheet else file
        return apply_corrections(where, table, found) if found else table

    def _corrections_of(self, file: str, sheet: str | None) -> list[Correction]:
        return [
            correction
            for correction in self.corrections
            if (correction.file, correction.sheet) == (file, sheet)
        ]

    def _problems(self, file: str) -> list[Problem]:
        if file not in self._verified:
            self._verified[file] = _verify(self.folder, file, self.files.get(file))
        return self._verified[file]


def open_sources(folder: str | Path, records: str | Path) -> Sources:
    """Open the sources folder with the corrections of a folder of hand-kept records.

    Whatever makes figures opens its sources here: without their corrections it would
    make other figures.

    Raises
    ------
    SourceError : the manifest is missing or lacks a column
    MetadataError : the corrections are missing or break their rules
    """
    return Sources(folder, read_corrections(Path(records)))


def _read_manifest(path: Path) -> dict[str, SourceFile]:
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError) as error:
        found = "no file" if isinstance(error, FileNotFoundError) else str(error)
        problem = Problem(path.name, "", found, f"a manifest in {path.parent}")
        raise SourceError("The sources folder cannot be read:", [problem]) from error
    require_columns(path.name, table.columns, _MANIFEST_COLUMNS)
    if "attribution" not in table:
        table["attribution"] = ""
    return {
        row["file"]: SourceFile(
            **{
                name: row[name]
                for name in SourceFile.__annotations__
                if name != "bytes"
            },
            bytes=int(row["bytes"]),
        )
        for row in table.to_dict("records")
    }


def _verify(folder: Path, file: str, expected: SourceFile | None) -> list[Problem]:
    if expected is None:
        return [Problem(MANIFEST, "file", "no such row", file)]
    path = folder / file
    if not path.is_file():
        return [Problem(file, "", "no file", f"a file of {expected.bytes} bytes")]
    size = path.stat().st_size
    if size != expected.bytes:
        return [Problem(file, "bytes", str(size), str(expected.bytes), _REPAIR)]
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != expected.sha256:
        return [Problem(file, "sha256", digest, expected.sha256, _REPAIR)]
    return []


def require_columns(
    file: str, columns: Iterable[object], required: Iterable[str]
) -> None:
    """Raise SourceError naming every required column that a file lacks."""
    present = [str(column) for column in columns]
    named = ", ".join(present[:_MAX_NAMED]) + ("…" if len(present) > _MAX_NAMED else "")
    problems = [
        Problem(file, column, f"columns {named}", f"a column {column!r}")
        for column in required
        if column not in present
    ]
    if problems:
        raise SourceError(f"{file} has not the columns it should have:", problems)


def require_unique(file: str, table: pd.DataFrame, key: Sequence[str]) -> None:
    """Raise SourceError when rows of a source share a key."""
    repeated = table.loc[table.duplicated(list(key), keep=False), list(key)]
    if repeated.empty:
        return
    shown = [" ".join(map(str, row)) for row in repeated.drop_duplicates().to_numpy()]
    problem = Problem(
        file,
        ", ".join(key),
        f"{len(shown)} keys more than once, such as {shown[:_MAX_NAMED]}",
        "one row per key",
    )
    raise SourceError(f"{file} holds repeated keys:", [problem])


@contextmanager
def readable(file: str, expected: str) -> Iterator[None]:
    """Turn what readers raise on a file of another kind into a SourceError."""
    try:
        yield
    except (
        pa.ArrowException,
        pd.errors.ParserError,
        RuntimeError,  # of pyogrio, which reads GeoJSON and TopoJSON
        UnicodeDecodeError,
        zipfile.BadZipFile,
    ) as error:
        problem = Problem(file, "", str(error).splitlines()[0], expected)
        raise SourceError(f"{file} cannot be read:", [problem]) from error


def read_parquet(
    sources: Sources, file: str, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Read columns of a Parquet source (all of them by default), corrected."""
    path = sources.path(file)
    with readable(file, "a Parquet table"):
        names = pq.read_schema(path).names
        require_columns(file, names, columns or ())
        asked = list(columns or names)
        wanted = [c for c in sources.columns_to_read(file, asked) if c in names]
        table = pd.read_parquet(path, columns=wanted if columns else None)
    table = sources.correct(file, table)
    return table[asked] if columns else table


def read_csv(sources: Sources, file: str, columns: Sequence[str]) -> pd.DataFrame:
    """Read columns of a CSV source, corrected; a byte-order mark is dropped.

    Empty cells become missing values; other texts stay as they are. The columns come
    in the order of the file.
    """
    path = sources.path(file)
    options: dict[str, Any] = {"encoding": "utf-8-sig", "na_values": [""]}
    with readable(file, "a CSV table in UTF-8"):
        header = pd.read_csv(path, nrows=0, encoding="utf-8-sig").columns
        require_columns(file, header, columns)
        wanted = sources.columns_to_read(file, columns)
        table: pd.DataFrame = pd.read_csv(
            path,
            usecols=[name for name in header if name in wanted],
            keep_default_na=False,
            **options,
        )
    table = sources.correct(file, table)
    return table[[name for name in table if name in columns]]


def read_sheet(
    sources: Sources, file: str, sheet: str, header: int, columns: Sequence[str]
) -> pd.DataFrame:
    """Read columns of one worksheet, corrected.

    Parameters
    ----------
    header : row that holds the column names, counted from 0
    columns : names a column must begin with (publishers append note numbers)

    Returns
    -------
    DataFrame with the columns named as asked for

    Raises
    ------
    SourceError : the sheet or a column is missing
    """
    path = sources.path(file)
    with readable(file, "a workbook"), pd.ExcelFile(path, engine="openpyxl") as book:
        if sheet not in book.sheet_names:
            found = ", ".join(map(str, book.sheet_names))
            problem = Problem(file, "sheet", found, f"a sheet {sheet!r}")
            raise SourceError(f"{file} lacks a sheet:", [problem])
        table = pd.read_excel(book, sheet_name=sheet, header=header)
    names = {
        wanted: found
        for wanted in sources.columns_to_read(file, columns, sheet)
        for found in reversed(table.columns)
        if str(found).startswith(wanted)
    }
    require_columns(f"{file} [{sheet}]", names or table.columns, columns)
    chosen = table[list(names.values())].set_axis(list(names), axis=1)
    return sources.correct(file, chosen, sheet)[list(columns)]
