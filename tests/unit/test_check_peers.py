"""The check of similar districts: nearest neighbours and clusters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import EAST, WEST
from tests.unit.breaking import Fault, assert_found, change, edit, rows_in_another_order

PEERS, CLUSTERS = "areas/peers.parquet", "areas/clusters.parquet"
ABROAD = "W06900001"
FAULTS: dict[str, Fault] = {
    "peer lacking": (
        edit(PEERS, lambda t: t.loc[t["rank"] != 20]),
        PEERS,
        "rank",
    ),
    "rank beyond twenty": (change(PEERS, WEST, "rank", 21), PEERS, "rank"),
    "peer twice": (change(PEERS, WEST, "peer_code", EAST), PEERS, "peer_code"),
    "peer of itself": (
        edit(PEERS, lambda t: t.assign(peer_code=t["peer_code"].replace(EAST, WEST))),
        PEERS,
        "peer_code",
    ),
    "peer with an English code of another year": (
        edit(
            PEERS,
            lambda t: t.assign(peer_code=t["peer_code"].replace(EAST, "E08000039")),
        ),
        PEERS,
        "peer_code",
    ),
    "peer by another name": (
        change(PEERS, WEST, "peer_name", "Elsewhere"),
        PEERS,
        "peer_name",
    ),
    "peers of an area outside the region": (
        edit(PEERS, lambda t: t.assign(area_code=t["area_code"].replace(WEST, ABROAD))),
        PEERS,
        "area_code",
    ),
    "peers out of order": (
        edit(PEERS, rows_in_another_order),
        PEERS,
        "area_code, kind, rank",
    ),
    "peers of a kind that is not known": (
        change(PEERS, WEST, "kind", "social"),
        PEERS,
        "kind",
    ),
    "cluster of a district of ours lacking": (
        change(CLUSTERS, WEST, "cluster", None),
        CLUSTERS,
        "cluster",
    ),
    "kind of cluster lacking": (
        edit(CLUSTERS, lambda t: t.loc[t["kind"] != "global"]),
        CLUSTERS,
        "kind",
    ),
    "cluster of a district of another year": (
        edit(
            CLUSTERS,
            lambda t: t.assign(area_code=t["area_code"].replace(ABROAD, "E08000039")),
        ),
        CLUSTERS,
        "area_code",
    ),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_rule_finds_its_fault(data: Path, rule: str) -> None:
    assert_found(data, FAULTS[rule])
