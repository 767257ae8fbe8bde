"""The check: a sound folder passes, and every rule finds the fault it is for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.check import check
from lpipgeo.errors import Problem
from lpipgeo.levels import REGION
from lpipgeo.tables import BY_AREA
from tests import factories
from tests.factories import EAST, SUBREGION, WEST

TABLE = "indicators/tiny_share.parquet"
AREAS, PARENTS = "areas/areas.parquet", "areas/parents.parquet"
PEERS, CLUSTERS = "areas/peers.parquet", "areas/clusters.parquet"
CLASS_NAMES = "areas/area_classification.csv"
ABROAD = "W06900001"
REGISTER, PROVENANCE = "boundaries/boundaries.toml", "provenance.toml"
CORRECTIONS = "corrections.toml"
SQUARE = "E01900001"

Breaker = Callable[[Path], None]


@pytest.fixture(scope="module")
def sound_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = factories.write_tiny_data(tmp_path_factory.mktemp("check"))
    entry = {
        "file": "squares.csv",
        "publisher": "Office for Tests",
        "licence": "OGL",
        "attribution": "Source: Office for Tests.",
        "sha256": "0" * 64,
        "indicators": ["tiny_share"],
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in entry.items()]
    (folder / PROVENANCE).write_text("\n".join(["[[files]]", *lines]))
    (folder / "areas/subregions.csv").write_text(
        "subregion_code,subregion_name,lad24_code,lad24_name\n"
        f"{SUBREGION},Tiny,{WEST},Westborough\n{SUBREGION},Tiny,{EAST},Eastborough\n"
    )
    return folder


@pytest.fixture
def data(sound_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound_data, tmp_path / "data")


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


def correct(**fields: object) -> Breaker:
    return lambda folder: factories.write_corrections(
        folder, factories.correction_fields(**fields)
    )


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


def topology(folder: Path, level: str = "lsoa21") -> Path:
    return next((folder / "boundaries").glob(f"{level}_*.topo.json"))


def draw_without_a_square(folder: Path) -> None:
    path = topology(folder)
    shapes = factories.make_boundaries("lsoa21").iloc[1:]
    path.write_text(json.dumps(factories.make_topology(shapes)))


def move_the_crs(folder: Path) -> None:
    factories.make_boundaries("lad24").to_crs("EPSG:27700").to_parquet(
        folder / "boundaries/lad24_2021.parquet"
    )


def rows_in_another_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[::-1]


def with_the_first_row_twice(table: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([table.iloc[:1], table], ignore_index=True)


def test_sound_data_has_no_problems(data: Path) -> None:
    assert check(data) == []


RULES: dict[str, tuple[Breaker, str, str]] = {
    "unreadable table": (write(TABLE, b"not parquet"), TABLE, ""),
    "missing table": (remove(TABLE), TABLE, ""),
    "column missing": (
        edit(TABLE, lambda table: table.drop(columns="status")),
        TABLE,
        "",
    ),
    "key twice": (edit(TABLE, with_the_first_row_twice), TABLE, "area_code"),
    "rows out of order": (
        edit(TABLE, rows_in_another_order),
        TABLE,
        "indicator_id, area_code, period",
    ),
    "id of another indicator": (
        change(TABLE, None, "indicator_id", "other"),
        TABLE,
        "indicator_id",
    ),
    "not a period": (change(TABLE, None, "period", "2021-13-01/P1Y"), TABLE, "period"),
    "value out of range": (change(TABLE, SQUARE, "value", 101.0), TABLE, "value"),
    "unknown code": (
        change(TABLE, SQUARE, "area_code", "E01000000"),
        TABLE,
        "area_code",
    ),
    "value without counts": (change(TABLE, SQUARE, "value", 50.0), TABLE, "value"),
    "counts below nothing": (
        change(TABLE, SQUARE, "numerator", -1.0),
        TABLE,
        "numerator",
    ),
    "limits apart": (change(TABLE, SQUARE, "lower_ci", 99.0), TABLE, "lower_ci"),
    "value where the status says none": (
        change(TABLE, SQUARE, "status", "suppressed"),
        TABLE,
        "status",
    ),
    "no value without a reason": (
        change(TABLE, SQUARE, ["value", "numerator"], float("nan")),
        TABLE,
        "status",
    ),
    "unknown status": (change(TABLE, SQUARE, "status", "guessed"), TABLE, "status"),
    "districts do not add up": (
        change(TABLE, REGION, ["numerator", "value"], [9_000.0, 180.0]),
        TABLE,
        "numerator",
    ),
    "level not declared": (
        replace("indicators/tiny_share.toml", '"lsoa21"', '"lad24"'),
        TABLE,
        "area_code",
    ),
    "table without a record": (
        lambda folder: shutil.copy(folder / TABLE, folder / "indicators/other.parquet"),
        "indicators/other.parquet",
        "",
    ),
    "record with an unknown key": (
        replace("indicators/tiny_share.toml", "short_title", "shorter_title"),
        "tiny_share.toml",
        "shorter_title",
    ),
    "record without attribution": (
        replace("indicators/tiny_share.toml", '"Source: Office for Tests."', '""'),
        "tiny_share.toml",
        "sources.0.attribution",
    ),
    "areas out of order": (edit(AREAS, rows_in_another_order), AREAS, "area_code"),
    "area twice": (edit(AREAS, with_the_first_row_twice), AREAS, "area_code"),
    "strange level": (change(AREAS, SQUARE, "levels", "parish"), AREAS, "levels"),
    "point far away": (change(AREAS, SQUARE, "lat", 12.0), AREAS, "lat"),
    "two parents": (
        edit(
            PARENTS,
            lambda t: pd.concat([t, t.iloc[:1].assign(parent_code=EAST)]),
        ),
        PARENTS,
        "parent_code",
    ),
    "unknown parent": (
        change(PARENTS, SQUARE, "parent_code", "E07000999"),
        PARENTS,
        "parent_code",
    ),
    "orphan": (
        edit(PARENTS, lambda t: t.loc[t["area_code"] != SQUARE]),
        PARENTS,
        "lad24",
    ),
    "ways up that part": (
        edit(
            PARENTS,
            lambda t: t.assign(
                parent_code=t["parent_code"].mask(
                    (t["area_code"] == SQUARE) & (t["parent_level"] == "utla"), EAST
                )
            ),
        ),
        PARENTS,
        "lsoa21 → utla",
    ),
    "strange basis": (change(PARENTS, SQUARE, "basis", "guess"), PARENTS, "basis"),
    "successor unknown": (
        edit("areas/successors.parquet", lambda t: t.assign(new_code="E01000000")),
        "areas/successors.parquet",
        "new_code",
    ),
    "postcode in an unknown area": (
        edit("areas/postcodes.parquet", lambda t: t.assign(lsoa21="E01000000")),
        "areas/postcodes.parquet",
        "lsoa21",
    ),
    "peer lacking": (
        edit(PEERS, lambda t: t.loc[t["rank"] != 20]),
        PEERS,
        "rank",
    ),
    "rank beyond twenty": (change(PEERS, WEST, "rank", 21), PEERS, "rank"),
    "peer twice": (change(PEERS, WEST, "peer_code", EAST), PEERS, "peer_code"),
    "peer of itself": (
        edit(PEERS, lambda t: t.assign(peer_code=t["peer_code"].replace(EAST, WEST))),
        PEERS,
        "peer_code",
    ),
    "peer with an English code of another year": (
        edit(
            PEERS,
            lambda t: t.assign(peer_code=t["peer_code"].replace(EAST, "E08000039")),
        ),
        PEERS,
        "peer_code",
    ),
    "peer by another name": (
        change(PEERS, WEST, "peer_name", "Elsewhere"),
        PEERS,
        "peer_name",
    ),
    "peers of an area outside the region": (
        edit(PEERS, lambda t: t.assign(area_code=t["area_code"].replace(WEST, ABROAD))),
        PEERS,
        "area_code",
    ),
    "peers out of order": (
        edit(PEERS, rows_in_another_order),
        PEERS,
        "area_code, kind, rank",
    ),
    "peers of a kind that is not known": (
        change(PEERS, WEST, "kind", "social"),
        PEERS,
        "kind",
    ),
    "cluster of a district of ours lacking": (
        change(CLUSTERS, WEST, "cluster", None),
        CLUSTERS,
        "cluster",
    ),
    "kind of cluster lacking": (
        edit(CLUSTERS, lambda t: t.loc[t["kind"] != "global"]),
        CLUSTERS,
        "kind",
    ),
    "cluster of a district of another year": (
        edit(
            CLUSTERS,
            lambda t: t.assign(area_code=t["area_code"].replace(ABROAD, "E08000039")),
        ),
        CLUSTERS,
        "area_code",
    ),
    "neighbourhood without a class": (
        change(AREAS, SQUARE, "area_classification", None),
        AREAS,
        "area_classification",
    ),
    "larger area with a class": (
        change(AREAS, WEST, "area_classification", "4c2"),
        AREAS,
        "area_classification",
    ),
    "class that is none": (
        change(AREAS, SQUARE, "area_classification", "C4"),
        AREAS,
        "area_classification",
    ),
    "class without a name": (
        change(AREAS, SQUARE, "area_classification", "4b1"),
        CLASS_NAMES,
        "code",
    ),
    "class named twice": (
        replace(CLASS_NAMES, "4,Tiny", "4c,Tiny"),
        CLASS_NAMES,
        "code",
    ),
    "name of a class empty": (
        replace(CLASS_NAMES, "Tiny group", ""),
        CLASS_NAMES,
        "name",
    ),
    "names of classes gone": (remove(CLASS_NAMES), CLASS_NAMES, ""),
    "district in no sub-region": (
        replace("areas/subregions.csv", EAST, WEST),
        "areas/subregions.csv",
        "lad24_code",
    ),
    "record emptied by a broken copy": (
        lambda data: (data / "areas/subregions.csv").write_text(""),
        "areas/subregions.csv",
        "",
    ),
    "register gone": (remove(REGISTER), REGISTER, ""),
    "boundaries without a licence": (
        replace(REGISTER, '"Open Government Licence v3.0"', '""'),
        REGISTER,
        "lsoa21.licence",
    ),
    "boundaries in another system": (
        move_the_crs,
        "boundaries/lad24_2021.parquet",
        "crs",
    ),
    "boundary file that nobody lists": (
        write("boundaries/old.topo.json", b"{}"),
        "boundaries/old.topo.json",
        "",
    ),
    "coverage gone stale": (
        edit("summaries/coverage.parquet", lambda t: t.assign(values=0)),
        "summaries/coverage.parquet",
        "values",
    ),
    "rows by area gone stale": (
        edit(BY_AREA, lambda t: t.assign(value=0.0)),
        BY_AREA,
        "",
    ),
    "percentiles that fall": (
        edit("summaries/england.parquet", lambda t: t.assign(value=-t["value"])),
        "summaries/england.parquet",
        "value",
    ),
    "percentiles incomplete": (
        edit("summaries/england.parquet", lambda t: t.iloc[:50]),
        "summaries/england.parquet",
        "percentile",
    ),
    "percentiles of nothing": (
        edit("summaries/england.parquet", lambda t: t.assign(indicator_id="other")),
        "summaries/england.parquet",
        "indicator_id",
    ),
    "provenance gone": (remove(PROVENANCE), PROVENANCE, ""),
    "provenance without a licence": (
        replace(PROVENANCE, '"OGL"', '""'),
        PROVENANCE,
        "squares.csv: licence",
    ),
    "provenance without a checksum": (
        replace(PROVENANCE, "0" * 64, "0" * 10),
        PROVENANCE,
        "squares.csv: sha256",
    ),
    "table that is not as the build wrote it": (
        write("SHA256SUMS", f"{'0' * 64}  {TABLE}\n".encode()),
        TABLE,
        "",
    ),
    "source that provenance does not know": (
        replace("indicators/tiny_share.toml", '"squares.csv"', '"circles.csv"'),
        PROVENANCE,
        "files",
    ),
    "corrections gone": (remove(CORRECTIONS), CORRECTIONS, ""),
    "correction without a reason": (
        correct(reason=""),
        CORRECTIONS,
        "corrections.0.reason",
    ),
    "correction of a file that nothing uses": (
        correct(file="circles.csv"),
        CORRECTIONS,
        "file",
    ),
}


def test_corrections_of_used_files_are_sound(data: Path) -> None:
    correct()(data)
    assert check(data) == []


@pytest.mark.parametrize("rule", RULES)
def test_rule_finds_its_fault(data: Path, rule: str) -> None:
    breaker, where, field = RULES[rule]
    breaker(data)
    problems = check(data)
    assert (where, field) in {(p.where, p.field) for p in problems}, problems


@pytest.mark.parametrize("field", ["id", "features", "sha256", "name"])
def test_polygon_that_is_not_drawn_is_found(data: Path, field: str) -> None:
    draw_without_a_square(data)
    where = f"boundaries/{topology(data).name}"
    assert (where, field) in {(p.where, p.field) for p in check(data)}


def test_all_problems_come_at_once(data: Path) -> None:
    for rule in ("value out of range", "provenance gone", "strange basis"):
        RULES[rule][0](data)
    assert {problem.where for problem in check(data)} >= {TABLE, PROVENANCE, PARENTS}


def test_an_empty_folder_is_reported_not_raised(tmp_path: Path) -> None:
    problems = check(tmp_path)
    assert all(isinstance(problem, Problem) for problem in problems)
    assert {"themes.toml", AREAS, PROVENANCE, CORRECTIONS} <= {
        p.where for p in problems
    }


def test_check_changes_nothing(data: Path) -> None:
    before = {p: p.read_bytes() for p in data.rglob("*") if p.is_file()}
    check(data)
    assert {p: p.read_bytes() for p in data.rglob("*") if p.is_file()} == before
