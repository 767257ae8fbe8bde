"""The command `table`: what it holds, and files in the format of their ending."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest

from lpipgeo.cli import OK, USAGE
from tests.unit.csv_reading import rows


def test_table_is_csv_on_standard_output(run):
    code, out, err = run("table", "--indicator", "fuel_poverty", "--level", "lad24")
    assert (code, err) == (OK, "")
    assert len(rows(out)) == 30
    assert {row["unit"] for row in rows(out)} == {"%"}


def test_table_may_be_json(run):
    given = ["--indicator", "no2, fuel_poverty", "--area", "E08000025,E12000005"]
    _, out, _ = run("table", *given, "--format", "json")
    assert [(row["indicator_id"], row["area_code"]) for row in json.loads(out)] == [
        ("fuel_poverty", "E08000025"),
        ("fuel_poverty", "E12000005"),
        ("no2", "E08000025"),
        ("no2", "E12000005"),
    ]


def test_table_of_several_periods_holds_those(run):
    periods = "2019-01-01/P1Y,2022-01-01/P1Y"
    given = ["--indicator", "fuel_poverty", "--level", "rgn", "--period", periods]
    _, out, _ = run("table", *given)
    assert [row["period"] for row in rows(out)] == periods.split(",")


def test_table_inherits_only_when_asked(run):
    given = ["table", "--indicator", "employment_rate", "--level", "msoa21"]
    code, out, err = run(*given)
    assert (code, rows(out)) == (OK, [])
    assert err.startswith("No observation matches; the table has only its headers.\n")
    assert "Employment rate, 16 to 64 (held for districts, " in err
    _, out, _ = run(*given, "--inherit")
    assert {row["status"] for row in rows(out)} == {"inherited"}


def test_highest_first_is_asked_for_as_the_help_says(run):
    given = ["table", "--indicator", "no2", "--level", "lad24", "--sort", "-value"]
    values = [float(row["value"]) for row in rows(run(*given)[1])]
    assert values == sorted(values, reverse=True)


def test_table_is_written_to_a_file(run, tmp_path):
    target = tmp_path / "districts.gpkg"
    given = ["--indicator", "no2", "--level", "lad24", "--format", "gpkg"]
    assert run("table", *given, "-o", target) == (OK, "", "")
    assert len(gpd.read_file(target)) == 30


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("t.xlsx", lambda path: pd.read_excel(path, sheet_name="data")),
        ("t.csv", pd.read_csv),
        ("T.CSV", pd.read_csv),
        ("t.json", pd.read_json),
        ("t.parquet", pd.read_parquet),
        ("t.geojson", gpd.read_file),
        ("t.gpkg", gpd.read_file),
    ],
)
def test_ending_of_the_file_says_its_format(run, tmp_path, name, read):
    given = ["--indicator", "no2", "--level", "lad24", "-o", tmp_path / name]
    assert run("table", *given) == (OK, "", "")
    assert len(read(tmp_path / name)) == 30


def test_format_that_is_given_wins_over_the_ending(run, tmp_path):
    target = tmp_path / "table.txt"
    given = ["--indicator", "no2", "--level", "rgn", "--format", "csv", "-o", target]
    assert run("table", *given) == (OK, "", "")
    assert len(rows(target.read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize(
    ("command", "name", "sentence"),
    [
        (
            ["table", "--indicator", "no2", "--level", "rgn"],
            "table.xls",
            "The format of table.xls is not clear. Add --format, or end the name in "
            ".csv, .json, .parquet, .xlsx, .geojson, .gpkg or .zip.\n",
        ),
        (
            ["catalogue"],
            "catalogue",
            "The format of catalogue is not clear. Add --format, or end the name in "
            ".csv or .json.\n",
        ),
        (
            ["areas"],
            "areas.xlsx",
            "The format of areas.xlsx is not clear. Add --format, or end the name in "
            ".csv or .json.\n",
        ),
    ],
)
def test_unknown_ending_is_refused_and_nothing_written(
    run, tmp_path, command, name, sentence
):
    assert run(*command, "-o", tmp_path / name) == (USAGE, "", sentence)
    assert not (tmp_path / name).exists()


def test_period_and_codes_may_be_written_as_people_do(run):
    given = ["--indicator", "fuel_poverty", "--period", "2019,2022"]
    code, out, err = run("table", *given, "--area", "e08000028")
    assert (code, err) == (OK, "")
    assert [(row["area_code"], row["period"]) for row in rows(out)] == [
        ("E08000028", "2019-01-01/P1Y"),
        ("E08000028", "2022-01-01/P1Y"),
    ]


def test_geopackage_on_standard_output_is_refused_kindly(run):
    given = ["--indicator", "no2", "--level", "lad24", "--format", "gpkg"]
    assert run("table", *given) == (
        USAGE,
        "",
        "A GeoPackage needs a file: add --output NAME.gpkg.\n",
    )


def test_file_that_cannot_be_written_is_said(run, tmp_path):
    target = tmp_path / "none" / "table.csv"
    code, out, err = run("table", "--indicator", "no2", "--level", "rgn", "-o", target)
    assert (code, out) == (USAGE, "")
    assert err == f"Cannot write {target}: No such file or directory.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--indicator", "fuel_povrty", "--level", "lad24"],
            "Unknown indicator 'fuel_povrty'. Did you mean 'fuel_poverty' (House",
        ),
        (
            ["--indicator", "no2", "--level", "lad2"],
            "Unknown level 'lad2'. Did you mean 'lad24'",
        ),
        (
            ["--indicator", "no2", "--area", "E08000925"],
            "Unknown area 'E08000925'. Did you mean 'E08000025'",
        ),
        (
            ["--indicator", "no2", "--level", "lad24", "--period", "2021"],
            "Unknown period '2021'.",
        ),
        (["--indicator", "no2"], "Say which areas you want"),
        (
            ["--indicator", "no2", "--area", "E08000025,E47000007", "--format=geojson"],
            "For geojson, say the level whose shapes to add.",
        ),
    ],
    ids=["indicator", "level", "area", "period", "neither", "shapes"],
)
def test_wrong_argument_is_a_sentence_and_exit_code_2(run, arguments, sentence):
    code, out, err = run("table", *arguments)
    assert (code, out) == (USAGE, "")
    assert err.startswith(sentence)
    assert "Traceback" not in err
