"""Readers of the environment's sources: what each makes of its file's traps."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from lpipgeo.build.aggregate import roll_up
from lpipgeo.build.convert import to_areas_of_2021
from lpipgeo.build.frame import Frame
from lpipgeo.build.ods import read_ods_sheet
from lpipgeo.build.readers import (
    bus_departures,
    energy_meters,
    fly_tipping,
    lad_environment,
    renewable_sites,
    vehicles,
)
from lpipgeo.build.sources import Sources
from lpipgeo.errors import SourceError
from lpipgeo.levels import ENGLAND, REGION
from tests.build_factories import (
    ABROAD,
    DISTRICT_ABROAD,
    FIVE,
    FOUR,
    MSOAS,
    OLD_DISTRICTS,
    OLD_LEFT,
    OLD_RIGHT,
    OLD_SPLIT,
    ONE,
    SIX,
    THREE,
    TWO,
    as_parquet,
    make_frame,
    write_sources,
)
from tests.factories import EAST, SUBREGION, WEST, make_indicator

TOPIC = "gov_lad_environment/topic.csv"
HOUSEHOLDS = "ons_census2021/ts041_ltla_rgn.parquet"
TIPPING = "defra_flytipping/flytipping_la.ods"
GAS = "desnz_energy_lsoa/LSOA_GAS_2019.csv.gz"
CARS = "dft_vehicles/battery_electric_cars_msoa21_2024q2.csv"
SITES = "desnz_repd/repd_q1_2024_wm.csv"
POLYGONS = "geography/boundaries/lsoa21.parquet"
BUSES = "its_leeds_bus/daytime_bus_departures_per_hour_lsoa21.parquet"
MSOA_ABROAD = "E02900009"


@pytest.fixture
def frame() -> Frame:
    return make_frame()


# District figures on the environment.


def read_topic(
    folder: Path, frame: Frame, lines: list[str], **build: Any
) -> pd.DataFrame:
    """Read lines of: code, indicator, period, value, group."""
    header = "area_code,area_name,indicator,period,measure,unit,value,group\n"
    rows = []
    for line in lines:
        code, indicator, period, value, group = line.split(",")
        rows.append(f'{code},"A, B",{indicator},{period},M,U,{value},{group}\n')
    households = pd.DataFrame(
        {
            "geography": ["A", "B", "C", "D"],
            "geography code": [WEST, EAST, *OLD_DISTRICTS],
            "Number of households: Number of households": [200, 400, 30, 70],
        }
    )
    contents = {
        TOPIC: (header + "".join(rows)).encode(),
        HOUSEHOLDS: as_parquet(households),
    }
    record = make_indicator(
        finest_level="lad24",
        build={
            "reader": "lad_environment",
            "file": "topic",
            "rows": {"indicator": "Jam"},
            "blank": "not_available",
            **build,
        },
    )
    sources = Sources(write_sources(folder, contents))
    return lad_environment.read(record, sources, frame).set_index("area_code")


@pytest.mark.parametrize(
    ("period", "interval"),
    [("2023/24", "2023-04-01/P1Y"), ("2023", "2023-01-01/P1Y")],
)
def test_topic_periods_are_years_from_april_or_january(
    tmp_path: Path, frame: Frame, period: str, interval: str
) -> None:
    found = read_topic(tmp_path, frame, [f"{WEST},Jam,{period},5,x"])
    assert found.loc[WEST, "period"] == interval


def test_topic_takes_only_the_rows_asked_for(tmp_path: Path, frame: Frame) -> None:
    lines = [f"{WEST},Jam,2023,5,x", f"{WEST},Honey,2023,9,x"]
    assert read_topic(tmp_path, frame, lines).loc[WEST, "value"] == 5


def test_topic_leaves_out_other_nations_and_former_districts(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{code},Jam,2023,5,x" for code in (WEST, "W06000022", *OLD_DISTRICTS)]
    assert list(read_topic(tmp_path, frame, lines).index) == [WEST]


@pytest.mark.parametrize("status", ["suppressed", "not_available"])
def test_topic_blank_is_null_with_the_status_of_the_record(
    tmp_path: Path, frame: Frame, status: str
) -> None:
    """As withheld grants, and green belt where the source is silent: never nought."""
    lines = [f"{WEST},Jam,2023,NA,x", f"{EAST},Jam,2023,0,x"]
    found = read_topic(tmp_path, frame, lines, blank=status, denominator="households")
    assert pd.isna(found.loc[WEST, "value"])
    assert found["status"].to_dict() == {WEST: status, EAST: "published"}
    assert found.loc[EAST, "value"] == 0


def test_topic_other_texts_stop_the_build(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match=r"found '\[c\]'"):
        read_topic(tmp_path, frame, [f"{WEST},Jam,2023,[c],x"])


def test_topic_rates_are_of_households_of_the_census(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{WEST},Jam,2023,5,x", f"{DISTRICT_ABROAD},Jam,2023,5,x"]
    found = read_topic(tmp_path, frame, lines, denominator="households")
    assert found["denominator"].to_dict() == {WEST: 200, DISTRICT_ABROAD: 100}
    assert found.loc[WEST, "value"] == 2.5


def test_topic_base_may_stand_in_the_same_file(tmp_path: Path, frame: Frame) -> None:
    lines = [f"{WEST},Jam,2023,5,x", f"{WEST},Bread,2023,20,x"]
    found = read_topic(tmp_path, frame, lines, denominator={"indicator": "Bread"})
    assert found.loc[WEST, ["value", "numerator", "denominator"]].to_list() == [
        25,
        5,
        20,
    ]


def test_topic_total_leaves_out_withheld_parts_but_is_never_nought_for_them(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{WEST},Jam,2023,5,sun", f"{WEST},Jam,2023,NA,wind"]
    lines += [f"{EAST},Jam,2023,NA,sun", f"{EAST},Jam,2023,NA,wind"]
    found = read_topic(tmp_path, frame, lines, adds_up="group", blank="suppressed")
    assert found.loc[WEST, "value"] == 5
    assert pd.isna(found.loc[EAST, "value"])
    assert found.loc[EAST, "status"] == "suppressed"


def test_topic_two_figures_for_one_key_stop_the_build(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{WEST},Jam,2023,5,sun", f"{WEST},Jam,2023,6,wind"]
    with pytest.raises(SourceError, match="repeated keys"):
        read_topic(tmp_path, frame, lines)


def test_topic_fleet_districts_keep_their_figure_unranked(
    tmp_path: Path, frame: Frame
) -> None:
    lines = [f"{WEST},Jam,2023,5,x", f"{EAST},Jam,2023,6,x"]
    found = read_topic(tmp_path, frame, lines, not_ranked=[WEST])
    assert found["status"].to_dict() == {WEST: "not_ranked", EAST: "published"}
    assert found.loc[WEST, "value"] == 5


def test_topic_without_the_series_says_so(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match="series is not in its file"):
        read_topic(tmp_path, frame, [f"{WEST},Honey,2023,5,x"])


# Fly-tipping.


def make_ods(rows: list[list[str]], sheet: str = "LA_incidents") -> bytes:
    """Make a workbook of two sheets; numbers are shown rounded, as Defra shows them."""
    lines = []
    for row in [["Title"], [], *rows]:
        cells = "".join(
            f'<t:table-cell o:value-type="float" o:value="{text}"><x:p>~</x:p>'
            "</t:table-cell>"
            if text.replace(".", "").isdigit()
            else f"<t:table-cell><x:p>{text}</x:p></t:table-cell>"
            for text in row
        )
        edge = '<t:table-cell t:number-columns-repeated="16339"/>'
        lines.append(f"<t:table-row>{cells}{edge}</t:table-row>")
    lines.append(
        '<t:table-row t:number-rows-repeated="1044931">'
        '<t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
    )
    names = "urn:oasis:names:tc:opendocument:xmlns"
    text = (
        f'<d xmlns:t="{names}:table:1.0" xmlns:o="{names}:office:1.0" '
        f'xmlns:x="{names}:text:1.0">'
        '<t:table t:name="Notes"><t:table-row><t:table-cell><x:p>No</x:p>'
        "</t:table-cell></t:table-row></t:table>"
        f'<t:table t:name="{sheet}">{"".join(lines)}</t:table></d>'
    )
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as book:
        book.writestr("content.xml", text)
    return body.getvalue()


TIPPING_HEADER = [
    *("Year", "ONS Code", "LA Name", "Region", "Total Incidents"),
    "Mid population estimates",
]


def read_tipping(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    """Read lines of: year, code, region, incidents, people."""
    rows = [line.split(",") for line in lines]
    rows = [[row[0], row[1], "Name ", *row[2:]] for row in rows]
    content = make_ods([TIPPING_HEADER, *rows])
    sources = Sources(write_sources(folder, {TIPPING: content}))
    record = make_indicator(
        multiplier=1000,
        finest_level="lad24",
        build={"reader": "fly_tipping", "years": ["2021-22", "2022-23"]},
    )
    return fly_tipping.read(record, sources, frame).set_index("area_code")


def test_tipping_is_per_thousand_of_the_population_beside_it(
    tmp_path: Path, frame: Frame
) -> None:
    row = read_tipping(tmp_path, frame, f"2022-23,{WEST},West Midlands,50,2000").loc[
        WEST
    ]
    assert row[["value", "period", "status"]].to_list() == [
        25,
        "2022-04-01/P1Y",
        "published",
    ]


def test_tipping_totals_are_regions_and_england(tmp_path: Path, frame: Frame) -> None:
    lines = (
        "2022-23,*Total,West Midlands,60,2000",
        "2022-23,*Total,*Total England,9,900",
    )
    found = read_tipping(tmp_path, frame, *lines)
    assert found["level"].to_dict() == {REGION: "rgn", ENGLAND: "ctry"}


def test_tipping_years_without_a_population_are_not_read(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (f"2012-13,{WEST},East,50,:", f"2022-23,{WEST},East,50,2000")
    assert list(read_tipping(tmp_path, frame, *lines)["period"]) == ["2022-04-01/P1Y"]


def test_tipping_colon_is_no_figure_and_never_nought(
    tmp_path: Path, frame: Frame
) -> None:
    """As Hackney in 2021-22; adding up former districts must not take it for 0."""
    lines = [f"2022-23,{WEST},East,:,2000", f"2022-23,{EAST},East,4,2000"]
    lines += [f"2022-23,{OLD_DISTRICTS[0]},East,:,10"]
    lines += [f"2022-23,{OLD_DISTRICTS[1]},East,5,10"]
    assert list(read_tipping(tmp_path, frame, *lines).index) == [EAST]


def test_tipping_of_former_districts_is_added_up(tmp_path: Path, frame: Frame) -> None:
    lines = [f"2022-23,{code},East,5,100" for code in OLD_DISTRICTS]
    row = read_tipping(tmp_path, frame, *lines).loc[DISTRICT_ABROAD]
    assert row[["value", "status"]].to_list() == [50, "aggregated"]


def test_ods_without_the_sheet_or_a_column_says_so(tmp_path: Path) -> None:
    contents = {"a.ods": make_ods([["A", "B"], ["1", "2"]]), "b.ods": b"no workbook"}
    sources = Sources(write_sources(tmp_path, contents))
    with pytest.raises(SourceError, match="lacks a sheet"):
        read_ods_sheet(sources, "a.ods", "Other", 2, ["A"])
    with pytest.raises(SourceError, match="expected a column 'C'"):
        read_ods_sheet(sources, "a.ods", "LA_incidents", 2, ["C"])
    with pytest.raises(SourceError, match="cannot be read"):
        read_ods_sheet(sources, "b.ods", "LA_incidents", 2, ["A"])


# Gas and electricity.


def read_gas(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    """Read lines of: place, code, median; made in Latin-1, with a comma in numbers."""
    header = (
        "Local Authority Name,Lower Layer Super Output Area (LSOA) Code,"
        "Mean consumption (kWh per meter),Median consumption (kWh per meter)\n"
    )
    rows = []
    for line in lines:
        place, code, median = line.split(";")
        rows.append(f'{place},{code},1,"{median}"\n')
    content = gzip.compress((header + "".join(rows)).encode("latin-1"))
    sources = Sources(write_sources(folder, {GAS: content}))
    record = make_indicator(
        aggregation="none",
        value_type="median",
        multiplier=1,
        build={"reader": "energy_meters", "fuel": "GAS"},
    )
    native = energy_meters.read(record, sources, frame)
    return to_areas_of_2021(native, record, frame).set_index("area_code")


def test_gas_is_read_in_latin_1_with_commas_in_numbers(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (f"Dôme;{SIX};12,345.5", "Unallocated;Unallocated;9", "Wales;W01000001;8")
    found = read_gas(tmp_path, frame, *lines)
    assert found["value"].to_dict() == {SIX: 12_345.5}
    assert found.loc[SIX, "period"] == "2019-05-15/P1Y"


def test_gas_of_split_areas_is_inherited_and_of_merged_ones_left_open(
    tmp_path: Path, frame: Frame
) -> None:
    """A median is not averaged: merged areas get none."""
    lines = (f"A;{OLD_SPLIT};10", f"B;{OLD_LEFT};20", f"C;{OLD_RIGHT};30")
    found = read_gas(tmp_path, frame, *lines)
    assert found.loc[[ONE, TWO], "value"].to_list() == [10, 10]
    assert found.loc[[ONE, TWO], "status"].to_list() == ["inherited", "inherited"]
    assert pd.isna(found.loc[THREE, "value"])


def test_gas_of_areas_off_the_network_stays_out(tmp_path: Path, frame: Frame) -> None:
    assert SIX not in read_gas(tmp_path, frame, f"A;{OLD_SPLIT};10").index


# Cars.


def read_cars(
    folder: Path, frame: Frame, counts: dict[str, tuple[int, int]]
) -> pd.DataFrame:
    rows = [
        f"{code},{electric},{every},0.9" for code, (electric, every) in counts.items()
    ]
    text = "MSOA21CD,EVReg,VehsReg,EVincCC\n" + "\n".join(rows) + "\n"
    sources = Sources(write_sources(folder, {CARS: text.encode()}))
    record = make_indicator(
        finest_level="msoa21", build={"reader": "vehicles", "not_ranked": [MSOAS[0]]}
    )
    native = vehicles.read(record, sources, frame)
    return roll_up(native, {"msoa21"}, record, frame).set_index("area_code")


ALL_CARS = {
    MSOAS[0]: (90, 100),
    MSOAS[1]: (5, 200),
    MSOAS[2]: (30, 300),
    MSOA_ABROAD: (4, 400),
}


def test_fleet_addresses_and_all_areas_that_hold_one_are_not_ranked(
    tmp_path: Path, frame: Frame
) -> None:
    found = read_cars(tmp_path, frame, ALL_CARS)
    for code in (MSOAS[0], WEST, SUBREGION, REGION):
        assert found.loc[code, "status"] == "not_ranked", code
    assert found.loc[MSOAS[0], "value"] == 90
    assert found.loc[[MSOAS[1], EAST], "status"].to_list() == [
        "published",
        "aggregated",
    ]


def test_cars_of_districts_outside_the_region_are_added_up(
    tmp_path: Path, frame: Frame
) -> None:
    found = read_cars(tmp_path, frame, ALL_CARS)
    assert found.loc[DISTRICT_ABROAD, "value"] == 1
    assert found.loc[ENGLAND, ["numerator", "status"]].to_list() == [129, "aggregated"]


def test_nought_electric_cars_are_a_withheld_number(
    tmp_path: Path, frame: Frame
) -> None:
    """Counts below five are withheld in each neighbourhood and came into sums as 0."""
    found = read_cars(tmp_path, frame, {**ALL_CARS, MSOAS[1]: (0, 200)})
    assert found.loc[MSOAS[1], "status"] == "suppressed"
    assert pd.isna(found.loc[MSOAS[1], "value"])
    assert found.loc[WEST, ["numerator", "denominator"]].to_list() == [90, 300]


def test_districts_that_lack_an_msoa_have_no_figure_and_england_is_an_estimate(
    tmp_path: Path, frame: Frame
) -> None:
    """As Colchester, Newham and East Devon."""
    counts = {code: pair for code, pair in ALL_CARS.items() if code != MSOA_ABROAD}
    found = read_cars(tmp_path, frame, counts)
    assert DISTRICT_ABROAD not in found.index
    assert found.loc[ENGLAND, "status"] == "converted"


# Renewable sites.


def read_renewables(folder: Path, frame: Frame, *lines: str) -> pd.DataFrame:
    """Read lines of: name, technology, stage, capacity, x, y.

    Six squares of 1 km lie in a row from (400000, 300000): `ONE` to `SIX`.
    """
    header = (
        "Site Name,Technology Type,Development Status (short),"
        "Installed Capacity (MWelec),X-coordinate,Y-coordinate\n"
    )
    text = header + "\n".join(lines) + "\n"
    squares = gpd.GeoDataFrame(
        {"LSOA21CD": [ONE, TWO, THREE, FOUR, FIVE, SIX]},
        geometry=[
            shapely.box(x, 300_000, x + 1_000, 301_000)
            for x in range(400_000, 406_000, 1_000)
        ],
        crs="EPSG:27700",
    ).to_crs("EPSG:4326")
    body = io.BytesIO()
    squares.to_parquet(body)
    contents = {SITES: text.encode(), POLYGONS: body.getvalue()}
    record = make_indicator(
        value_type="count",
        aggregation="sum",
        multiplier=1,
        finest_level="lad24",
        build={"reader": "renewable_sites", "without": ["Battery"]},
    )
    sources = Sources(write_sources(folder, contents))
    return renewable_sites.read(record, sources, frame).set_index("area_code")


WIND_WEST = "Hill,Wind,Operational,3,400500,300500"
SUN_EAST = "Field,Solar,Operational,2,405500,300500"


def test_sites_in_use_are_added_up_by_district(tmp_path: Path, frame: Frame) -> None:
    lines = (WIND_WEST, SUN_EAST, "Roof,Solar,Operational,0.5,405100,300100")
    found = read_renewables(tmp_path, frame, *lines)["value"]
    assert found[[WEST, EAST, SUBREGION, REGION]].to_list() == [3, 2.5, 5.5, 5.5]


def test_planned_sites_and_batteries_are_not_counted(
    tmp_path: Path, frame: Frame
) -> None:
    lines = (
        WIND_WEST,
        "Plan,Solar,Application Submitted,50,405500,300500",
        "Box,Battery,Operational,50,405500,300500",
    )
    found = read_renewables(tmp_path, frame, *lines)
    assert EAST not in found.index
    assert found.loc[REGION, "value"] == 3


def test_sites_without_a_capacity_are_left_out_and_are_not_nought(
    tmp_path: Path, frame: Frame
) -> None:
    found = read_renewables(
        tmp_path, frame, WIND_WEST, "School,Solar,Operational,,405500,300500"
    )
    assert EAST not in found.index
    assert found.loc[REGION, "value"] == 3


def test_coordinates_that_begin_with_a_tab_are_read(
    tmp_path: Path, frame: Frame
) -> None:
    found = read_renewables(
        tmp_path, frame, WIND_WEST, "Shed,Solar,Operational,2,\t405500,\t300500"
    )
    assert found.loc[EAST, "value"] == 2


def test_sites_outside_the_region_stop_the_build(tmp_path: Path, frame: Frame) -> None:
    with pytest.raises(SourceError, match="Far"):
        read_renewables(tmp_path, frame, "Far,Solar,Operational,2,100000,100000")


# Buses.


def test_buses_absent_means_no_stop_but_a_blank_means_no_figure(
    tmp_path: Path, frame: Frame
) -> None:
    table = pd.DataFrame({"lsoa21cd": [ONE, TWO], "bods": [4.5, None]})
    sources = Sources(write_sources(tmp_path, {BUSES: as_parquet(table)}))
    record = make_indicator(
        aggregation="none", build={"reader": "bus_departures", "column": "bods"}
    )
    found = bus_departures.read(record, sources, frame).set_index("area_code")
    assert found.loc[[ONE, THREE, ABROAD], "value"].to_list() == [4.5, 0, 0]
    assert pd.isna(found.loc[TWO, "value"])
    assert found.loc[TWO, "status"] == "not_available"
