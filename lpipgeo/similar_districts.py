"""Similar districts: the nearest neighbours and clusters that ONS worked out.

ONS compared all districts of the United Kingdom in three ways: by all the figures it
took (global), by those on the economy, and by those on the people who live there. We
hold the 20 nearest neighbours of the region's districts, and everybody's clusters.
"""

from __future__ import annotations

import pandas as pd

from lpipgeo.area_index import Area, AreaIndex, read_areas
from lpipgeo.errors import SelectionError, UnknownKindError
from lpipgeo.paths import DataFolder
from lpipgeo.store import once_per_folder, open_store
from lpipgeo.tables import PEER_KINDS

_LEVEL = "lad24"


def read_peers(
    area_code: str, kind: str = "global", *, data: DataFolder = None
) -> pd.DataFrame:
    """Return the 20 districts of the United Kingdom that are most like a district.

    Parameters
    ----------
    area_code : a district of the region
    kind : what was compared: "global", "economic" or "demographic"

    Returns
    -------
    DataFrame, shape (20, 4), key `rank`, the nearest first: rank (from 1), peer_code,
    peer_name, in_data (whether we hold figures of it: districts of England)

    Raises
    ------
    UnknownAreaError, UnknownKindError
    SelectionError : the area is known, but is no district of the region
    """
    if kind not in PEER_KINDS:
        hint = f"Kinds are: {', '.join(PEER_KINDS)}."
        raise UnknownKindError(kind, PEER_KINDS, hint=hint)
    index = read_areas(data)
    area = index.find(area_code)
    _require_district(index, area)
    rows = _read_peers(data)[area.code, kind]
    return rows.assign(in_data=[code in index.by_code for code in rows["peer_code"]])


def read_clusters(data: DataFolder = None) -> pd.DataFrame:
    """Return the clusters of all districts of the United Kingdom.

    Returns
    -------
    DataFrame, key `area_code`, sorted by it: area_code, area_name, then a letter for
    each of global, economic and demographic, null where ONS gives none. A letter
    means nothing outside its kind.
    """
    table = open_store(data).table("areas/clusters.parquet")
    wide = table.pivot(
        index=["area_code", "area_name"], columns="kind", values="cluster"
    )
    return wide[list(PEER_KINDS)].rename_axis(columns=None).reset_index()


def _require_district(index: AreaIndex, area: Area) -> None:
    if _LEVEL in area.levels and area.in_region:
        return
    district = index.parent(area.code, _LEVEL)
    way_on = 'the codes of the districts are in areas(level="lad24").'
    if district is not None and district.in_region:
        way_on = f"ask for its district, {district.name} ({district.code})."
    raise SelectionError(
        f"{area.name} ({area.code}) is no district of the region, and only these have "
        f"peers: {way_on}"
    )


@once_per_folder
def _read_peers(data: DataFolder) -> dict[tuple[str, str], pd.DataFrame]:
    table = open_store(data).table("areas/peers.parquet").sort_values("rank")
    return {
        (str(code), str(kind)): rows[["rank", "peer_code", "peer_name"]].reset_index(
            drop=True
        )
        for (code, kind), rows in table.groupby(["area_code", "kind"], sort=False)
    }
