"""Tables with one row per area and one column per indicator and period.

The long table is the one to keep: it has counts, units and sources. The wide one is
what people put beside their own figures; beside each value it keeps the margin of
error, where there is one, and the status.
"""

from __future__ import annotations

import re

import pandas as pd

from lpipgeo.errors import SelectionError, explain_unknown
from lpipgeo.periods import Period, period_label

SHAPES = {"long": "One row per area, indicator and period", "wide": "One row per area"}
LIMITS = ("lower_ci", "upper_ci")
AREA_COLUMNS = ("area_code", "area_name", "district", "level")
WIDE_COLUMNS = ("column", "kind", "indicator_id", "period", "period_label")


def in_shape(table: pd.DataFrame, shape: str, sort: str | None = None) -> pd.DataFrame:
    """Return a long table in one of `SHAPES`, in an order.

    Parameters
    ----------
    sort : a column of the table returned, with "-" before it for the highest first;
        rows without a value come last, and rows that are alike keep their order

    Raises
    ------
    SelectionError : another shape, or no such column
    """
    if shape not in SHAPES:
        raise SelectionError(explain_unknown("shape", shape, SHAPES))
    found = make_wide(table) if shape == "wide" else table
    if not sort:
        return found
    column = sort.removeprefix("-")
    if column not in found.columns:
        raise SelectionError(explain_unknown("column", column, list(found.columns)))
    falls = sort.startswith("-")
    return found.sort_values(column, ascending=not falls, kind="stable").reset_index(
        drop=True
    )


def make_wide(table: pd.DataFrame) -> pd.DataFrame:
    """Return a long table with a row per area.

    Parameters
    ----------
    table : as `export.make_table` returns it

    Returns
    -------
    DataFrame, key `area_code`: area_code, area_name, district, level; then for each
    indicator, in the table's order, and each of its periods, oldest first,
    `<indicator_id>_<period>` with the value, the same with `_lower_ci` and `_upper_ci`
    where some area has such a limit, and with `_status`. All are null where the area
    has no observation; a missing value has a status that says why.
    """
    areas = table[list(AREA_COLUMNS)].drop_duplicates("area_code")
    wide = areas.sort_values("area_code").set_index("area_code", drop=False)
    parts = [wide]
    for (indicator_id, period), column in _pairs(table):
        rows = _rows_of(table, indicator_id, period).set_index("area_code")
        kinds = _kinds(rows)
        part = rows[list(kinds)].reindex(wide.index)
        names = [f"{column}{ending}" for ending in kinds.values()]
        parts.append(part.set_axis(names, axis="columns"))
    return pd.concat(parts, axis="columns").reset_index(drop=True)


def wide_columns(table: pd.DataFrame) -> pd.DataFrame:
    """Return what the columns of `make_wide` hold, beside those of the area.

    Returns
    -------
    DataFrame, columns `WIDE_COLUMNS`, key `column`; kind is that of the long table
    """
    rows = [
        (f"{column}{ending}", kind, indicator_id, period, period_label(period))
        for (indicator_id, period), column in _pairs(table)
        for kind, ending in _kinds(_rows_of(table, indicator_id, period)).items()
    ]
    return pd.DataFrame(rows, columns=list(WIDE_COLUMNS))


def _rows_of(table: pd.DataFrame, indicator_id: str, period: str) -> pd.DataFrame:
    is_of = (table["indicator_id"] == indicator_id) & (table["period"] == period)
    return table[is_of]


def _kinds(rows: pd.DataFrame) -> dict[str, str]:
    """Return what is known of one figure, with the ending of its column's name."""
    limits = {name: f"_{name}" for name in LIMITS if rows[name].notna().any()}
    return {"value": "", **limits, "status": "_status"}


def _pairs(table: pd.DataFrame) -> list[tuple[tuple[str, str], str]]:
    """Return indicator and period of each column with its name."""
    pairs = table[["indicator_id", "period"]].drop_duplicates()
    order = {name: n for n, name in enumerate(dict.fromkeys(pairs["indicator_id"]))}
    found = sorted(
        ((str(i), str(p)) for i, p in pairs.itertuples(index=False)),
        key=lambda pair: (order[pair[0]], Period.parse(pair[1])),
    )
    names = [f"{i}_{_in_a_name(period_label(p))}" for i, p in found]
    # Two periods of one label, such as a day and a month, keep apart by their interval.
    names = [
        f"{i}_{_in_a_name(p)}" if names.count(name) > 1 else name
        for (i, p), name in zip(found, names, strict=True)
    ]
    return list(zip(found, names, strict=True))


def _in_a_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
