"""What a table holds, said once: as parameters of an address, a command and code.

The page Data, the HTTP API and the bundle all speak of a `TableQuery`, so that what one
of them says is what the others give.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from lpipgeo.area_index import AreaIndex, read_areas
from lpipgeo.errors import (
    PeriodError,
    SelectionError,
    explain_unknown,
    join_words,
)
from lpipgeo.export import describe
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS, MAPPED_LEVELS, find_level
from lpipgeo.observation_table import (
    count_observations,
    read_observations,
)
from lpipgeo.paths import DataFolder
from lpipgeo.periods import find_range, period_label
from lpipgeo.statuses import find_status
from lpipgeo.table_parameters import FLAGS, PARAMETERS
from lpipgeo.tables import OBSERVATION_COLUMNS
from lpipgeo.wide_table import SHAPES, in_shape

_YES_NO = {
    "yes": True,
    "true": True,
    "1": True,
    "no": False,
    "false": False,
    "0": False,
}
_LISTS = ("indicator", "area", "period", "status")
_NAMED = 5  # indicators without rows


@dataclass(frozen=True)
class TableQuery:
    """Which observations a table holds, and its shape; names of one thing are single.

    Attributes
    ----------
    indicator : ids
    level : of the areas; None where `area` names areas of any level
    area : codes; empty for all of the level
    within : code of a larger area, inside which the areas of the level lie
    period : "latest", "all", or periods and ranges as people write them
    status : statuses to keep; empty for all
    shape : one of `SHAPES`
    sort : a column, with "-" before it for the highest first; None for the key
    inherit, all_england : see `observation_table.read_observations`
    """

    indicator: tuple[str, ...]
    level: str | None = None
    area: tuple[str, ...] = ()
    within: str | None = None
    period: tuple[str, ...] = ("latest",)
    status: tuple[str, ...] = ()
    shape: str = "long"
    sort: str | None = None
    inherit: bool = False
    all_england: bool = False

    def parameters(self) -> dict[str, str]:
        """Return the query as the parameters of an address; defaults are left out."""
        found = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default and value != ():
                is_list = isinstance(value, tuple)
                found[one.name] = ",".join(value) if is_list else str(value)
                if value is True:
                    found[one.name] = "yes"
        return found

    def query_string(self) -> str:
        """Return the query as it stands in an address after the question mark."""
        return urlencode(self.parameters(), safe=",:/")

    def command(self, file: str) -> str:
        """Return the line of the command line that writes the table to a file."""
        parts = ["python", "-m", "lpipgeo", "table"]
        for name, value in self.parameters().items():
            flag = f"--{name.replace('_', '-')}"
            if name in FLAGS:
                parts.append(flag)
            else:  # a value that begins with "-" would be taken for a flag
                parts += [f"{flag}={value}"] if value[0] == "-" else [flag, value]
        return " ".join(shlex.quote(part) for part in [*parts, "-o", file])

    def code(self) -> str:
        """Return lines of Python that give the table."""
        plural = {"indicator": "indicators", "area": "areas", "period": "periods"}
        given: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default and value != ():
                name = "statuses" if one.name == "status" else one.name
                is_list = isinstance(value, tuple)
                given[plural.get(name, name)] = list(value) if is_list else value
        if self.period == ("all",):
            given["periods"] = "all"
        lines = [f"    {name}={value!r}," for name, value in given.items()]
        return "\n".join(["import lpipgeo as lg", "", "table = lg.table(", *lines, ")"])


def parse_query(given: Mapping[str, str], *, data: DataFolder = None) -> TableQuery:
    """Return the query that parameters mean; codes and ids are checked.

    Parameters
    ----------
    given : text by name, as in `PARAMETERS`; empty texts are as good as none

    Raises
    ------
    LpipgeoError : an unknown parameter, name, code or period, or no areas asked for;
        its text says what there is
    """
    catalogue, index = read_catalogue(data), read_areas(data)
    texts = {name: text.strip() for name, text in given.items() if text.strip()}
    for name in texts:
        if name not in PARAMETERS:
            raise SelectionError(explain_unknown("parameter", name, PARAMETERS))
    lists = {name: _split(texts.get(name, "")) for name in _LISTS}
    if not lists["indicator"]:
        raise SelectionError(
            "Say which indicators you want, for example indicator=fuel_poverty."
        )
    shape = texts.get("shape", "long")
    if shape not in SHAPES:
        raise SelectionError(explain_unknown("shape", shape, SHAPES))
    query = TableQuery(
        indicator=tuple(catalogue.find(name).id for name in lists["indicator"]),
        level=find_level(texts["level"]).id if "level" in texts else None,
        area=tuple(index.find(code).code for code in lists["area"]),
        within=index.find(texts["within"]).code if "within" in texts else None,
        period=lists["period"] or ("latest",),
        status=tuple(find_status(name).id for name in lists["status"]),
        shape=shape,
        sort=texts.get("sort"),
        **{name: _flag(name, texts.get(name, "no")) for name in FLAGS},
    )
    _check_areas(query, index)
    _check_periods(query)
    return query


def parse_query_string(text: str) -> TableQuery:
    """Return the query that `TableQuery.query_string` wrote."""
    return parse_query(dict(parse_qsl(text)))


def _split(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for p in (q.strip() for q in text.split(",")) if p))


def _flag(name: str, text: str) -> bool:
    try:
        return _YES_NO[text.casefold()]
    except KeyError:
        raise SelectionError(f"{name} is yes or no, not {text[:40]!r}.") from None


def _check_areas(query: TableQuery, index: AreaIndex) -> None:
    if query.within is not None and (query.level is None or query.area):
        name = index.by_code[query.within].name
        raise SelectionError(
            f"Say the level of the areas inside {name}, such as level=lsoa21, and no "
            "other areas beside it."
        )
    if query.level is None and not query.area:
        raise SelectionError(
            "Say which areas you want: a level such as level=lad24, or codes such as "
            "area=E08000028."
        )


def _check_periods(query: TableQuery) -> None:
    """Raise where a range cannot be read; single periods are for the reader."""
    for text in query.period:
        if ".." in text:
            find_range(text, ())
    if len(query.period) > 1 and "all" in query.period:
        raise PeriodError("Ask for all periods, or for some of them, not for both.")


def read_long(query: TableQuery, *, data: DataFolder = None) -> pd.DataFrame:
    """Return the long table that a query asks for, as `export.make_table` does.

    Raises
    ------
    LpipgeoError : what the query asks for cannot be read; its text says why
    """
    return describe(_observed(query, data), query.level, data=data)


def read_query(query: TableQuery, *, data: DataFolder = None) -> pd.DataFrame:
    """Return the table that a query asks for, long or wide."""
    return in_shape(read_long(query, data=data), query.shape, query.sort)


def title_of(query: TableQuery, *, data: DataFolder = None) -> str:
    """Return what the table holds, in words: figures, areas, periods."""
    catalogue, index = read_catalogue(data), read_areas(data)
    titles = [catalogue.find(name).title for name in query.indicator]
    figures = (
        titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"
    )
    if query.area:
        names = [index.find(code).name for code in query.area]
        areas = join_words(names) if len(names) <= 3 else f"{len(names):,} areas"
    else:
        areas = f"by {LEVELS[query.level or ''].in_text}"
        if query.within:
            areas += f" in {index.find(query.within).name}"
    words = {"latest": "newest figures", "all": "all periods"}
    periods = [words.get(one) or _period_text(one) for one in query.period]
    return f"{figures}, {areas}, {', '.join(periods)}"


def find_lacking(query: TableQuery, *, data: DataFolder = None) -> tuple[str, ...]:
    """Return the indicators of a query of which its table has no row."""
    single = (replace(query, indicator=(i,), shape="long") for i in query.indicator)
    return tuple(q.indicator[0] for q in single if not count_rows(q, data=data))


def explain_lacking(
    query: TableQuery, lacking: tuple[str, ...], *, data: DataFolder = None
) -> str:
    """Return a sentence on indicators without rows: for which areas they are held."""
    if not lacking:
        return ""
    catalogue = read_catalogue(data)
    asked = {query.level} if query.level else set()
    named = []
    for name in lacking[:_NAMED]:
        record = catalogue.find(name)
        held = catalogue.levels(name)
        words = join_words([LEVELS[level].plural_in_text for level in held])
        why = "in other periods" if asked & set(held) else f"held for {words}"
        named.append(f"{record.title} ({why})")
    more = len(lacking) - _NAMED
    said = [*named, f"{more} more"] if more > 0 else named
    return f"No rows for {join_words(said)}."


def drawn_level(query: TableQuery, *, data: DataFolder = None) -> str | None:
    """Return the level whose outlines fit all areas of a query; None for several."""
    if query.level:
        return query.level
    index = read_areas(data)
    levels = {index.find(code).level for code in query.area}
    level = levels.pop() if len(levels) == 1 else None
    return level if level in MAPPED_LEVELS else None


def _period_text(asked: str) -> str:
    first, dots, last = asked.partition("..")
    if dots:
        return f"{first or 'the first'} to {last or 'the newest'}"
    return period_label(asked) if "/P" in asked else asked


def read_page(
    query: TableQuery, offset: int, limit: int, *, data: DataFolder = None
) -> tuple[pd.DataFrame, int, pd.DataFrame]:
    """Return some rows of a query's table, without making the whole of a long one.

    Parameters
    ----------
    offset, limit : rows left out before the first, and how many at most

    Returns
    -------
    the rows; how many the table has; and the long table that they come from
    """
    column = (query.sort or "").removeprefix("-")
    if query.shape == "wide" or column not in ("", *OBSERVATION_COLUMNS):
        long = read_long(query, data=data)
        whole = in_shape(long, query.shape, query.sort)
        return whole.iloc[offset : offset + limit], len(whole), long
    observed = in_shape(_observed(query, data), "long", query.sort)
    page = describe(observed.iloc[offset : offset + limit], query.level, data=data)
    return page, len(observed), page


def _observed(query: TableQuery, data: DataFolder) -> pd.DataFrame:
    return read_observations(*_asked(query), **_choices(query), data=data)


def _asked(query: TableQuery) -> tuple[Any, ...]:
    """Return the query as the reader's arguments in order."""
    periods = query.period[0] if len(query.period) == 1 else query.period
    return query.indicator, query.level, query.area or None, periods


def _choices(query: TableQuery) -> dict[str, Any]:
    """Return the query as the reader's named arguments."""
    return {
        "within": query.within,
        "statuses": query.status or None,
        "inherit": query.inherit,
        "all_england": query.all_england,
    }


def count_rows(query: TableQuery, *, data: DataFolder = None) -> int:
    """Return how many rows the table of a query has, without making it."""
    if query.shape == "wide":
        return int(_observed(query, data)["area_code"].nunique())
    return count_observations(*_asked(query), **_choices(query), data=data)
