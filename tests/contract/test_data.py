"""The committed data keeps every rule of the check."""

from __future__ import annotations

from pathlib import Path

from lpipgeo.build.check import check


def test_committed_data_passes_the_check(data_dir: Path) -> None:
    assert check(data_dir) == []


def test_data_stays_small(data_dir: Path) -> None:
    size = sum(path.stat().st_size for path in data_dir.rglob("*") if path.is_file())
    assert size < 25 * 1024**2
