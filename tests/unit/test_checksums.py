"""Damaged, missing and half-written files are named, and cost one figure only."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from lpipgeo import store
from lpipgeo.checksums import (
    CHECKSUMS,
    check_checksums,
    read_checksums,
    write_checksums,
)
from lpipgeo.errors import DataMissingError, LpipgeoError, UnknownIndicatorError
from lpipgeo.file_writing import write_file
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.paths import PROJECT
from lpipgeo.store import open_store


@pytest.fixture
def own_data(tmp_path):
    """A copy of the shipped data that a test may damage."""
    return shutil.copytree(PROJECT / "data", tmp_path / "data")


def flip_a_bit(path):
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(bytes(body))


def test_checksums_are_those_that_the_sha256sum_command_reads(tmp_path):
    (tmp_path / "areas").mkdir()
    (tmp_path / "areas/one.parquet").write_bytes(b"abc")
    (tmp_path / "themes.toml").write_text("kept by hand")
    write_checksums(tmp_path)
    # NIST's example for SHA-256 of "abc": FIPS 180-2, appendix B.1.
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (tmp_path / CHECKSUMS).read_text() == f"{known}  areas/one.parquet\n"
    assert check_checksums(tmp_path) == []


def test_shipped_data_are_what_the_build_wrote():
    data = PROJECT / "data"
    assert len(read_checksums(data)) > 150
    assert check_checksums(data) == []


@pytest.mark.parametrize(
    "damage",
    [flip_a_bit, lambda path: path.write_bytes(path.read_bytes()[:200])],
    ids=["one bit", "half written"],
)
def test_damaged_figures_are_named_and_the_others_work(own_data, damage):
    damage(own_data / "indicators/no2.parquet")
    catalogue = read_catalogue(own_data)
    assert list(catalogue.set_aside) == ["no2"]
    assert "no2" not in catalogue.indicators
    assert "pm25" in catalogue.indicators
    with pytest.raises(
        DataMissingError, match=r"indicators/no2\.parquet.*git checkout"
    ):
        catalogue.find("no2")
    assert [p.where for p in check_checksums(own_data)] == ["indicators/no2.parquet"]


def test_missing_figures_are_set_aside(own_data):
    (own_data / "indicators/no2.parquet").unlink()
    catalogue = read_catalogue(own_data)
    assert "missing" in catalogue.set_aside["no2"]


@pytest.mark.parametrize("text", ["id = ", 'id = "no2"\n', "\0\0\0"])
def test_damaged_record_is_set_aside(own_data, text):
    (own_data / "indicators/no2.toml").write_text(text)
    catalogue = read_catalogue(own_data)
    assert "no2.toml" in catalogue.set_aside["no2"]
    assert len(catalogue.indicators) == len(read_catalogue().indicators) - 1


def test_what_is_set_aside_is_not_among_the_first_figures_of_a_theme(own_data):
    name = read_catalogue().themes.themes[0].overview[0]
    flip_a_bit(own_data / f"indicators/{name}.parquet")
    themes = read_catalogue(own_data).themes.themes
    assert all(name not in theme.overview for theme in themes)


def test_unknown_name_is_still_unknown(own_data):
    with pytest.raises(UnknownIndicatorError, match="no2"):
        read_catalogue(own_data).find("no22")


def test_damaged_table_that_all_need_is_said(own_data):
    flip_a_bit(own_data / "areas/areas.parquet")
    with pytest.raises(DataMissingError, match=r"areas/areas\.parquet is damaged"):
        open_store(own_data).table("areas/areas.parquet")


def test_two_threads_may_read_a_file_for_the_first_time_at_once(own_data, monkeypatch):
    reading = store.Store(own_data)
    (name, digest), *_ = reading._unchecked.items()

    def other_is_faster(path):
        reading._unchecked.pop(name, None)
        return digest

    monkeypatch.setattr(store, "sha256_of", other_is_faster)
    assert reading.path(name).is_file()


def test_file_is_written_whole(tmp_path):
    target = tmp_path / "table.csv"
    write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(LpipgeoError, match=r"Cannot write .*No such file"):
        write_file(tmp_path / "none" / "table.csv", b"new")


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_full_disk_leaves_the_file_that_was_there(tmp_path):
    target = tmp_path / "table.csv"
    target.write_text("of yesterday")
    # A limit on the size of files stands for a disk that fills up while it is written.
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "from lpipgeo.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    asked = ["table", "--indicator", "no2", "--level", "lad24", "-o", str(target)]
    done = subprocess.run(
        [sys.executable, "-c", script, *asked],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        check=False,
    )
    assert done.returncode == 2
    assert "Cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert target.read_text() == "of yesterday"
    assert list(tmp_path.iterdir()) == [target]
