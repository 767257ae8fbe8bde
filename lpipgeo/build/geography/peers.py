"""Similar districts: their nearest neighbours and clusters, as ONS worked them out."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lpipgeo.build.geography.names import plain_names
from lpipgeo.tables import CLUSTER_COLUMNS, CLUSTER_KEY, PEER_COLUMNS, PEER_KEY


def make_clusters(clusters: pd.DataFrame) -> pd.DataFrame:
    """Return the cluster of every district of the United Kingdom, kind by kind.

    Parameters
    ----------
    clusters : one row per district: area_code, area_name, then a letter for each kind

    Returns
    -------
    DataFrame, key (area_code, kind), sorted by it: area_code, area_name, kind,
    cluster; null cluster where the publisher gives none
    """
    table = clusters.melt(
        ["area_code", "area_name"], var_name="kind", value_name="cluster"
    )
    table = table.assign(area_name=plain_names(table["area_name"]))
    ordered = table.sort_values(list(CLUSTER_KEY), ignore_index=True)
    return ordered[list(CLUSTER_COLUMNS)]


def make_peers(
    neighbours: pd.DataFrame, clusters: pd.DataFrame, districts: Collection[str]
) -> pd.DataFrame:
    """Return the nearest neighbours of the region's districts.

    Parameters
    ----------
    neighbours : area_code, kind, rank, peer_code, of any area
    clusters : see `make_clusters`; the names are taken from it
    districts : codes of the districts to keep

    Returns
    -------
    DataFrame, key (area_code, kind, rank), sorted by it: area_code, kind, rank (1 is
    the nearest), peer_code, peer_name
    """
    name_of = clusters.drop_duplicates("area_code").set_index("area_code")["area_name"]
    table = neighbours[neighbours["area_code"].isin(districts)]
    table = table.assign(peer_name=table["peer_code"].map(name_of))
    return table[list(PEER_COLUMNS)].sort_values(list(PEER_KEY), ignore_index=True)
