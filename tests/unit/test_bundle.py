"""The bundle: everything to read, check, cite and rebuild a table."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import date

import frictionless
import pandas as pd
import pytest
import yaml

from lpipgeo import bundle
from lpipgeo.bundle import make_bundle
from lpipgeo.data_version import data_version
from lpipgeo.errors import SelectionError
from lpipgeo.paths import PROJECT
from lpipgeo.table_query import parse_query, read_query

WMCA = "E08000025,E08000026,E08000027,E08000028,E08000029,E08000030,E08000031"
TWELVE = (
    "fuel_poverty,no_qualifications,claimant_count_rate,employment_rate,gva_per_hour,"
    "gdhi_per_head,ghg_per_head,recycling_rate,life_satisfaction,median_weekly_pay,"
    "gcse_english_maths,good_health"
)
LONG = {"indicator": TWELVE, "area": WMCA, "level": "lad24", "period": "all"}
WIDE = {**LONG, "shape": "wide"}
SORTED = {
    "indicator": "imd_rank",
    "level": "lsoa21",
    "within": "E08000028",
    "sort": "-value",
}
DAY = date(2026, 11, 23)
ADDRESS = "https://places.example.org/data?indicators=fuel_poverty"


@pytest.fixture(
    scope="module", params=[LONG, WIDE, SORTED], ids=["long", "wide", "sorted"]
)
def query(request):
    return parse_query(request.param)


@pytest.fixture(scope="module")
def body(query):
    return make_bundle(query, address=ADDRESS, made_on=DAY)


@pytest.fixture(scope="module")
def unpacked(body, tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("bundle")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    return tmp_path


def test_every_file_has_the_checksum_that_is_written(unpacked):
    lines = (unpacked / "SHA256SUMS").read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    found = {path.name for path in unpacked.iterdir()} - {"SHA256SUMS"}
    assert set(sums) == found
    for name, digest in sums.items():
        assert hashlib.sha256((unpacked / name).read_bytes()).hexdigest() == digest


def test_the_script_inside_makes_the_same_table_again(unpacked, query, tmp_path):
    given = (unpacked / "table.csv").read_bytes()
    run = [sys.executable, "-W", "error", str(unpacked / "rebuild.py")]
    subprocess.run(run, cwd=tmp_path, env={"PYTHONPATH": str(PROJECT)}, check=True)
    assert (tmp_path / "table.csv").read_bytes() == given
    parquet = pd.read_parquet(unpacked / "table.parquet")
    pd.testing.assert_frame_equal(parquet, read_query(query), check_dtype=False)


def test_the_data_package_is_valid_and_its_table_fits_it(unpacked):
    package = frictionless.Package(str(unpacked / "datapackage.json"))
    assert package.validate().flatten(["type", "message"]) == []


def test_it_says_what_was_asked_and_of_which_version(unpacked, query):
    said = json.loads((unpacked / "query.json").read_text())
    assert parse_query(said["parameters"]) == query
    assert said["data_version"] == data_version()
    assert said["address"] == ADDRESS
    assert said["made_on"] == "2026-11-23"
    assert said["rows"] == len(pd.read_csv(unpacked / "table.csv", low_memory=False))


def test_every_column_and_indicator_is_explained(unpacked, query):
    table = pd.read_csv(unpacked / "table.csv", low_memory=False)
    dictionary = pd.read_csv(unpacked / "dictionary.csv")
    assert dictionary["column"].tolist() == table.columns.tolist()
    assert dictionary["meaning"].notna().all()
    indicators = pd.read_csv(unpacked / "indicators.csv")
    assert tuple(indicators["indicator_id"]) == query.indicator
    assert indicators[["definition", "unit", "licence"]].notna().all(axis=None)


def test_it_can_be_cited(unpacked):
    cited = yaml.safe_load((unpacked / "CITATION.cff").read_text())
    assert cited["cff-version"] == "1.2.0"
    assert cited["date-released"] == DAY
    assert data_version() in (unpacked / "citation.bib").read_text()
    assert ADDRESS in (unpacked / "citation.txt").read_text()


def test_the_same_query_gives_the_same_bytes(query, body):
    assert make_bundle(query, address=ADDRESS, made_on=DAY) == body


def test_too_large_a_table_is_refused_with_a_way_on(query, monkeypatch):
    monkeypatch.setattr(bundle, "MAX_ROWS", 3)
    with pytest.raises(SelectionError, match=r"python -m lpipgeo table .*parquet"):
        make_bundle(query)


def test_a_citation_names_only_what_the_table_holds():
    asked = {"indicator": "no2,heat_risk", "area": "E08000025,E08000028"}
    body = make_bundle(parse_query(asked), address="http://127.0.0.1:8501/data?x=1")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        cited = archive.read("citation.txt").decode()
        readme = archive.read("README.md").decode()
        said = json.loads(archive.read("query.json"))
    assert "Nitrogen dioxide, annual mean, Birmingham and Sandwell" in cited
    assert "more" not in cited
    assert "127.0.0.1" not in cited  # nobody else reaches it
    assert "No rows for Heat risk class (held for MSOAs)." in readme
    assert said["indicators_without_rows"] == ["heat_risk"]


def test_two_tables_have_different_keys_in_a_list_of_references():
    keys = set()
    for name in ("no2", "pm25"):
        body = make_bundle(parse_query({"indicator": name, "level": "lad24"}))
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            keys.add(archive.read("citation.bib").decode().splitlines()[0])
    assert len(keys) == 2
