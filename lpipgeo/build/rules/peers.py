"""Rules for similar districts: their nearest neighbours and their clusters."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pandas as pd

from lpipgeo.build.rules.common import check_schema, name_some, rows_breaking
from lpipgeo.errors import Problem
from lpipgeo.tables import (
    CLUSTER_KEY,
    PEER_KEY,
    PEER_KINDS,
    PEERS_PER_KIND,
    cluster_schema,
    peer_schema,
)

PEERS = "areas/peers.parquet"
CLUSTERS = "areas/clusters.parquet"


def check_clusters(clusters: pd.DataFrame, areas: pd.DataFrame) -> list[Problem]:
    """Return breaches: districts or kinds that lack, codes of England out of date."""
    problems = check_schema(CLUSTERS, clusters, cluster_schema())
    if problems:
        return problems
    problems = _check_order(CLUSTERS, clusters, CLUSTER_KEY)
    districts = _districts(areas)
    ours = set(districts.loc[districts["in_region"], "area_code"])
    known = set(districts["area_code"])
    key = list(CLUSTER_KEY)
    old = _is_english(clusters["area_code"]) & ~clusters["area_code"].isin(known)
    expected = "a district of today"
    problems += rows_breaking(CLUSTERS, "area_code", clusters, old, expected, key)
    empty = clusters["cluster"].isna() & clusters["area_code"].isin(ours)
    expected = "a letter for each district of the region"
    problems += rows_breaking(CLUSTERS, "cluster", clusters, empty, expected, key)
    wanted = product(sorted(known | set(clusters["area_code"])), PEER_KINDS)
    present = set(clusters[key].itertuples(index=False, name=None))
    lacking = [" ".join(pair) for pair in wanted if pair not in present]
    if lacking:
        found = f"{len(lacking)} rows lacking: {name_some(lacking)}"
        expected = "every kind for every district"
        problems.append(Problem(CLUSTERS, "kind", found, expected))
    return problems


def check_peers(
    peers: pd.DataFrame, clusters: pd.DataFrame, areas: pd.DataFrame
) -> list[Problem]:
    """Return breaches: not 20 different other districts, unknown codes, other names."""
    problems = check_schema(PEERS, peers, peer_schema())
    if problems:
        return problems
    problems = _check_order(PEERS, peers, PEER_KEY)
    districts = _districts(areas)
    ours = set(districts.loc[districts["in_region"], "area_code"])
    # The key is unique and ranks are in range: twenty rows are the ranks 1 to 20.
    counts = Counter(zip(peers["area_code"], peers["kind"], strict=True))
    shown = [
        f"{code} {kind}: {counts[code, kind]}"
        for code, kind in sorted({*counts, *product(ours, PEER_KINDS)})
        if counts[code, kind] != PEERS_PER_KIND
    ]
    if shown:
        expected = f"ranks 1 to {PEERS_PER_KIND} of each kind"
        problems.append(Problem(PEERS, "rank", name_some(shown), expected))
    name_of = clusters.drop_duplicates("area_code").set_index("area_code")["area_name"]
    code, peer = peers["area_code"], peers["peer_code"]
    twice = peers.duplicated(["area_code", "kind", "peer_code"], keep=False)
    old = _is_english(peer) & ~peer.isin(districts["area_code"])
    for field, breaks, expected in (
        ("area_code", ~code.isin(ours), "a district of the region"),
        ("peer_code", twice, "each peer once"),
        ("peer_code", peer == code, "another district"),
        ("peer_code", old, "a district of today"),
        ("peer_code", ~peer.isin(name_of.index), "a district with clusters"),
        ("peer_name", peer.map(name_of) != peers["peer_name"], "as in the clusters"),
    ):
        problems += rows_breaking(PEERS, field, peers, breaks, expected, PEER_KEY)
    return problems


def _districts(areas: pd.DataFrame) -> pd.DataFrame:
    return areas[areas["levels"].str.split(";").map(lambda held: "lad24" in held)]


def _is_english(codes: pd.Series[str]) -> pd.Series[bool]:
    return codes.str.startswith("E")


def _check_order(
    where: str, table: pd.DataFrame, key: tuple[str, ...]
) -> list[Problem]:
    if pd.MultiIndex.from_frame(table[list(key)]).is_monotonic_increasing:
        return []
    return [Problem(where, ", ".join(key), "rows out of order", "rows sorted by key")]
