"""Figures about the neighbourhoods inside a larger area, on tiny sources."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.observations import make_observations
from lpipgeo.build.readers import READERS
from lpipgeo.build.sources import Sources
from lpipgeo.errors import MetadataError
from lpipgeo.levels import REGION
from tests.build_factories import (
    ABROAD,
    DISTRICT_ABROAD,
    FIVE,
    FOUR,
    ONE,
    SIX,
    THREE,
    TWO,
    write_sources,
)
from tests.factories import EAST, WEST, make_indicator

FILE = "mhclg_iod2025/iod2025_scores_ranks_deciles_lsoa21.parquet"
CODES = [ONE, TWO, THREE, FOUR, FIVE, SIX, ABROAD]
RANKS = [1, 2, 3, 4, 5, 6, 7]
SCORES = [10.0, 20.0, 30.0, 40.0, 50.0, 90.0, 5.0]
SHARE = {
    "reader": "inside_share",
    "file": FILE,
    "rank": "IMD_rank",
    "share": 3 / 7,
    "period": "2025-01-01/P1Y",
}
GAP = {
    "reader": "inside_gap",
    "aggregation": "weighted_mean",
    "of": {"reader": "iod2025", "file": "scores", "column": "IMD_score"},
}


def sources_of(folder: Path, **columns: list[float]) -> Sources:
    body = io.BytesIO()
    pd.DataFrame({"lsoa21_code": CODES, **columns}).to_parquet(body)
    return Sources(write_sources(folder, {FILE: body.getvalue()}))


def test_share_counts_neighbourhoods_up_to_the_rank(tmp_path, frame):
    record = make_indicator(build=SHARE, finest_level="lad24")
    sources = sources_of(tmp_path, IMD_rank=RANKS)
    made = make_observations(record, sources, frame).observations
    found = made.set_index("area_code")
    assert found.loc[WEST, ["numerator", "denominator", "value"]].tolist() == [3, 4, 75]
    assert found.loc[[EAST, DISTRICT_ABROAD], "value"].tolist() == [0, 0]
    assert found.loc[REGION, "value"] == 50
    assert set(found["status"]) == {"aggregated"}


def test_gap_is_the_90th_less_the_10th_percentile(tmp_path, frame):
    record = make_indicator(build=GAP, aggregation="none", finest_level="lad24")
    sources = sources_of(tmp_path, IMD_score=SCORES)
    found = READERS["inside_gap"](record, sources, frame).set_index("area_code")
    # Of 10, 20, 30, 40: 37 less 13; of 50 and 90: 86 less 54.
    assert found.loc[WEST, "value"] == pytest.approx(24)
    assert found.loc[EAST, "value"] == pytest.approx(32)
    assert found.loc[REGION, "value"] == pytest.approx(70 - 15)


def test_gap_needs_nearly_all_neighbourhoods(tmp_path, frame):
    record = make_indicator(build=GAP, aggregation="none", finest_level="lad24")
    sources = sources_of(tmp_path, IMD_score=[float("nan"), *SCORES[1:]])
    found = READERS["inside_gap"](record, sources, frame)
    assert WEST not in set(found["area_code"])
    assert EAST in set(found["area_code"])


def test_scores_of_two_editions_are_never_put_side_by_side(tmp_path, frame):
    build = {"reader": "iod_editions", "column": "IMD_score"}
    record = make_indicator(build=build, aggregation="none")
    with pytest.raises(MetadataError, match="cannot be compared"):
        READERS["iod_editions"](record, sources_of(tmp_path), frame)
