"""A fresh build from the publishers' files equals the committed data, byte for byte."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pytest

from lpipgeo.build.diff import compare
from lpipgeo.build.pipeline import build

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fresh(
    sources_dir: Path, data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("rebuild") / "data"
    build(sources_dir, folder, records=data_dir)
    return folder


def names(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in files)


def test_fresh_build_equals_the_committed_data(
    fresh: Path, data_dir: Path, sources_dir: Path
) -> None:
    assert names(fresh) == names(data_dir)
    _, differing, unread = filecmp.cmpfiles(
        data_dir, fresh, names(fresh), shallow=False
    )
    assert (differing, unread) == ([], []), str(compare(data_dir, fresh))
