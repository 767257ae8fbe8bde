"""Rules for boundaries: the register, the drawn files, and the codes they draw."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from lpipgeo.boundary_sets import HEX
from lpipgeo.build.rules.common import name_some
from lpipgeo.errors import Problem

REGISTER = "boundaries/boundaries.toml"
_CONTEXT = "context"
_HASH_LENGTH = 10
_REQUIRED = (
    "level",
    "vintage",
    "file",
    "sha256",
    "features",
    "bbox",
    "generalisation",
    "licence",
    "attribution",
    "publisher",
    "source_title",
)


def check_boundaries(data: Path, areas: pd.DataFrame) -> list[Problem]:
    """Return breaches in the register and in every set it lists."""
    try:
        text = (data / REGISTER).read_text(encoding="utf-8")
        register = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [Problem(REGISTER, "", str(error), "a readable register")]
    problems = []
    for level, entry in register.items():
        lacking = [name for name in _REQUIRED if not entry.get(name)]
        problems += [
            Problem(REGISTER, f"{level}.{name}", "nothing", "a value")
            for name in lacking
        ]
        if not {"file", "sha256"} & set(lacking):
            problems += _check_set(data, level, entry, areas)
    listed = {entry.get("file") for entry in register.values()}
    shipped = {path.name for path in (data / "boundaries").glob("*.topo.json")}
    problems += [
        Problem(
            f"boundaries/{name}", "", "a file", "only files that the register lists"
        )
        for name in sorted(shipped - listed)
    ]
    return problems


def _check_set(
    data: Path, level: str, entry: dict[str, Any], areas: pd.DataFrame
) -> list[Problem]:
    where = f"boundaries/{entry['file']}"
    try:
        content = (data / where).read_bytes()
        drawn = [g["id"] for g in json.loads(content)["objects"]["areas"]["geometries"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [Problem(where, "", repr(error), "a readable TopoJSON file")]
    digest = hashlib.sha256(content).hexdigest()
    problems = []
    if digest != entry["sha256"]:
        problems.append(Problem(where, "sha256", digest, entry["sha256"]))
    if digest[:_HASH_LENGTH] not in entry["file"]:
        expected = f"{digest[:_HASH_LENGTH]} in the name"
        problems.append(Problem(where, "name", entry["file"], expected))
    if len(drawn) != entry.get("features"):
        expected = f"{entry.get('features')} as registered"
        problems.append(Problem(where, "features", str(len(drawn)), expected))
    if level == _CONTEXT:
        return problems
    level = level.removesuffix(HEX)
    kinds = areas["levels"].str.split(";").map(lambda held: level in held)
    known = set(areas.loc[kinds & areas["in_region"], "area_code"])
    problems += _compare_codes(where, drawn, known)
    if "geoparquet" in entry:
        problems += _check_geoparquet(data, entry["geoparquet"], known)
    return problems


def _compare_codes(where: str, drawn: list[str], known: set[str]) -> list[Problem]:
    problems = []
    if len(set(drawn)) != len(drawn):
        problems.append(Problem(where, "id", "a code drawn twice", "each code once"))
    for codes, text in (
        (set(drawn) - known, "drawn, but no area of the level"),
        (known - set(drawn), "areas without a polygon"),
    ):
        if codes:
            found = f"{len(codes)} {text}: {name_some(sorted(codes))}"
            problems.append(Problem(where, "id", found, "the codes of the level"))
    return problems


def _check_geoparquet(data: Path, file: str, known: set[str]) -> list[Problem]:
    where = f"boundaries/{file}"
    try:
        table = gpd.read_parquet(data / where)
    except (OSError, ValueError) as error:
        return [Problem(where, "", str(error).splitlines()[0], "a GeoParquet file")]
    problems = _compare_codes(where, list(table["area_code"]), known)
    if table.crs is None or table.crs.to_epsg() != 4326:
        problems.append(Problem(where, "crs", str(table.crs), "EPSG:4326"))
    bad = table.loc[~table.is_valid | table.is_empty, "area_code"]
    if len(bad):
        found = f"{len(bad)} areas: {name_some(bad)}"
        problems.append(Problem(where, "geometry", found, "valid, not empty"))
    return problems
