"""What the rules share: reading a file or saying why not, and naming rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from lpipgeo.errors import Problem

if TYPE_CHECKING:
    import pandera.pandas as pandera

_MAX_NAMED = 3


def read_table(path: Path, data: Path) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read a Parquet table with plain Python texts; say it where that fails."""
    where = path.relative_to(data).as_posix()
    try:
        table = pd.read_parquet(path)
    except FileNotFoundError:
        return None, [Problem(where, "", "no file", "a Parquet table", _REBUILD)]
    except (OSError, pa.ArrowException, ValueError) as error:
        found = str(error).splitlines()[0]
        return None, [Problem(where, "", found, "a readable Parquet table", _REBUILD)]
    texts = [name for name in table if not _is_number(table[name])]
    return table.astype(dict.fromkeys(texts, object)), []


def read_record(
    data: Path, where: str, columns: Sequence[str]
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read a hand-kept CSV record as texts; say it where it is not as it should be."""
    try:
        table = pd.read_csv(data / where, dtype=str)
    except (OSError, ValueError) as error:  # damaged, or empty
        return None, [Problem(where, "", str(error), "a readable table")]
    if list(table.columns) != list(columns):
        found, expected = ", ".join(table.columns), ", ".join(columns)
        return None, [Problem(where, "", found, expected)]
    return table, []


_REBUILD = "Restore it with git checkout, or run the build"


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)


def name_some(items: Iterable[object]) -> str:
    """Return the first few of some items and how many are left."""
    listed = [str(item) for item in items]
    left = len(listed) - _MAX_NAMED
    shown = ", ".join(listed[:_MAX_NAMED])
    return f"{shown} and {left} more" if left > 0 else shown


def rows_breaking(
    where: str,
    field: str,
    table: pd.DataFrame,
    broken: pd.Series[bool],
    expected: str,
    key: Sequence[str] = ("area_code", "period"),
) -> list[Problem]:
    """Return one problem for all rows that break a rule, naming the first few."""
    if not broken.any():
        return []
    rows = table.loc[broken, [*key, *([field] if field in table else [])]]
    shown = name_some(" ".join(map(str, row)) for row in rows.to_numpy())
    return [Problem(where, field, f"{int(broken.sum())} rows: {shown}", expected)]


def check_schema(
    where: str, table: pd.DataFrame, schema: pandera.DataFrameSchema
) -> list[Problem]:
    """Return the breaches of a pandera schema, one problem per column and check."""
    # Pandera takes a second to load, and only the check needs it.
    import pandera.errors  # noqa: PLC0415

    try:
        schema.validate(table, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        found = cases.groupby(["column", "check"], dropna=False, sort=True)
        return [
            Problem(
                where,
                "" if pd.isna(column) else str(column),
                f"{len(group)} breaches: {name_some(group['failure_case'])}",
                str(rule),
            )
            for (column, rule), group in found
        ]
    return []
