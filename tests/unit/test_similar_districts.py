"""Similar districts: peers in order, clusters side by side, kind words for the rest."""

from __future__ import annotations

import pytest

import lpipgeo
from lpipgeo.errors import SelectionError, UnknownAreaError, UnknownKindError
from lpipgeo.levels import ENGLAND
from tests.factories import ABROAD, EAST, WEST


def test_peers_come_nearest_first(tiny_data):
    table = lpipgeo.peers(WEST, data=tiny_data)
    assert table.columns.tolist() == ["rank", "peer_code", "peer_name", "in_data"]
    assert table["rank"].tolist() == list(range(1, 21))
    assert table.loc[0, ["peer_code", "peer_name"]].tolist() == [EAST, "Eastborough"]


def test_district_may_be_typed_in_any_case(tiny_data):
    typed = lpipgeo.peers(WEST.lower(), data=tiny_data)
    assert typed.equals(lpipgeo.peers(WEST, data=tiny_data))


def test_peers_outside_england_are_marked_as_not_in_the_data(tiny_data):
    table = lpipgeo.peers(WEST, data=tiny_data).set_index("peer_code")
    assert table["in_data"][EAST]
    assert not table["in_data"][list(ABROAD)].any()


@pytest.mark.parametrize("kind", ["global", "economic", "demographic"])
def test_kinds_are_apart(kind):
    first = lpipgeo.peers("E08000028", kind)["peer_name"].tolist()
    others = {"global", "economic", "demographic"} - {kind}
    assert all(
        first != lpipgeo.peers("E08000028", other)["peer_name"].tolist()
        for other in others
    )


def test_library_may_be_asked_twice():
    # A module called "peers" would take the place of the function on first use.
    assert len(lpipgeo.peers("E08000028")) == len(lpipgeo.peers("E08000028")) == 20


def test_unknown_kind_is_answered_with_the_nearest(tiny_data):
    with pytest.raises(UnknownKindError) as raised:
        lpipgeo.peers(WEST, "globl", data=tiny_data)
    assert str(raised.value) == (
        "Unknown kind of peers 'globl'. Did you mean 'global'? "
        "Kinds are: global, economic, demographic."
    )


def test_unknown_area_is_answered_with_the_nearest(tiny_data):
    with pytest.raises(UnknownAreaError, match="Did you mean"):
        lpipgeo.peers("E07900003", data=tiny_data)


@pytest.mark.parametrize(
    ("code", "way_on"),
    [
        ("E01008881", r"ask for its district, Birmingham \(E08000025\)\.$"),
        ("E10000028", r'are in areas\(level="lad24"\)\.$'),
        ("E08000035", r'are in areas\(level="lad24"\)\.$'),
        (ENGLAND, r'are in areas\(level="lad24"\)\.$'),
    ],
    ids=["neighbourhood", "county", "district outside the region", "England"],
)
def test_area_without_peers_is_answered_with_a_way_on(code, way_on):
    with pytest.raises(SelectionError, match=way_on) as raised:
        lpipgeo.peers(code)
    assert "is no district of the region" in str(raised.value)


def test_clusters_stand_side_by_side(tiny_data):
    table = lpipgeo.clusters(tiny_data)
    assert table.columns.tolist() == [
        "area_code",
        "area_name",
        "global",
        "economic",
        "demographic",
    ]
    assert len(table) == 2 + len(ABROAD)
    assert table["area_code"].is_monotonic_increasing


def test_cluster_that_ons_does_not_give_is_missing(tiny_data):
    row = lpipgeo.clusters(tiny_data).set_index("area_code").loc["S12900001"]
    assert row[["global", "economic"]].isna().tolist() == [True, False]
