"""Private outdoor space: all homes of a workbook, none of other nations."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pandas as pd

from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import outdoor_space
from lpipgeo.levels import ENGLAND, REGION
from tests.build_factories import MSOAS
from tests.factories import EAST, WEST
from tests.unit.reading import read

HOMES, WITH = "Address count", "Adress with private outdoor space count"


def gardens(
    folder: Path, frame: Frame, districts: dict[str, tuple[int, int]]
) -> pd.DataFrame:
    """Read a workbook; the sheets of larger areas hold houses, flats and all homes."""
    body = io.BytesIO()
    with pd.ExcelWriter(body, engine="openpyxl") as book:
        for sheet, code, rows in (
            ("MSOA gardens", "MSOA code", {MSOAS[0]: (10, 9), "W02000001": (10, 1)}),
            ("LAD gardens", "LAD code", districts),
        ):
            lines = [[code, HOMES, WITH], *([c, *n] for c, n in rows.items())]
            pd.DataFrame(lines).to_excel(
                book, sheet_name=sheet, header=False, index=False
            )
        for sheet, blanks, code in (
            ("Region gardens", 2, REGION),
            ("Country gardens", 0, ENGLAND),
        ):
            filler = [None] * blanks
            lines = [
                ["Country code", *filler, "Houses", None, "Flats", None, "Total", None],
                [None, *filler, *[HOMES, WITH] * 3],
                [ENGLAND if blanks else code, *filler, 1, 1, 2, 1, 3, 2],
            ]
            if blanks:
                lines[2][2] = code
            pd.DataFrame(lines).to_excel(
                book, sheet_name=sheet, header=False, index=False
            )
    file = "ons_green_space/private_outdoor_space_2020.xlsx"
    return read(outdoor_space.read, folder, frame, {file: body.getvalue()})


def test_all_homes_are_meant_not_houses_or_flats(tmp_path: Path, frame: Frame) -> None:
    found = gardens(tmp_path, frame, {WEST: (50, 40), EAST: (50, 30)})
    counts = found.loc[[REGION, ENGLAND], ["numerator", "denominator"]]
    assert counts.to_numpy().tolist() == [[2, 3], [2, 3]]


def test_outdoor_space_is_a_share_of_homes_in_england(
    tmp_path: Path, frame: Frame
) -> None:
    found = gardens(tmp_path, frame, {WEST: (50, 40), "S12000033": (50, 30)})
    assert found["value"].drop([REGION, ENGLAND]).to_dict() == {MSOAS[0]: 90, WEST: 80}


def test_buckinghamshire_is_made_of_its_former_districts(
    tmp_path: Path, frame: Frame
) -> None:
    bucks = {"area_code": ["E06000060"], "levels": ["lad24"], "in_region": [False]}
    frame = replace(frame, areas=pd.concat([frame.areas, pd.DataFrame(bucks)]))
    former = {f"E0700000{n}": (10, n) for n in (4, 5, 6, 7)}
    row = gardens(tmp_path, frame, {WEST: (50, 40), **former}).loc["E06000060"]
    assert row[["numerator", "denominator", "status"]].to_list() == [
        22,
        40,
        "aggregated",
    ]
