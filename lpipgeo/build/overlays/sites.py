"""Sites listed in a table with coordinates: one point each."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from lpipgeo.build.overlays.context import Context
from lpipgeo.build.placing import place
from lpipgeo.build.sources import Sources, read_csv
from lpipgeo.errors import Problem, SourceError
from lpipgeo.overlay_catalogue import Overlay


def read(record: Overlay, sources: Sources, context: Context) -> gpd.GeoDataFrame:
    """Read one point per row.

    `[build]`: `file`; `name`, `x`, `y` (columns) and `crs`. May be left out: `id`;
    `kind`, `detail`, `value` (columns); `keep` (column → texts of rows to keep);
    `district` (column with a district's code: only the region's rows are kept);
    `until` (what follows this text is cut from `kind`); `kind_words`, `detail_words`
    (text of the file → words shown; others stay); `factor` (for `value`);
    `outside` (names of sites that lie outside the region and are left out).
    """
    build = record.build
    table = _keep(read_csv(sources, build["file"], _columns(build)), build, context)
    found = pd.DataFrame({"name": table[build["name"]].map(_tidy)})
    found["feature_id"] = (
        table[build["id"]] if "id" in build else pd.Series(range(1, len(table) + 1))
    ).astype(str)
    for column in ("kind", "detail"):
        if column in build:
            texts = table[build[column]].astype(object)
            if column == "kind" and "until" in build:
                texts = texts.str.split(build["until"]).str[0]
            words = build.get(f"{column}_words", {})
            found[column] = texts.map(lambda text, words=words: words.get(text, text))
    if "value" in build:
        found["value"] = _numbers(table[build["value"]]) * build.get("factor", 1)
        found["value"] = found["value"].round(record.decimals)
    x, y = _numbers(table[build["x"]]), _numbers(table[build["y"]])
    unplaced = found.loc[x.isna() | y.isna(), "name"]
    if len(unplaced):
        problem = Problem(build["file"], build["x"], str(list(unplaced)), "a place")
        raise SourceError(f"{record.id}: sites have no coordinates:", [problem])
    points = gpd.GeoSeries(gpd.points_from_xy(x, y), crs=build["crs"])
    found["area_code"] = place(build["file"], found["name"], points, sources)
    return gpd.GeoDataFrame(found, geometry=points)


def _columns(build: dict[str, Any]) -> list[str]:
    single = ("name", "x", "y", "id", "kind", "detail", "value", "district")
    named = [build[key] for key in single if key in build]
    return list(dict.fromkeys([*named, *build.get("keep", {})]))


def _keep(table: pd.DataFrame, build: dict[str, Any], context: Context) -> pd.DataFrame:
    for column, texts in build.get("keep", {}).items():
        kept = table[column].isin(texts)
        absent = sorted(set(texts) - set(table.loc[kept, column]))
        if absent:
            problem = Problem(build["file"], column, "no such row", ", ".join(absent))
            raise SourceError("Rows that are to be kept are not there:", [problem])
        table = table.loc[kept]
    if "district" in build:
        table = table.loc[table[build["district"]].isin(context.districts())]
    outside = build.get("outside", [])
    absent = sorted(set(outside) - set(table[build["name"]]))
    if absent:
        problem = Problem(build["file"], build["name"], "not there", ", ".join(absent))
        raise SourceError("Sites that are to be left out are not there:", [problem])
    table = table.loc[~table[build["name"]].isin(outside)]
    return table.reset_index(drop=True)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _numbers(column: pd.Series) -> pd.Series[float]:
    """Read numbers that may carry blanks or thousands separators."""
    texts = column.astype("string").str.strip().str.replace(",", "")
    return pd.to_numeric(texts).astype(float)
