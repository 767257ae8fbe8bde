"""Readers of places: libraries, grants, constituencies, outdoor space, heat, homes."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lpipgeo.build.convert import to_areas_of_2021
from lpipgeo.build.england import england_percentiles
from lpipgeo.build.frame import Frame
from lpipgeo.build.native import Reader
from lpipgeo.build.readers import (
    arts_grants,
    constituencies,
    foe,
    libraries,
    low_income_families,
    outdoor_space,
    small_areas,
)
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from lpipgeo.levels import ENGLAND, REGION
from tests.build_factories import (
    DISTRICT_ABROAD,
    MSOAS,
    OLD_DISTRICTS,
    ONE,
    TWO,
    as_parquet,
    make_frame,
    make_native,
    write_sources,
)
from tests.factories import EAST, WEST, make_indicator

SEATS = ("E14900001", "E14900002")
CLASSES = ("Low", "Middling", "High")
# A record of classes differs from the usual one in these fields.
OF_CLASSES: dict[str, Any] = {
    "value_type": "index",
    "unit": "class",
    "multiplier": 1,
    "valid_range": (1, 3),
    "finest_level": "msoa21",
    "aggregation": "none",
    "bands": {"msoa21": (1, 2, 3, 4)},
    "class_names": CLASSES,
}


@pytest.fixture
def frame() -> Frame:
    return make_frame()


def read(
    reader: Reader,
    folder: Path,
    frame: Frame,
    contents: dict[str, bytes],
    fields: dict[str, Any] | None = None,
    **build: object,
) -> pd.DataFrame:
    sources = Sources(write_sources(folder, contents))
    shape = {"aggregation": "none", "build": {"reader": "any", **build}}
    record = make_indicator(**(shape | (fields or {})))
    return reader(record, sources, frame).set_index("area_code")


# ---- libraries ---------------------------------------------------------------------

LIBRARY_FILES = {
    "geography/lookups/lsoa21_postcode_mean_centroid_wm.csv": (
        f"lsoa21cd,easting,northing,n_postcodes\n{ONE},0,0,9\n{TWO},3000,4000,9\n"
    ).encode(),
    "geography/lookups/postcodes_wm_codepoint_open.parquet": as_parquet(
        {"postcode": ["B1 1AA"], "easting": [3000], "northing": [0]}
    ),
}
OPEN = "Static Library,LA"


def nearest_library(folder: Path, frame: Frame, *lines: str) -> pd.Series[float]:
    """Return distances; a line is: type, operation, postcode, easting, northing."""
    text = "Name,Type,Operation in 2023,Postcode,Easting,Northing\n"
    text += "".join(f"Library {i},{line}\n" for i, line in enumerate(lines))
    contents = {**LIBRARY_FILES, "culture/libraries_2023_wm.csv": text.encode()}
    return read(libraries.read, folder, frame, contents)["value"]


def test_distance_to_the_nearest_library_is_in_km(tmp_path: Path, frame: Frame) -> None:
    lines = (f"{OPEN},B9 9ZZ,0,0", f"{OPEN},B9 9ZZ,0,60000")
    assert nearest_library(tmp_path, frame, *lines).to_dict() == {ONE: 0, TWO: 5}


@pytest.mark.parametrize(
    "shut", ["Static Library,", "Mobile Library,LA", "Prison Library,LA", "Archive,LA"]
)
def test_only_open_static_libraries_count(
    tmp_path: Path, frame: Frame, shut: str
) -> None:
    lines = (f"{shut},B9 9ZZ,0,0", f"{OPEN},B9 9ZZ,0,2000")
    assert nearest_library(tmp_path, frame, *lines)[ONE] == 2


def test_libraries_run_by_the_community_count(tmp_path: Path, frame: Frame) -> None:
    found = nearest_library(tmp_path, frame, "Static Library,C,B9 9ZZ,0,0")
    assert found[ONE] == 0


def test_libraries_far_from_their_postcode_stop_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    """As Erdington Library, which the source places in Handsworth."""
    lines = (f"{OPEN},b11aa,0,0", f"{OPEN},B1 1AA,3000,9", f"{OPEN},B1 1AA,3000,1009")
    with pytest.raises(SourceError) as caught:
        nearest_library(tmp_path, frame, *lines)
    assert [problem.found for problem in caught.value.problems] == [
        "Library 0 3.0 km from b11aa",
        "Library 2 1.0 km from B1 1AA",
    ]
    assert all("corrections.toml" in p.hint for p in caught.value.problems)


def test_library_near_its_postcode_stays(tmp_path: Path, frame: Frame) -> None:
    assert nearest_library(tmp_path, frame, f"{OPEN},B1 1AA,2100,0")[ONE] == 2.1


@pytest.mark.parametrize(
    "line", [f"{OPEN},B9 9ZZ,,", f"{OPEN},B1 1AA,,", "Static Library,,B1 1AA,0,0"]
)
def test_library_without_any_place_stops_the_build(
    tmp_path: Path, frame: Frame, line: str
) -> None:
    with pytest.raises(SourceError, match="cannot be placed"):
        nearest_library(tmp_path, frame, line)


# ---- grants ------------------------------------------------------------------------


def grants(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    text = "la_code,local_authority,population,count_total,sum_total,"
    text += "sum_total_per_capita\n" + "\n".join(lines) + "\n"
    contents = {"culture/ace_project_grants_lad21.csv": text.encode()}
    return read(arts_grants.read, folder, frame, contents)


def test_no_grants_at_all_is_zero_where_the_source_says_so(
    tmp_path: Path, frame: Frame
) -> None:
    """As for Cannock Chase: no count, no sum, and 0 per head."""
    row = grants(tmp_path, frame, f"{WEST},A,200,,,0").loc[WEST]
    assert row[["value", "numerator", "denominator", "status"]].to_list() == [
        0,
        0,
        200,
        "published",
    ]


def test_blank_sum_alone_is_not_zero(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match="missing"):
        grants(tmp_path, frame, f"{WEST},A,200,,,2")


def test_grants_of_merged_districts_are_added_up(tmp_path: Path, frame: Frame) -> None:
    first, second = OLD_DISTRICTS
    lines = (f"{first},A,100,1,100,1.00", f"{second},B,300,1,900,3.00")
    row = grants(tmp_path, frame, *lines).loc[DISTRICT_ABROAD]
    assert row[["value", "status"]].to_list() == [2.5, "aggregated"]


def test_grants_of_other_nations_are_left_out(tmp_path: Path, frame: Frame) -> None:
    lines = (f"{WEST},A,200,1,400,2.00", "S12000033,Aberdeen,200,,,0")
    assert list(grants(tmp_path, frame, *lines).index) == [WEST]


# ---- constituencies ----------------------------------------------------------------


@pytest.fixture
def seats(frame: Frame) -> Frame:
    rows = {"area_code": SEATS, "levels": "pcon24", "in_region": True, "area_km2": 50.0}
    return replace(frame, areas=pd.concat([frame.areas, pd.DataFrame(rows)]))


SPACE = "pcon24/space.csv"
TWO_ROWS = (
    "PCON24CD,PCON24NM,Scenario 3,Scenario 3,Scenario 4,Scenario 4\n"
    ",,Households,With access,Households,With access\n---,---,---,---,---,---\n"
    f"{SEATS[0]},A,100,90,100,20\nW07000001,B,100,90,100,30\n"
)
SCENARIO = {
    "file": SPACE,
    "period": "2024-01-01/P1Y",
    "numerator": ["Scenario 4.1", "With access"],
    "denominator": ["Scenario 4", "Households"],
}


def test_repeated_headings_are_told_apart(tmp_path: Path, seats: Frame) -> None:
    contents = {SPACE: TWO_ROWS.encode()}
    found = read(constituencies.read, tmp_path, seats, contents, **SCENARIO)
    row = found.loc[SEATS[0], ["level", "value", "numerator", "denominator"]]
    assert row.to_list() == ["pcon24", 20, 20, 100]


def test_absent_constituency_has_no_data_and_others_are_left_out(
    tmp_path: Path, seats: Frame
) -> None:
    contents = {SPACE: TWO_ROWS.encode()}
    found = read(constituencies.read, tmp_path, seats, contents, **SCENARIO)
    assert found["status"].to_dict() == {
        SEATS[0]: "published",
        SEATS[1]: "not_available",
    }


def test_moved_column_stops_the_build(tmp_path: Path, seats: Frame) -> None:
    contents = {SPACE: TWO_ROWS.replace("Households,With", "With,With").encode()}
    with pytest.raises(SourceError, match="other headings"):
        read(constituencies.read, tmp_path, seats, contents, **SCENARIO)


def test_sites_are_per_area_and_none_is_zero(tmp_path: Path, seats: Frame) -> None:
    text = f"PCON24CD,Type,Type\n,All,Battlefield\n---,---,---\n{SEATS[0]},4,1\n"
    text += f"{SEATS[1]},0,0\n"
    build = {
        "file": "h.csv",
        "period": "2025-01-01/P1Y",
        "numerator": ["Type", "All"],
        "denominator": "area_km2",
    }
    contents = {"h.csv": text.encode()}
    found = read(constituencies.read, tmp_path, seats, contents, **build)
    assert found["value"].to_list() == [8, 0]


def test_one_row_of_headings_needs_no_second(tmp_path: Path, seats: Frame) -> None:
    contents = {"t.csv": f"PCON24CD,Turnout\n{SEATS[0]},55.5\n".encode()}
    build = {"file": "t.csv", "period": "2024-07-04/P1D", "value": ["Turnout"]}
    found = read(constituencies.read, tmp_path, seats, contents, **build)
    assert found.loc[SEATS[0], ["value", "period"]].to_list() == [
        55.5,
        "2024-07-04/P1D",
    ]


# ---- children, small areas ---------------------------------------------------------


def children(folder: Path, frame: Frame, years: list[str]) -> pd.DataFrame:
    table = {"msoa11cd": [MSOAS[0]] * len(years), "year": years}
    table["children_relative_low_income_bhc"] = [10.0] * len(years)  # type: ignore[assignment]
    file = "dwp/children_relative_low_income_msoa11_2014_2022.parquet"
    return read(low_income_families.read, folder, frame, {file: as_parquet(table)})


def test_year_marked_p_is_provisional(tmp_path: Path, frame: Frame) -> None:
    found = children(tmp_path, frame, ["2020/21", "2021/22 (p)"])
    assert found.set_index("period")["status"].to_dict() == {
        "2020-04-01/P1Y": "published",
        "2021-04-01/P1Y": "provisional",
    }


def test_year_written_otherwise_stops_the_build(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match="Years"):
        children(tmp_path, frame, ["2021"])


def test_parts_of_a_split_area_share_its_children_out(frame: Frame) -> None:
    """A number is not inherited: the parts would count every child twice."""
    record = make_indicator(aggregation="sum", value_type="count")
    native = make_native("lsoa11", {"E01800001": 100.0})
    found = to_areas_of_2021(native, record, frame).set_index("area_code")
    assert found["value"].to_dict() == {ONE: 60, TWO: 40}
    assert set(found["status"]) == {"converted"}


def test_small_areas_read_england_and_keep_zero(tmp_path: Path, frame: Frame) -> None:
    contents = {"runs.csv": f"code,rate\n{ONE},0.0\n{TWO},\nW01000001,2\n".encode()}
    build = {
        "file": "runs.csv",
        "level": "lsoa11",
        "code": "code",
        "column": "rate",
        "period": "2017-01-01/P2Y",
    }
    found = read(small_areas.read, tmp_path, frame, contents, **build)
    assert found["status"].to_dict() == {ONE: "published", TWO: "not_available"}
    assert found.loc[ONE, "value"] == 0


# ---- outdoor space -----------------------------------------------------------------

HOMES, WITH = "Address count", "Adress with private outdoor space count"


def gardens(
    folder: Path, frame: Frame, districts: dict[str, tuple[int, int]]
) -> pd.DataFrame:
    """Read a workbook; the sheets of larger areas hold houses, flats and all homes."""
    body = io.BytesIO()
    with pd.ExcelWriter(body, engine="openpyxl") as book:
        for sheet, code, rows in (
            ("MSOA gardens", "MSOA code", {MSOAS[0]: (10, 9), "W02000001": (10, 1)}),
            ("LAD gardens", "LAD code", districts),
        ):
            lines = [[code, HOMES, WITH], *([c, *n] for c, n in rows.items())]
            pd.DataFrame(lines).to_excel(
                book, sheet_name=sheet, header=False, index=False
            )
        for sheet, blanks, code in (
            ("Region gardens", 2, REGION),
            ("Country gardens", 0, ENGLAND),
        ):
            filler = [None] * blanks
            lines = [
                ["Country code", *filler, "Houses", None, "Flats", None, "Total", None],
                [None, *filler, *[HOMES, WITH] * 3],
                [ENGLAND if blanks else code, *filler, 1, 1, 2, 1, 3, 2],
            ]
            if blanks:
                lines[2][2] = code
            pd.DataFrame(lines).to_excel(
                book, sheet_name=sheet, header=False, index=False
            )
    file = "ons_green_space/private_outdoor_space_2020.xlsx"
    return read(outdoor_space.read, folder, frame, {file: body.getvalue()})


def test_all_homes_are_meant_not_houses_or_flats(tmp_path: Path, frame: Frame) -> None:
    found = gardens(tmp_path, frame, {WEST: (50, 40), EAST: (50, 30)})
    counts = found.loc[[REGION, ENGLAND], ["numerator", "denominator"]]
    assert counts.to_numpy().tolist() == [[2, 3], [2, 3]]


def test_outdoor_space_is_a_share_of_homes_in_england(
    tmp_path: Path, frame: Frame
) -> None:
    found = gardens(tmp_path, frame, {WEST: (50, 40), "S12000033": (50, 30)})
    assert found["value"].drop([REGION, ENGLAND]).to_dict() == {MSOAS[0]: 90, WEST: 80}


def test_buckinghamshire_is_made_of_its_former_districts(
    tmp_path: Path, frame: Frame
) -> None:
    bucks = {"area_code": ["E06000060"], "levels": ["lad24"], "in_region": [False]}
    frame = replace(frame, areas=pd.concat([frame.areas, pd.DataFrame(bucks)]))
    former = {f"E0700000{n}": (10, n) for n in (4, 5, 6, 7)}
    row = gardens(tmp_path, frame, {WEST: (50, 40), **former}).loc["E06000060"]
    assert row[["numerator", "denominator", "status"]].to_list() == [
        22,
        40,
        "aggregated",
    ]


# ---- Friends of the Earth ----------------------------------------------------------


def test_insulation_adds_up_districts_and_leaves_out_what_has_no_place(
    tmp_path: Path, frame: Frame
) -> None:
    text = "msoa21,cavity,solid,all\n"
    text += f"{MSOAS[0]},10,20,100\n{MSOAS[1]},5,5,100\n,900,900,900\nW02000001,1,1,1\n"
    file = "foe/epc-ins-recommendations-by-msoa21-April25.csv"
    build = {"numerator": ["cavity", "solid"], "denominator": "all"}
    found = read(foe.read_insulation, tmp_path, frame, {file: text.encode()}, **build)
    assert found["value"].to_dict() == {
        MSOAS[0]: 30,
        MSOAS[1]: 10,
        WEST: 20,
        ENGLAND: 20,
    }
    assert found["status"].value_counts().to_dict() == {"published": 2, "aggregated": 2}


HEAT = "foe/heat-risk-MSOA21.csv"


def test_heat_classes_are_numbered_in_the_records_order(
    tmp_path: Path, frame: Frame
) -> None:
    text = f"msoa21,heat_vuln_risk\n{MSOAS[0]},High\n{MSOAS[1]},Low\n{MSOAS[2]},\n"
    found = read(foe.read_heat, tmp_path, frame, {HEAT: text.encode()}, OF_CLASSES)
    assert found["value"].fillna(0).to_list() == [3, 1, 0]
    assert found["status"].to_list() == ["published", "published", "not_available"]


def test_heat_class_of_another_name_stops_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    text = f"msoa21,heat_vuln_risk\n{MSOAS[0]},Extreme\n"
    with pytest.raises(SourceError, match="does not name"):
        read(foe.read_heat, tmp_path, frame, {HEAT: text.encode()}, OF_CLASSES)


def test_classes_have_no_place_in_england(frame: Frame) -> None:
    record = make_indicator(**OF_CLASSES)
    native = make_native("msoa21", {f"E0200{n:04}": n % 3 + 1 for n in range(6_856)})
    assert england_percentiles(native, record, frame).empty
