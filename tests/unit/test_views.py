"""What travels to the browser: packed values, statuses and texts of a view."""

from __future__ import annotations

import json
import re
from itertools import chain, repeat

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lpipgeo.area_index import read_areas
from lpipgeo.bivariate import in_thirds, make_bivariate
from lpipgeo.browser_files import STYLES, find_file
from lpipgeo.choropleth import make_choropleth
from lpipgeo.formatting import band_text, format_number
from lpipgeo.maps.folium_map import base_map
from lpipgeo.maps.packing import ALPHABET, pack_values
from lpipgeo.maps.views import (
    ROOT,
    Focus,
    make_bivariate_view,
    make_view,
    outlines,
    view_json,
)
from lpipgeo.overlay_catalogue import read_overlays
from lpipgeo.styles import Style

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False) | st.just(float("nan"))


def unpack(packed, count):
    """Turn letters back into values, as unpackValues of map_figures.js does."""
    width, low, scale = packed["width"], packed["low"], packed["scale"]
    values = []
    for i in range(count):
        number = 0
        for letter in packed["text"][i * width : (i + 1) * width]:
            number = number * 64 + ALPHABET.index(letter)
        values.append((low + number - 1) / scale if number > 0 else float("nan"))
    return values


def texts(values, decimals):
    return ["" if np.isnan(v) else format_number(v, decimals) for v in values]


@given(values=st.lists(NUMBERS, max_size=30), decimals=st.integers(0, 4))
@example(values=[7.45, 10.35, 23.15], decimals=1)  # halves that are not quite halves
@example(values=[-3.25, float("nan"), 0.0, -0.04], decimals=1)
def test_unpacked_values_read_as_they_do_everywhere_else(values, decimals):
    packed = pack_values(np.array(values, dtype=float), decimals)
    assert len(packed["text"]) == packed["width"] * len(values)
    assert texts(unpack(packed, len(values)), decimals) == texts(values, decimals)


def test_nothing_known_is_unpacked_as_missing():
    assert np.isnan(unpack(pack_values(np.array([np.nan] * 3), 1), 3)).tolist() == [
        True,
        True,
        True,
    ]


def test_letters_are_as_few_as_the_range_needs():
    assert pack_values(np.arange(63.0), 0)["width"] == 1
    assert pack_values(np.arange(64.0), 0)["width"] == 2


@pytest.fixture(scope="module")
def banded():
    return make_choropleth("fuel_poverty", "lsoa21")


@pytest.fixture(scope="module")
def mixed():
    return make_choropleth("distance_to_green_space", "lsoa21")


def test_banded_figures_do_not_travel_but_their_bands_do(banded):
    view = make_view(banded)
    edges = view["format"]["bands"]
    sent = unpack(view["values"], len(banded.table))
    assert {*sent} <= {*edges}
    assert [band_text(v, edges) for v in sent] == [
        band_text(v, edges) for v in banded.values
    ]


def test_there_is_one_class_letter_per_area(mixed):
    letters = make_view(mixed)["classes"]
    assert [-1 if letter == "-" else int(letter) for letter in letters] == (
        mixed.classes.class_of.tolist()
    )


def test_status_runs_give_back_each_areas_status(mixed):
    view = make_view(mixed)
    numbers = chain.from_iterable(repeat(i, n) for i, n in view["statusRuns"])
    order = list(mixed.status_counts)
    assert [order[i] for i in numbers] == mixed.table["status"].tolist()


def test_legend_explains_every_status_that_is_not_plain(mixed):
    keys = make_view(mixed)["legend"]["keys"]
    assert [key["label"].split(" (")[0] for key in keys] == [
        "Converted",
        "Inherited",
        "No data",
    ]
    assert [key["label"] for key in keys if not key["about"].endswith(".")] == []


def test_inherited_map_names_the_larger_area_on_hover():
    view = make_view(make_choropleth("employment_rate", "msoa21"))
    assert [status["hover"] for status in view["statuses"]] == [
        "inherited from the district"
    ]


def test_every_address_of_a_view_is_served(banded):
    overlays = list(read_overlays())
    text = view_json(make_view(banded), outline="utla", overlays=overlays)
    view = json.loads(text)
    addresses = [view["geometry"], view["names"], view["labels"], view["areaLabels"]]
    addresses += [line["geometry"] for line in view["outlines"]]
    addresses += [overlay["geometry"] for overlay in view["overlays"]]
    served = [find_file(address.removeprefix(ROOT)) for address in addresses]
    assert [a for a, file in zip(addresses, served, strict=True) if file is None] == []


def test_sources_of_figures_and_boundaries_stand_under_the_map(banded):
    text = make_view(banded)["attribution"]
    assert text.startswith("Figures: DESNZ.")
    assert "Boundaries: " in text
    assert "Crown copyright" in text


def test_outlines_by_best_fit_are_said_to_be_so_under_the_map():
    text = make_view(make_choropleth("turnout_2024", "pcon24"))["attribution"]
    assert "Constituencies are drawn by best fit of neighbourhoods" in text


def test_publishers_of_overlays_stand_under_the_map_too(banded):
    view = json.loads(view_json(make_view(banded), overlays=["museums", "libraries"]))
    assert (
        "Overlays: Mapping Museums project, Birkbeck; Arts Council"
        in (view["attribution"])
    )


def test_chosen_level_is_outlined_above_the_others():
    lines = outlines("lsoa21", "utla")
    assert "/utla_" in lines[-1]["geometry"]
    assert lines[-1]["weight"] > max(line["weight"] for line in outlines("lsoa21"))


def test_sub_regions_are_not_outlined_by_districts():
    assert len(outlines("subregion")) == len(outlines("lsoa21")) - 1


def test_view_is_json_with_an_id_that_follows_its_content(banded):
    view = make_view(banded)
    plain, again = json.loads(view_json(view)), json.loads(view_json(view))
    selected = json.loads(view_json(view, selected="E08000025"))
    assert plain["id"] == again["id"]
    assert plain["id"] != selected["id"]


def test_selected_area_comes_with_the_shapes_of_its_own_level(banded):
    text = view_json(make_view(banded), selected="E08000025")
    selected = json.loads(text)["selected"]
    assert selected["code"] == "E08000025"
    assert "/lad24_" in selected["geometry"]


def test_selected_area_without_shapes_is_still_named(banded):
    chosen = json.loads(view_json(make_view(banded), selected="E92000001"))
    assert chosen["selected"] == {"code": "E92000001", "geometry": None}


def test_focus_travels_with_its_id(banded):
    view = view_json(make_view(banded), focus=Focus("x3", (-2.0, 52.0, -1.9, 52.1)))
    assert json.loads(view)["focus"] == {"id": "x3", "box": [-2.0, 52.0, -1.9, 52.1]}


def test_base_map_asks_no_other_host():
    html = base_map().get_root().render()
    asked = re.findall(r"""(?:src|href)=["']([^"']+)""", html)
    assert len(asked) == 1 + len(STYLES)  # the scripts travel as one file
    assert [address for address in asked if not address.startswith(ROOT)] == []


def test_names_and_classes_have_the_same_order(banded):
    names = find_file(make_view(banded)["names"].removeprefix(ROOT))
    codes = banded.table["area_code"]
    index = read_areas()
    assert [name for name, _ in json.loads(names.body)] == [
        index.by_code[code].name for code in codes
    ]


def test_histogram_has_the_ruler_of_the_classes():
    choropleth = make_choropleth("no_qualifications", "lsoa21")
    steps = make_view(choropleth)["legend"]["histogram"]
    counts = [0] * choropleth.classes.k
    for count, number in steps:
        counts[number] += count

    assert tuple(counts) == choropleth.classes.counts


def test_banded_figures_have_no_histogram(banded):
    assert make_view(banded)["legend"]["histogram"] == []


def test_areas_outside_the_part_are_masked_and_carry_no_value():
    part = make_choropleth("no_car", "lsoa21", within="E08000027")
    view = make_view(part)
    assert view["classes"].count(".") == 3574 - len(part.table)
    values = unpack(view["values"], 3574)
    inside = [letter != "." for letter in view["classes"]]
    assert [v for v, i in zip(values, inside, strict=True) if not i and v == v] == []
    assert sum(v == v for v in values) == len(part.table)


def test_second_map_carries_its_own_figures_and_the_attribution_of_both():
    first = make_view(make_choropleth("no_car", "lsoa21"))
    second = make_view(make_choropleth("fuel_poverty", "lad24"))
    full = json.loads(view_json(first, beside=second, selected="E08000025"))
    assert full["beside"]["level"] == "lad24"
    assert full["beside"]["selected"]["code"] == "E08000025"
    assert "ONS" in full["attribution"]
    assert "DESNZ" in full["attribution"]


def test_two_figures_in_one_map_carry_both_values_and_nine_colours():
    style = in_thirds(Style())
    both = make_bivariate(
        make_choropleth("no_car", "msoa21", style=style),
        make_choropleth("no_qualifications", "msoa21", style=style),
    )
    view = make_bivariate_view(both)
    assert len(view["colours"]) == len(view["legend"]["square"]["cells"]) == 9
    assert set(view["classes"]) <= set("012345678")
    sent = unpack(view["second"]["values"], 736)
    assert sent[0] == round(both.up.values[0], both.up.indicator.decimals)


def test_second_map_keeps_its_id_while_only_the_first_changes():
    second = make_view(make_choropleth("fuel_poverty", "lad24"))
    ids = []
    for indicator in ("no_car", "no_qualifications"):
        first = make_view(make_choropleth(indicator, "lsoa21"))
        full = json.loads(view_json(first, beside=second))
        ids.append((full["id"], full["beside"]["id"]))
    assert ids[0][0] != ids[1][0]
    assert ids[0][1] == ids[1][1]
