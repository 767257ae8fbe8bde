"""What a downloaded table must say of its figures: meaning, period, source, licence."""

from __future__ import annotations

import pandas as pd

from lpipgeo.boundary_sets import find_boundary_set
from lpipgeo.coverage_matrix import periods_text
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.levels import LEVELS
from lpipgeo.metadata import Indicator, Source
from lpipgeo.paths import DataFolder
from lpipgeo.periods import Period

SOURCE_COLUMNS = (
    "title",
    "definition",
    "unit",
    "period",
    "source",
    "licence",
    "attribution",
    "caveats",
    "link",
)


def sources_of(
    table: pd.DataFrame, outlines: str | None = None, *, data: DataFolder = None
) -> pd.DataFrame:
    """Return where the figures of a table come from, and the words that they ask for.

    Parameters
    ----------
    table : as `export.describe` returns it
    outlines : the level whose outlines go with the table, if any

    Returns
    -------
    DataFrame, columns `SOURCE_COLUMNS`, all texts: one row per indicator and work that
    it comes from, in the table's order, then one for the outlines; empty for a table
    that is not of observations
    """
    rows = []
    if {"indicator_id", "period"} <= set(table.columns):
        catalogue = read_catalogue(data)
        for indicator_id, found in table.groupby("indicator_id", sort=False)["period"]:
            record = catalogue.find(str(indicator_id))
            periods = tuple(sorted(set(found), key=Period.parse))
            rows += [_row(record, source, periods) for source in record.sources]
        if outlines:
            rows.append(_row_of_outlines(outlines, data))
    return pd.DataFrame(rows, columns=list(SOURCE_COLUMNS), dtype=str)


def _row(record: Indicator, source: Source, periods: tuple[str, ...]) -> dict[str, str]:
    return {
        "title": record.title,
        "definition": record.definition,
        "unit": record.unit,
        "period": periods_text(periods),
        "source": f"{source.publisher}: {source.title}",
        "licence": source.licence,
        "attribution": source.attribution,
        "caveats": " ".join(record.caveats),
        "link": source.url,
    }


def _row_of_outlines(level: str, data: DataFolder) -> dict[str, str]:
    drawn = find_boundary_set(level, data)
    return {
        "title": f"Outlines of {LEVELS[level].plural_in_text}",
        "definition": drawn.generalisation,
        "unit": "",
        "period": str(drawn.vintage),
        "source": f"{drawn.publisher}: {drawn.source_title}",
        "licence": drawn.licence,
        "attribution": drawn.attribution,
        "caveats": drawn.note,
        "link": "",
    }
