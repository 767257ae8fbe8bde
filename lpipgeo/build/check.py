"""The check: everything under ``data/`` against every rule, all problems at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lpipgeo.build.rules.area_classification import check_area_classification
from lpipgeo.build.rules.areas import (
    AREAS,
    PARENTS,
    PLACES,
    POSTCODES,
    SUCCESSORS,
    check_areas,
    check_lookups,
    check_parents,
)
from lpipgeo.build.rules.boundaries import check_boundaries
from lpipgeo.build.rules.common import name_some, read_record, read_table
from lpipgeo.build.rules.corrections import check_corrections
from lpipgeo.build.rules.observations import check_observations
from lpipgeo.build.rules.overlays import check_overlays
from lpipgeo.build.rules.peers import CLUSTERS, PEERS, check_clusters, check_peers
from lpipgeo.build.rules.summaries import (
    COVERAGE,
    ENGLAND,
    check_by_area,
    check_coverage,
    check_england,
    check_provenance,
)
from lpipgeo.checksums import check_checksums
from lpipgeo.errors import MetadataError, Problem
from lpipgeo.metadata import Indicator
from lpipgeo.record_reading import read_indicators, read_themes
from lpipgeo.tables import BY_AREA

SUBREGIONS = "areas/subregions.csv"
_TABLES = (
    AREAS,
    PARENTS,
    SUCCESSORS,
    POSTCODES,
    PLACES,
    PEERS,
    CLUSTERS,
    COVERAGE,
    ENGLAND,
    BY_AREA,
)
_SUBREGION_COLUMNS = (
    "subregion_code",
    "subregion_name",
    "lad24_code",
    "lad24_name",
)


def check(data: str | Path) -> list[Problem]:
    """Check a whole data folder.

    Returns
    -------
    list of Problem in a steady order; empty when every rule holds. Nothing is raised
    for a fault of the data, and nothing is changed.
    """
    folder = Path(data)
    records, problems = _read_records(folder)
    tables: dict[str, pd.DataFrame] = {}
    for name in _TABLES:
        table, faults = read_table(folder / name, folder)
        problems += faults
        if table is not None:
            tables[name] = table
    problems += check_checksums(folder)
    problems += check_provenance(folder, records)
    problems += check_corrections(folder)
    if ENGLAND in tables:
        problems += check_england(tables[ENGLAND], records)
    if AREAS not in tables:
        return problems
    faults = check_areas(tables[AREAS])
    problems += faults
    if faults:
        # The other rules stand on the areas; without them they would only echo.
        return problems
    return problems + _check_with_areas(folder, records, tables)


def _read_records(folder: Path) -> tuple[dict[str, Indicator], list[Problem]]:
    try:
        themes = read_themes(folder / "themes.toml")
        records = read_indicators(folder / "indicators", themes)
    except MetadataError as error:
        return {}, list(error.problems)
    return {n: r for n, r in records.items() if r.state == "active"}, []


def _check_with_areas(
    folder: Path, records: dict[str, Indicator], tables: dict[str, pd.DataFrame]
) -> list[Problem]:
    areas = tables[AREAS]
    problems = _check_subregions(folder, areas)
    if PARENTS in tables:
        problems += check_parents(tables[PARENTS], areas)
    problems += check_lookups(tables, areas)
    problems += check_area_classification(folder, areas)
    if CLUSTERS in tables:
        problems += check_clusters(tables[CLUSTERS], areas)
        if PEERS in tables:
            problems += check_peers(tables[PEERS], tables[CLUSTERS], areas)
    problems += check_boundaries(folder, areas)
    problems += check_overlays(folder, areas)
    observations = []
    for record in records.values():
        path = folder / "indicators" / f"{record.id}.parquet"
        table, faults = read_table(path, folder)
        if table is not None:
            where = path.relative_to(folder).as_posix()
            faults = check_observations(where, table, record, areas)
            if not faults:
                observations.append(table)
        problems += faults
    stray = {path.stem for path in (folder / "indicators").glob("*.parquet")}
    problems += [
        Problem(f"indicators/{name}.parquet", "", "a table", "a record beside it")
        for name in sorted(stray - set(records))
        if records
    ]
    # Coverage can only be told of tables that are sound themselves.
    if COVERAGE in tables and records and len(observations) == len(records):
        everything = pd.concat(observations, ignore_index=True)
        problems += check_coverage(tables[COVERAGE], everything, areas)
        if BY_AREA in tables:
            problems += check_by_area(tables[BY_AREA], everything)
    return problems


def _check_subregions(folder: Path, areas: pd.DataFrame) -> list[Problem]:
    table, problems = read_record(folder, SUBREGIONS, _SUBREGION_COLUMNS)
    if table is None:
        return problems
    district = areas["levels"].str.startswith("lad24") & areas["in_region"]
    apart = set(areas.loc[district, "area_code"]) ^ set(table["lad24_code"])
    if apart or table["lad24_code"].duplicated().any():
        found = name_some(sorted(apart)) or "a district twice"
        expected = "each district of the region once"
        problems.append(Problem(SUBREGIONS, "lad24_code", found, expected))
    return problems
