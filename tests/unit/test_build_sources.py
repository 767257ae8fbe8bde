"""The publishers' files: nothing is used that is not as the manifest says."""

from __future__ import annotations

import hashlib
import io
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build import pipeline
from lpipgeo.build.frame import FRAME_FILES
from lpipgeo.build.geography.inputs import GEOGRAPHY_FILES
from lpipgeo.build.sources import (
    Sources,
    read_csv,
    read_parquet,
    read_sheet,
    require_unique,
)
from lpipgeo.errors import MetadataError, SourceError, TableError
from lpipgeo.paths import PROJECT
from tests.build_factories import write_sources
from tests.tiny_data import write_tiny_data

CSV = b"\xef\xbb\xbfcode,value\nE01,1\nE02,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    contents = {"good.csv": CSV, "altered.csv": CSV, "short.csv": CSV, "gone.csv": CSV}
    return write_sources(tmp_path / "sources", contents)


def damage(folder: Path) -> None:
    (folder / "altered.csv").write_bytes(CSV.replace(b"1", b"2"))
    (folder / "short.csv").write_bytes(CSV[:-5])
    (folder / "gone.csv").unlink()


def test_every_damaged_file_is_in_one_report(folder: Path) -> None:
    damage(folder)
    with pytest.raises(SourceError) as caught:
        Sources(folder).verify(["good.csv", "altered.csv", "short.csv", "gone.csv"])
    found = {problem.where: problem.field for problem in caught.value.problems}
    assert found == {"altered.csv": "sha256", "short.csv": "bytes", "gone.csv": ""}


def test_a_problem_says_what_was_found_and_expected(folder: Path) -> None:
    damage(folder)
    with pytest.raises(SourceError, match=r"short\.csv: bytes: found 20; expected 25"):
        Sources(folder).path("short.csv")


def test_a_file_that_the_manifest_does_not_list_is_refused(folder: Path) -> None:
    with pytest.raises(SourceError, match=r"no such row; expected other\.csv"):
        Sources(folder).path("other.csv")


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"MANIFEST\.csv: found no file"):
        Sources(tmp_path)


def test_a_manifest_without_checksums_is_refused(folder: Path) -> None:
    table = pd.read_csv(folder / "MANIFEST.csv")
    table.drop(columns=["sha256", "licence"]).to_csv(folder / "MANIFEST.csv")
    with pytest.raises(SourceError) as caught:
        Sources(folder)
    assert [problem.field for problem in caught.value.problems] == ["licence", "sha256"]


def test_use_is_noted_with_its_user(folder: Path) -> None:
    sources = Sources(folder)
    with sources.on_behalf_of("imd_score"):
        sources.path("good.csv")
    sources.path("altered.csv")
    assert sources.used_by("imd_score") == {"good.csv"}


def test_csv_loses_its_byte_order_mark_and_keeps_blanks_as_missing(
    folder: Path,
) -> None:
    table = read_csv(Sources(folder), "good.csv", ["code", "value"])
    assert list(table["code"]) == ["E01", "E02"]
    assert table["value"].isna().to_list() == [False, True]


def test_every_missing_column_is_named(folder: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_csv(Sources(folder), "good.csv", ["code", "rate", "year"])
    assert [problem.field for problem in caught.value.problems] == ["rate", "year"]


def test_parquet_without_a_column_is_refused(tmp_path: Path) -> None:
    body = io.BytesIO()
    pd.DataFrame({"code": ["E01"]}).to_parquet(body)
    folder = write_sources(tmp_path, {"table.parquet": body.getvalue()})
    with pytest.raises(SourceError, match=r"a column 'value'"):
        read_parquet(Sources(folder), "table.parquet", ["code", "value"])


def test_parquet_that_is_none_is_refused(folder: Path) -> None:
    with pytest.raises(SourceError, match=r"good\.csv cannot be read"):
        read_parquet(Sources(folder), "good.csv", ["code"])


@pytest.fixture
def workbook(tmp_path: Path) -> Sources:
    body = io.BytesIO()
    table = pd.DataFrame({"Area Codes [Note 4]": ["E01"], "Homes": [3]})
    table.to_excel(body, sheet_name="Table 2", startrow=2, index=False)
    return Sources(write_sources(tmp_path, {"book.xlsx": body.getvalue()}))


def test_sheet_columns_are_found_by_their_beginning(workbook: Sources) -> None:
    found = read_sheet(workbook, "book.xlsx", "Table 2", 2, ["Area Codes", "Homes"])
    assert found.to_dict("list") == {"Area Codes": ["E01"], "Homes": [3]}


def test_sheet_that_is_missing_is_named_with_those_there(workbook: Sources) -> None:
    with pytest.raises(SourceError, match=r"sheet: found Table 2; expected .*Table 9"):
        read_sheet(workbook, "book.xlsx", "Table 9", 2, ["Homes"])


def test_sheet_column_that_is_missing_is_named(workbook: Sources) -> None:
    with pytest.raises(SourceError, match=r"expected a column 'Rate'"):
        read_sheet(workbook, "book.xlsx", "Table 2", 2, ["Homes", "Rate"])


def test_repeated_keys_are_refused() -> None:
    table = pd.DataFrame({"code": ["E01", "E01", "E02"]})
    with pytest.raises(SourceError, match=r"code: found 1 keys more than once"):
        require_unique("some.csv", table, ["code"])


# The build as a whole: whatever goes wrong, data/ stays as it was.


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_tiny_data(tmp_path / "data")


@pytest.fixture
def all_sources(tmp_path: Path) -> Path:
    files = [*FRAME_FILES, *GEOGRAPHY_FILES, "squares.csv"]
    return write_sources(tmp_path / "sources", dict.fromkeys(files, CSV))


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_damaged_sources_stop_the_build_and_data_stays(
    data: Path, all_sources: Path
) -> None:
    before = fingerprint(data)
    (all_sources / "squares.csv").unlink()
    (all_sources / FRAME_FILES[0]).write_bytes(CSV[:-1])
    (all_sources / GEOGRAPHY_FILES[0]).write_bytes(CSV.replace(b"1", b"2"))
    with pytest.raises(SourceError) as caught:
        pipeline.build(all_sources, data)
    assert len(caught.value.problems) == 3
    assert fingerprint(data) == before
    assert sorted(path.name for path in data.parent.iterdir()) == ["data", "sources"]


def test_a_source_that_is_not_as_expected_leaves_data_as_it_was(
    data: Path, all_sources: Path
) -> None:
    """The tiny sources have the right checksums, but not what should be inside."""
    before = fingerprint(data)
    with pytest.raises(SourceError, match="The geography cannot be built"):
        pipeline.build(all_sources, data)
    assert fingerprint(data) == before
    assert sorted(path.name for path in data.parent.iterdir()) == ["data", "sources"]


def skip_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a build write nothing but a mark, in place of geography and figures."""

    def mark(sources: Sources, fresh: Path, records: Path) -> None:
        (fresh / "areas").mkdir(exist_ok=True)
        (fresh / "areas/areas.parquet").write_bytes(b"new")

    monkeypatch.setattr(pipeline, "build_geography", mark)
    monkeypatch.setattr(pipeline, "_write_indicators", lambda *_: None)
    monkeypatch.setattr(pipeline, "check", lambda folder: [])


def test_data_that_breaks_a_rule_is_not_put_in_place(
    data: Path, all_sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_the_work(monkeypatch)
    problem = pipeline.Problem("areas/areas.parquet", "", "nonsense", "a table")
    monkeypatch.setattr(pipeline, "check", lambda folder: [problem])
    before = fingerprint(data)
    with pytest.raises(TableError, match="nonsense"):
        pipeline.build(all_sources, data)
    assert fingerprint(data) == before


def test_new_data_replaces_the_old_and_keeps_what_people_wrote(
    data: Path, all_sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_the_work(monkeypatch)
    written_by_hand = (data / "themes.toml").read_bytes()
    (data / "areas/subregions.csv").write_text("by hand")
    pipeline.build(all_sources, data)
    assert (data / "areas/areas.parquet").read_bytes() == b"new"
    assert (data / "themes.toml").read_bytes() == written_by_hand
    assert (data / "areas/subregions.csv").read_text() == "by hand"
    assert not (data / "indicators/tiny_share.parquet").exists()
    assert sorted(path.name for path in data.parent.iterdir()) == ["data", "sources"]


def test_a_record_edited_during_the_build_is_not_lost(
    data: Path, all_sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_the_work(monkeypatch)
    themes = data / "themes.toml"

    def edit(folder: Path) -> list[pipeline.Problem]:
        themes.write_text(themes.read_text() + "\n# edited\n")
        return []

    monkeypatch.setattr(pipeline, "check", edit)
    with pytest.raises(MetadataError, match=r"themes\.toml: found changed"):
        pipeline.build(all_sources, data)
    assert themes.read_text().endswith("# edited\n")


def test_progress_counts_the_steps(
    data: Path, all_sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_the_work(monkeypatch)
    said: list[str] = []
    pipeline.build(all_sources, data, progress=said.append)
    assert said[0] == "1/6 verifying sources"


def test_a_failing_swap_puts_the_old_data_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, fresh = tmp_path / "data", tmp_path / "fresh"
    for folder, text in ((out, "old"), (fresh, "new")):
        folder.mkdir()
        (folder / "mark").write_text(text)
    rename = Path.rename

    def fail_for_fresh(self: Path, target: Path) -> Path:
        if self == fresh:
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_fresh)
    with pytest.raises(OSError, match="disk full"):
        pipeline._swap(fresh, out)
    assert (out / "mark").read_text() == "old"


# A build whose work is left out, and which is killed at a certain moment.
KILLED = """
import os, signal, sys
from pathlib import Path
from lpipgeo.build import pipeline

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

pipeline.build_geography = lambda sources, fresh, records: None
pipeline._write_indicators = lambda *_: None
pipeline.check = lambda folder: []
moment, sources, out = sys.argv[1:]
if moment == "while it writes":
    pipeline.check = die
else:
    rename = Path.rename
    Path.rename = lambda self, to: "building" in self.name and die() or rename(self, to)
pipeline.build(sources, out)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("moment", ["while it writes", "between the two renames"])
def test_a_killed_build_leaves_the_data_and_the_next_one_tidies_up(
    data: Path, all_sources: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    before = fingerprint(data)
    command = [sys.executable, "-c", KILLED, moment, str(all_sources), str(data)]
    done = subprocess.run(command, cwd=PROJECT, check=False)
    assert done.returncode == -signal.SIGKILL
    (all_sources / FRAME_FILES[0]).write_bytes(b"altered")  # the next one stops early
    with pytest.raises(SourceError):
        pipeline.build(all_sources, data)
    assert fingerprint(data) == before
    assert sorted(path.name for path in data.parent.iterdir()) == ["data", "sources"]
