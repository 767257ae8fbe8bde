"""Tables of constituencies (Open Innovations), with one or two rows of headings.

Headings that repeat are told apart as pandas does: "Scenario 4", "Scenario 4.1". What
stands under a heading in the second row must be as the record says, so that a moved
column stops the build.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.native import native_table
from lpipgeo.build.sources import Sources, read_csv, require_unique
from lpipgeo.errors import Problem, SourceError
from lpipgeo.metadata import Indicator

_CODE = "PCON24CD"
_AREA = "area_km2"


def read(record: Indicator, sources: Sources, frame: Frame) -> pd.DataFrame:
    """Read one figure of the region's constituencies; absent ones have no data.

    `[build]`: `file`, `period`; and `value`, or `numerator` and `denominator`: each a
    heading, and where there is a second row of headings what stands under it. The
    denominator may be "area_km2".
    """
    build = record.build
    file = build["file"]
    parts = {
        part: build[part]
        for part in ("value", "numerator", "denominator")
        if part in build and build[part] != _AREA
    }
    table = read_csv(sources, file, [_CODE, *(column for column, *_ in parts.values())])
    _check_second_row(file, table, [list(names) for names in parts.values()])
    table = table.loc[table[_CODE].fillna("").str.startswith("E")]
    require_unique(file, table, [_CODE])
    table = table.set_index(_CODE).reindex(frame.codes("pcon24"))
    found = pd.DataFrame({"area_code": table.index}, index=table.index)
    for part, (column, *_) in parts.items():
        found[part] = pd.to_numeric(table[column])
    if build.get("denominator") == _AREA:
        found["denominator"] = frame.areas.set_index("area_code")[_AREA]
    if "value" not in found:
        base = found["denominator"].where(found["denominator"] > 0)
        found["value"] = record.multiplier * found["numerator"] / base
    return native_table({**found, "level": "pcon24", "period": build["period"]})


def _check_second_row(file: str, table: pd.DataFrame, parts: list[list[str]]) -> None:
    problems = []
    for column, *below in parts:
        for expected in below:
            found = table[column].iloc[0] if len(table) else None
            if found != expected:
                where = f"under {column!r}"
                problems.append(Problem(file, where, repr(found), repr(expected)))
    if problems:
        raise SourceError(f"{file} has other headings:", problems)
