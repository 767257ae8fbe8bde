"""The command `profile`: tables of one area, and printed ones of several."""

from __future__ import annotations

import csv
import io
import json

import pytest

import lpipgeo
from lpipgeo.cli import OK, USAGE
from tests.unit.csv_reading import rows


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
