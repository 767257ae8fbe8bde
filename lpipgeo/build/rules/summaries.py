"""Rules for what is derived: coverage, England's distribution, provenance."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from lpipgeo.build.coverage import coverage_of
from lpipgeo.build.provenance import PROVENANCE, declared_files
from lpipgeo.build.rules.common import name_some, rows_breaking
from lpipgeo.errors import Problem
from lpipgeo.metadata import Indicator
from lpipgeo.tables import (
    BY_AREA,
    BY_AREA_ORDER,
    COVERAGE_KEY,
    ENGLAND_COLUMNS,
    ENGLAND_KEY,
)

COVERAGE = "summaries/coverage.parquet"
ENGLAND = "summaries/england.parquet"
_SHA256_LENGTH = 64


def check_coverage(
    coverage: pd.DataFrame, observations: pd.DataFrame, areas: pd.DataFrame
) -> list[Problem]:
    """Return differences between the coverage table and the observations."""
    expected = coverage_of(observations, areas)
    key = list(COVERAGE_KEY)
    if set(coverage.columns) != set(expected.columns):
        found = ", ".join(map(str, coverage.columns))
        return [Problem(COVERAGE, "", found, ", ".join(expected.columns))]
    both = coverage.merge(
        expected, on=key, how="outer", suffixes=("", "_now"), indicator=True
    )
    differs = both["_merge"] != "both"
    for name in ("areas", "values", "minimum", "maximum"):
        differs |= (both[name] - both[f"{name}_now"]).abs() > 1e-9
    expected_text = "what the observations hold"
    return rows_breaking(COVERAGE, "values", both, differs, expected_text, key)


def check_by_area(table: pd.DataFrame, observations: pd.DataFrame) -> list[Problem]:
    """Return differences between the observations and their copy in order of area."""
    expected = observations.sort_values(list(BY_AREA_ORDER), ignore_index=True)
    same_columns = set(table.columns) == set(expected.columns)
    if same_columns and table[list(expected.columns)].equals(expected):
        return []
    return [
        Problem(BY_AREA, "", f"{len(table):,} other rows", "the observations, by area")
    ]


def check_england(
    table: pd.DataFrame, records: Mapping[str, Indicator]
) -> list[Problem]:
    """Return breaches in England's percentiles."""
    if set(table.columns) != set(ENGLAND_COLUMNS):
        found = ", ".join(map(str, table.columns))
        return [Problem(ENGLAND, "", found, ", ".join(ENGLAND_COLUMNS))]
    key = list(ENGLAND_KEY)
    problems = rows_breaking(
        ENGLAND,
        "indicator_id",
        table,
        ~table["indicator_id"].isin(list(records)),
        "a known id",
        key,
    )
    twice = table.duplicated(key, keep=False)
    problems += rows_breaking(ENGLAND, "percentile", table, twice, "each once", key)
    groups = table.sort_values(key).groupby(key[:-1])
    falls = groups["value"].diff() < 0
    problems += rows_breaking(
        ENGLAND, "value", table.sort_values(key), falls, "rising percentiles", key
    )
    whole = groups["percentile"].agg(["size", "min", "max"])
    short = whole.loc[(whole != [99, 1, 99]).any(axis=1)]
    if len(short):
        found = name_some(" ".join(map(str, index)) for index in short.index)
        problems.append(Problem(ENGLAND, "percentile", found, "1 to 99"))
    return problems


def read_provenance(data: Path) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """Return the provenance by file; nothing and a problem if it is unreadable."""
    try:
        text = (data / PROVENANCE).read_text(encoding="utf-8")
        return {entry["file"]: entry for entry in tomllib.loads(text)["files"]}, []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        return {}, [Problem(PROVENANCE, "", repr(error), "a readable list of files")]


def check_provenance(data: Path, records: Mapping[str, Indicator]) -> list[Problem]:
    """Return breaches in the provenance: unnamed files, missing terms or checksums."""
    files, problems = read_provenance(data)
    if problems:
        return problems
    for file, entry in files.items():
        problems += [
            Problem(PROVENANCE, f"{file}: {name}", "nothing", "a value")
            for name in ("publisher", "licence", "attribution", "sha256")
            if not entry.get(name)
        ]
        if len(entry.get("sha256", "")) not in (0, _SHA256_LENGTH):
            problems.append(
                Problem(PROVENANCE, f"{file}: sha256", entry["sha256"], "a SHA-256")
            )
        strange = sorted(set(entry.get("indicators", [])) - set(records))
        if strange:
            found = name_some(strange)
            problems.append(
                Problem(PROVENANCE, f"{file}: indicators", found, "known ids")
            )
    for record in records.values():
        for file in sorted(declared_files(record)):
            if record.id not in files.get(file, {}).get("indicators", []):
                expected = f"{record.id} beside {file}"
                problems.append(Problem(PROVENANCE, "files", "not there", expected))
    return problems
