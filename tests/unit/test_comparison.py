"""Areas side by side: only figures that may be compared, and reasons for the others."""

from __future__ import annotations

import math

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.area_inside import read_inside
from lpipgeo.area_profile import read_profile
from lpipgeo.chart_files import draw_chart
from lpipgeo.comparison import (
    MAX_AREAS,
    compare_profiles,
    default_codes,
    find_company,
    find_presets,
    find_ties,
    without_benchmark,
)
from lpipgeo.comparison_charts import dot_chart
from lpipgeo.indicator_catalogue import read_catalogue
from lpipgeo.palettes import COMPARED

SANDWELL, SOLIHULL, NEIGHBOURHOOD = "E08000028", "E08000029", "E01009989"
CATALOGUE = read_catalogue()


def compare(codes, *ids):
    indicators = [CATALOGUE.find(name) for name in ids]
    return compare_profiles([read_profile(code) for code in codes], indicators)


def test_a_comparison_says_what_the_profiles_say():
    found = compare([SANDWELL, SOLIHULL], "no_qualifications")
    (row,) = found.rows
    here = {r.indicator.id: r for r in read_profile(SANDWELL).rows}["no_qualifications"]
    assert row.cells[0].figure == here.figure
    assert row.cells[0].outcome == here.outcome
    assert [area.name for area in found.areas] == ["Sandwell", "Solihull"]


def test_a_figure_of_a_larger_area_is_not_compared():
    found = compare([SANDWELL, NEIGHBOURHOOD], "business_births", "no_qualifications")
    assert [row.indicator.id for row in found.rows] == ["no_qualifications"]
    ((left, why),) = found.left_out
    assert left.id == "business_births"
    assert why == "There is no figure of its own for Greets Green East 019C."


def test_one_area_by_itself_shows_its_own_figures():
    found = compare([NEIGHBOURHOOD], "business_births", "no_qualifications")
    assert [row.indicator.id for row in found.rows] == ["no_qualifications"]
    assert found.rows[0].cells[0].benchmark.area_code == "E92000001"
    assert [record.id for record, _ in found.left_out] == ["business_births"]


def test_one_area_without_a_figure_has_an_empty_cell():
    codes = [SANDWELL, SOLIHULL, NEIGHBOURHOOD]
    (row,) = compare(codes, "business_births").rows
    assert row.cells[2] is None
    assert not math.isnan(row.cells[0].figure.value)


def test_numbers_of_things_are_not_compared():
    ((_, why),) = compare([SANDWELL, SOLIHULL], "population").left_out
    assert why == "It is a number, and larger places have more of everything."


def test_areas_are_put_in_order_of_one_figure():
    found = compare([SOLIHULL, SANDWELL], "no_qualifications", "good_health")
    by_health = found.in_order_of("good_health")
    assert [area.code for area in by_health.areas] == [SOLIHULL, SANDWELL]
    by_skills = found.in_order_of("no_qualifications")
    assert [area.code for area in by_skills.areas] == [SANDWELL, SOLIHULL]
    values = [cell.figure.value for cell in by_skills.rows[0].cells]
    assert values == sorted(values, reverse=True)
    assert found.in_order_of("fuel_poverty") == found


def test_a_first_visit_sees_all_sub_regions_and_three_balanced_themes():
    codes = default_codes()
    overview = {t.id: t.overview for t in CATALOGUE.themes.themes if t.overview}
    assert {name: len(ids) for name, ids in overview.items()} == {
        "inclusive_growth": 6,
        "pride_in_place": 6,
        "green_economy": 6,
    }
    found = compare(codes, *(name for ids in overview.values() for name in ids))
    assert len(codes) == 6
    assert found.left_out == ()
    assert all(cell for row in found.rows for cell in row.cells)
    for theme, ids in overview.items():
        assert {CATALOGUE.find(name).theme for name in ids} == {theme}


@pytest.mark.parametrize("code", [None, SANDWELL, NEIGHBOURHOOD, "WMS000002"])
def test_presets_are_sets_that_can_be_compared(code):
    area = read_areas().find(code) if code else None
    presets = find_presets(area)
    known = read_areas().by_code
    assert len({preset.name for preset in presets}) == len(presets) >= 2
    for preset in presets:
        assert 2 <= len(preset.codes) <= MAX_AREAS
        assert set(preset.codes) <= known.keys()


def test_presets_around_a_district():
    names = [preset.name for preset in find_presets(read_areas().find(SANDWELL))]
    assert names[2:] == [
        "Sandwell and the districts most like it",
        "The districts of The Black Country",
        "Ten neighbourhoods of Sandwell, by income deprivation",
    ]


def test_one_area_is_offered_what_it_lies_in_and_its_like():
    larger, presets = find_company(read_areas().find(SANDWELL))
    assert [area.code for area in larger] == ["WMS000002", "E47000007", "E12000005"]
    assert [preset.name for preset in presets] == [
        "The seven districts of the combined authority",
        "Sandwell and the districts most like it",
        "The districts of The Black Country",
    ]
    assert find_company(read_areas().find("E92000001")) == ((), ())


def test_ten_neighbourhoods_of_a_district_go_from_the_least_to_the_most_deprived():
    codes = find_presets(read_areas().find(SANDWELL))[-1].codes
    inside = read_inside(SANDWELL, "income_deprivation", "lsoa21").table
    values = inside.set_index("area_code")["value"]
    assert len(codes) == MAX_AREAS
    chosen = values.loc[list(codes)]
    assert chosen.is_monotonic_increasing
    assert (chosen.iloc[0], chosen.iloc[-1]) == (values.min(), values.max())


def test_a_neighbourhood_gives_those_around_it():
    presets = find_presets(read_areas().find("E01009989"))
    (around,) = [p for p in presets if p.name.startswith("The neighbourhoods of")]
    assert "E01009989" in around.codes


def test_each_place_in_a_set_has_a_look_of_its_own():
    assert len(set(COMPARED)) == len({sign for _, sign in COMPARED}) == MAX_AREAS


def test_areas_whose_margins_all_overlap_are_tied_as_largely_as_can_be():
    (row,) = compare(["E08000025", "E08000027", SANDWELL], "economic_inactivity").rows
    ends = {c.figure.area_code: (c.figure.lower, c.figure.upper) for c in row.cells}
    # Published by the ONS: Birmingham 25.0 to 31.6, Dudley 13.1 to 22.3, Sandwell 20.7
    # to 30.7; Birmingham and Dudley do not overlap.
    assert ends["E08000025"] == (25.0, 31.6)
    assert ends["E08000027"] == (13.1, 22.3)
    assert find_ties(row) == [("E08000027", SANDWELL), (SANDWELL, "E08000025")]


def test_areas_without_margins_are_in_no_tie():
    (row,) = compare([SANDWELL, SOLIHULL], "fuel_poverty").rows
    assert find_ties(row) == []


def test_the_chart_names_open_orders_and_has_the_best_on_top():
    found = compare([SANDWELL, SOLIHULL, "E08000027"], "economic_inactivity")
    places = {area.code: place for place, area in enumerate(found.areas)}
    spec = dot_chart(found.rows[0], found.areas, places, ("England", 21.0)).to_dict()
    assert "Dudley, Solihull and Sandwell cannot" in str(spec["title"])
    rows = [r for rs in spec["datasets"].values() for r in rs if "label" in r]
    order = sorted({(row["y"], row["name"]) for row in rows})
    assert [name for _, name in order] == ["Dudley", "Solihull", "Sandwell"]
    assert spec["layer"][-1]["encoding"]["x"]["scale"]["reverse"]  # worst is left


@pytest.mark.parametrize(
    ("indicator_id", "ends"),
    [
        ("no_qualifications", ["← worse", "better →"]),
        ("good_health", ["← worse", "better →"]),
        ("no_car", ["← lower", "higher →"]),
    ],
)
def test_the_ends_of_the_axis_say_which_is_better(indicator_id, ends):
    found = compare([SANDWELL, SOLIHULL], indicator_id)
    places = {area.code: place for place, area in enumerate(found.areas)}
    spec = dot_chart(found.rows[0], found.areas, places, None).to_dict()
    told = [r["end"] for rs in spec["datasets"].values() for r in rs
            if list(r) == ["end"]]  # fmt: skip
    assert told == ends
    svg = draw_chart(
        dot_chart(found.rows[0], found.areas, places, None).properties(width=300)
    ).decode()
    assert all(word in svg for word in ends)


def test_every_figure_is_printed_beside_its_mark_or_behind_its_name():
    found = compare([SANDWELL, SOLIHULL, "E08000027"], "no_qualifications")
    places = {area.code: place for place, area in enumerate(found.areas)}
    line = ("England 18.1\u202f%", 18.1)
    spec = dot_chart(found.rows[0], found.areas, places, line).to_dict()
    rows = {r["name"]: r for rs in spec["datasets"].values() for r in rs
            if "side" in r}  # fmt: skip
    assert len(rows) == 3
    for row in rows.values():
        assert bool(row["side"]) != (row["text"] in row["label"])
    best = rows["Solihull"]  # at the right end of the axis
    assert best["side"] == "left"


def test_the_benchmark_is_not_compared_with_anything():
    itself = without_benchmark(read_profile(SANDWELL))
    beside = read_profile(SOLIHULL, SANDWELL)
    found = compare_profiles([itself, beside], [CATALOGUE.find("no_qualifications")])
    here, there = found.rows[0].cells
    assert (here.outcome.word, here.benchmark) == ("not_compared", None)
    assert there.outcome.word == "better"
    assert there.benchmark.value == here.figure.value
