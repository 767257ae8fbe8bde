"""Whether the files that the geography is built from know the same areas."""

from __future__ import annotations

from collections.abc import Iterable

from lpipgeo.build.geography.inputs import (
    AREA_CLASSES,
    CLUSTERS,
    DISTRICT_POLYGONS,
    LARGE_RESIDENTS,
    LSOA_CHANGES,
    LSOA_POLYGONS,
    LSOA_RESIDENTS,
    MASTER,
    MSOA_CHANGES,
    NEIGHBOURS,
    PCON_POLYGONS,
    POSTCODES,
    REGION_POLYGONS,
    SUBREGIONS,
    Inputs,
)
from lpipgeo.build.geography.successors import NEW_UNITARIES
from lpipgeo.errors import Problem, SourceError


def check_agreement(inputs: Inputs) -> None:
    """Raise one SourceError that names every code that a file should have and lacks."""
    problems = [
        *_neighbourhood_problems(inputs),
        *_larger_problems(inputs),
        *_similar_problems(inputs),
        *_subregion_problems(inputs),
    ]
    if problems:
        raise SourceError("Sources disagree about areas:", problems)


def _absent(
    file: str, field: str, codes: Iterable[str], wanted: Iterable[str], of: str
) -> list[Problem]:
    lacking = sorted(set(wanted) - set(codes))
    return [
        Problem(file, field, f"no row for {code}", f"one for every code of {of}")
        for code in lacking
    ]


def _neighbourhood_problems(inputs: Inputs) -> list[Problem]:
    known = inputs.lsoas["lsoa21"]
    polygons = inputs.lsoa_polygons["area_code"]
    coded = inputs.postcodes["lsoa21"]
    changed = inputs.lsoa_changes["new_code"]
    counted = inputs.lsoa_residents.index
    classed = inputs.area_classes.index
    return [
        *_absent(MASTER, "lsoa21cd", known, polygons, LSOA_POLYGONS),
        *_absent(MASTER, "lsoa21cd", known, coded, POSTCODES),
        *_absent(LSOA_POLYGONS, "LSOA21CD", polygons, known, MASTER),
        *_absent(LSOA_CHANGES, "LSOA21CD", changed, known, MASTER),
        *_absent(LSOA_RESIDENTS, "lsoa21cd", counted, known, MASTER),
        *_absent(AREA_CLASSES, "geography_code", classed, known, MASTER),
    ]


def _larger_problems(inputs: Inputs) -> list[Problem]:
    lsoas = inputs.lsoas
    changed = inputs.msoa_changes["new_code"]
    seats = inputs.pcon_polygons["area_code"]
    districts = inputs.district_polygons["area_code"]
    regions = inputs.region_polygons["area_code"]
    # The census tables keep the districts of 2022, from which new unitaries are made.
    of_2022 = set(districts) - set(NEW_UNITARIES)
    for unitary in set(districts) & set(NEW_UNITARIES):
        of_2022.update(NEW_UNITARIES[unitary])
    large = inputs.large_residents.index
    field = "geography code"
    return [
        *_absent(MSOA_CHANGES, "MSOA21CD", changed, lsoas["msoa21"], MASTER),
        *_absent(PCON_POLYGONS, "PCON24CD", seats, lsoas["pcon24"], MASTER),
        *_absent(DISTRICT_POLYGONS, "ltla24_code", districts, lsoas["lad24"], MASTER),
        *_absent(REGION_POLYGONS, "region24_code", regions, lsoas["rgn"], MASTER),
        *_absent(LARGE_RESIDENTS, field, large, of_2022, DISTRICT_POLYGONS),
        *_absent(LARGE_RESIDENTS, field, large, regions, REGION_POLYGONS),
    ]


def _similar_problems(inputs: Inputs) -> list[Problem]:
    ours, field = set(inputs.lsoas["lad24"]), "AREACD"
    named = inputs.clusters["area_code"]
    districts = inputs.district_polygons["area_code"]
    problems = _absent(CLUSTERS, field, named, districts, DISTRICT_POLYGONS)
    for kind, file in NEIGHBOURS.items():
        rows = inputs.neighbours[inputs.neighbours["kind"] == kind]
        peers = rows.loc[rows["area_code"].isin(ours), "peer_code"]
        problems += _absent(file, field, rows["area_code"], ours, MASTER)
        problems += _absent(CLUSTERS, field, named, peers, file)
    return problems


def _subregion_problems(inputs: Inputs) -> list[Problem]:
    held = inputs.subregions["lad24_code"]
    known = inputs.lsoas["lad24"]
    names = inputs.subregions.groupby("subregion_code")["subregion_name"].unique()
    return [
        *_absent(SUBREGIONS, "lad24_code", held, known, MASTER),
        *_absent(MASTER, "lad24cd", known, held, SUBREGIONS),
        *(
            Problem(
                SUBREGIONS, "subregion_name", " and ".join(found), f"one for {code}"
            )
            for code, found in names.items()
            if len(found) > 1
        ),
    ]
