"""Environment indicators against figures that do not come from our own computing.

EXPRESS   Express & Star, 24 January 2022 and 7 February 2023, quoting Defra: incidents
          of fly-tipping in 2019/20, 2020/21 and 2021/22.
DEFRA     The column "Incidents per 1,000 people" of Defra's own workbook, which the
          build does not read.
LETS      letsrecycle.com, 27 March 2025, quoting Defra: highest recycling rates of
          2023/24 and 2022/23.
MHCLG     MHCLG, Local authority green belt: England 2024-25, 9 October 2025: 1,633,220
          of 13,046,440 hectares. District areas are rounded to ten hectares.
LCC       Lancashire County Council, Ultra low emission vehicles and charging points:
          18,394 more vehicles in the 12 districts in 2024 than in 2020, 458.7 % more.
ELS       ONS Explore Local Statistics: DESNZ's medians of whole districts, 2019.
RAW       The publisher's rows, added up here in another way than the build does.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.ods import read_ods_sheet
from lpipgeo.build.sources import open_sources
from lpipgeo.levels import ENGLAND, REGION

BIRMINGHAM, DUDLEY, SANDWELL, SOLIHULL, WALSALL, WOLVERHAMPTON = (
    "E08000025",
    "E08000027",
    "E08000028",
    "E08000029",
    "E08000030",
    "E08000031",
)
BLACK_COUNTRY = [DUDLEY, SANDWELL, WALSALL, WOLVERHAMPTON]
SHROPSHIRE, STRATFORD, REDDITCH, WORCESTER = (
    "E06000051",
    "E07000221",
    "E07000236",
    "E07000237",
)
SOUTH_OXFORDSHIRE, THREE_RIVERS = "E07000179", "E07000102"
LANCASHIRE = [f"E07000{number}" for number in range(117, 129)]
FLEETS = ["E02002066", "E02002089", "E02002097"]
IN_2024 = "2024-01-01/P1Y"

Make = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def make(read_indicator: Make) -> Make:
    """Read an indicator as the build made it; index (area_code, period)."""
    return lambda name: read_indicator(name).set_index(["area_code", "period"])


def topic(sources_dir: Path, name: str) -> pd.DataFrame:
    table = pd.read_csv(sources_dir / f"gov_lad_environment/{name}.csv")
    return table.loc[table["area_code"].str.startswith("E")]


@pytest.mark.parametrize(
    ("year", "code", "incidents"),
    [
        (2019, REGION, 70_830),
        (2020, REGION, 90_585),
        (2019, SANDWELL, 5_972),
        (2020, SANDWELL, 10_330),
        (2020, WOLVERHAMPTON, 3_056),
        (2020, WALSALL, 3_618),
        (2020, DUDLEY, 1_834),
        (2020, BIRMINGHAM, 22_750),
    ],
)
def test_fly_tipping_incidents(
    make: Make, year: int, code: str, incidents: int
) -> None:
    """EXPRESS."""
    row = make("fly_tipping").loc[(code, f"{year}-04-01/P1Y")]
    assert row["numerator"] == incidents


@pytest.mark.parametrize(("year", "incidents"), [(2020, 18_838), (2021, 20_653)])
def test_fly_tipping_of_the_black_country(
    make: Make, year: int, incidents: int
) -> None:
    """EXPRESS."""
    keys = [(code, f"{year}-04-01/P1Y") for code in BLACK_COUNTRY]
    assert make("fly_tipping").loc[keys, "numerator"].sum() == incidents


def test_fly_tipping_rates_are_defras_own(
    make: Make, sources_dir: Path, data_dir: Path
) -> None:
    """DEFRA, as shown with one decimal."""
    columns = ["Year", "ONS Code", "Incidents per 1,000 people"]
    file = "defra_flytipping/flytipping_la.ods"
    sources = open_sources(sources_dir, data_dir)
    table = read_ods_sheet(sources, file, "LA_incidents", 2, columns)
    table.columns = pd.Index(["year", "area_code", "rate"])
    table = table.loc[table["area_code"].str.startswith("E")]
    table["rate"] = pd.to_numeric(table["rate"], errors="coerce")
    table["period"] = table["year"].str[:4] + "-04-01/P1Y"
    theirs = table.dropna().set_index(["area_code", "period"])["rate"]
    ours = make("fly_tipping")
    ours = ours.loc[ours["status"] == "published", "value"]
    both = pd.concat([ours, theirs], axis=1, join="inner")
    assert len(both) > 1_100
    assert (both["value"] - both["rate"]).abs().max() < 0.051


@pytest.mark.parametrize(
    ("year", "code", "per_cent"),
    [
        (2023, SOUTH_OXFORDSHIRE, 62.9),
        (2023, THREE_RIVERS, 61.9),
        (2023, STRATFORD, 61.0),
        (2022, SOUTH_OXFORDSHIRE, 61.6),
        (2022, THREE_RIVERS, 61.5),
    ],
)
def test_recycling_rates(make: Make, year: int, code: str, per_cent: float) -> None:
    """LETS."""
    row = make("recycling_rate").loc[(code, f"{year}-04-01/P1Y")]
    assert round(row["value"], 1) == per_cent


def test_recycling_has_its_three_highest_districts_and_ten_of_60_per_cent(
    make: Make,
) -> None:
    """LETS."""
    values = make("recycling_rate")["value"].xs("2023-04-01/P1Y", level="period")
    highest = values.nlargest(3).index
    assert list(highest) == [SOUTH_OXFORDSHIRE, THREE_RIVERS, STRATFORD]
    assert (values.round(1) >= 60).sum() == 10


def test_green_belt_of_the_districts_is_englands(make: Make) -> None:
    """MHCLG."""
    table = make("green_belt")
    districts = table.loc[table["status"] == "published"]
    assert districts["numerator"].sum() == pytest.approx(1_633_220, abs=200)
    assert set(districts["numerator"] % 10) == {0}


def test_green_belt_is_never_nought_where_the_source_is_silent(
    make: Make, sources_dir: Path
) -> None:
    table = topic(sources_dir, "green_belt")
    belt = table.loc[table["indicator"] == "Green Belt area"]
    silent = belt.loc[belt["value"].isna(), "area_code"]
    found = make("green_belt").droplevel("period").loc[silent]
    assert len(silent) == 119
    assert found["value"].isna().all()
    assert set(found["status"]) == {"not_available"}


def test_ultra_low_emission_vehicles_of_lancashire(make: Make) -> None:
    """LCC. 2020 exactly; 2024 was revised since by less than one in 200."""
    values = make("ulev")["value"].unstack("period").loc[LANCASHIRE].sum()
    assert values["2020-01-01/P1Y"] == round(18_394 / 4.587)
    assert values[IN_2024] == pytest.approx(4_010 + 18_394, rel=0.005)


def test_ultra_low_emission_fleets_of_the_region_are_not_ranked(make: Make) -> None:
    table = make("ulev")
    fleets = table.loc[table["status"] == "not_ranked"]
    districts = set(fleets.index.get_level_values("area_code"))
    assert districts == {BIRMINGHAM, SANDWELL, SOLIHULL, REDDITCH}
    assert fleets["value"].notna().all()


def test_grants_are_counted_and_withheld_ones_stay_withheld(
    make: Make, sources_dir: Path
) -> None:
    """RAW."""
    table = topic(sources_dir, "boiler_upgrade_scheme")
    blank = table["value"].isna()
    found = make("heat_pump_grants")
    suppressed = found.loc[found["status"] == "suppressed"]
    assert len(suppressed) == blank.sum() == 54
    assert suppressed["value"].isna().all()
    for code in (REDDITCH, WORCESTER):
        assert found.loc[(code, "2022-04-01/P1Y"), "status"] == "suppressed"
    published = found.loc[found["status"] == "published", "numerator"]
    assert published.sum() == table["value"].sum()


def test_grants_are_per_households_of_the_census(make: Make, sources_dir: Path) -> None:
    """RAW: 127 grants; the households of Birmingham's neighbourhoods, added up."""
    lookup = pd.read_parquet(
        sources_dir / "geography/lookups/lsoa21_wm_master.parquet",
        columns=["lsoa21cd", "lad24cd"],
    ).set_index("lsoa21cd")["lad24cd"]
    census = pd.read_parquet(sources_dir / "ons_census2021/ts041_lsoa21_ew.parquet")
    households = census.set_index("lsoa21cd").select_dtypes("number").iloc[:, 0]
    base = households[lookup.index[lookup == BIRMINGHAM]].sum()
    found = make("heat_pump_grants").loc[(BIRMINGHAM, "2025-04-01/P1Y"), "value"]
    assert found == pytest.approx(10_000 * 127 / base, rel=1e-4)


def test_renewable_electricity_leaves_out_what_is_withheld(
    make: Make, sources_dir: Path
) -> None:
    """RAW: Birmingham's sun and sewage gas, and England in all."""
    table = topic(sources_dir, "renewable_electricity_generation")
    found = make("renewable_generation")["numerator"].xs(IN_2024, level="period")
    assert found[BIRMINGHAM] == pytest.approx(39_459.618168 + 85_628.774405)
    assert found[ENGLAND] == pytest.approx(table["value"].sum())


def test_capacity_adds_up_to_that_of_all_sites_in_use(
    make: Make, sources_dir: Path
) -> None:
    """RAW, and by planning authority instead of coordinates."""
    sites = pd.read_csv(sources_dir / "desnz_repd/repd_q1_2024_wm.csv")
    chosen = (sites["Development Status (short)"] == "Operational") & (
        sites["Technology Type"] != "Battery"
    )
    sites = sites.loc[chosen]
    megawatts = pd.to_numeric(sites["Installed Capacity (MWelec)"])
    found = make("renewable_capacity")["value"].droplevel("period")
    assert found[REGION] == pytest.approx(megawatts.sum())
    assert found[REGION] == pytest.approx(805.814)
    for code, authority in (
        (SHROPSHIRE, "Shropshire Council"),
        (SANDWELL, "Sandwell Metropolitan Borough Council"),
    ):
        here = sites["Planning Authority"] == authority
        assert found[code] == pytest.approx(megawatts[here].sum()), authority


def test_no_site_with_or_without_capacity_becomes_nought(make: Make) -> None:
    """Worcester has one site, without a capacity; Solihull none."""
    found = make("renewable_capacity").droplevel("period")
    assert found.loc[[WORCESTER, SOLIHULL], "value"].isna().all()
    assert (found["value"].dropna() > 0).all()


@pytest.mark.parametrize(
    ("code", "electric", "every"),
    [(SOLIHULL, 10_704, 118_495), (BIRMINGHAM, 5_975, 427_372)],
)
def test_electric_cars_of_districts(
    make: Make, sources_dir: Path, code: str, electric: int, every: int
) -> None:
    """RAW, by the compiler's own column of districts."""
    file = "dft_vehicles/battery_electric_cars_msoa21_2024q2.csv"
    table = pd.read_csv(sources_dir / file)
    sums = table.loc[table["LAD22CD"] == code, ["EVReg", "VehsReg"]].sum()
    assert sums.to_list() == [electric, every]
    row = make("battery_electric_cars").loc[(code, "2024-04-01/P3M")]
    assert row[["numerator", "denominator"]].to_list() == [electric, every]


def test_fleet_addresses_keep_a_figure_and_are_not_ranked(make: Make) -> None:
    found = make("battery_electric_cars").droplevel("period")
    assert set(found.loc[[*FLEETS, SANDWELL, SOLIHULL, REGION], "status"]) == {
        "not_ranked"
    }
    assert (found.loc[FLEETS, "value"] > 50).all()
    assert found.loc[BIRMINGHAM, "status"] == "aggregated"


def test_counts_of_one_to_four_electric_cars_are_nowhere_in_the_source(
    make: Make, sources_dir: Path
) -> None:
    """Why a nought is taken for a withheld count."""
    file = "dft_vehicles/battery_electric_cars_msoa21_2024q2.csv"
    counts = pd.read_csv(sources_dir / file)["EVReg"]
    assert not counts.between(1, 4).any()
    assert (counts == 0).any()
    found = make("battery_electric_cars")
    assert (found["value"].dropna() > 0).all()
    assert (found["status"] == "suppressed").any()


@pytest.mark.parametrize(
    ("indicator", "dataset", "period"),
    [
        ("median_gas_use", "gas", "2019-05-15/P1Y"),
        ("median_electricity_use", "electricity", "2019-02-01/P1Y"),
    ],
)
def test_medians_of_neighbourhoods_lie_around_those_of_their_district(
    make: Make,
    data_dir: Path,
    sources_dir: Path,
    indicator: str,
    dataset: str,
    period: str,
) -> None:
    """ELS: half of a district's neighbourhoods lie near its own median, same year."""
    name = f"domestic-{dataset}-consumption"
    table = pd.read_csv(sources_dir / f"ons_els/{name}/{name}.csv")
    table = table.loc[table["period"] == period].set_index("areacd")["observation"]
    parents = pd.read_parquet(data_dir / "areas/parents.parquet")
    parents = parents.loc[
        (parents["level"] == "lsoa21") & (parents["parent_level"] == "lad24")
    ]
    links = parents.set_index("area_code")["parent_code"]
    values = make(indicator)["value"].xs(period, level="period")
    middles = values.groupby(links.reindex(values.index)).median()
    assert len(middles) == 30
    assert ((middles / table[middles.index] - 1).abs() < 0.12).all()


def test_gas_has_no_figure_off_the_network_or_for_merged_areas(
    make: Make, sources_dir: Path
) -> None:
    """RAW: 82 neighbourhoods of 2011 are absent."""
    table = pd.read_csv(
        sources_dir / "desnz_energy_lsoa/LSOA_GAS_2019.csv.gz", encoding="latin-1"
    )
    region = pd.read_parquet(
        sources_dir / "ons_population/population_mid2020_lsoa11_wm.parquet",
        columns=["lsoa11_code"],
    )["lsoa11_code"]
    absent = set(region) - set(table["Lower Layer Super Output Area (LSOA) Code"])
    assert len(absent) == 82
    found = make("median_gas_use").droplevel("period")
    assert found.loc[sorted(absent & set(found.index)), "value"].isna().all()
    assert set(found.loc[found["value"].isna(), "status"]) == {"not_available"}


def test_weekly_cyclists_are_withheld_where_few_were_found(make: Make) -> None:
    found = make("cycling_weekly").droplevel("period")
    withheld = found.loc[found["status"] == "suppressed"]
    assert len(withheld) == 27
    assert withheld["value"].isna().all()
    assert found.loc[STRATFORD, "value"] == 14.7


def test_buses_absent_from_the_file_are_nought_and_blank_ones_are_not(
    make: Make, sources_dir: Path
) -> None:
    """RAW."""
    file = "its_leeds_bus/daytime_bus_departures_per_hour_lsoa21.parquet"
    table = pd.read_parquet(sources_dir / file).set_index("lsoa21cd")["bods_gtfs_2025"]
    found = make("daytime_buses").droplevel("period")
    absent = found.index.difference(table.index)
    blank = found.index.intersection(table.index[table.isna()])
    assert (len(absent), len(blank)) == (69, 20)
    assert (found.loc[absent, "value"] == 0).all()
    assert found.loc[blank, "value"].isna().all()
    assert found["value"].max() == pytest.approx(table.reindex(found.index).max())
