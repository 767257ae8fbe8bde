"""The command line: sentences to stderr, exit codes for scripts, checks of the data."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import lpipgeo
from lpipgeo.boundary_sets import read_register
from lpipgeo.cli import OK, PROBLEMS, USAGE, main
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.licences import licences_markdown
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.paths import PROJECT
from tests.unit.csv_reading import rows


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
