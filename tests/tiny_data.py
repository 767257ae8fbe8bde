"""The tiny region as a complete data folder, and records as files of it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from lpipgeo.tables import BY_AREA_ORDER
from tests.factories import (
    PERIOD,
    THEMES,
    WEST,
    indicator_fields,
    make_areas,
    make_boundaries,
    make_clusters,
    make_coverage,
    make_parents,
    make_peers,
    make_successors,
    make_table,
    make_topology,
)


def write_tiny_data(folder: Path) -> Path:
    """Write a complete data folder of the tiny region and return it."""
    areas, table = make_areas(), make_table()
    write_toml(folder / "themes.toml", THEMES)
    write_corrections(folder)
    write_toml(folder / "indicators/tiny_share.toml", indicator_fields())
    england = pd.DataFrame({"percentile": range(1, 100)}).assign(
        indicator_id="tiny_share", level="lsoa21", base="lsoa21", period=PERIOD, n=1_000
    )
    england["value"] = england["percentile"].astype(float)
    places = pd.DataFrame(
        [("Westborough", "town", 1, 52.51, -1.99, WEST)],
        columns=["name", "kind", "rank", "lat", "lon", "area_code"],
    )
    postcodes = pd.DataFrame(
        [("WB11AA", "E01900001", None, 52.515, -1.995)],
        columns=["postcode", "lsoa21", "ward25", "lat", "lon"],
    )
    tables = {
        "areas/areas": areas,
        "areas/parents": make_parents(),
        "areas/successors": make_successors(),
        "areas/places": places,
        "areas/postcodes": postcodes,
        "areas/peers": make_peers(),
        "areas/clusters": make_clusters(),
        "indicators/tiny_share": table,
        "summaries/coverage": make_coverage(table, areas),
        "summaries/england": england,
        "summaries/by_area": table.sort_values(list(BY_AREA_ORDER), ignore_index=True),
    }
    for name, content in tables.items():
        path = folder / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        content.to_parquet(path, index=False)
    (folder / "areas/area_classification.csv").write_text(
        "code,name\n4,Tiny supergroup\n4c,Tiny group\n", encoding="utf-8"
    )
    _write_boundaries(folder / "boundaries")
    return folder


def _write_boundaries(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    register: dict[str, Any] = {}
    for level in ("lsoa21", "lad24", "utla", "subregion", "rgn"):
        shapes = make_boundaries(level)
        text = json.dumps(make_topology(shapes), separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        name = f"{level}_2021.{digest[:10]}.topo.json"
        (folder / name).write_text(text, encoding="utf-8")
        shapes.to_parquet(folder / f"{level}_2021.parquet")
        register[level] = {
            "level": level,
            "vintage": 2021,
            "file": name,
            "geoparquet": f"{level}_2021.parquet",
            "sha256": digest,
            "features": len(shapes),
            "bbox": [float(edge) for edge in shapes.total_bounds],
            "generalisation": "none",
            "licence": "Open Government Licence v3.0",
            "attribution": "Source: Office for Tests.",
            "publisher": "Office for Tests",
            "source_title": "Squares",
        }
    write_toml(folder / "boundaries.toml", register)


def write_corrections(folder: Path, *corrections: dict[str, Any]) -> None:
    """Write corrections.toml of a data folder; arguments as `correction_fields`."""
    write_toml(folder / "corrections.toml", {"corrections": list(corrections)})


def write_toml(path: Path, content: dict[str, Any]) -> None:
    """Write a TOML file of plain values, lists and tables."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{key} = {_as_toml(value)}\n" for key, value in content.items()]
    path.write_text("".join(lines), encoding="utf-8")


def _as_toml(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(
            f"{json.dumps(key)} = {_as_toml(v)}" for key, v in value.items()
        )
        return f"{{ {inside} }}"
    if isinstance(value, list):
        return f"[{', '.join(_as_toml(item) for item in value)}]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
