"""Larger areas: what is worked out, from what, and how it is marked."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lpipgeo.build.aggregate import fill_missing, roll_up
from lpipgeo.build.convert import to_areas_of_2021
from lpipgeo.build.england import england_percentiles
from lpipgeo.build.frame import Frame
from lpipgeo.build.observations import make_observations
from lpipgeo.build.readers import READERS
from lpipgeo.errors import MetadataError
from lpipgeo.levels import ENGLAND, REGION
from tests.build_factories import (
    ABROAD,
    DISTRICT_ABROAD,
    EMPTY_WARD,
    MSOAS,
    NEIGHBOURHOODS,
    OLD_ACROSS,
    OLD_LEFT,
    OLD_RIGHT,
    OLD_SPLIT,
    SIX,
    WARDS,
    make_frame,
    make_native,
)
from tests.example_counts import examples
from tests.factories import EAST, PERIOD, SUBREGION, WEST, make_indicator

COUNTS = {code: (n * 10.0, 100.0) for n, code in enumerate(NEIGHBOURHOODS, start=1)}
VALUES = {code: n * 1.0 for n, code in enumerate(NEIGHBOURHOODS, start=1)}
SUM: dict[str, Any] = {"aggregation": "sum", "value_type": "count", "multiplier": 1}
MEAN: dict[str, Any] = {
    "aggregation": "weighted_mean",
    "aggregation_weight": "population",
    "value_type": "mean",
}


@pytest.fixture(scope="module")
def frame() -> Frame:
    return make_frame()


def roll(native: pd.DataFrame, frame: Frame, **fields: Any) -> pd.DataFrame:
    record = make_indicator(**fields)
    converted = to_areas_of_2021(native, record, frame)
    rows = roll_up(converted, set(native["level"]), record, frame)
    return rows.set_index("area_code")


def test_sums_keep_the_total_at_every_level(frame: Frame) -> None:
    found = roll(make_native("lsoa21", VALUES), frame, **SUM)["value"]
    assert found[REGION] == found[SUBREGION] == 21
    assert found[[WEST, EAST]].sum() == found[list(MSOAS)].sum() == 21


@settings(max_examples=examples(5))
@given(st.lists(st.integers(0, 10_000), min_size=6, max_size=6))
def test_roll_up_of_counts_keeps_the_total(frame: Frame, counts: list[int]) -> None:
    native = make_native("lsoa21", dict(zip(NEIGHBOURHOODS, counts, strict=True)))
    found = roll(native.astype({"value": float}), frame, **SUM)["value"]
    assert found[REGION] == sum(counts)


def test_components_are_added_and_divided(frame: Frame) -> None:
    counts = {**COUNTS, SIX: (300.0, 1_000.0)}
    found = roll(make_native("lsoa21", counts), frame).loc[EAST]
    assert found["value"] == pytest.approx(100 * (50 + 300) / (100 + 1_000))
    assert found["status"] == "aggregated"


@pytest.mark.parametrize(("weight", "column"), [("population", 3), ("households", 4)])
def test_means_are_weighted_as_declared(frame: Frame, weight: str, column: int) -> None:
    native = make_native("lsoa21", VALUES)
    found = roll(native, frame, **{**MEAN, "aggregation_weight": weight})
    inside = [code for code, row in NEIGHBOURHOODS.items() if row[2] == WEST]
    weights = [NEIGHBOURHOODS[code][column] for code in inside]
    products = [VALUES[code] * size for code, size in zip(inside, weights, strict=True)]
    assert found.loc[WEST, "value"] == pytest.approx(sum(products) / sum(weights))


def test_what_may_not_be_combined_is_left_alone(frame: Frame) -> None:
    found = roll(make_native("lsoa21", VALUES), frame, aggregation="none")
    assert sorted(found.index) == sorted(VALUES)


def test_the_publishers_figure_wins(frame: Frame) -> None:
    native = pd.concat(
        [make_native("lsoa21", COUNTS), make_native("lad24", {WEST: (7, 100)})],
        ignore_index=True,
    )
    found = roll(native, frame)
    assert found.loc[WEST, ["value", "status"]].to_list() == [7, "published"]
    assert found.loc[EAST, "status"] == "aggregated"


def test_larger_areas_are_made_from_published_districts(frame: Frame) -> None:
    districts = make_native("lad24", {WEST: (7, 100), EAST: (9, 100)})
    native = pd.concat([make_native("lsoa21", COUNTS), districts], ignore_index=True)
    assert roll(native, frame).loc[SUBREGION, "value"] == pytest.approx(8)


def test_an_area_with_a_part_missing_is_not_worked_out(frame: Frame) -> None:
    counts = {code: row for code, row in COUNTS.items() if code != SIX}
    found = roll(make_native("lsoa21", counts), frame)
    assert WEST in found.index
    assert not {EAST, SUBREGION, REGION} & set(found.index)


@pytest.mark.parametrize(("share", "is_known"), [(0.6, True), (0.7, False)])
def test_a_record_may_allow_parts_to_be_missing(
    frame: Frame, share: float, is_known: bool
) -> None:
    """Square 6 holds two thirds of East's 1,500 residents."""
    build = {"reader": "squares", "partial": share}
    found = roll(make_native("lsoa21", {SIX: 5.0}), frame, **MEAN, build=build)
    assert (EAST in found.index) == is_known
    if is_known:
        assert found.loc[EAST, ["value", "status"]].to_list() == [5.0, "converted"]


def test_wards_are_estimates(frame: Frame) -> None:
    found = roll(make_native("lsoa21", COUNTS), frame)
    assert set(found.loc[list(WARDS[:3]), "status"]) == {"converted"}


def test_areas_that_share_a_split_area_of_2011_are_estimates(frame: Frame) -> None:
    old = (OLD_SPLIT, OLD_LEFT, OLD_RIGHT, OLD_ACROSS, SIX)
    found = roll(make_native("lsoa11", dict.fromkeys(old, (10, 100))), frame)
    assert found.loc[[WEST, EAST], "status"].to_list() == ["converted", "converted"]
    assert found.loc[MSOAS[0], "status"] == "aggregated"
    assert found.loc[REGION, "status"] == "aggregated"
    assert found.loc[REGION, "numerator"] == pytest.approx(50)


def test_england_is_the_mean_of_all_neighbourhoods(frame: Frame) -> None:
    native = make_native("lsoa21", {**dict.fromkeys(VALUES, 1.0), ABROAD: 2.0})
    found = roll(native, frame, **MEAN).loc[ENGLAND]
    assert found["value"] == pytest.approx((4_000 * 1 + 2_000 * 2) / 6_000)
    assert found["status"] == "aggregated"


def test_england_from_unchanged_areas_of_2011_is_an_estimate(frame: Frame) -> None:
    old = (OLD_SPLIT, OLD_LEFT, OLD_RIGHT, OLD_ACROSS, SIX, ABROAD)
    native = make_native("lsoa11", dict.fromkeys(old, 3.0))
    partly = native.loc[native["area_code"] != OLD_SPLIT]
    assert roll(native, frame, **MEAN).loc[ENGLAND, "status"] == "aggregated"
    found = roll(partly, frame, **MEAN)
    assert ENGLAND not in found.index  # 5,000 of 6,000 residents are too few
    assert found.loc[DISTRICT_ABROAD, "value"] == 3.0


def test_districts_outside_are_made_from_their_neighbourhoods(frame: Frame) -> None:
    found = roll(make_native("lsoa21", {ABROAD: (3, 10)}), frame)
    assert found.loc[DISTRICT_ABROAD, "value"] == pytest.approx(30)


def fill(native: pd.DataFrame, frame: Frame) -> pd.DataFrame:
    record = make_indicator()
    rows = roll_up(native, set(native["level"]), record, frame)
    return fill_missing(rows, frame).set_index("area_code")


def test_missing_areas_of_a_covered_level_get_a_null_row(frame: Frame) -> None:
    found = fill(make_native("lsoa21", COUNTS), frame).loc[EMPTY_WARD]
    assert pd.isna(found["value"])
    assert found["status"] == "not_available"


def test_levels_without_any_figure_get_no_rows(frame: Frame) -> None:
    found = fill(make_native("lad24", {WEST: (1, 10), EAST: (1, 10)}), frame)
    assert not set(found.index) & {*NEIGHBOURHOODS, *MSOAS, *WARDS}


def test_districts_outside_are_filled_in_only_where_some_are_known(
    frame: Frame,
) -> None:
    assert DISTRICT_ABROAD not in fill(make_native("lsoa21", COUNTS), frame).index


def test_percentiles_need_all_of_england(frame: Frame) -> None:
    found = england_percentiles(make_native("lsoa21", COUNTS), make_indicator(), frame)
    assert found.empty


def test_percentiles_are_those_of_the_native_areas(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [f"E01{n:06d}" for n in range(101)]
    native = make_native(
        "lsoa11", dict(zip(codes, map(float, range(101)), strict=True))
    )
    monkeypatch.setitem(
        england_percentiles.__globals__["AREAS_OF_ENGLAND"], "lsoa11", 101
    )
    found = england_percentiles(native, make_indicator(**MEAN), frame)
    assert found["value"].to_list() == list(range(1, 100))
    assert set(found["base"]) == {"lsoa11"}
    assert set(found["level"]) == {"lsoa21"}
    assert set(found["n"]) == {101}


def observe(
    native: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, **fields: Any
) -> pd.DataFrame:
    monkeypatch.setitem(READERS, "squares", lambda record, sources, frame: native)
    record = make_indicator(**fields)
    made = make_observations(record, None, make_frame())  # type: ignore[arg-type]
    return made.observations.set_index("area_code")


def test_status_of_own_figures_follows_the_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = observe(
        make_native("lsoa21", COUNTS),
        monkeypatch,
        status_by_level={"lsoa21": "modelled"},
    )
    assert set(found.loc[list(COUNTS), "status"]) == {"modelled"}
    assert found.loc[WEST, "status"] == "aggregated"


def test_inherited_rates_carry_no_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    native = make_native("lsoa11", {OLD_SPLIT: (30, 100), OLD_ACROSS: (1, 10)})
    found = observe(native, monkeypatch)
    inherited = found.loc[found["status"] == "inherited"]
    assert len(inherited) == 4
    assert inherited["value"].notna().all()
    assert inherited[["numerator", "denominator"]].isna().all(axis=None)


def test_observations_have_the_id_the_period_and_sorted_codes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = observe(make_native("lsoa21", COUNTS), monkeypatch)
    assert set(found["indicator_id"]) == {"tiny_share"}
    assert set(found["period"]) == {PERIOD}
    assert found.index.is_monotonic_increasing


def test_codes_that_we_do_not_keep_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = observe(make_native("lsoa21", {**COUNTS, ABROAD: (1, 10)}), monkeypatch)
    assert ABROAD not in found.index
    assert DISTRICT_ABROAD in found.index


def test_unknown_reader_is_named() -> None:
    record = make_indicator(build={"reader": "circles"})
    with pytest.raises(MetadataError, match="circles"):
        make_observations(record, None, make_frame())  # type: ignore[arg-type]
