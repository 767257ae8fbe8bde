"""The raised map: columns from zero, only where there is a value."""

from __future__ import annotations

import json

import pytest

from lpipgeo.browser_files import find_file
from lpipgeo.choropleth import make_choropleth
from lpipgeo.formatting import THIN_SPACE
from lpipgeo.maps.deck_map import TALLEST_M, make_deck


def columns_of(indicator, level):
    choropleth = make_choropleth(indicator, level)
    layers = json.loads(make_deck(choropleth).to_json())["layers"]
    return choropleth, next(x["data"] for x in layers if x["id"] == "columns")


@pytest.fixture(scope="module")
def districts():
    return columns_of("fuel_poverty", "lad24")


def test_heights_are_in_proportion_to_values(districts):
    choropleth, columns = districts
    top = max(choropleth.values)
    expected = [value / top * TALLEST_M for value in choropleth.values]
    assert [column["height"] for column in columns] == pytest.approx(expected, abs=1)


def test_columns_have_the_colours_of_the_map(districts):
    choropleth, columns = districts
    colours = ["#{:02X}{:02X}{:02X}".format(*column["colour"]) for column in columns]
    assert colours == [choropleth.colours[i] for i in choropleth.classes.class_of]


def test_missing_value_has_no_column():
    choropleth, columns = columns_of("distance_to_green_space", "lsoa21")
    assert len(columns) == choropleth.table["value"].notna().sum() < 3574


def test_raised_map_asks_only_this_server():
    deck = json.loads(make_deck(make_choropleth("no2", "lad24")).to_json())
    outlines = next(x["data"] for x in deck["layers"] if x["id"] == "outlines")
    assert find_file(outlines) is not None
    assert "http" not in json.dumps(deck)


def test_banded_figures_are_bands_on_hover():
    choropleth, columns = columns_of("fuel_poverty", "lsoa21")
    texts = {column["text"].removesuffix(f"{THIN_SPACE}%") for column in columns}
    assert texts == {choropleth.class_text(i) for i in range(choropleth.classes.k)}


def test_banded_figures_are_bands_in_height():
    choropleth, columns = columns_of("fuel_poverty", "lsoa21")
    assert len({column["height"] for column in columns}) == choropleth.classes.k
