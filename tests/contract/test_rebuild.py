"""A fresh build from the publishers' files equals the committed data, byte for byte.

By default one indicator of each kind of source is made anew. `make test-rebuild` builds
everything, which takes minutes.
"""

from __future__ import annotations

import filecmp
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.diff import compare
from lpipgeo.build.frame import Frame, read_frame
from lpipgeo.build.observations import make_observations
from lpipgeo.build.pipeline import build
from lpipgeo.build.sources import Sources, open_sources
from lpipgeo.build.writing import write_table
from lpipgeo.metadata import Indicator
from lpipgeo.paths import PROJECT
from lpipgeo.record_reading import read_indicators, read_themes

# These readers parse large workbooks, for ten seconds each.
_SLOW = {"fuel_poverty", "fly_tipping"}


def _one_per_reader() -> list[Indicator]:
    data = PROJECT / "data"
    records = read_indicators(data / "indicators", read_themes(data / "themes.toml"))
    active = [record for record in records.values() if record.state == "active"]
    found = {str(record.build["reader"]): record for record in active}
    return [record for reader, record in found.items() if reader not in _SLOW]


@pytest.fixture(scope="module")
def sources(sources_dir: Path, data_dir: Path) -> Sources:
    return open_sources(sources_dir, data_dir)


@pytest.fixture(scope="module")
def frame(sources: Sources, data_dir: Path) -> Frame:
    return read_frame(sources, data_dir / "areas")


@pytest.mark.parametrize("record", _one_per_reader(), ids=lambda record: record.id)
def test_fresh_figures_equal_the_committed_ones(
    record: Indicator, sources: Sources, frame: Frame, data_dir: Path, tmp_path: Path
) -> None:
    made: pd.DataFrame = make_observations(record, sources, frame).observations
    path = tmp_path / "fresh.parquet"
    write_table(made, path, ["indicator_id", "status"])
    committed = data_dir / f"indicators/{record.id}.parquet"
    assert path.read_bytes() == committed.read_bytes()


def names(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in files)


@pytest.mark.rebuild
def test_fresh_build_equals_the_committed_data(
    data_dir: Path, sources_dir: Path, tmp_path: Path
) -> None:
    fresh = tmp_path / "data"
    build(sources_dir, fresh, records=data_dir)
    assert names(fresh) == names(data_dir)
    _, differing, unread = filecmp.cmpfiles(
        data_dir, fresh, names(fresh), shallow=False
    )
    assert (differing, unread) == ([], []), str(compare(data_dir, fresh))
