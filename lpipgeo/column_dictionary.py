"""What the columns of a downloaded table mean, for people and for programs."""

from __future__ import annotations

import pandas as pd

from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.paths import DataFolder
from lpipgeo.wide_table import wide_columns

DICTIONARY_COLUMNS = ("column", "type", "unit", "meaning")
_LIMIT = (
    "{end} 95 % limit by the publisher; empty where it gives none. Profiles work "
    "limits out from counts where they may."
)
# Type as Frictionless names it, and the meaning.
_COLUMNS: dict[str, tuple[str, str]] = {
    "indicator_id": ("string", "Which indicator; its definition is in the catalogue."),
    "indicator": ("string", "Title of the indicator."),
    "area_code": ("string", "Code of the area by the Office for National Statistics."),
    "area_name": ("string", "Name of the area."),
    "district": ("string", "District in which the area lies; none for larger areas."),
    "level": ("string", "Kind of area: lsoa21 is a neighbourhood, lad24 a district."),
    "period": ("string", "What the value is of, as an ISO 8601 interval start/length."),
    "period_label": ("string", "The period as people say it."),
    "value": ("number", "The figure. Empty where there is none: see status."),
    "unit": ("string", "Unit of the value."),
    "numerator": ("number", "What was counted, where the figure comes from counts."),
    "denominator": ("number", "Out of how many, where it comes from counts."),
    "lower_ci": ("number", _LIMIT.format(end="Lower")),
    "upper_ci": ("number", _LIMIT.format(end="Upper")),
    "status": ("string", "How the value came about, or why there is none."),
    "band": ("string", "What to quote where exact figures are advised against."),
    "caution": ("string", "Why to quote the band."),
    "source": ("string", "Publisher and work."),
    "licence": ("string", "Licence of the work."),
    "earlier_period": ("string", "Period that the change is counted from."),
}


def describe_columns(
    table: pd.DataFrame, long: pd.DataFrame, *, data: DataFolder = None
) -> pd.DataFrame:
    """Return what the columns of a table mean.

    Parameters
    ----------
    table : long or wide
    long : the long table that a wide one was made from; for a long one itself

    Returns
    -------
    DataFrame, columns `DICTIONARY_COLUMNS`, one row per column of the table in its
    order; type is "string" or "number"; unit is empty where there is none or where
    rows differ in it
    """
    catalogue = read_catalogue(data)
    wide = wide_columns(long).set_index("column")
    rows = []
    for column in table.columns:
        unit = ""
        if column in _COLUMNS:
            kind, meaning = _COLUMNS[column]
        elif column in wide.index:
            found = wide.loc[column]
            record = catalogue.find(str(found["indicator_id"]))
            of = f"{record.title}, {found['period_label']}"
            held = str(found["kind"])
            kind, about = _COLUMNS[held]
            unit = record.unit if kind == "number" else ""
            meaning = {"value": f"{of}.", "status": f"Status of: {of}."}.get(
                held, f"{of}. {about}"
            )
        else:
            kind, meaning = "string", ""
        rows.append((column, kind, unit, meaning))
    return pd.DataFrame(rows, columns=list(DICTIONARY_COLUMNS))
