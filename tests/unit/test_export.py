"""Tables to take away: complete, harmless in a spreadsheet, with shapes on request."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from geopandas.testing import assert_geoseries_equal

import lpipgeo
from lpipgeo.boundary_sets import find_boundary_set
from lpipgeo.cli import TABLE_FORMATS
from lpipgeo.errors import SelectionError
from lpipgeo.export import (
    BAND_CAUTION,
    FORMATS,
    UnknownFormatError,
    make_table,
    safe_cells,
    to_bytes,
)
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.statuses import STATUSES
from lpipgeo.table_sources import SOURCE_COLUMNS
from tests import factories

HEADERS = [
    "indicator_id",
    "indicator",
    "area_code",
    "area_name",
    "district",
    "level",
    "period",
    "period_label",
    "value",
    "unit",
    "numerator",
    "denominator",
    "lower_ci",
    "upper_ci",
    "status",
    "band",
    "caution",
    "source",
    "licence",
]


@pytest.fixture(scope="module")
def table(tiny_data):
    return make_table("tiny_share", "lsoa21", data=tiny_data)


def risky(text):
    return pd.DataFrame({"area_name": [text, "Square"], "value": [-1.5, 2.0]})


def test_table_stands_alone(table):
    first = table.iloc[0]
    assert table.columns.tolist() == HEADERS
    assert first[["area_name", "district", "level", "period_label"]].tolist() == [
        "Square 1",
        "Westborough",
        "lsoa21",
        "21 March 2021",
    ]
    assert first[["value", "unit", "status"]].tolist() == [10.0, "%", "published"]
    assert first["source"] == "Office for Tests: Squares 2021"
    assert first["licence"] == "Open Government Licence v3.0"


def test_table_without_a_level_names_each_areas_own(tiny_data):
    codes = ["E12000005", "E01900001"]
    found = make_table("tiny_share", areas=codes, data=tiny_data)
    assert found["level"].tolist() == ["lsoa21", "rgn"]


def test_library_offers_the_same_table(table, tiny_data):
    pd.testing.assert_frame_equal(
        lpipgeo.table("tiny_share", "lsoa21", data=tiny_data), table
    )


def test_command_line_knows_every_format():
    assert (*FORMATS, "zip") == TABLE_FORMATS  # a bundle is made of a query


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("Square\r\n=1,2", "Square =1,2"),
        ("A = 1", "A = 1"),
    ],
)
def test_text_like_a_formula_is_inert_in_csv(text, cell):
    lines = list(csv.reader(to_bytes(risky(text), "csv").decode().splitlines()))
    assert lines == [["area_name", "value"], [cell, "-1.5"], ["Square", "2.0"]]


def test_numbers_below_zero_stay_numbers_in_csv():
    back = pd.read_csv(io.BytesIO(to_bytes(risky("=1"), "csv")))
    assert back["value"].tolist() == [-1.5, 2.0]


def test_making_cells_safe_leaves_the_table_and_its_gaps_alone():
    given = pd.DataFrame({"district": ["=1", None, "Square"]})
    safe = safe_cells(given)
    assert safe["district"].isna().tolist() == [False, True, False]
    assert given["district"].iloc[0] == "=1"


def test_csv_is_read_back_as_it_was(table):
    back = pd.read_csv(io.BytesIO(to_bytes(table, "csv")))
    empty = ["band", "caution"]  # nothing in them tells what they would hold
    assert back[empty].isna().all(axis=None)
    pd.testing.assert_frame_equal(
        back.drop(columns=empty), table.drop(columns=empty), check_dtype=False
    )


def test_csv_leaves_missing_cells_empty(table):
    last = to_bytes(table, "csv").decode().splitlines()[-1]
    assert "2021-03-21/P1D,21 March 2021,,%,,,,,suppressed," in last


def test_json_has_null_where_a_value_is_missing(table):
    rows = json.loads(to_bytes(table, "json"))
    assert [row["value"] for row in rows] == [10.0, 20.0, 30.0, 40.0, 50.0, None]


def test_parquet_is_read_back_as_it_was(table, tiny_data):
    back = pd.read_parquet(io.BytesIO(to_bytes(table, "parquet", data=tiny_data)))
    pd.testing.assert_frame_equal(back, table)


@pytest.fixture(scope="module")
def workbook(table, tiny_data):
    content = to_bytes(table, "xlsx", data=tiny_data)
    return openpyxl.load_workbook(io.BytesIO(content))


def test_workbook_holds_numbers_as_numbers(workbook):
    column = HEADERS.index("value") + 1
    cells = [workbook["data"].cell(row, column).value for row in range(2, 8)]
    assert cells == [10, 20, 30, 40, 50, None]


def test_workbook_keeps_its_header_in_view(workbook):
    assert {sheet.title: sheet.freeze_panes for sheet in workbook} == {
        "cover": None,
        "data": "A2",
        "source": "A2",
        "statuses": "A2",
        "dictionary": "A2",
    }


def test_workbook_has_nothing_merged_and_says_what_its_columns_mean(workbook):
    assert not any(sheet.merged_cells.ranges for sheet in workbook)
    described = [row[0].value for row in workbook["dictionary"].iter_rows(min_row=2)]
    assert described == HEADERS
    assert workbook["cover"]["A1"].value == "Figures of West Midlands places"


def test_workbook_explains_every_status(workbook):
    explained = [row[0].value for row in workbook["statuses"].iter_rows(min_row=2)]
    assert explained == list(STATUSES)


def test_workbook_without_figures_has_no_sheet_on_their_source():
    empty = make_table("imd_rank", "lsoa21", [])
    book = openpyxl.load_workbook(io.BytesIO(to_bytes(empty, "xlsx")))
    assert book.sheetnames == ["cover", "data", "statuses", "dictionary"]


def test_workbook_says_whose_figures_they_are_and_under_which_terms():
    table = make_table(["imd_rank", "no2"], "lsoa21", ["E01008881"], "all")
    book = openpyxl.load_workbook(io.BytesIO(to_bytes(table, "xlsx")))
    assert book.sheetnames == ["cover", "data", "source", "statuses", "dictionary"]
    header, *rows = book["source"].iter_rows(values_only=True)
    assert header == SOURCE_COLUMNS
    found = [dict(zip(header, row, strict=True)) for row in rows]
    records = [read_catalogue().find(name) for name in ("imd_rank", "no2")]
    assert [row["attribution"] for row in found] == [
        source.attribution for record in records for source in record.sources
    ]
    first, last = found[0], found[-1]
    assert (first["period"], last["period"]) == ("2019, 2025", "2021 to 2023")
    assert last["title"] == "Nitrogen dioxide, annual mean"
    assert last["definition"] == records[1].definition
    assert last["licence"].startswith("Open Database Licence")
    assert last["unit"] == "µg/m³"
    assert "Beside a busy road" in last["caveats"]
    assert last["link"] == "https://friendsoftheearth-data.github.io/"


def test_csv_and_json_are_rows_only(table):
    assert to_bytes(table, "csv").decode().count("\n") == 1 + len(table)
    assert len(json.loads(to_bytes(table, "json"))) == len(table)


def test_parquet_carries_its_sources(table, tiny_data):
    back = pd.read_parquet(io.BytesIO(to_bytes(table, "parquet", data=tiny_data)))
    assert back.attrs["sources"][0]["attribution"] == "Source: Office for Tests."
    assert table.attrs == {}


def test_geopackage_carries_the_attribution(tmp_path):
    """In the places that GDAL and QGIS show: description and metadata of the layer."""
    path = tmp_path / "seats.gpkg"
    table = make_table("turnout_2024", "pcon24")
    path.write_bytes(to_bytes(table, "gpkg", level="pcon24"))
    with closing(sqlite3.connect(path)) as database:
        query = "SELECT description FROM gpkg_contents WHERE table_name = 'areas'"
        (described,) = database.execute(query).fetchone()
    kept = pyogrio.read_info(path, layer="areas")["layer_metadata"]
    terms = [
        source.attribution for source in read_catalogue().find("turnout_2024").sources
    ]
    terms.append(find_boundary_set("pcon24").attribution)
    for text in terms:
        assert text in described
        assert text in kept["attribution"]
    assert json.loads(kept["sources"])[-1]["title"] == "Outlines of constituencies"


def test_geojson_carries_the_attribution():
    table = make_table("turnout_2024", "pcon24")
    found = json.loads(to_bytes(table, "geojson", level="pcon24"))
    assert len(found["features"]) == 57
    figures, outlines = found["metadata"]["sources"]
    assert figures["attribution"].startswith("Source: House of Commons Library")
    assert "Crown copyright" in outlines["attribution"]
    assert "best fit of neighbourhoods" in outlines["caveats"]


def test_banded_figures_come_with_their_band_and_a_caution():
    """DESNZ: small-area estimates of fuel poverty show broad patterns only."""
    areas = ["E01008881", "E08000025"]
    table = make_table("fuel_poverty", areas=areas).set_index("area_code")
    neighbourhood, district = table.loc[areas[0]], table.loc[areas[1]]
    low, _, high = neighbourhood["band"].partition(" to ")
    assert float(low) <= neighbourhood["value"] < float(high)
    assert neighbourhood["caution"] == BAND_CAUTION
    assert pd.isna(district[["band", "caution"]]).all()


def test_classes_of_the_publisher_are_named():
    table = make_table("heat_risk", "lsoa21", ["E01008881"], inherit=True)
    names = read_catalogue().find("heat_risk").class_names
    assert table["band"].tolist() == [names[int(table["value"].iloc[0]) - 1]]
    assert table["caution"].isna().all()


@pytest.mark.parametrize("text", ["=1+1", "https://example.org", "@SUM(A1)"])
def test_workbook_has_neither_formulas_nor_links(text):
    book = openpyxl.load_workbook(io.BytesIO(to_bytes(risky(text), "xlsx")))
    cell = book["data"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("file_format", ["geojson", "gpkg"])
def test_geographic_formats_carry_the_shapes(table, tiny_data, file_format, tmp_path):
    path = tmp_path / f"areas.{file_format}"
    path.write_bytes(to_bytes(table, file_format, level="lsoa21", data=tiny_data))
    back = gpd.read_file(path)
    shapes = factories.make_boundaries()
    assert back.crs.to_epsg() == 4326
    assert back["area_code"].tolist() == shapes["area_code"].tolist()
    assert_geoseries_equal(
        back.geometry.normalize(), shapes.geometry.normalize(), check_less_precise=True
    )
    assert back["value"].isna().tolist() == [False] * 5 + [True]


@pytest.mark.parametrize("file_format", ["geojson", "gpkg"])
def test_geographic_formats_need_a_level(table, file_format):
    with pytest.raises(SelectionError, match="say the level"):
        to_bytes(table, file_format)


@pytest.mark.parametrize("file_format", FORMATS)
def test_empty_table_can_be_written_in_every_format(file_format, tiny_data):
    empty = make_table("tiny_share", "lsoa21", [], data=tiny_data)
    assert empty.columns.tolist() == HEADERS
    assert to_bytes(empty, file_format, level="lsoa21", data=tiny_data)


def test_empty_csv_has_its_headers(tiny_data):
    empty = make_table("tiny_share", "lsoa21", [], data=tiny_data)
    assert to_bytes(empty, "csv").decode() == ",".join(HEADERS) + "\n"


def test_unknown_format_is_refused_with_the_nearest(table):
    with pytest.raises(UnknownFormatError, match=r"'xlsx'.*Formats: csv, json"):
        to_bytes(table, "xls")
