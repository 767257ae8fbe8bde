"""The committed data against figures that their publishers state elsewhere.

Each figure was read off a published bulletin or table, not off the file that the build
reads, and is compared at the precision in which it was published.

ONS-POP   ONS, Population and household estimates, England and Wales: Census 2021
          (28 June 2022; figures rounded to hundreds) and its unrounded update
          (2 November 2022): England 56,490,048; England 434 and London 5,598 usual
          residents per km². ONS, How life has changed in Birmingham: Census 2021:
          1,144,900. Region 5,950,800.
ONS-EDU   ONS, Education, England and Wales: Census 2021 (10 January 2023): Level 4 or
          above in London 46.7 %, South East 35.8 %, North East 28.6 %, City of London
          74.2 %, Wandsworth 62.6 %; no qualifications in the West Midlands 21.1 %,
          Sandwell 28.9 % (the highest), Boston 27.6 %, Leicester 26.7 %, City of
          London 6.6 %. For England alone 33.9 % and 18.1 % (33.8 % and 18.2 % are
          England and Wales).
DESNZ     DESNZ, Sub-regional fuel poverty in England, 2024 (2022 data), 25 April 2024,
          and 2023 (2021 data), 27 April 2023: summary findings; and Tables 1 and 2 as
          quoted in the Express & Star, 29 April 2024 (households and neighbourhoods).
MHCLG     MHCLG, English indices of deprivation 2025 (30 October 2025): average scores
          as in its own summaries of districts; and, in the Shropshire Star of
          6 November 2025, 13 % of Telford and Wrekin's neighbourhoods in England's
          most deprived tenth.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.levels import ENGLAND, REGION

BIRMINGHAM, SANDWELL, WALSALL, WOLVERHAMPTON, TELFORD = (
    "E08000025",
    "E08000028",
    "E08000030",
    "E08000031",
    "E06000020",
)
LONDON, SOUTH_EAST, NORTH_EAST, YORKSHIRE = (
    "E12000007",
    "E12000008",
    "E12000001",
    "E12000003",
)
CITY_OF_LONDON, WANDSWORTH, BOSTON, LEICESTER = (
    "E09000001",
    "E09000032",
    "E07000136",
    "E06000016",
)
CENSUS, IN_2021, IN_2022 = "2021-03-21/P1D", "2021-01-01/P1Y", "2022-01-01/P1Y"
NEARLY = 0.01


def read(data_dir: Path, indicator: str, period: str) -> pd.DataFrame:
    table = pd.read_parquet(data_dir / f"indicators/{indicator}.parquet")
    return table.loc[table["period"] == period].set_index("area_code")


@pytest.fixture(scope="session")
def areas(data_dir: Path) -> pd.DataFrame:
    return pd.read_parquet(data_dir / "areas/areas.parquet").set_index("area_code")


@pytest.fixture(scope="session")
def districts(areas: pd.DataFrame) -> pd.DataFrame:
    return areas.loc[areas["levels"].str.startswith("lad24")]


def neighbourhoods(data_dir: Path, district: str) -> pd.Index:
    parents = pd.read_parquet(data_dir / "areas/parents.parquet")
    inside = (parents["parent_code"] == district) & (parents["level"] == "lsoa21")
    return pd.Index(parents.loc[inside, "area_code"].unique())


@pytest.mark.parametrize(
    ("code", "residents"), [(REGION, 5_950_800), (BIRMINGHAM, 1_144_900)]
)
def test_residents_rounded_to_hundreds(
    data_dir: Path, code: str, residents: int
) -> None:
    """ONS-POP."""
    assert (
        round(read(data_dir, "population", CENSUS).loc[code, "value"], -2) == residents
    )


def test_residents_of_england_to_the_last_one(data_dir: Path) -> None:
    """ONS-POP, unrounded update."""
    assert read(data_dir, "population", CENSUS).loc[ENGLAND, "value"] == 56_490_048


@pytest.mark.parametrize("level", ["lsoa21", "msoa21", "lad24", "utla", "subregion"])
def test_residents_of_every_level_add_up_to_the_region(
    data_dir: Path, areas: pd.DataFrame, level: str
) -> None:
    """To within perturbation: ONS alters cells of the census by a few, each by itself.

    The 30 districts, as published, give 5,950,753; the region, as published, 5,950,757.
    """
    inside = areas["levels"].str.split(";").map(lambda held: level in held)
    codes = areas.index[inside & areas["in_region"]]
    values = read(data_dir, "population", CENSUS)["value"]
    assert values[codes].sum() == pytest.approx(values[REGION], abs=20)


@pytest.mark.parametrize(("code", "density"), [(ENGLAND, 434), (LONDON, 5_598)])
def test_density_is_near_the_published_one(
    data_dir: Path, code: str, density: int
) -> None:
    """ONS-POP. Our areas are measured on generalised boundaries: within 1 %."""
    found = read(data_dir, "population_density", CENSUS).loc[code, "value"]
    assert found == pytest.approx(density, rel=NEARLY)


@pytest.mark.parametrize(
    ("indicator", "code", "per_cent"),
    [
        ("level_4_plus", ENGLAND, 33.9),
        ("level_4_plus", LONDON, 46.7),
        ("level_4_plus", SOUTH_EAST, 35.8),
        ("level_4_plus", NORTH_EAST, 28.6),
        ("level_4_plus", CITY_OF_LONDON, 74.2),
        ("level_4_plus", WANDSWORTH, 62.6),
        ("no_qualifications", ENGLAND, 18.1),
        ("no_qualifications", REGION, 21.1),
        ("no_qualifications", SANDWELL, 28.9),
        ("no_qualifications", BOSTON, 27.6),
        ("no_qualifications", LEICESTER, 26.7),
        ("no_qualifications", CITY_OF_LONDON, 6.6),
    ],
)
def test_qualifications(
    data_dir: Path, indicator: str, code: str, per_cent: float
) -> None:
    """ONS-EDU."""
    found = read(data_dir, indicator, CENSUS).loc[code, "value"]
    assert round(found, 1) == per_cent


def test_sandwell_has_the_most_residents_without_qualifications(
    data_dir: Path, districts: pd.DataFrame
) -> None:
    """ONS-EDU."""
    values = read(data_dir, "no_qualifications", CENSUS)["value"]
    assert values.reindex(districts.index).idxmax() == SANDWELL


@pytest.mark.parametrize(
    ("period", "code", "per_cent"),
    [
        (IN_2022, REGION, 19.6),
        (IN_2022, YORKSHIRE, 17.0),
        (IN_2022, SOUTH_EAST, 9.7),
        (IN_2022, ENGLAND, 13.1),
        (IN_2021, REGION, 18.5),
        (IN_2021, YORKSHIRE, 16.5),
        (IN_2021, ENGLAND, 13.1),
    ],
)
def test_fuel_poverty(data_dir: Path, period: str, code: str, per_cent: float) -> None:
    """DESNZ."""
    found = read(data_dir, "fuel_poverty", period).loc[code, "value"]
    assert round(found, 1) == per_cent


@pytest.mark.parametrize(
    ("period", "in_england", "in_region"), [(IN_2022, 28, 15), (IN_2021, 23, 11)]
)
def test_districts_with_fuel_poverty_above_18_per_cent(
    data_dir: Path,
    districts: pd.DataFrame,
    period: str,
    in_england: int,
    in_region: int,
) -> None:
    """DESNZ."""
    values = read(data_dir, "fuel_poverty", period)["value"].reindex(districts.index)
    assert (values > 18).sum() == in_england
    assert (values[districts["in_region"]] > 18).sum() == in_region


@pytest.mark.parametrize(
    ("code", "poor", "households", "at_least_half", "at_least_a_third"),
    [
        (WOLVERHAMPTON, 24_991, 108_855, 3, 22),
        (WALSALL, 24_371, 116_132, 1, 16),
    ],
)
def test_fuel_poverty_in_black_country_districts_and_neighbourhoods(
    data_dir: Path,
    code: str,
    poor: int,
    households: int,
    at_least_half: int,
    at_least_a_third: int,
) -> None:
    """DESNZ."""
    table = read(data_dir, "fuel_poverty", IN_2022)
    assert table.loc[code, ["numerator", "denominator"]].to_list() == [poor, households]
    values = table["value"].reindex(neighbourhoods(data_dir, code))
    assert (values >= 50).sum() == at_least_half
    assert (values >= 100 / 3).sum() == at_least_a_third


@pytest.mark.parametrize(("code", "score"), [(BIRMINGHAM, 38.115), (SANDWELL, 33.772)])
def test_average_deprivation_scores_are_the_publishers(
    data_dir: Path, code: str, score: float
) -> None:
    """MHCLG."""
    row = read(data_dir, "imd_score", "2025-01-01/P1Y").loc[code]
    assert row["value"] == score
    assert row["status"] == "published"


def test_our_own_averages_come_close_to_the_publishers(data_dir: Path) -> None:
    """MHCLG weighs by residents of another year; on 30 districts we are near it."""
    table = read(data_dir, "imd_score", "2025-01-01/P1Y")
    residents = read(data_dir, "population", CENSUS)["value"]
    codes = neighbourhoods(data_dir, BIRMINGHAM)
    ours = (table["value"][codes] * residents[codes]).sum() / residents[codes].sum()
    assert ours == pytest.approx(table.loc[BIRMINGHAM, "value"], rel=NEARLY)


def test_neighbourhoods_in_englands_most_deprived_tenth(data_dir: Path) -> None:
    """MHCLG, as the Shropshire Star reports for Telford and Wrekin."""
    england = pd.read_parquet(data_dir / "summaries/england.parquet")
    chosen = england["indicator_id"].eq("imd_score") & england["level"].eq("lsoa21")
    edge = england.loc[chosen & england["percentile"].eq(90), "value"].item()
    values = read(data_dir, "imd_score", "2025-01-01/P1Y")["value"]
    inside = values.reindex(neighbourhoods(data_dir, TELFORD))
    assert round(100 * (inside > edge).mean()) == 13
