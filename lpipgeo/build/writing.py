"""Write tables so that the same rows always give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

_ROW_GROUP = 100_000
_COMPRESSION_LEVEL = 9


def write_table(
    table: pd.DataFrame,
    path: Path,
    dictionaries: Iterable[str] = (),
    schema: pa.Schema | None = None,
    row_group: int = _ROW_GROUP,
) -> None:
    """Write a table as Parquet: Zstandard, no index, no metadata of its maker.

    Parameters
    ----------
    table : rows already in their final order
    dictionaries : text columns to store as dictionaries
    schema : columns to write and their types; all as they are by default
    row_group : rows that are read together
    """
    kept = table if schema is None else table[schema.names]
    arrow = pa.Table.from_pandas(kept, schema, preserve_index=False)
    for name in arrow.column_names:
        position = arrow.column_names.index(name)
        column = arrow.column(position)
        if pa.types.is_large_string(column.type):
            column = column.cast(pa.string())
        if name in dictionaries:
            column = column.dictionary_encode().combine_chunks()
        arrow = arrow.set_column(position, name, column)
    write_arrow(arrow.replace_schema_metadata(None), path, row_group)


def write_arrow(table: pa.Table, path: Path, row_group: int = _ROW_GROUP) -> None:
    """Write an Arrow table as Parquet, with the metadata that it carries."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=_COMPRESSION_LEVEL,
        row_group_size=row_group,
    )
