"""The committed peers, clusters and area classes: complete, and as ONS published."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.geography.successors import RECODED

BIRMINGHAM, SANDWELL = "E08000025", "E08000028"
KINDS = ("global", "economic", "demographic")
SIMILAR = "geography/ons_similar_areas"
CLASSES = "ons_census2021/lsoa21_area_classification_wm.parquet"


@pytest.fixture(scope="module")
def peers(data_dir: Path) -> pd.DataFrame:
    return pd.read_parquet(data_dir / "areas/peers.parquet")


@pytest.fixture(scope="module")
def clusters(data_dir: Path) -> pd.DataFrame:
    return pd.read_parquet(data_dir / "areas/clusters.parquet")


def districts(areas: pd.DataFrame) -> pd.DataFrame:
    return areas[areas["levels"].str.startswith("lad24")]


def read_published(path: Path) -> list[list[str]]:
    """Return rows without the header, read without any of the project's code."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))[1:]


# --- peers ------------------------------------------------------------------------


def test_every_district_of_the_region_has_twenty_peers_of_each_kind(
    areas: pd.DataFrame, peers: pd.DataFrame
) -> None:
    inside = districts(areas)[lambda rows: rows["in_region"]]["area_code"]
    assert len(peers) == 30 * 3 * 20
    assert peers.groupby(["area_code", "kind"])["rank"].agg(list).to_dict() == {
        (code, kind): list(range(1, 21)) for code in inside for kind in KINDS
    }


def test_no_district_is_its_own_peer(peers: pd.DataFrame) -> None:
    assert (peers["area_code"] != peers["peer_code"]).all()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("global", ["Bradford", "Leicester", "Wolverhampton"]),
        ("economic", ["Bradford", "Wolverhampton", "Middlesbrough"]),
        ("demographic", ["Bradford", "Croydon", "Barnet"]),
    ],
)
def test_nearest_neighbours_of_birmingham_are_as_published(
    peers: pd.DataFrame, kind: str, names: list[str]
) -> None:
    """ONS, clustering of local authorities and nearest neighbours: the row E08000025
    of each file opens with the codes of these three, named in its table of clusters.
    """
    rows = peers[(peers["area_code"] == BIRMINGHAM) & (peers["kind"] == kind)]
    assert rows["peer_name"].tolist()[:3] == names


@pytest.mark.parametrize("kind", KINDS)
def test_peers_are_those_of_the_publishers_file(
    sources_dir: Path, peers: pd.DataFrame, kind: str
) -> None:
    published = {
        row[0]: [RECODED.get(code, code) for code in row[1:]]
        for row in read_published(sources_dir / f"{SIMILAR}/{kind}-neighbours.csv")
    }
    found = peers[peers["kind"] == kind].groupby("area_code")["peer_code"].agg(list)
    assert found.to_dict() == {code: published[code] for code in found.index}


def test_peers_may_lie_outside_england(peers: pd.DataFrame) -> None:
    counts = peers["peer_code"].str[0].value_counts()
    assert counts.to_dict() == {"E": 1613, "W": 131, "S": 38, "N": 18}


def test_peers_in_england_are_districts_of_our_boundaries(
    areas: pd.DataFrame, peers: pd.DataFrame
) -> None:
    """ONS uses the codes that Barnsley and Sheffield got in 2025; our boundaries are
    those of 2024, and so are all our figures.
    """
    english = peers.loc[peers["peer_code"].str.startswith("E"), "peer_code"]
    assert set(english) <= set(districts(areas)["area_code"])
    assert set(RECODED.values()) <= set(english)


def test_peers_have_the_names_of_our_areas(
    areas: pd.DataFrame, peers: pd.DataFrame
) -> None:
    """So "Herefordshire", and "Bristol" for "Bristol, City of"."""
    names = areas.set_index("area_code")["area_name"]
    english = peers[peers["peer_code"].isin(names.index)]
    assert english["peer_name"].tolist() == names[english["peer_code"]].tolist()


# --- clusters ---------------------------------------------------------------------


def test_every_district_of_the_united_kingdom_has_a_row_of_each_kind(
    areas: pd.DataFrame, clusters: pd.DataFrame
) -> None:
    codes = clusters.drop_duplicates("area_code")["area_code"]
    assert codes.str[0].value_counts().to_dict() == {
        "E": 296,
        "S": 32,
        "W": 22,
        "N": 11,
    }
    assert clusters.groupby("kind").size().to_dict() == dict.fromkeys(KINDS, 361)
    english = set(codes[codes.str.startswith("E")])
    assert english == set(districts(areas)["area_code"])


def test_clusters_are_those_of_the_publishers_file(
    sources_dir: Path, clusters: pd.DataFrame
) -> None:
    letters = clusters.pivot(index="area_code", columns="kind", values="cluster")
    for code, _, *published in read_published(
        sources_dir / f"{SIMILAR}/cluster-allocation.csv"
    ):
        found = letters.loc[RECODED.get(code, code), list(KINDS)].fillna("[x]")
        assert found.tolist() == published


def test_only_three_small_authorities_lack_a_cluster(clusters: pd.DataFrame) -> None:
    """ONS marks them [x]; Orkney lacks the global cluster only."""
    rows = clusters[clusters["cluster"].isna()]
    assert rows.groupby("area_name")["kind"].agg(set).to_dict() == {
        "City of London": {"global", "economic"},
        "Isles of Scilly": {"global", "economic"},
        "Orkney Islands": {"global"},
    }


# --- area classification ----------------------------------------------------------


def test_neighbourhoods_of_each_supergroup_are_as_many_as_published(
    areas: pd.DataFrame,
) -> None:
    """Counted in the column Supergroup of the publisher's table, apart from ours."""
    classes = areas["area_classification"].dropna()
    assert classes.str[0].value_counts().sort_index().to_dict() == {
        "1": 649,
        "2": 580,
        "3": 63,
        "4": 682,
        "5": 603,
        "6": 591,
        "7": 388,
        "8": 18,
    }


def test_only_neighbourhoods_have_a_class(areas: pd.DataFrame) -> None:
    has_class = areas["area_classification"].notna()
    assert (has_class == (areas["levels"] == "lsoa21")).all()
    assert has_class.sum() == 3574


def test_code_of_a_subgroup_begins_with_group_and_supergroup(
    sources_dir: Path, areas: pd.DataFrame
) -> None:
    published = pd.read_parquet(sources_dir / CLASSES).set_index("geography_code")
    found = areas.set_index("area_code")["area_classification"].loc[published.index]
    assert found.tolist() == published["Subgroup"].tolist()
    assert found.str[:2].tolist() == published["Group"].tolist()
    assert found.str[:1].tolist() == published["Supergroup"].tolist()


def test_names_cover_all_supergroups_and_groups(data_dir: Path) -> None:
    names = pd.read_csv(data_dir / "areas/area_classification.csv", dtype=str)
    assert names["code"].str.len().value_counts().to_dict() == {2: 21, 1: 8}
    assert names["code"].is_unique
    assert names["name"].is_unique
