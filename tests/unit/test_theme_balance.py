"""The balance of themes: places, weights, and how far ranks move."""

from __future__ import annotations

import numpy as np
import pytest

import lpipgeo as lg
from lpipgeo import theme_balance
from lpipgeo.balance_charts import profile_chart, quadrant_chart
from lpipgeo.errors import SelectionError
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.level_figures import read_level
from lpipgeo.theme_balance import (
    Places,
    balance_themes,
    describe_balance,
    name_areas,
    parse_weights,
    read_places,
    write_weights,
)

NAN = np.nan


def make_places(values, themes):
    columns = tuple(name for ids in themes.values() for name in ids)
    codes = tuple(f"A{i}" for i in range(len(values)))
    return Places("lad24", codes, themes, columns, np.array(values, dtype=float))


def test_score_is_the_weighted_mean_of_places_and_then_of_themes():
    places = make_places(
        [[90, 60, 30, 20], [10, 40, 70, 80]],
        {"growth": ("a", "b", "c"), "green": ("d",)},
    )
    plain = balance_themes(places)
    assert plain["growth"].tolist() == [60, 40]
    assert plain["score"].tolist() == [40, 60]
    assert plain["rank"].tolist() == [2, 1]
    heavy = balance_themes(places, {"a": 3, "green": 0})
    # (3 × 90 + 60 + 30) / 5 = 72 and (30 + 40 + 70) / 5 = 28
    assert heavy["growth"].tolist() == [72, 28]
    assert heavy["score"].tolist() == [72, 28]
    assert heavy["rank"].tolist() == [1, 2]


def test_a_heavier_weight_never_harms_the_area_that_is_best_there(monkeypatch):
    monkeypatch.setattr(theme_balance, "DRAWS", 1)  # scores do not depend on them
    places = read_places("lad24")
    plain = balance_themes(places)
    for number, name in enumerate(places.columns):
        best = int(np.nanargmax(places.values[:, number]))
        theme = next(t for t, ids in places.themes.items() if name in ids)
        before = plain[theme][best]
        after = balance_themes(places, {name: 3})[theme][best]
        assert after >= before or (np.isnan(after) and np.isnan(before))


def test_ranks_lie_in_their_range_and_the_range_repeats():
    table = lg.balance("lad24")
    known = table.dropna(subset=["rank"])
    assert len(known) > 25
    assert (known["rank_low"] <= known["rank"]).all()
    assert (known["rank"] <= known["rank_high"]).all()
    assert (known["rank_low"] < known["rank_high"]).any()
    assert table.equals(lg.balance("lad24"))


def test_what_has_the_weight_0_is_in_no_other_set_of_weights():
    # The two areas change places by "c" alone, and "c" counts for nothing.
    places = make_places(
        [[60, 60, 60, 10], [40, 40, 40, 90]], {"growth": ("a", "b", "d", "c")}
    )
    table = balance_themes(places, {"c": 0})
    assert table["rank_high"].tolist() == [1, 2]
    two = make_places([[60, 41], [40, 60]], {"growth": ("a",), "green": ("c",)})
    assert balance_themes(two, {"green": 0})["rank_high"].tolist() == [1, 2]
    assert balance_themes(two)["rank_low"].tolist() == [1, 1]


def test_areas_alike_in_all_share_rank_and_range():
    places = make_places([[50, 50, 50]] * 6, {"growth": ("a", "b", "c")})
    table = balance_themes(places)
    assert set(table["rank"]) == {1}
    assert set(table["rank_high"]) == {1}


def test_too_few_figures_make_no_score_and_no_rank():
    places = make_places(
        [[90, NAN, NAN], [10, 40, 70], [20, 50, 60]], {"growth": ("a", "b", "c")}
    )
    table = balance_themes(places)
    assert table["growth_figures"].tolist() == [1, 3, 3]
    assert np.isnan(table["growth"][0])
    assert table["rank"].isna().tolist() == [True, False, False]
    assert table["of"].tolist() == [2, 2, 2]


def test_places_are_turned_so_that_100_is_best():
    places = read_places("lad24")
    level = read_level("lad24")
    at = places.columns.index("no_qualifications")
    values = level.columns["no_qualifications"].value[level.in_region]
    assert int(np.nanargmin(values)) == int(np.nanargmax(places.values[:, at]))
    assert 0 < np.nanmin(places.values) < np.nanmax(places.values) < 100
    for name in places.columns:
        record = read_catalogue().find(name)
        assert record.polarity in ("higher_is_better", "lower_is_better")
        assert "lad24" not in record.bands
        assert not record.no_rank


def test_few_areas_are_refused():
    with pytest.raises(SelectionError, match="too few areas"):
        read_places("cauth")


@pytest.mark.parametrize("text", ["growth:2", "fuel_poverty", "fuel_poverty:9", "a:b"])
def test_odd_weights_are_explained(text):
    with pytest.raises(SelectionError, match=r"(has|is) no weight"):
        parse_weights(text, read_catalogue())


def test_weights_are_written_as_they_are_read():
    catalogue = read_catalogue()
    weights = parse_weights("fuel_poverty:0, green_economy:2,pm25:1", catalogue)
    assert weights == {"fuel_poverty": 0, "green_economy": 2}
    assert write_weights(weights) == "fuel_poverty:0,green_economy:2"
    assert write_weights({"pm25": 1}) is None


def test_far_apart_is_said_and_close_together_too():
    scores = {"Inclusive growth": 14.0, "Pride in place": 40.0, "Green economy": NAN}
    assert describe_balance("Here", scores) == (
        "Here: Pride in place is far ahead of inclusive growth, by 26 points of 100."
    )
    scores["Pride in place"] = 20.0
    assert describe_balance("Here", scores) == (
        "Here: no theme is 25 points of 100 or more ahead of another."
    )


def test_charts_draw_the_scores_of_the_set():
    themes = [t for t in read_catalogue().themes.themes if t.overview]
    table = lg.balance("lad24")
    rows = name_areas(table, ["E08000028", "E08000029"])
    profile = profile_chart(rows, themes).to_dict()
    drawn = [r for rs in profile["datasets"].values() for r in rs if "theme" in r]
    assert len(drawn) == rows[[t.id for t in themes]].notna().sum().sum()
    marked = {"E08000028": "Sandwell"}
    quadrants = quadrant_chart(table, marked, (themes[0], themes[2])).to_dict()
    signs = [r for rs in quadrants["datasets"].values() for r in rs if "sign" in r]
    assert [row["name"] for row in signs] == ["Sandwell"]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"foo": 3}, "'foo' has no weight. Themes have one \\(inclusive_growth, pride"),
        ({"inclusive_growth": -1}, "'-1' is no weight for inclusive_growth"),
        ({"inclusive_growth": 4}, "from 0 to 3"),
        ({"fuel_poverty": float("nan")}, "'nan' is no weight for fuel_poverty"),
        ({"inclusive_growth": 1.5}, "whole number"),
        ({"inclusive_growth": "x"}, "'x' is no weight"),
        (
            {"inclusive_growth": 0, "pride_in_place": 0, "green_economy": 0},
            "All themes have the weight 0",
        ),
    ],
)
def test_weights_that_cannot_be_are_refused(weights, words):
    with pytest.raises(SelectionError, match=words):
        lg.balance(weights=weights)


def test_weights_of_numpy_are_whole_numbers_too():
    heavy = lg.balance(weights={"inclusive_growth": np.int64(3)})
    assert heavy.equals(lg.balance(weights={"inclusive_growth": 3}))
