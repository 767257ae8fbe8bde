"""A tiny frame and tiny sources for tests of the build.

Six neighbourhoods of the region and one outside; three MSOAs, two districts, four
wards, of which one has no neighbourhood. Since 2011 one neighbourhood was split in two,
two were merged, and one was split across the district border:

    2011   A ──┬─ 1        B ─┬─ 3      D ──┬─ 4 (west)    6 ── 6 (east)
               └─ 2        C ─┘             └─ 5 (east)
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.geography.inputs import AREA_CLASSES, CLUSTERS, NEIGHBOURS
from lpipgeo.build.native import native_table
from lpipgeo.levels import ENGLAND, REGION
from tests.factories import ABROAD as UK_DISTRICTS
from tests.factories import EAST, PERIOD, SUBREGION, WEST

ONE, TWO, THREE, FOUR, FIVE, SIX = (f"E0190000{n}" for n in range(1, 7))
ABROAD, DISTRICT_ABROAD = "E01900010", "E07900009"
OLD_SPLIT, OLD_LEFT, OLD_RIGHT, OLD_ACROSS = (f"E0180000{n}" for n in range(1, 5))
MSOAS = ("E02900001", "E02900002", "E02900003")
WARDS = ("E05900001", "E05900002", "E05900003", "E05900004")
EMPTY_WARD = WARDS[3]
OLD_DISTRICTS = ("E07800001", "E07800002")
NEIGHBOURHOODS = {  # msoa21, ward25, lad24, residents, households
    ONE: (MSOAS[0], WARDS[0], WEST, 600.0, 300.0),
    TWO: (MSOAS[0], WARDS[0], WEST, 400.0, 100.0),
    THREE: (MSOAS[1], WARDS[0], WEST, 1_000.0, 500.0),
    FOUR: (MSOAS[1], WARDS[1], WEST, 500.0, 250.0),
    FIVE: (MSOAS[2], WARDS[2], EAST, 500.0, 250.0),
    SIX: (MSOAS[2], WARDS[2], EAST, 1_000.0, 600.0),
}


def make_frame() -> Frame:
    """Return the frame drawn above."""
    return Frame(
        areas=_make_areas(),
        parents=_make_parents(),
        successors=_make_successors(),
        neighbourhoods=_make_neighbourhoods(),
        old_residents=pd.Series(
            {OLD_SPLIT: 900.0, OLD_LEFT: 300.0, OLD_RIGHT: 700.0, OLD_ACROSS: 1_000.0}
        ),
    )


def _make_areas() -> pd.DataFrame:
    levels = dict.fromkeys(NEIGHBOURHOODS, "lsoa21")
    levels |= dict.fromkeys(MSOAS, "msoa21") | dict.fromkeys(WARDS, "ward25")
    levels |= {WEST: "lad24;utla", EAST: "lad24;utla", DISTRICT_ABROAD: "lad24"}
    levels |= {SUBREGION: "subregion", REGION: "rgn", ENGLAND: "ctry"}
    table = pd.DataFrame({"area_code": list(levels), "levels": list(levels.values())})
    outside = table["area_code"].isin([DISTRICT_ABROAD, ENGLAND])
    return table.assign(in_region=~outside, area_km2=1.0)


def _make_parents() -> pd.DataFrame:
    rows = []
    for code, (msoa, ward, district, *_) in NEIGHBOURHOODS.items():
        rows += [
            (code, "lsoa21", msoa, "msoa21", "exact"),
            (code, "lsoa21", ward, "ward25", "best_fit"),
            *_larger(code, "lsoa21", district, "exact"),
            (msoa, "msoa21", district, "lad24", "exact"),
        ]
    for district in (WEST, EAST):
        rows += _larger(district, "lad24", district, "exact")[1:]
    columns = ["area_code", "level", "parent_code", "parent_level", "basis"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates()


def _larger(
    code: str, level: str, district: str, basis: str
) -> list[tuple[str, str, str, str, str]]:
    chain = ((district, "lad24"), (district, "utla"))
    chain = (*chain, (SUBREGION, "subregion"), (REGION, "rgn"))
    return [(code, level, parent, kind, basis) for parent, kind in chain]


def _make_successors() -> pd.DataFrame:
    rows = [
        (OLD_SPLIT, ONE, "lsoa11", "S", 0.6),
        (OLD_SPLIT, TWO, "lsoa11", "S", 0.4),
        (OLD_LEFT, THREE, "lsoa11", "M", 1.0),
        (OLD_RIGHT, THREE, "lsoa11", "M", 1.0),
        (OLD_ACROSS, FOUR, "lsoa11", "S", 0.5),
        (OLD_ACROSS, FIVE, "lsoa11", "S", 0.5),
        *((old, DISTRICT_ABROAD, "lad", "M", 1.0) for old in OLD_DISTRICTS),
        ("E08800001", WEST, "lad", "X", 1.0),
    ]
    columns = ["old_code", "new_code", "old_level", "change", "share"]
    return pd.DataFrame(rows, columns=columns)


def _make_neighbourhoods() -> pd.DataFrame:
    rows = [
        (code, residents, households, district, msoa)
        for code, (msoa, _, district, residents, households) in NEIGHBOURHOODS.items()
    ]
    rows.append((ABROAD, 2_000.0, 1_000.0, DISTRICT_ABROAD, "E02900009"))
    columns = ["area_code", "residents", "households", "lad24", "msoa21"]
    return pd.DataFrame(rows, columns=columns).set_index("area_code")


def make_native(
    level: str, rows: Mapping[str, Any], period: str = PERIOD
) -> pd.DataFrame:
    """Return a native table: code → value, or code → (numerator, denominator).

    With counts the value is 100 × numerator ÷ denominator.
    """
    codes = list(rows)
    columns: dict[str, Any] = {"level": level, "area_code": codes, "period": period}
    if all(isinstance(row, tuple) for row in rows.values()):
        counts = pd.DataFrame(list(rows.values()), dtype=float)
        columns |= {"numerator": counts[0], "denominator": counts[1]}
        columns["value"] = 100 * counts[0] / counts[1]
    else:
        columns["value"] = list(rows.values())
    return native_table(columns)


def similar_area_files() -> dict[str, bytes]:
    """Return the files of similar districts and area classes, traps included.

    They begin with a byte-order mark. Peers lie in all four countries, and one has
    the code that Sheffield got later than our boundaries; the combined authority has
    fewer peers than there are ranks; Scotsborough has no global cluster.
    """
    sheffield, authority, others = "E08000039", "E47900001", ("E47900002", "E47900003")
    abroad = list(UK_DISTRICTS)
    peers = {
        WEST: [EAST, sheffield, *abroad[-18:]],
        EAST: [*abroad[-19:], WEST],
        sheffield: [WEST, EAST, *abroad[:18]],
        authority: [*others, *[""] * 18],
    }
    ranks = ",".join(str(rank) for rank in range(1, 21))
    rows = [",".join([code, *row]) for code, row in peers.items()]
    neighbours = _with_byte_order_mark(["AREACD," + ranks, *rows])
    names = {
        WEST: '"Westborough, County of"',
        EAST: "Eastborough",
        sheffield: "Sheffield",
        **UK_DISTRICTS,
    }
    letters = [
        f"{code},{name},{'[x]' if code == 'S12900001' else 'A'},B,C"
        for code, name in names.items()
    ]
    header = "AREACD,AREANM,Global,Economic,Demographic"
    subgroup = {"Subgroup": "4c2", "Group": "4c", "Supergroup": "4"}
    classes = {"geography_code": list(NEIGHBOURHOODS), **subgroup}
    return {
        **dict.fromkeys(NEIGHBOURS.values(), neighbours),
        CLUSTERS: _with_byte_order_mark([header, *letters]),
        AREA_CLASSES: as_parquet(classes),
    }


def as_parquet(table: pd.DataFrame | dict[str, Any]) -> bytes:
    body = io.BytesIO()
    pd.DataFrame(table).to_parquet(body)
    return body.getvalue()


def _with_byte_order_mark(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8-sig")


def write_sources(
    folder: Path, contents: Mapping[str, bytes], drop: Iterable[str] = ()
) -> Path:
    """Write a sources folder whose manifest tells the truth; leave out some files."""
    rows = []
    for file, content in contents.items():
        rows.append(
            {
                "file": file,
                "publisher": "Office for Tests",
                "title": file,
                "licence": "OGL",
                "attribution": "Source: Office for Tests.",
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
        if file not in drop:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(rows).to_csv(folder / "MANIFEST.csv", index=False)
    return folder
