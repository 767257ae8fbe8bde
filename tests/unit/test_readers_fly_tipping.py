"""Fly-tipping, and the OpenDocument workbook that it comes in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.frame import Frame
from lpipgeo.build.ods import read_ods_sheet
from lpipgeo.build.readers import fly_tipping
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from lpipgeo.levels import ENGLAND, REGION
from tests.build_factories import DISTRICT_ABROAD, OLD_DISTRICTS, write_sources
from tests.factories import EAST, WEST, make_indicator

TIPPING = "defra_flytipping/flytipping_la.ods"


def make_ods(rows: list[list[str]], sheet: str = "LA_incidents") -> bytes:
    """Make a workbook of two sheets; numbers are shown rounded, as Defra shows them."""
    lines = []
    for row in [["Title"], [], *rows]:
        cells = "".join(
            f'<t:table-cell o:value-type="float" o:value="{text}"><x:p>~</x:p>'
            "</t:table-cell>"
            if text.replace(".", "").isdigit()
            else f"<t:table-cell><x:p>{text}</x:p></t:table-cell>"
            for text in row
        )
        edge = '<t:table-cell t:number-columns-repeated="16339"/>'
        lines.append(f"<t:table-row>{cells}{edge}</t:table-row>")
    lines.append(
        '<t:table-row t:number-rows-repeated="1044931">'
        '<t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    text = (
        f'<d xmlns:t="{names}:table:1.0" xmlns:o="{names}:office:1.0" '
        f'xmlns:x="{names}:text:1.0">'
        '<t:table t:name="Notes"><t:table-row><t:table-cell><x:p>No</x:p>'
        "</t:table-cell></t:table-row></t:table>"
        f'<t:table t:name="{sheet}">{"".join(lines)}</t:table></d>'
    )
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as book:
        book.writestr("content.xml", text)
    return body.getvalue()


TIPPING_HEADER = [
    *("Year", "ONS Code", "LA Name", "Region", "Total Incidents"),
    "Mid population estimates",
]


def read_tipping(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    """Read lines of: year, code, region, incidents, people."""
    rows = [line.split(",") for line in lines]
    rows = [[row[0], row[1], "Name ", *row[2:]] for row in rows]
    content = make_ods([TIPPING_HEADER, *rows])
    sources = Sources(write_sources(folder, {TIPPING: content}))
    record = make_indicator(
        multiplier=1000,
        finest_level="lad24",
        build={"reader": "fly_tipping", "years": ["2021-22", "2022-23"]},
    )
    return fly_tipping.read(record, sources, frame).set_index("area_code")


def test_tipping_is_per_thousand_of_the_population_beside_it(
    tmp_path: Path, frame: Frame
) -> None:
    row = read_tipping(tmp_path, frame, f"2022-23,{WEST},West Midlands,50,2000").loc[
        WEST
    ]
    assert row[["value", "period", "status"]].to_list() == [
        25,
        "2022-04-01/P1Y",
        "published",
    ]


def test_tipping_totals_are_regions_and_england(tmp_path: Path, frame: Frame) -> None:
    lines = (
        "2022-23,*Total,West Midlands,60,2000",
        "2022-23,*Total,*Total England,9,900",
    )
    found = read_tipping(tmp_path, frame, *lines)
    assert found["level"].to_dict() == {REGION: "rgn", ENGLAND: "ctry"}


def test_tipping_years_without_a_population_are_not_read(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (f"2012-13,{WEST},East,50,:", f"2022-23,{WEST},East,50,2000")
    assert list(read_tipping(tmp_path, frame, *lines)["period"]) == ["2022-04-01/P1Y"]


def test_tipping_colon_is_no_figure_and_never_nought(
    tmp_path: Path, frame: Frame
) -> None:
    """As Hackney in 2021-22; adding up former districts must not take it for 0."""
    lines = [f"2022-23,{WEST},East,:,2000", f"2022-23,{EAST},East,4,2000"]
    lines += [f"2022-23,{OLD_DISTRICTS[0]},East,:,10"]
    lines += [f"2022-23,{OLD_DISTRICTS[1]},East,5,10"]
    assert list(read_tipping(tmp_path, frame, *lines).index) == [EAST]


def test_tipping_of_former_districts_is_added_up(tmp_path: Path, frame: Frame) -> None:
    lines = [f"2022-23,{code},East,5,100" for code in OLD_DISTRICTS]
    row = read_tipping(tmp_path, frame, *lines).loc[DISTRICT_ABROAD]
    assert row[["value", "status"]].to_list() == [50, "aggregated"]


def test_ods_without_the_sheet_or_a_column_says_so(tmp_path: Path) -> None:
    contents = {"a.ods": make_ods([["A", "B"], ["1", "2"]]), "b.ods": b"no workbook"}
    sources = Sources(write_sources(tmp_path, contents))
    with pytest.raises(SourceError, match="lacks a sheet"):
        read_ods_sheet(sources, "a.ods", "Other", 2, ["A"])
    with pytest.raises(SourceError, match="expected a column 'C'"):
        read_ods_sheet(sources, "a.ods", "LA_incidents", 2, ["C"])
    with pytest.raises(SourceError, match="cannot be read"):
        read_ods_sheet(sources, "b.ods", "LA_incidents", 2, ["A"])
