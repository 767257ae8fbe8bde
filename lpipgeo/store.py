"""One read-only door to ``data/``: Parquet through DuckDB, opened once per folder.

Reads prune columns and rows; nothing is written and nothing is parsed twice.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import pandas as pd

from lpipgeo.checksums import REPAIR, read_checksums, sha256_of
from lpipgeo.errors import DataMissingError
from lpipgeo.paths import DataFolder, data_dir

_Reader = TypeVar("_Reader", bound=Callable[..., Any])


class Store:
    """Read the tables of one data folder.

    Parameters
    ----------
    folder : the data folder
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connection = duckdb.connect(":memory:")
        self._connection.execute("SET threads TO 2")
        self._lock = threading.Lock()
        self._unchecked = read_checksums(folder)

    def path(self, name: str) -> Path:
        """Return the path of a file below the folder, checked the first time.

        Raises
        ------
        DataMissingError : it is missing, or is not what the build wrote
        """
        path = self.folder / name
        if not path.exists():
            raise DataMissingError(f"The data file {name} is missing. {REPAIR}")
        expected = self._unchecked.get(name)
        if expected is not None:  # another thread may check the same file now
            if sha256_of(path) != expected:
                raise DataMissingError(
                    f"The data file {name} is damaged: it is not what the build "
                    f"wrote. {REPAIR}"
                )
            self._unchecked.pop(name, None)
        return path

    def query(self, sql: str, parameters: dict[str, Any] | None = None) -> pd.DataFrame:
        """Run one SELECT and return its rows.

        Raises
        ------
        DataMissingError : a file is damaged or cannot be read
        """
        with self._lock:
            cursor = self._connection.cursor()
        try:
            # By Arrow: texts would be made one by one for `df`.
            found = cursor.sql(sql, params=parameters).to_arrow_table()
            table: pd.DataFrame = found.to_pandas()
            return table
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise DataMissingError(
                f"A data file cannot be read: {str(error).splitlines()[0]}. {REPAIR}"
            ) from error
        finally:
            cursor.close()

    def table(self, name: str) -> pd.DataFrame:
        """Return a whole Parquet table of the folder."""
        return self.query(
            "SELECT * FROM read_parquet($file)", {"file": self.file(name)}
        )

    def file(self, name: str) -> str:
        """Return the path of a file as DuckDB reads it."""
        return self.path(name).as_posix()


@lru_cache(maxsize=8)
def _open(folder: Path) -> Store:
    return Store(folder)


@lru_cache(maxsize=64)
def _resolve(folder: Path, _working: Path | None) -> Path:
    return folder.resolve()  # which asks the file system for each part of it


def open_store(data: DataFolder = None) -> Store:
    """Return the store of a data folder, opened once per process."""
    folder = data_dir(data)
    working = None if folder.is_absolute() else Path.cwd()
    return _open(_resolve(folder, working))


def once_per_folder(read: _Reader) -> _Reader:
    """Make a function keep what it read of a data folder, for each set of arguments.

    Its parameter `data` is the last that can be given by place. It is called with the
    folder that was meant, so that all ways of writing one share what was read; what it
    returns is shared too, and not to be changed.
    """
    kept = lru_cache(maxsize=64)(read)
    place = list(inspect.signature(read).parameters).index("data")

    @wraps(read)
    def reader(*given: Any, **named: Any) -> Any:
        data = given[place] if len(given) > place else named.get("data")
        named["data"] = open_store(data).folder
        return kept(*given[:place], **named)

    return cast(_Reader, reader)
