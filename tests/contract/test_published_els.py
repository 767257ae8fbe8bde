"""Series of Explore Local Statistics against figures found elsewhere.

ONS-WELL  ONS, Personal well-being in the UK: April 2022 to March 2023, 7 November 2023:
          UK averages 7.73 (worthwhile), 7.39 (happiness) and 3.23 (anxiety).
ONS-WALK  ONS, Access to local amenities in England and Wales, 17 October 2024, as in
          the Shropshire Star (PA) of that day: residents within a 30-minute walk of a
          station, by region; the districts with 100 and with 0 per cent.
DESNZ     DESNZ, domestic gas and electricity by neighbourhood (LSOA) in 2019: meters,
          consumption and medians, a file that these indicators are not made from.
CENSUS    Residents of Census 2021, by which museums were divided.
RAW       Recomputed from the publisher's file in another way than the build does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.levels import REGION, UNITED_KINGDOM

Read = Callable[[str, str], pd.DataFrame]

BIRMINGHAM, SOLIHULL, SANDWELL, SHROPSHIRE, MALVERN_HILLS, BARNSLEY = (
    "E08000025",
    "E08000029",
    "E08000028",
    "E06000051",
    "E07000235",
    "E08000016",
)
IN_2024 = "2024-01-01/P1Y"


@pytest.fixture(scope="module")
def read(read_indicator: Callable[[str], pd.DataFrame]) -> Read:
    def read(indicator: str, period: str) -> pd.DataFrame:
        table = read_indicator(indicator)
        return table.loc[table["period"] == period].set_index("area_code")

    return read


@pytest.fixture(scope="module")
def districts(data_dir: Path) -> pd.DataFrame:
    areas = pd.read_parquet(data_dir / "areas/areas.parquet").set_index("area_code")
    return areas.loc[areas["levels"].str.startswith("lad24")]


def raw(sources_dir: Path, dataset: str) -> pd.DataFrame:
    path = sources_dir / f"ons_els/{dataset}/{dataset}.csv"
    return pd.read_csv(path, encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("indicator", "average"),
    [("worthwhile", 7.73), ("happiness", 7.39), ("anxiety", 3.23)],
)
def test_wellbeing_of_the_uk(read: Read, indicator: str, average: float) -> None:
    """ONS-WELL."""
    found = read(indicator, "2022-04-01/P1Y")
    assert found.loc[UNITED_KINGDOM, "value"] == average


def test_walk_to_a_station(read: Read, districts: pd.DataFrame) -> None:
    """ONS-WALK."""
    values = read("rail_station_walk", "2024-06-01/P1M")["value"]
    london, north_west, south_east, east_midlands = (
        f"E1200000{n}" for n in (7, 2, 8, 4)
    )
    regions = [london, north_west, south_east, east_midlands]
    assert values[regions].to_list() == [96, 70, 58, 36]
    names = districts["area_name"]
    shares = values.reindex(districts.index)
    assert set(names[shares == 100]) == {
        "City of London",
        "Enfield",
        "Islington",
        "Lambeth",
        "Lewisham",
        "Merton",
        "Westminster",
    }
    assert set(names[shares == 0]) == {
        "Gosport",
        "Isles of Scilly",
        "North West Leicestershire",
        "Rossendale",
        "Torridge",
    }


@pytest.mark.parametrize(
    ("indicator", "period", "file", "meters", "total"),
    [
        (
            "domestic_gas_lad",
            "2019-05-15/P1Y",
            "desnz_energy_lsoa/LSOA_GAS_2019.csv.gz",
            "Number of consuming meters",
            "Consumption (kWh)",
        ),
        (
            "domestic_electricity_lad",
            "2019-02-01/P1Y",
            "desnz_energy_lsoa/LSOA_ELEC_2019.csv.gz",
            "Total number of domestic electricity meters",
            "Total domestic electricity consumption (kWh)",
        ),
    ],
)
def test_energy_per_meter_is_the_median_not_the_mean(
    read: Read,
    sources_dir: Path,
    indicator: str,
    period: str,
    file: str,
    meters: str,
    total: str,
) -> None:
    """DESNZ. The file says only "per meter point"."""
    table = pd.read_csv(sources_dir / file, encoding="latin-1")
    median = next(name for name in table.columns if name.startswith("Median"))
    found = read(indicator, period)["value"]
    for code in (BIRMINGHAM, SANDWELL, SHROPSHIRE):
        rows = table.loc[table["Local Authority Code"] == code]
        rows = rows[[meters, total, median]].apply(pd.to_numeric)
        mean = rows[total].sum() / rows[meters].sum()
        typical = (rows[median] * rows[meters]).sum() / rows[meters].sum()
        assert found[code] == pytest.approx(typical, rel=0.04)
        assert found[code] < 0.93 * mean


def test_gas_years_to_2015_begin_in_october(read: Read) -> None:
    found = read("domestic_gas_lad", "2014-10-01/P1Y")["value"]
    assert found[BIRMINGHAM] == pytest.approx(12_470.35573)
    assert read("domestic_gas_lad", "2015-05-15/P1Y").empty


def test_barnsley_is_there_under_its_new_code_too(
    read: Read, sources_dir: Path
) -> None:
    table = raw(sources_dir, "domestic-electricity-consumption")
    new = table.loc[table["areacd"].eq("E08000038")].set_index("period")["observation"]
    for period in ("2014-02-01/P1Y", "2024-02-01/P1Y"):
        found = read("domestic_electricity_lad", period).loc[BARNSLEY, "value"]
        assert found == new.get(period, 2882.8)


def test_museums_are_whole_and_add_up_to_the_region(
    read: Read, data_dir: Path, districts: pd.DataFrame
) -> None:
    """CENSUS."""
    population = pd.read_parquet(data_dir / "indicators/population.parquet")
    people = population.set_index("area_code")["value"]
    rates = read("museums_per_100k", "2021-09-30/P1D")["value"]
    museums = (rates * people / 100_000)[districts.index[districts["in_region"]]]
    assert (museums - museums.round()).abs().max() < 0.06
    assert museums.round().sum() == 228
    assert rates[REGION] * people[REGION] / 100_000 == pytest.approx(228, abs=0.3)


def test_births_of_districts_give_those_of_the_region(
    read: Read, sources_dir: Path, districts: pd.DataFrame
) -> None:
    """RAW: each share times its active businesses, added up and divided again."""
    table = raw(sources_dir, "business-demography")
    table = table.loc[
        table["indicator"].eq("Active businesses") & table["period"].eq(IN_2024)
    ]
    active = table.set_index("areacd")["observation"]
    codes = districts.index[districts["in_region"]]
    rates = read("business_births", IN_2024)["value"]
    births = (rates[codes] * active[codes] / 100).sum()
    assert births == pytest.approx(26_880, abs=1)
    assert 100 * births / active[REGION] == pytest.approx(rates[REGION], abs=1e-4)


def test_guest_nights_of_a_sub_region(
    read: Read, sources_dir: Path, data_dir: Path
) -> None:
    """RAW."""
    period = "2025-08-01/P1M"
    table = raw(sources_dir, "short-term-let-number-of-guests-nights")
    nights = table.loc[table["period"] == period].set_index("areacd")["observation"]
    subregions = pd.read_csv(data_dir / "areas/subregions.csv", dtype=str)
    inside = subregions.groupby("subregion_code")["lad24_code"].agg(set)
    code = inside.index[inside == {BIRMINGHAM, SOLIHULL}].item()
    row = read("short_term_let_guest_nights", period).loc[code]
    assert row["value"] == nights[BIRMINGHAM] + nights[SOLIHULL]
    assert row["status"] == "aggregated"


def test_healthy_life_expectancy_has_every_upper_tier_area_and_no_other(
    read: Read, data_dir: Path
) -> None:
    areas = pd.read_parquet(data_dir / "areas/areas.parquet").set_index("area_code")
    upper = areas.index[areas["levels"].str.contains("utla") & areas["in_region"]]
    found = read("healthy_life_expectancy_female", "2022-01-01/P3Y")
    assert found.loc[upper, "value"].notna().sum() == len(upper) == 14
    assert MALVERN_HILLS not in found.index


def test_rates_of_three_to_nine_people_are_not_ranked(read: Read) -> None:
    found = read("economic_inactivity", "2023-01-01/P1Y").loc[MALVERN_HILLS]
    assert (found["value"], found["status"]) == (7.3, "not_ranked")
    assert pd.isna(found["lower_ci"])
