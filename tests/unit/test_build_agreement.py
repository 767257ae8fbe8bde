"""Sources of the geography: all are there, and they agree with each other."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.geography.agreement import check_agreement
from lpipgeo.build.geography.inputs import (
    AREA_CLASSES,
    CLUSTERS,
    NEIGHBOURS,
    Inputs,
    read_inputs,
)
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from lpipgeo.tables import PEER_KINDS
from tests.unit.geography_inputs import LSOAS, square, table_of


def test_every_missing_source_is_named_in_one_error(tmp_path: Path) -> None:
    header = "file,publisher,title,licence,attribution,bytes,sha256\n"
    (tmp_path / "MANIFEST.csv").write_text(header)

    with pytest.raises(SourceError) as raised:
        read_inputs(Sources(tmp_path), tmp_path)

    named = {problem.expected for problem in raised.value.problems}
    assert "geography/boundaries/lsoa21.parquet" in named
    assert "ons_census2021/ts001_ltla_rgn.parquet" in named
    assert "geography/ons_similar_areas/economic-neighbours.csv" in named
    assert len(raised.value.problems) == 19


def tiny_inputs(**overrides: object) -> Inputs:
    lsoas = LSOAS.iloc[:1]
    tables: dict[str, object] = {
        "lsoas": lsoas,
        "subregions": pd.DataFrame(
            {
                "lad24_code": ["D1"],
                "subregion_code": ["S1"],
                "subregion_name": ["Sub"],
            }
        ),
        "lsoa_changes": pd.DataFrame({"new_code": ["L1"]}),
        "msoa_changes": pd.DataFrame({"new_code": ["M1"]}),
        "postcodes": pd.DataFrame({"lsoa21": ["L1"]}),
        "lsoa_residents": pd.Series({"L1": 1.0}),
        "large_residents": pd.Series({"D1": 1.0, "R1": 1.0}),
        "area_classes": pd.Series({"L1": "4c2"}),
        "neighbours": pd.DataFrame(
            {
                "area_code": "D1",
                "kind": list(PEER_KINDS),
                "rank": 1,
                "peer_code": "W1",
            }
        ),
        "clusters": pd.DataFrame({"area_code": ["D1", "W1"]}),
        "lsoa_polygons": table_of({"L1": square(0, 0)}),
        "ward_polygons": table_of({"W1": square(0, 0)}),
        "pcon_polygons": table_of({"P1": square(0, 0)}),
        "district_polygons": table_of({"D1": square(0, 0)}),
        "region_polygons": table_of({"R1": square(0, 0)}),
        "town_polygons": table_of({"T1": square(0, 0)}),
        "hexagons": table_of({"E02000001": square(0, 0)}),
    }
    return Inputs(**{**tables, **overrides})  # type: ignore[arg-type]


def test_sources_that_agree_pass() -> None:
    check_agreement(tiny_inputs())


def test_every_disagreement_between_sources_is_named() -> None:
    inputs = tiny_inputs(
        lsoa_residents=pd.Series(dtype=float),
        postcodes=pd.DataFrame({"lsoa21": ["L1", "L7"]}),
        subregions=pd.DataFrame(
            {
                "lad24_code": ["D1", "D8"],
                "subregion_code": ["S1", "S1"],
                "subregion_name": ["Sub", "Other"],
            }
        ),
    )

    with pytest.raises(SourceError) as raised:
        check_agreement(inputs)

    assert [problem.found for problem in raised.value.problems] == [
        "no row for L7",
        "no row for L1",
        "no row for D8",
        "Sub and Other",
    ]


@pytest.mark.parametrize(
    ("overrides", "file"),
    [
        ({"area_classes": pd.Series({"L2": "4c2"})}, AREA_CLASSES),
        ({"clusters": pd.DataFrame({"area_code": ["D1"]})}, CLUSTERS),
        ({"clusters": pd.DataFrame({"area_code": ["W1"]})}, CLUSTERS),
        (
            {
                "neighbours": pd.DataFrame(
                    {
                        "area_code": ["D1", "D1", "D2"],
                        "kind": ["global", "demographic", "economic"],
                        "rank": 1,
                        "peer_code": "W1",
                    }
                )
            },
            NEIGHBOURS["economic"],
        ),
    ],
    ids=["class", "cluster of a peer", "cluster of a district", "peers of one kind"],
)
def test_area_that_a_file_lacks_is_named(
    overrides: dict[str, object], file: str
) -> None:
    with pytest.raises(SourceError) as raised:
        check_agreement(tiny_inputs(**overrides))
    assert {problem.where for problem in raised.value.problems} == {file}


def test_unitary_of_2023_needs_all_its_old_districts() -> None:
    inputs = tiny_inputs(
        district_polygons=table_of({"D1": square(0, 0), "E06000066": square(1, 0)}),
        clusters=pd.DataFrame({"area_code": ["D1", "W1", "E06000066"]}),
        large_residents=pd.Series({"D1": 1.0, "R1": 1.0, "E07000187": 1.0}),
    )

    with pytest.raises(SourceError) as raised:
        check_agreement(inputs)

    assert [problem.found for problem in raised.value.problems] == [
        "no row for E07000188",
        "no row for E07000189",
        "no row for E07000246",
    ]
