"""Ways to break a sound data folder, and whether the check finds what is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from lpipgeo.build.check import check

TABLE = "indicators/tiny_share.parquet"
AREAS, PARENTS = "areas/areas.parquet", "areas/parents.parquet"
PROVENANCE, CORRECTIONS = "provenance.toml", "corrections.toml"
SQUARE = "E01900001"

Breaker = Callable[[Path], None]
# What breaks the folder, then the file and the field that the check must name.
Fault = tuple[Breaker, str, str]


def change(file: str, where: str | None, column: str, value: object) -> Breaker:
    """Return a breaker that sets a column, for one area or everywhere."""

    def breaker(folder: Path) -> None:
        table = pd.read_parquet(folder / file)
        rows = slice(None) if where is None else table["area_code"] == where
        table.loc[rows, column] = value
        table.to_parquet(folder / file, index=False)

    return breaker


def edit(file: str, edit_table: Callable[[pd.DataFrame], pd.DataFrame]) -> Breaker:
    def breaker(folder: Path) -> None:
        table = edit_table(pd.read_parquet(folder / file))
        table.to_parquet(folder / file, index=False)

    return breaker


def replace(file: str, old: str, new: str) -> Breaker:
    def breaker(folder: Path) -> None:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new))

    return breaker


def remove(file: str) -> Breaker:
    def breaker(folder: Path) -> None:
        (folder / file).unlink()

    return breaker


def write(file: str, content: bytes) -> Breaker:
    def breaker(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return breaker


def rows_in_another_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[::-1]


def with_the_first_row_twice(table: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([table.iloc[:1], table], ignore_index=True)


def assert_found(data: Path, fault: Fault) -> None:
    """Break a data folder and assert that the check names the place."""
    breaker, where, field = fault
    breaker(data)
    problems = check(data)
    assert (where, field) in {(p.where, p.field) for p in problems}, problems
