"""What an area may be compared with."""

from __future__ import annotations

import pytest

from lpipgeo.area_index import read_areas
from lpipgeo.comparators import find_comparator, offer_comparators
from lpipgeo.errors import SelectionError, UnknownAreaError
from lpipgeo.levels import ENGLAND, REGION
from tests import factories


def comparator(code, choice=None, data=None):
    return find_comparator(read_areas(data).find(code), choice, data=data)


@pytest.mark.parametrize(
    ("choice", "code", "name"),
    [
        (None, ENGLAND, "England"),
        ("ctry", ENGLAND, "England"),
        ("rgn", REGION, "the West Midlands region"),
        ("subregion", "WMS000002", "the Black Country"),
        ("cauth", "E47000007", "the West Midlands Combined Authority"),
        ("E08000031", "E08000031", "Wolverhampton"),
    ],
)
def test_larger_area_or_any_other_may_be_chosen(choice, code, name):
    found = comparator("E08000028", choice)
    assert (found.code, found.name, found.codes) == (code, name, ())


def test_neighbourhood_is_compared_with_its_district():
    assert comparator("E01010046", "lad24").name == "Sandwell"


def test_england_is_compared_with_nothing():
    assert comparator(ENGLAND) is None


def test_similar_districts_are_those_of_which_we_hold_figures(tiny_data):
    found = comparator(factories.WEST, "similar", tiny_data)
    assert (found.code, found.codes) == ("", (factories.EAST,))
    assert "the 1 in England" in found.about


def test_similar_neighbourhoods_are_of_the_same_class():
    found = comparator("E01010078", "similar")
    table = read_areas().table
    classes = table.loc[list(found.codes), "area_classification"]
    assert set(classes) == {table.loc["E01010078", "area_classification"]}
    assert "E01010078" not in found.codes
    assert found.about.startswith(f"The {len(found.codes)} other neighbourhoods")


def test_rare_class_is_widened_to_its_group():
    table = read_areas().table
    table = table[table["in_region"]]
    sizes = table["area_classification"].value_counts()
    rare = sizes[sizes < 8].index
    assert len(rare) > 0
    code = table.index[table["area_classification"] == rare[0]][0]
    found = comparator(code, "similar")
    groups = table.loc[list(found.codes), "area_classification"].str[:2]
    assert set(groups) == {rare[0][:2]}
    assert f"in group {rare[0][:2]} of" in found.about


@pytest.mark.parametrize("code", ["E05001219", "WMS000002", REGION])
def test_areas_without_similar_ones_are_told_so(code):
    with pytest.raises(SelectionError, match="known for districts and neighbourhoods"):
        comparator(code, "similar")


@pytest.mark.parametrize(
    ("code", "choices"),
    [
        ("E01010046", ["lad24", "subregion", "rgn", "ctry", "similar"]),
        ("E08000028", ["subregion", "rgn", "ctry", "similar"]),
        (REGION, ["ctry"]),
        ("E08000003", ["rgn", "ctry"]),  # Manchester
        (ENGLAND, []),
    ],
)
def test_offer_holds_what_can_be_found(code, choices):
    area = read_areas().find(code)
    offered = offer_comparators(area)
    assert list(offered) == choices
    for choice, found in offered.items():
        assert found == find_comparator(area, choice)


def test_level_that_is_not_larger_is_refused_with_those_that_are():
    with pytest.raises(SelectionError, match="Choose one of: subregion, cauth, rgn"):
        comparator("E08000028", "lsoa21")


def test_unknown_benchmark_is_refused_with_a_way_on():
    with pytest.raises(UnknownAreaError, match="a level such as rgn"):
        comparator("E08000028", "Dudley")


BLACK_COUNTRY_AND_BIRMINGHAM = [
    *("E08000025", "E08000027", "E08000028", "E08000030", "E08000031")
]
SET = ",".join(BLACK_COUNTRY_AND_BIRMINGHAM)


def test_several_codes_are_a_group_without_the_area_itself():
    found = comparator("E08000027", SET)
    others = tuple(c for c in BLACK_COUNTRY_AND_BIRMINGHAM if c != "E08000027")
    assert (found.code, found.codes) == ("", others)
    assert found.name == "the comparison set"
    assert found.about == (
        "The 4 other districts of the comparison set: Birmingham, Sandwell, Walsall "
        "and Wolverhampton."
    )
    assert comparator("E08000029", SET).about.startswith("The 5 districts of the ")


def test_order_case_and_repeats_of_codes_do_not_matter():
    odd = " e08000031,E08000030, E08000028,,E08000025,E08000027,E08000025"
    assert comparator("E08000027", odd) == comparator("E08000027", SET)


def test_areas_of_other_levels_are_left_out_and_counted():
    found = comparator("E08000027", f"{SET},{REGION},E01010046")
    assert found.codes == comparator("E08000027", SET).codes
    assert found.about.endswith("The other 2 are of another level and left out.")


def test_group_is_found_again_by_its_own_choice():
    for choice in (SET, "similar", "rgn", "E08000031"):
        found = comparator("E08000027", choice)
        assert comparator("E08000027", found.choice) == found


@pytest.mark.parametrize(
    ("code", "choice", "sentence"),
    [
        ("E08000027", "E08000027,E08000028,E08000030,E08000031",
         "3 districts other than Dudley, and a group needs at least 4"),
        ("E01010046", SET, "hold no neighbourhoods other than Smethwick"),
        ("E08000027", "E08000028,", "1 district other than Dudley"),
        ("E08000027", ",", "hold no districts other than Dudley"),
    ],
)  # fmt: skip
def test_group_that_is_too_small_says_what_to_do(code, choice, sentence):
    with pytest.raises(SelectionError, match=sentence) as caught:
        comparator(code, choice)
    assert "Add more of them, or compare with one area" in str(caught.value)


def test_unknown_area_of_a_group_is_named():
    with pytest.raises(UnknownAreaError, match="'E99999999'"):
        comparator("E08000027", f"{SET},E99999999")


def test_old_code_in_a_group_names_its_successors():
    with pytest.raises(UnknownAreaError, match="It is an old code"):
        comparator("E08000027", f"{SET},{old_code()}")


def old_code():
    """Return a code that areas of today have taken the place of."""
    index = read_areas()
    codes = index.successors_table["old_code"]
    return next(code for code in codes if code not in index.by_code)
