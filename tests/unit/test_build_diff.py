"""The difference between two data folders, in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build import diff
from lpipgeo.build.diff import Report, compare
from tests import factories
from tests.factories import PERIOD
from tests.tiny_data import write_tiny_data

TABLE = "indicators/tiny_share.parquet"
SQUARE = "E01900001"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    old = write_tiny_data(tmp_path / "old")
    return old, shutil.copytree(old, tmp_path / "new")


def rewrite(folder: Path, table: pd.DataFrame) -> None:
    table.to_parquet(folder / TABLE, index=False)


def test_equal_folders_differ_in_nothing(folders: tuple[Path, Path]) -> None:
    report = compare(*folders)
    assert report.is_empty
    assert str(report) == "No differences."


def test_new_and_lost_periods_are_told(folders: tuple[Path, Path]) -> None:
    old, new = folders
    later = factories.make_table(period="2031-03-21/P1D")
    rewrite(new, pd.concat([pd.read_parquet(old / TABLE), later]))
    assert compare(old, new).indicators[0].new_periods == ("2031-03-21/P1D",)
    assert compare(new, old).indicators[0].lost_periods == ("2031-03-21/P1D",)
    assert "new periods: 2031-03-21/P1D" in str(compare(old, new))


def test_areas_gained_and_lost_are_told(folders: tuple[Path, Path]) -> None:
    old, new = folders
    table = pd.read_parquet(old / TABLE)
    rewrite(new, table.loc[table["area_code"] != SQUARE])
    assert compare(old, new).indicators[0].codes_lost == (SQUARE,)
    assert compare(new, old).indicators[0].codes_gained == (SQUARE,)


def test_changed_values_are_counted_with_the_largest(
    folders: tuple[Path, Path],
) -> None:
    old, new = folders
    table = pd.read_parquet(old / TABLE)
    table.loc[table["area_code"] == SQUARE, "value"] += 2.5
    rewrite(new, table)
    found = compare(old, new).indicators[0]
    assert found.max_change == pytest.approx(2.5)
    assert list(found.changed["area_code"]) == [SQUARE]
    assert f"{SQUARE} {PERIOD}: 10 (published) → 12.5 (published)" in str(
        compare(old, new)
    )


def test_a_value_that_goes_missing_is_a_change(folders: tuple[Path, Path]) -> None:
    old, new = folders
    table = pd.read_parquet(old / TABLE)
    lost = table["area_code"] == SQUARE
    table.loc[lost, ["value", "numerator"]] = float("nan")
    table.loc[lost, "status"] = "suppressed"
    rewrite(new, table)
    found = compare(old, new).indicators[0]
    assert found.max_change == 0.0
    assert found.changed["status_new"].to_list() == ["suppressed"]


def test_another_status_alone_is_a_change(folders: tuple[Path, Path]) -> None:
    old, new = folders
    table = pd.read_parquet(old / TABLE)
    rewrite(new, table.assign(status=table["status"].replace("published", "modelled")))
    assert len(compare(old, new).indicators[0].changed) == 6


def test_indicators_gained_and_lost_are_named(folders: tuple[Path, Path]) -> None:
    old, new = folders
    shutil.copy(new / TABLE, new / "indicators/other.parquet")
    assert compare(old, new).indicators_gained == ("other",)
    assert compare(new, old).indicators_lost == ("other",)


def test_changed_sources_are_told(folders: tuple[Path, Path]) -> None:
    old, new = folders
    text = '[[files]]\nfile = "{}"\nsha256 = "{}"\n'
    (old / "provenance.toml").write_text(text.format("a.csv", "1" * 64))
    (new / "provenance.toml").write_text(
        text.format("a.csv", "2" * 64) + text.format("b.csv", "3" * 64)
    )
    assert compare(old, new).sources == (
        "b.csv: new",
        "a.csv: sha256 1111111111… → 2222222222…",
    )
    assert "b.csv: no longer used" in compare(new, old).sources


def test_other_files_are_compared_byte_for_byte(folders: tuple[Path, Path]) -> None:
    old, new = folders
    (new / "themes.toml").write_text("changed")
    (new / "areas/places.parquet").unlink()
    assert compare(old, new).files == (
        "areas/places.parquet: gone",
        "themes.toml: changed",
    )


def test_a_first_build_is_all_new(folders: tuple[Path, Path], tmp_path: Path) -> None:
    report = compare(tmp_path / "absent", folders[1])
    assert isinstance(report, Report)
    assert report.indicators_gained == ("tiny_share",)


def test_preview_builds_beside_and_changes_nothing(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = folders
    (new / "themes.toml").write_text("changed")
    before = (old / "themes.toml").read_bytes()

    def build(sources: Path, out: Path, *, records: Path, progress: object) -> None:
        assert records == old
        shutil.copytree(new, out)

    monkeypatch.setattr(diff, "build", build)
    assert diff.preview(Path("sources"), old).files == ("themes.toml: changed",)
    assert (old / "themes.toml").read_bytes() == before
