"""From the areas of 2011, and from abolished districts, to today's."""

from __future__ import annotations

import pandas as pd
import pytest

from lpipgeo.build.convert import merge_districts, to_areas_of_2021, weigh_old_areas
from lpipgeo.build.frame import Frame
from tests.build_factories import (
    ABROAD,
    DISTRICT_ABROAD,
    FIVE,
    FOUR,
    OLD_ACROSS,
    OLD_DISTRICTS,
    OLD_LEFT,
    OLD_RIGHT,
    OLD_SPLIT,
    ONE,
    SIX,
    THREE,
    TWO,
    make_native,
)
from tests.factories import WEST, make_indicator

OLD_AREAS = (OLD_SPLIT, OLD_LEFT, OLD_RIGHT, OLD_ACROSS, SIX)


def convert(native: pd.DataFrame, frame: Frame, **fields: object) -> pd.DataFrame:
    record = make_indicator(**fields)
    return to_areas_of_2021(native, record, frame).set_index("area_code")


def test_unchanged_area_keeps_the_published_figure(frame: Frame) -> None:
    found = convert(make_native("lsoa11", {SIX: (30, 100)}), frame)
    row = found.loc[SIX, ["level", "value", "numerator", "denominator", "status"]]
    assert list(row) == ["lsoa21", 30, 30, 100, "published"]


def test_split_area_hands_its_rate_to_each_part(frame: Frame) -> None:
    found = convert(make_native("lsoa11", {OLD_SPLIT: (30, 100)}), frame)
    assert list(found["value"]) == [30, 30]
    assert list(found["status"]) == ["inherited", "inherited"]


def test_split_area_shares_out_its_counts_by_residents(frame: Frame) -> None:
    found = convert(make_native("lsoa11", {OLD_SPLIT: (30, 100)}), frame)
    assert found.loc[[ONE, TWO], "numerator"].to_list() == pytest.approx([18, 12])
    assert found.loc[[ONE, TWO], "denominator"].to_list() == pytest.approx([60, 40])


def test_split_count_is_shared_and_converted_not_inherited(frame: Frame) -> None:
    native = make_native("lsoa11", {OLD_SPLIT: 50.0})
    found = convert(native, frame, aggregation="sum", value_type="count")
    assert found.loc[[ONE, TWO], "value"].to_list() == pytest.approx([30, 20])
    assert set(found["status"]) == {"converted"}


def test_split_missing_figure_stays_missing(frame: Frame) -> None:
    native = make_native("lsoa11", {OLD_SPLIT: None}).assign(status="suppressed")
    found = convert(native, frame)
    assert found["value"].isna().all()
    assert set(found["status"]) == {"suppressed"}


def test_merged_areas_combine_their_components(frame: Frame) -> None:
    native = make_native("lsoa11", {OLD_LEFT: (10, 100), OLD_RIGHT: (60, 300)})
    found = convert(native, frame).loc[THREE]
    assert found["value"] == pytest.approx(100 * 70 / 400)
    assert found["status"] == "converted"


def test_merged_means_are_weighted_by_the_residents_of_old(frame: Frame) -> None:
    native = make_native("lsoa11", {OLD_LEFT: 10.0, OLD_RIGHT: 20.0})
    found = convert(
        native, frame, aggregation="weighted_mean", aggregation_weight="population"
    )
    expected = (10 * 300 + 20 * 700) / 1_000
    assert found.loc[THREE, "value"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("right", "value", "status"),
    [(7.0, 7.0, "converted"), (8.0, None, "not_available")],
)
def test_merged_areas_that_may_not_be_combined_need_equal_figures(
    frame: Frame, right: float, value: float | None, status: str
) -> None:
    native = make_native("lsoa11", {OLD_LEFT: 7.0, OLD_RIGHT: right})
    found = convert(native, frame, aggregation="none").loc[THREE]
    assert found["status"] == status
    assert found["value"] == value if value else pd.isna(found["value"])


def test_merged_area_with_a_part_missing_has_no_figure(frame: Frame) -> None:
    native = make_native("lsoa11", {OLD_LEFT: (10, 100)})
    found = convert(native, frame).loc[THREE]
    assert pd.isna(found["value"])
    assert found["status"] == "not_available"


def test_conversion_keeps_the_total(frame: Frame) -> None:
    native = make_native("lsoa11", dict.fromkeys(OLD_AREAS, (10, 100)))
    found = convert(native, frame)
    assert found["numerator"].sum() == pytest.approx(native["numerator"].sum())
    assert found["denominator"].sum() == pytest.approx(native["denominator"].sum())


def test_every_new_area_appears_once(frame: Frame) -> None:
    native = make_native("lsoa11", dict.fromkeys(OLD_AREAS, (10, 100)))
    assert sorted(convert(native, frame).index) == [ONE, TWO, THREE, FOUR, FIVE, SIX]


def test_areas_outside_come_along_where_unchanged(frame: Frame) -> None:
    native = make_native("lsoa11", {ABROAD: (1, 10), "E01800999": (1, 10)})
    assert list(convert(native, frame).index) == [ABROAD]


def test_other_levels_pass_untouched(frame: Frame) -> None:
    native = make_native("lad24", {WEST: (1, 10)})
    assert convert(native, frame).loc[WEST, "status"] == "published"


def test_weights_moved_to_old_areas_keep_their_total(frame: Frame) -> None:
    residents = frame.neighbourhoods["residents"].drop(ABROAD)
    found = weigh_old_areas(residents, "lsoa11", frame)
    assert found[OLD_SPLIT] == 1_000
    assert found[OLD_LEFT] + found[OLD_RIGHT] == 1_000
    assert found.sum() == residents.sum()


def test_abolished_districts_add_up_under_the_new_code(frame: Frame) -> None:
    table = pd.DataFrame(
        {"area_code": [*OLD_DISTRICTS, WEST], "numerator": [1.0, 2.0, 5.0]}
    )
    found = merge_districts(table, frame).set_index("area_code")["numerator"]
    assert found.to_dict() == {DISTRICT_ABROAD: 3.0, WEST: 5.0}


def test_districts_added_up_by_us_are_told_from_published_ones(frame: Frame) -> None:
    table = pd.DataFrame({"area_code": [*OLD_DISTRICTS, WEST], "numerator": 1.0})
    found = merge_districts(table, frame).set_index("area_code")["is_merged"]
    assert found.to_dict() == {DISTRICT_ABROAD: True, WEST: False}


def test_a_successor_with_a_part_missing_has_no_count(frame: Frame) -> None:
    table = pd.DataFrame({"area_code": [OLD_DISTRICTS[0], WEST], "numerator": 1.0})
    assert list(merge_districts(table, frame)["area_code"]) == [WEST]


def test_a_code_used_beside_the_known_one_is_not_counted_twice(frame: Frame) -> None:
    table = pd.DataFrame({"area_code": [WEST, "E08800001"], "numerator": [5.0, 5.0]})
    found = merge_districts(table, frame).set_index("area_code")["numerator"]
    assert found[WEST] == 5.0
