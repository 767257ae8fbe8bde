"""A trial: one indicator made and checked without writing anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lpipgeo.build.coverage import coverage_of
from lpipgeo.build.frame import FRAME_FILES, read_frame
from lpipgeo.build.observations import make_observations
from lpipgeo.build.pipeline import undeclared_files
from lpipgeo.build.provenance import declared_files
from lpipgeo.build.rules.observations import check_observations
from lpipgeo.build.sources import open_sources
from lpipgeo.errors import Problem, UnknownIndicatorError
from lpipgeo.record_reading import read_indicators, read_themes


@dataclass(frozen=True)
class Trial:
    """What a trial gave.

    Attributes
    ----------
    observations : the table that the build would write
    coverage : rows and values by level and period, see `coverage_of`
    problems : what the check would say of it, and sources that the record omits
    """

    observations: pd.DataFrame
    coverage: pd.DataFrame
    problems: list[Problem]

    def __str__(self) -> str:
        statuses = self.observations["status"].value_counts().to_string()
        lines = [self.coverage.to_string(index=False), "", statuses, ""]
        lines += [str(problem) for problem in self.problems] or ["No problems."]
        return "\n".join(lines) + "\n"


def try_indicator(sources: str | Path, data: str | Path, indicator_id: str) -> Trial:
    """Make one indicator from its sources, with the geography that `data` has.

    Raises
    ------
    UnknownIndicatorError : there is no such record
    MetadataError : records break their rules
    SourceError : a source is missing, altered or not as its reader expects
    """
    folder = Path(data)
    records = read_indicators(
        folder / "indicators", read_themes(folder / "themes.toml")
    )
    if indicator_id not in records:
        raise UnknownIndicatorError(indicator_id, records)
    record = records[indicator_id]
    opened = open_sources(sources, folder)
    opened.verify(declared_files(record) | set(FRAME_FILES))
    frame = read_frame(opened, folder / "areas")
    with opened.on_behalf_of(record.id):
        made = make_observations(record, opened, frame)
    name = f"indicators/{record.id}.parquet"
    problems = check_observations(name, made.observations, record, frame.areas)
    problems += undeclared_files(record, opened)
    coverage = coverage_of(made.observations, frame.areas)
    return Trial(made.observations, coverage, problems)
