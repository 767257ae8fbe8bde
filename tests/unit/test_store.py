"""The door to data/: missing and damaged files are said in a sentence."""

from __future__ import annotations

import shutil

import pytest

from lpipgeo.errors import DataMissingError
from lpipgeo.paths import PROJECT, data_dir
from lpipgeo.store import open_store
from tests import factories


@pytest.fixture
def own_data(tiny_data, tmp_path):
    """A copy of the tiny data that a test may damage."""
    return shutil.copytree(tiny_data, tmp_path / "data")


def test_folder_is_the_argument_then_the_environment_then_the_projects(
    monkeypatch, tmp_path
):
    monkeypatch.delenv("LPIPGEO_DATA", raising=False)
    assert data_dir() == PROJECT / "data"
    monkeypatch.setenv("LPIPGEO_DATA", str(tmp_path))
    assert data_dir() == tmp_path
    assert data_dir("elsewhere").name == "elsewhere"


def test_one_store_serves_all_ways_to_name_its_folder(tiny_data):
    assert open_store(tiny_data) is open_store(f"{tiny_data}/../{tiny_data.name}")


def test_whole_table_is_read(tiny_data):
    table = open_store(tiny_data).table("areas/areas.parquet")
    assert table["area_code"].tolist() == factories.make_areas()["area_code"].tolist()


def test_missing_file_is_named_with_the_way_to_restore_it(own_data):
    (own_data / "areas/parents.parquet").unlink()
    with pytest.raises(DataMissingError, match=r"areas/parents\.parquet.*git checkout"):
        open_store(own_data).table("areas/parents.parquet")


@pytest.mark.parametrize("body", [b"", b"not a table", b"PAR1 cut off"])
def test_damaged_file_is_said_without_a_traceback(own_data, body):
    (own_data / "areas/parents.parquet").write_bytes(body)
    with pytest.raises(DataMissingError, match="cannot be read"):
        open_store(own_data).table("areas/parents.parquet")


def test_text_from_outside_is_a_parameter_and_never_sql(tiny_data):
    store = open_store(tiny_data)
    found = store.query(
        "SELECT postcode FROM read_parquet($file) WHERE postcode = $postcode",
        {
            "file": store.file("areas/postcodes.parquet"),
            "postcode": "' OR 1=1; DROP TABLE x; --",
        },
    )
    assert len(found) == 0
