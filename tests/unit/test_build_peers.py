"""Similar districts and area classes: from the publisher's files to our tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.geography import inputs as reading
from lpipgeo.build.geography.inputs import CLUSTERS, NEIGHBOURS
from lpipgeo.build.geography.peers import make_clusters, make_peers
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from lpipgeo.tables import PEER_KINDS
from tests.build_factories import NEIGHBOURHOODS, similar_area_files, write_sources
from tests.factories import EAST, WEST

SHEFFIELD, SHEFFIELD_LATER = "E08000019", "E08000039"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("similar")
    return Sources(write_sources(folder, similar_area_files()))


@pytest.fixture(scope="module")
def neighbours(sources: Sources) -> pd.DataFrame:
    return reading._read_neighbours(sources)


@pytest.fixture(scope="module")
def clusters(sources: Sources) -> pd.DataFrame:
    return make_clusters(reading._read_clusters(sources))


@pytest.fixture(scope="module")
def peers(neighbours: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    return make_peers(neighbours, clusters, {WEST, EAST})


# --- reading ----------------------------------------------------------------------


@pytest.mark.parametrize("file", [*NEIGHBOURS.values(), CLUSTERS])
def test_byte_order_mark_is_no_part_of_the_first_column(
    sources: Sources, file: str
) -> None:
    assert sources.path(file).read_bytes().startswith(b"\xef\xbb\xbfAREACD")
    reading._read_neighbours(sources)
    reading._read_clusters(sources)


def test_ranks_are_numbers_in_the_order_of_the_columns(
    neighbours: pd.DataFrame,
) -> None:
    rows = neighbours[neighbours["area_code"] == EAST]
    found = rows[rows["kind"] == "global"].set_index("rank")["peer_code"]
    assert found.index.tolist() == list(range(1, 21))
    assert found[20] == WEST


def test_areas_with_fewer_peers_than_ranks_leave_no_gaps(
    neighbours: pd.DataFrame,
) -> None:
    rows = neighbours[neighbours["area_code"] == "E47900001"]
    assert rows.groupby("kind").size().to_dict() == dict.fromkeys(PEER_KINDS, 2)
    assert neighbours.notna().all(axis=None)


def test_codes_later_than_our_boundaries_are_those_of_our_boundaries(
    neighbours: pd.DataFrame, clusters: pd.DataFrame
) -> None:
    for codes in (
        neighbours["area_code"],
        neighbours["peer_code"],
        clusters["area_code"],
    ):
        assert SHEFFIELD in set(codes)
        assert SHEFFIELD_LATER not in set(codes)


def test_mark_for_no_cluster_is_a_missing_value(clusters: pd.DataFrame) -> None:
    found = clusters.set_index(["area_code", "kind"])["cluster"]
    assert pd.isna(found["S12900001", "global"])
    assert found["S12900001", "economic"] == "B"
    assert set(found.dropna()) == {"A", "B", "C"}


def test_missing_files_of_all_kinds_are_named_together(tmp_path: Path) -> None:
    folder = write_sources(tmp_path, similar_area_files(), drop=NEIGHBOURS.values())
    with pytest.raises(SourceError) as raised:
        reading._read_neighbours(Sources(folder))
    named = {problem.where for problem in raised.value.problems}
    assert named == set(NEIGHBOURS.values())


def test_every_neighbourhood_gets_its_subgroup(sources: Sources) -> None:
    found = reading._read_area_classes(sources)
    assert found.to_dict() == dict.fromkeys(NEIGHBOURHOODS, "4c2")


# --- tables -----------------------------------------------------------------------


def test_peers_are_kept_for_the_districts_of_the_region_only(
    peers: pd.DataFrame,
) -> None:
    assert peers.groupby(["area_code", "kind"]).size().to_dict() == {
        (code, kind): 20 for code in (WEST, EAST) for kind in PEER_KINDS
    }


def test_peers_come_in_the_order_of_their_key(peers: pd.DataFrame) -> None:
    assert peers.columns.tolist() == [
        "area_code",
        "kind",
        "rank",
        "peer_code",
        "peer_name",
    ]
    key = ["area_code", "kind", "rank"]
    pd.testing.assert_frame_equal(peers, peers.sort_values(key, ignore_index=True))


def test_peers_outside_england_are_kept_by_name(peers: pd.DataFrame) -> None:
    names = peers.drop_duplicates("peer_code").set_index("peer_code")["peer_name"]
    assert names["S12900001"] == "Scotsborough"
    assert names["N09900001"] == "Irishborough"
    assert names["W06900017"] == "Welshborough 17"


def test_peers_have_plain_names(peers: pd.DataFrame) -> None:
    names = peers.set_index("peer_code")["peer_name"]
    assert set(names[WEST]) == {"Westborough"}


def test_clusters_hold_all_districts_and_kinds(clusters: pd.DataFrame) -> None:
    assert clusters.columns.tolist() == ["area_code", "area_name", "kind", "cluster"]
    assert len(clusters) == 3 * (3 + 19)
    assert not clusters.duplicated(["area_code", "kind"]).any()
