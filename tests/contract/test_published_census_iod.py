"""Census 2021, IoD 2025 and CNI 2023: figures checked against others than our own.

Published elsewhere, compared at the precision in which they were published:

ONS-TRAVEL  ONS, Travel to work, England and Wales: Census 2021 (8 December 2022): in
            England 31.5 % of people in work worked mainly at or from home.
ONS-AREA    censusdata.uk, Birmingham 053C (E01009153), TS021 as issued by ONS on
            29 November 2022: Asian 485, Black 611, Mixed 155, White 679, Other 173 of
            2,103 residents.
ETHNIC      ONS, Ethnic group, England and Wales: Census 2021 (29 November 2022), as the
            press listed districts with less than half in White groups that day:
            Birmingham 49, Leicester 41, Luton 45, Slough 36, Newham 31 and Tower
            Hamlets 39 % White.
MANCHESTER  Manchester City Council, Census 2021, migration summary (TS019): 447,364 of
            545,356 residents (aged one and over) were at the same address a year
            earlier; 31 % of residents were born outside the UK.

Worked out another way, straight from the publishers' files: from the category that is
left over (so that a category counted twice would show), from another table, or from
the ranks that the publisher gives beside its scores.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from lpipgeo.build.frame import Frame, read_frame
from lpipgeo.build.sources import open_sources
from lpipgeo.levels import ENGLAND, REGION

MANCHESTER, BIRMINGHAM, STAFFORD = "E08000003", "E08000025", "E07000197"
BIRMINGHAM_053C = "E01009153"
WHITE = {
    BIRMINGHAM: 49,
    "E06000016": 41,
    "E06000032": 45,
    "E06000039": 36,
    "E09000025": 31,
    "E09000030": 39,
}
BULK = "ons_census2021/{}_lsoa21_ew.parquet"
SUMS = "ons_census2021_oa_sums/{}_lsoa21_ew.parquet"
IOD = "mhclg_iod2025/iod2025_{}.parquet"
DIVISIONS = {"35", "36", "37", "38", "39"}
NEIGHBOURHOODS = 3_574
# Sums of cells that ONS perturbs one by one: a few people in a hundred thousand.
FEW = 1e-4

Make = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def frame(sources_dir: Path, data_dir: Path) -> Frame:
    return read_frame(open_sources(sources_dir, data_dir), data_dir / "areas")


@pytest.fixture(scope="module")
def make(read_indicator: Make) -> Make:
    """Read an indicator as the build made it; index area_code."""
    return lambda indicator: read_indicator(indicator).set_index("area_code")


def read(folder: Path, file: str) -> pd.DataFrame:
    """Read a source of neighbourhoods, by code."""
    table = pd.read_parquet(folder / file)
    code = "lsoa21cd" if "lsoa21cd" in table else "lsoa21_code"
    return table.set_index(code)


def test_homeworkers_of_england(make: Make) -> None:
    """ONS-TRAVEL."""
    assert round(make("works_from_home").loc[ENGLAND, "value"], 1) == 31.5


def test_ethnic_groups_of_one_neighbourhood(make: Make) -> None:
    """ONS-AREA."""
    row = make("ethnic_minority").loc[BIRMINGHAM_053C]
    assert row["numerator"] == 485 + 611 + 155 + 173
    assert row["denominator"] == 2_103


@pytest.mark.parametrize(("code", "per_cent"), WHITE.items())
def test_districts_in_which_less_than_half_are_white(
    make: Make, code: str, per_cent: int
) -> None:
    """ETHNIC."""
    assert round(100 - make("ethnic_minority").loc[code, "value"]) == per_cent


def test_people_in_manchester_who_moved_or_came_from_abroad(make: Make) -> None:
    """MANCHESTER."""
    row = make("moved_in_last_year").loc[MANCHESTER]
    assert row["numerator"] == pytest.approx(545_356 - 447_364, rel=10 * FEW)
    assert row["denominator"] == pytest.approx(545_356, rel=10 * FEW)
    assert round(make("born_outside_uk").loc[MANCHESTER, "value"]) == 31


LEFT_OVER = [
    ("born_outside_uk", SUMS.format("ts004"), [3]),
    ("moved_in_last_year", SUMS.format("ts019"), [2]),
    ("unpaid_care", SUMS.format("ts039"), [2]),
    ("overcrowded_households", SUMS.format("ts052"), [2, 3, 4]),
    ("part_time", SUMS.format("ts059"), [5]),
    ("aged_65_plus", BULK.format("ts007a"), list(range(2, 15))),
    ("aged_under_15", BULK.format("ts007a"), list(range(5, 20))),
    ("ethnic_minority", BULK.format("ts021_5groups"), [5]),
    ("deprived_households", BULK.format("ts011"), [2]),
    ("disabled_residents", BULK.format("ts038"), [5]),
]


@pytest.mark.parametrize(("indicator", "file", "others"), LEFT_OVER)
def test_shares_are_one_less_what_is_left_over(
    make: Make, sources_dir: Path, indicator: str, file: str, others: list[int]
) -> None:
    """For the region; `others` are the file's columns of numbers, 1 being the total."""
    made = make(indicator)
    table = read(sources_dir, file).select_dtypes("number")
    table = table.loc[table.index.isin(made.index)]
    rest = table.iloc[:, [number - 1 for number in others]].to_numpy().sum()
    expected = 100 * (1 - rest / table.iloc[:, 0].sum())
    assert made.loc[REGION, "value"] == pytest.approx(expected, rel=10 * FEW)


@pytest.mark.parametrize("code", [REGION, BIRMINGHAM])
def test_people_in_work_are_those_not_out_of_work(
    make: Make, sources_dir: Path, code: str
) -> None:
    """TS065 counts people who were not in employment; we start from TS063."""
    idle, all_adults = (
        pd.read_parquet(sources_dir / f"ons_census2021/{table}_ltla_rgn.parquet")
        .set_index("geography code")
        .loc[code]
        .iloc[1]
        for table in ("ts065", "ts067")
    )
    expected = 100 * (1 - idle / all_adults)
    found = make("employed_16_plus").loc[code, "value"]
    assert found == pytest.approx(expected, rel=FEW)


def test_energy_water_and_waste_are_five_divisions(
    make: Make, sources_dir: Path
) -> None:
    """We add up sections D and E; here divisions 35 to 39, for one district."""
    table = pd.read_parquet(sources_dir / "ons_census2021/ts060_ltla_rgn.parquet")
    row = table.set_index("geography code").loc[STAFFORD]
    parts = row[[name for name in table if name.split(": ")[-1][:2] in DIVISIONS]]
    found = make("energy_water_waste_jobs").loc[STAFFORD]
    assert len(parts) == len(DIVISIONS)
    assert found["numerator"] == pytest.approx(parts.sum(), abs=5)


RANKED = [
    ("employment_deprivation", "Employment_rank"),
    ("education_deprivation", "Education_rank"),
    ("crime_deprivation", "Crime_rank"),
    ("living_environment_deprivation", "Environment_rank"),
]


@pytest.mark.parametrize(("indicator", "rank"), RANKED)
def test_neighbourhoods_stand_in_the_publishers_order(
    make: Make, sources_dir: Path, indicator: str, rank: str
) -> None:
    """MHCLG gives rank 1 to the most deprived."""
    ranks = read(sources_dir, IOD.format("scores_ranks_deciles_lsoa21"))[rank]
    values = make(indicator)["value"].reindex(ranks.index).dropna()
    assert len(values) == NEIGHBOURHOODS
    assert values.loc[ranks[values.index].sort_values().index].is_monotonic_decreasing


DISTRICT_RANKED = [
    ("employment_deprivation", "employment"),
    ("education_deprivation", "education_skills_and_training"),
    ("crime_deprivation", "crime"),
    ("living_environment_deprivation", "living_environment"),
]


@pytest.mark.parametrize(("indicator", "domain"), DISTRICT_RANKED)
def test_districts_of_england_stand_in_the_publishers_order(
    make: Make, sources_dir: Path, indicator: str, domain: str
) -> None:
    """MHCLG ranks the districts by average score."""
    table = pd.read_parquet(sources_dir / IOD.format("summaries_lad24"))
    ranks = table.set_index("ltla24_code")[f"{domain}_rank_of_average_score"]
    made = make(indicator).loc[ranks.sort_values().index]
    assert made["value"].is_monotonic_decreasing
    assert set(made["status"]) == {"published"}


def test_crime_scores_lie_on_both_sides_of_zero(make: Make) -> None:
    """England's neighbourhoods are at 0 on average, so that 0 is no missing value."""
    values = make("crime_deprivation")["value"]
    assert values.min() < -2
    assert values.max() > 2
    assert values[ENGLAND] == pytest.approx(0, abs=0.02)


def test_homelessness_is_a_figure_of_districts(
    make: Make, sources_dir: Path, frame: Frame
) -> None:
    """The source repeats it for each neighbourhood: 2.327 % throughout Birmingham."""
    file = IOD.format("underlying_indicators_lsoa21")
    rates = read(sources_dir, file)["core_homelessness_rate_percent_of_households"]
    inside = frame.neighbourhoods.index[frame.neighbourhoods["lad24"] == BIRMINGHAM]
    assert set(rates[inside]) == {2.327}
    made = make("homelessness")
    assert made.loc[BIRMINGHAM, ["value", "status"]].to_list() == [2.327, "modelled"]
    assert not made.index.isin(rates.index).any()
    households = frame.neighbourhoods["households"]
    expected = (rates * households).sum() / households.sum()
    assert made.loc[ENGLAND, "value"] == pytest.approx(expected)


def test_burglary_is_weighed_by_households_and_theft_by_people(
    make: Make, sources_dir: Path, frame: Frame
) -> None:
    rates = read(sources_dir, IOD.format("underlying_indicators_lsoa21"))
    for indicator, column, weight in [
        ("burglary", "burglary_rate_per_1_000_at_risk_properties", "households"),
        ("theft", "theft_rate_per_1_000_at_risk_population", "residents"),
    ]:
        weights = frame.neighbourhoods[weight]
        expected = (rates[column] * weights).sum() / weights.sum()
        assert make(indicator).loc[ENGLAND, "value"] == pytest.approx(expected)


def test_odd_figures_of_patients_per_gp_are_outside_the_region(
    make: Make, sources_dir: Path
) -> None:
    """88 neighbourhoods have round thousands from 10,000; the record speaks of them."""
    file = IOD.format("underlying_indicators_lsoa21")
    ratios = read(sources_dir, file)["patient_to_gp_ratio"]
    odd = ratios[ratios >= 10_000]
    assert len(odd) == 88
    assert (odd % 1_000 == 0).all()
    assert not odd.index.isin(make("patients_per_gp").index).any()


@pytest.mark.parametrize(
    ("indicator", "domain"),
    [
        ("connectedness_need", "Connectedness"),
        ("engaged_community_need", "Active and Engaged Community"),
    ],
)
def test_a_high_score_is_a_high_need(
    make: Make, sources_dir: Path, indicator: str, domain: str
) -> None:
    """OCSI gives rank 1 to the highest need."""
    ranks = read(sources_dir, "ocsi_cni2023/cni2023_lsoa21.parquet")
    ranks = ranks[f"{domain} Domain Rank"]
    values = make(indicator)["value"].reindex(ranks.index).dropna()
    assert len(values) == NEIGHBOURHOODS
    assert values.loc[ranks[values.index].sort_values().index].is_monotonic_decreasing
