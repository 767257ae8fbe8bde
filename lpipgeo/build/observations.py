"""From a record and its source to the finished observations of one indicator."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lpipgeo.build.aggregate import fill_missing, roll_up
from lpipgeo.build.convert import to_areas_of_2021
from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import READERS
from lpipgeo.build.sources import Sources
from lpipgeo.errors import MetadataError, Problem
from lpipgeo.metadata import Indicator
from lpipgeo.tables import OBSERVATION_COLUMNS, OBSERVATION_KEY, OBSERVATION_NUMBERS

# Enough for every published figure, and steady under another order of summation.
DECIMALS = 6


@dataclass(frozen=True)
class Made:
    """What one record gave.

    Attributes
    ----------
    native : the reader's table, England-wide where the source is
    observations : the table that is written, key (indicator_id, area_code, period)
    """

    native: pd.DataFrame
    observations: pd.DataFrame


def make_observations(record: Indicator, sources: Sources, frame: Frame) -> Made:
    """Read, convert, add up and finish one indicator.

    Raises
    ------
    SourceError : the source is not as the reader expects
    MetadataError : the record names no known reader
    """
    reader = READERS.get(record.build["reader"])
    if reader is None:
        problem = Problem(
            f"{record.id}.toml",
            "build.reader",
            record.build["reader"],
            f"one of {', '.join(READERS)}",
        )
        raise MetadataError("A record names an unknown reader:", [problem])
    native = reader(record, sources, frame)
    converted = to_areas_of_2021(native, record, frame)
    rows = roll_up(converted, set(native["level"]), record, frame)
    rows = rows.loc[rows["area_code"].isin(frame.areas["area_code"])]
    rows = _apply_statuses(fill_missing(rows, frame, record.finest_level), record)
    return Made(native, _finish(rows, record))


def _apply_statuses(rows: pd.DataFrame, record: Indicator) -> pd.DataFrame:
    statuses = {
        level: record.status_by_level.get(level, record.value_status)
        for level in rows["level"].unique()
    }
    own = rows["level"].map(statuses)
    return rows.assign(status=rows["status"].mask(rows["status"] == "published", own))


def _finish(rows: pd.DataFrame, record: Indicator) -> pd.DataFrame:
    rows = rows.assign(indicator_id=record.id)
    # An inherited rate was not counted here: shared-out counts would pretend it was.
    hidden = (rows["status"] == "inherited") | rows["value"].isna()
    numbers = list(OBSERVATION_NUMBERS)
    rows[numbers] = rows[numbers].round(DECIMALS)
    counts = ["numerator", "denominator"]
    rows[counts] = rows[counts].mask(hidden)
    return rows.sort_values(list(OBSERVATION_KEY), ignore_index=True)[
        list(OBSERVATION_COLUMNS)
    ]
