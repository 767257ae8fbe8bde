"""The command line: tables out, sentences to stderr, exit codes for scripts."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import lpipgeo
from lpipgeo.boundary_sets import read_register
from lpipgeo.cli import OK, PROBLEMS, USAGE, main
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.licences import licences_markdown
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.paths import PROJECT


@pytest.fixture
def run(capsys):
    """Return a function that runs a command: exit code, stdout, stderr."""

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_catalogue_lists_every_indicator(run):
    code, out, err = run("catalogue")
    ids = [row["indicator_id"] for row in rows(out)]
    assert (code, err) == (OK, "")
    assert ids == lpipgeo.catalogue()["indicator_id"].tolist()


def test_catalogue_of_one_theme_holds_only_that(run):
    _, out, _ = run("catalogue", "--theme", "green_economy", "--format", "json")
    assert {row["theme"] for row in json.loads(out)} == {"green_economy"}


def test_catalogue_of_an_unknown_theme_is_refused(run):
    assert run("catalogue", "--theme", "green") == (
        USAGE,
        "",
        "No indicator has the theme 'green'.\n",
    )


def test_areas_are_listed_with_their_larger_areas(run):
    code, out, _ = run("areas", "--level", "lad24")
    found = {row["area_code"]: row for row in rows(out)}
    assert (code, len(found)) == (OK, 30)
    assert found["E08000025"]["subregion"] == "WMS000001"


def test_areas_may_reach_beyond_the_region(run):
    _, out, _ = run("areas", "--level", "rgn", "--all-england")
    assert len(rows(out)) == 9


def test_profile_lists_every_indicator_of_an_area(run):
    code, out, err = run("profile", "E08000028", "--benchmark", "subregion")
    found = {row["indicator_id"]: row for row in rows(out)}
    assert (code, err) == (OK, "")
    assert list(found) == lpipgeo.profile("E08000028")["indicator_id"].tolist()
    assert found["no_qualifications"]["outcome"] == "worse"


def test_profile_as_json_has_nulls_and_whole_ranks(run):
    _, out, _ = run("profile", "E08000028", "--format", "json")
    found = {row["indicator_id"]: row for row in json.loads(out)}
    assert found["no_qualifications"]["district"] is None
    assert isinstance(found["no_qualifications"]["rank"], int)


@pytest.mark.parametrize(
    ("area", "benchmark", "sentence"),
    [
        ("E99999999", "rgn", "Unknown area 'E99999999'."),
        ("E08000028", "lad24", "has no larger area of the level 'lad24'"),
        ("E08000028", "Dudley", "Unknown area 'Dudley'."),
        ("WMS000002", "similar", "known for districts and neighbourhoods"),
        ("E08000028", "E08000025,E08000027", "a group needs at least 4"),
    ],
)
def test_profile_of_something_unknown_is_refused(run, area, benchmark, sentence):
    code, out, err = run("profile", area, "--benchmark", benchmark)
    assert (code, out) == (USAGE, "")
    assert sentence in err


def test_profile_is_compared_with_a_group_of_areas(run):
    group = "E08000025,E08000027,E08000030,E08000031"
    code, out, _ = run("profile", "E08000028", "--benchmark", group)
    rows = {row["indicator_id"]: row for row in csv.DictReader(io.StringIO(out))}
    assert code == OK
    assert rows["no_qualifications"]["compared"] == "4"


def test_profiles_of_several_areas_are_one_pdf(run, tmp_path):
    path = tmp_path / "profiles.pdf"
    code, out, err = run(
        *("profile", "E08000027", "E08000028", "--benchmark", "rgn"),
        *("--printed-on", "2026-03-05", "-o", str(path)),
    )
    assert (code, out, err) == (OK, "", "")
    assert path.read_bytes().startswith(b"%PDF-")


def test_profile_as_web_page_leads_to_the_address_given(run):
    address = "https://places.example.org"
    code, out, _ = run(
        *("profile", "E08000027", "--format", "html", "--address", address)
    )
    assert code == OK
    assert f'href="{address}/area_profile?area=E08000027"' in out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["E08000028", "--format", "csv"], "CSV is of one area."),
        (["--format", "pdf", "--address", "places"], "not the address of a dashboard"),
        (["E99999999", "--format", "html"], "Unknown area 'E99999999'."),
    ],
)
def test_printed_profile_that_cannot_be_made_is_refused(run, options, sentence):
    code, out, err = run("profile", "E08000027", *options)
    assert (code, out) == (USAGE, "")
    assert sentence in err


def test_peers_of_a_district_are_listed_nearest_first(run):
    code, out, err = run("peers", "E08000028", "--kind", "demographic")
    found = rows(out)
    assert (code, err, len(found)) == (OK, "", 20)
    assert [row["rank"] for row in found] == [str(rank) for rank in range(1, 21)]
    assert {row["in_data"] for row in found} <= {"True", "False"}
    _, default, _ = run("peers", "E08000028", "--format", "json")
    first = lpipgeo.peers("E08000028", "global").loc[0, "peer_code"]
    assert json.loads(default)[0]["peer_code"] == first


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["E08000028", "--kind", "economy"], "Unknown kind of peers 'economy'."),
        (["E99999999"], "Unknown area 'E99999999'."),
        (["E01008881"], "Yardley 067A (E01008881) is no district of the region"),
    ],
    ids=["kind", "area", "neighbourhood"],
)
def test_peers_that_cannot_be_told_are_a_sentence(run, arguments, sentence):
    code, out, err = run("peers", *arguments)
    assert (code, out) == (USAGE, "")
    assert err.startswith(sentence)


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


@pytest.mark.parametrize(
    "arguments", [[], ["tabel"], ["table"], ["table", "--format", "doc"]]
)
def test_unusable_command_is_explained_by_the_parser(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == USAGE
    assert "usage: python -m lpipgeo" in capsys.readouterr().err


def test_version_is_that_of_the_library(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.strip() == lpipgeo.__version__


def test_another_data_folder_may_be_named(run, tiny_data):
    _, out, _ = run("--data", tiny_data, "catalogue")
    assert [row["indicator_id"] for row in rows(out)] == ["tiny_share"]


@pytest.fixture
def damaged(tiny_data, tmp_path) -> Path:
    folder = shutil.copytree(tiny_data, tmp_path / "data")
    (folder / "indicators/tiny_share.parquet").write_bytes(b"not a table")
    return folder


def test_damaged_data_is_exit_code_1(run, damaged):
    given = ["table", "--indicator", "tiny_share", "--level", "lad24"]
    code, out, err = run("--data", damaged, *given)
    assert (code, out) == (PROBLEMS, "")
    assert err.startswith("A data file cannot be read")


def test_missing_data_is_exit_code_1(run, tmp_path):
    assert run("--data", tmp_path / "none", "areas")[0] == PROBLEMS


def test_check_lists_the_problems_and_counts_them(run, damaged):
    code, out, err = run("--data", damaged, "check")
    assert (code, out) == (PROBLEMS, "")
    *problems, count = err.splitlines()
    assert any("tiny_share.parquet" in problem for problem in problems)
    assert count.startswith(f"{damaged}: ")
    assert count.endswith(" problems.")


def test_check_of_sound_data_is_exit_code_0(run, monkeypatch, tiny_data):
    monkeypatch.setattr("lpipgeo.build.check.check", lambda folder: [])
    assert run("--data", tiny_data, "check") == (OK, "", f"{tiny_data}: no problems.\n")


def test_licences_are_those_of_the_records(run):
    expected = licences_markdown(
        read_catalogue().indicators, read_overlays(), read_register()
    )
    assert run("licences") == (OK, expected, "")


def test_reader_that_goes_away_is_no_error():
    command = [sys.executable, "-m", "lpipgeo", "table", "--indicator", "imd_score"]
    with subprocess.Popen(
        [*command, "--level", "lsoa21"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        head = process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
    assert head.startswith("indicator_id,indicator,area_code")
    assert (process.returncode, err) == (OK, "")


def test_trial_of_one_indicator_prints_what_it_covers(run, sources_dir, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(PROJECT / "data", data)
    (data / "indicators" / "no2.parquet").unlink()
    code, out, _ = run(
        "--data", data, "build", "--sources", sources_dir, "--try", "no2"
    )
    assert (code, out.splitlines()[-1]) == (OK, "No problems.")
    lines = [line.split()[:4] for line in out.splitlines()]
    assert ["no2", "lsoa21", "2021-01-01/P3Y", "3574"] in lines
    assert not (data / "indicators" / "no2.parquet").exists()


def test_overlays_are_listed_and_one_is_written(run, tmp_path):
    _, out, _ = run("overlays")
    assert "museums" in {row["overlay_id"] for row in rows(out)}

    _, out, _ = run("overlays", "--id", "museums")
    first = rows(out)[0]
    assert 51.8 < float(first["lat"]) < 53.3

    path = tmp_path / "museums.geojson"
    run("overlays", "--id", "museums", "--format", "geojson", "-o", path)
    assert len(gpd.read_file(path)) == len(lpipgeo.overlay("museums"))


def test_overlay_that_is_unknown_or_unnamed_is_told(run):
    code, _, err = run("overlays", "--id", "musems")
    assert (code, "'museums'" in err) == (USAGE, True)

    for unknown in ("foo", ""):
        code, out, err = run("overlays", "--id", unknown)
        assert (code, out) == (USAGE, "")
        assert err.startswith(f"Unknown overlay '{unknown}'. Use: ")
        assert "Museums (museums)" in err

    code, _, err = run("overlays", "--format", "geojson")
    assert (code, "add --id" in err) == (USAGE, True)
