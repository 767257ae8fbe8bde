"""The catalogue: indicators in shown order, and what figures each has."""

from __future__ import annotations

import pytest

from lpipgeo.errors import UnknownIndicatorError, UnknownPeriodError
from lpipgeo.indicator_catalogue import find_period, read_catalogue
from lpipgeo.periods import Period


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue()


def test_indicators_stand_in_the_order_of_themes_and_subthemes(catalogue):
    order = [
        (theme.id, subtheme.id)
        for theme in catalogue.themes.themes
        for subtheme in theme.subthemes
    ]
    places = [order.index((r.theme, r.subtheme)) for r in catalogue.indicators.values()]
    assert places == sorted(places)


def test_a_theme_lists_its_own_indicators(catalogue):
    found = {
        theme.id: catalogue.of_theme(theme.id) for theme in catalogue.themes.themes
    }
    assert {i.theme for i in found["green_economy"]} == {"green_economy"}
    assert sum(map(len, found.values())) == len(catalogue.indicators)


def test_unknown_indicator_suggests_the_nearest(catalogue):
    with pytest.raises(UnknownIndicatorError, match="Did you mean 'fuel_poverty'"):
        catalogue.find("fuel_povrty")


def test_periods_are_oldest_first(catalogue):
    periods = catalogue.periods("employment_rate", "lad24")
    assert list(periods) == sorted(periods, key=Period.parse)
    assert len(periods) > 10


def test_levels_are_finest_first(catalogue):
    levels = catalogue.levels("fuel_poverty")
    assert (levels[0], levels[-1]) == ("lsoa21", "ctry")


@pytest.mark.parametrize(
    ("indicator", "level", "source"),
    [
        ("fuel_poverty", "lsoa21", "lsoa21"),
        ("epc_a_to_c", "lsoa21", "msoa21"),
        ("employment_rate", "msoa21", "lad24"),
        ("employment_rate", "subregion", "rgn"),
        ("employment_rate", "pcon24", None),
    ],
)
def test_figures_come_from_the_level_or_the_nearest_larger_one(
    catalogue, indicator, level, source
):
    assert catalogue.source_level(indicator, level) == source


def test_latest_is_the_newest_period_that_the_level_has(catalogue):
    assert (
        catalogue.latest("employment_rate", "lsoa21")
        == (catalogue.periods("employment_rate", "lad24")[-1])
    )


def test_latest_where_there_are_no_figures_is_said(catalogue):
    with pytest.raises(UnknownPeriodError, match="no figures at level pcon24"):
        catalogue.latest("employment_rate", "pcon24")


def test_period_must_be_one_of_the_indicator(catalogue):
    assert find_period(catalogue, "no2", "lad24", "2021-01-01/P3Y") == "2021-01-01/P3Y"
    with pytest.raises(
        UnknownPeriodError,
        match=r"^Unknown period '2020-01-01/P1Y'\. Periods of Nitrogen dioxide, annual "
        r"mean: 2021 to 2023 \(2021-01-01/P3Y\)\.$",
    ):
        find_period(catalogue, "no2", "lad24", "2020-01-01/P1Y")


@pytest.mark.parametrize(
    ("indicator", "said", "period"),
    [
        ("fuel_poverty", "2019", "2019-01-01/P1Y"),
        ("no2", "2021 to 2023", "2021-01-01/P3Y"),
        ("fly_tipping", "2022/23", "2022-04-01/P1Y"),
        ("good_health", "2021", "2021-03-21/P1D"),
        ("no2", "Latest", "2021-01-01/P3Y"),
    ],
)
def test_period_may_be_named_as_people_say_it(catalogue, indicator, said, period):
    assert find_period(catalogue, indicator, "lad24", said) == period


def test_name_of_several_periods_is_refused_with_what_there_is(catalogue):
    with pytest.raises(UnknownPeriodError) as raised:
        find_period(catalogue, "short_term_let_guest_nights", "lad24", "2024")
    text = str(raised.value)
    assert text.startswith("'2024' can be several periods of Guest nights")
    assert "January 2024 (2024-01-01/P1M)" in text
    assert text.endswith(" and 8 more.")


def test_long_list_of_periods_is_cut_and_says_how_far_back_it_goes(catalogue):
    with pytest.raises(UnknownPeriodError) as raised:
        find_period(catalogue, "employment_rate", "lad24", "1890")
    older = len(catalogue.periods("employment_rate", "lad24")) - 4
    assert f"; and {older} older, from 20" in str(raised.value)


def test_frame_has_one_row_per_indicator_with_its_span(catalogue):
    frame = catalogue.frame().set_index("indicator_id")
    assert frame.index.tolist() == list(catalogue.indicators)
    row = frame.loc["fuel_poverty"]
    assert (row["first_period"], row["last_period"]) == (
        "2019-01-01/P1Y",
        "2022-01-01/P1Y",
    )
    assert row["levels"].startswith("lsoa21;msoa21;")


def test_same_folder_is_read_once(tiny_data):
    assert read_catalogue(tiny_data) is read_catalogue(str(tiny_data))


def test_search_needs_every_word_and_fits_every_filter():
    catalogue = read_catalogue()
    found = [i.id for i in catalogue.search("fuel POVERTY")]
    assert "fuel_poverty" in found
    assert catalogue.search("fuel poverty", theme="inclusive_growth") == []
    by_level = catalogue.search(level="lsoa21", theme="green_economy")
    assert {i.theme for i in by_level} == {"green_economy"}
    assert all("lsoa21" in catalogue.levels(i.id) for i in by_level)
    tagged = catalogue.search(priority="skills_for_resilience")
    assert tagged
    assert all("skills_for_resilience" in i.priorities for i in tagged)
    assert len(catalogue.search()) == len(catalogue.indicators)


def test_neither_counts_nor_gaps_are_inherited():
    catalogue = read_catalogue()
    assert catalogue.levels("ulev")[0] == "lad24"
    assert catalogue.source_level("ulev", "lsoa21") is None
    assert catalogue.source_level("gap_claimants", "lsoa21") is None
    assert catalogue.source_level("employment_rate", "lsoa21") == "lad24"
