"""A choropleth: every drawn area once, with classes and texts that agree."""

from __future__ import annotations

import math
import shutil

import numpy as np
import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.choropleth import make_choropleth
from lpipgeo.classify import NO_CLASS
from lpipgeo.errors import (
    ClassificationError,
    SelectionError,
    UnknownIndicatorError,
    UnknownLevelError,
)
from lpipgeo.formatting import THIN_SPACE
from lpipgeo.levels import MAPPED_LEVELS
from lpipgeo.styles import Style
from tests import factories


@pytest.fixture(scope="module")
def tiny(tiny_data):
    return make_choropleth("tiny_share", "lsoa21", data=tiny_data)


NESTED = [level for level in MAPPED_LEVELS if level != "pcon24"]


@pytest.mark.parametrize(
    ("indicator", "level"),
    [
        *((i, level) for i in ("fuel_poverty", "employment_rate") for level in NESTED),
        ("turnout_2024", "pcon24"),
    ],
)
def test_there_is_one_row_for_every_drawn_area(indicator, level):
    table = make_choropleth(indicator, level).table
    assert table["area_code"].tolist() == read_areas().codes(level)


def test_area_without_an_observation_is_there_with_a_status(tiny_data, tmp_path):
    folder = shutil.copytree(tiny_data, tmp_path / "data")
    table = factories.make_table()
    table = table[table["area_code"] != "E01900002"]
    table.to_parquet(folder / "indicators/tiny_share.parquet", index=False)
    drawn = make_choropleth("tiny_share", "lsoa21", data=folder).table.iloc[1]
    assert drawn[["area_code", "indicator_id", "period", "status"]].tolist() == [
        "E01900002",
        "tiny_share",
        factories.PERIOD,
        "not_available",
    ]
    assert math.isnan(drawn["value"])


def test_missing_value_has_no_class_and_is_counted(tiny):
    assert tiny.classes.class_of[-1] == NO_CLASS
    assert tiny.status_counts == {"published": 5, "suppressed": 1}


def test_there_is_one_colour_per_class(tiny):
    assert len(tiny.colours) == tiny.classes.k == 5


def test_classes_are_those_asked_for(tiny_data):
    drawn = make_choropleth(
        "tiny_share", "lsoa21", style=Style("equal_interval", 4), data=tiny_data
    )
    assert drawn.classes.edges == pytest.approx((10, 20, 30, 40, 50))
    assert drawn.method == "4 classes of equal width over neighbourhoods of the region."


def test_class_is_written_as_its_edges(tiny_data):
    drawn = make_choropleth(
        "tiny_share", "lsoa21", style=Style("equal_interval", 4), data=tiny_data
    )
    assert [drawn.class_text(i) for i in range(4)] == [
        "10.0 to 20.0",
        "20.0 to 30.0",
        "30.0 to 40.0",
        "40.0 to 50.0",
    ]


def test_title_says_subject_period_and_level(tiny):
    assert tiny.title == "People who like squares, 21 March 2021, by neighbourhood"


def test_title_does_not_say_a_year_twice():
    assert make_choropleth("imd_score", "lad24").title.count("2025") == 1


def test_inherited_map_says_so_in_its_title():
    drawn = make_choropleth("employment_rate", "lsoa21")
    assert drawn.is_inherited
    assert drawn.title.endswith(", 2023, district figures drawn by neighbourhood")


def test_inherited_map_is_classed_by_the_larger_areas():
    districts = make_choropleth("employment_rate", "lad24")
    neighbourhoods = make_choropleth("employment_rate", "lsoa21")
    assert neighbourhoods.classes.edges == districts.classes.edges


def test_banded_level_shows_the_publishers_bands_whatever_is_asked():
    drawn = make_choropleth("fuel_poverty", "lsoa21", style=Style("natural_breaks", 9))
    assert drawn.classes.scheme == "bands"
    assert drawn.class_text(0) == "0 to 5"
    assert drawn.class_text(drawn.classes.k - 1) == "40 or more"
    assert drawn.edge_texts[:3] == ("0", "5", "10")


def test_bands_hold_for_the_level_that_they_are_set_for_only():
    assert make_choropleth("fuel_poverty", "msoa21").classes.scheme == "quantiles"


def test_marks_are_region_and_england(tiny):
    assert [(m.label, m.value, m.text) for m in tiny.marks] == [
        ("Region", 30.0, f"Region: 30.0{THIN_SPACE}%"),
        ("England", 25.0, f"England: 25.0{THIN_SPACE}%"),
    ]


def test_total_of_larger_areas_is_no_mark():
    assert make_choropleth("population", "lsoa21").marks == ()


def test_uk_stands_in_only_where_england_lacks():
    labels = [m.label for m in make_choropleth("gva_per_hour", "lad24").marks]
    assert labels.count("England") + labels.count("UK") == 1


def test_level_that_cannot_be_shown_is_said_in_a_sentence():
    with pytest.raises(
        SelectionError,
        match=r"^Employment rate, 16 to 64 has no figures for constituencies or larger "
        r"areas around them\. There are figures for: Districts, ",
    ):
        make_choropleth("employment_rate", "pcon24")


def test_unknown_names_are_refused():
    with pytest.raises(UnknownIndicatorError):
        make_choropleth("employment", "lad24")
    with pytest.raises(UnknownLevelError):
        make_choropleth("employment_rate", "lad")


def test_odd_number_of_classes_is_refused(tiny_data):
    with pytest.raises(ClassificationError):
        make_choropleth("tiny_share", "lsoa21", style=Style(k=2), data=tiny_data)


def test_two_districts_are_at_most_two_classes(tiny_data):
    drawn = make_choropleth("tiny_share", "lad24", data=tiny_data)
    assert drawn.classes.k <= 2
    assert drawn.table["area_code"].tolist() == [factories.WEST, factories.EAST]


def test_classes_of_all_periods_are_the_same_in_each():
    drawn = [
        make_choropleth(
            "claimants_neighbourhood", "lad24", period, style=Style(over_time=True)
        )
        for period in ("2013-01-01/P1Y", "2020-01-01/P1Y")
    ]

    assert drawn[0].classes.edges == drawn[1].classes.edges
    assert "in all periods" in drawn[0].method


def test_englands_tenths_hold_a_tenth_of_england_each():
    """A region less well off than England has more than a tenth in the worst."""
    drawn = make_choropleth("imd_score", "lsoa21", style=Style("england_tenths"))

    assert drawn.classes.k == 10
    shares = np.array(drawn.classes.counts) / sum(drawn.classes.counts)
    assert shares[-1] > 0.13
    assert "tenth of England" in drawn.method


def test_englands_tenths_fall_back_where_england_is_not_known():
    drawn = make_choropleth("gva_per_hour", "lad24", style=Style("england_tenths"))

    assert drawn.classes.scheme == drawn.indicator.scheme


def test_mean_is_drawn_in_the_middle_colour():
    drawn = make_choropleth("no_qualifications", "lad24", style=Style("std_mean"))
    mean = np.nanmean(drawn.values)
    middle = next(i for i, e in enumerate(drawn.classes.edges[1:]) if mean <= e)

    assert drawn.colours[middle] == "#F4F4F2"


def test_own_breaks_and_palette_are_followed():
    style = Style("own", breaks=(10, 20), palette="grey")
    drawn = make_choropleth("no_qualifications", "lad24", style=style)

    assert set(drawn.classes.edges[1:-1]) <= {10, 20}
    assert drawn.method == "Breaks of your own."


def test_worse_side_of_two_is_orange():
    style = Style("std_mean")
    for indicator in ("no_qualifications", "level_4_plus"):
        drawn = make_choropleth(indicator, "lsoa21", style=style)
        worst = -1 if drawn.indicator.polarity == "lower_is_better" else 0
        red, _, blue = bytes.fromhex(drawn.colours[worst].removeprefix("#"))
        assert red > blue, indicator
