"""Electric cars, with fleets that are not ranked, and departures of buses."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lpipgeo.build.aggregate import roll_up
from lpipgeo.build.frame import Frame
from lpipgeo.build.readers import bus_departures, vehicles
from lpipgeo.build.sources import Sources
from lpipgeo.levels import ENGLAND, REGION
from tests.build_factories import (
    ABROAD,
    DISTRICT_ABROAD,
    MSOAS,
    ONE,
    THREE,
    TWO,
    as_parquet,
    write_sources,
)
from tests.factories import EAST, SUBREGION, WEST, make_indicator

CARS = "dft_vehicles/battery_electric_cars_msoa21_2024q2.csv"
BUSES = "its_leeds_bus/daytime_bus_departures_per_hour_lsoa21.parquet"
MSOA_ABROAD = "E02900009"


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
